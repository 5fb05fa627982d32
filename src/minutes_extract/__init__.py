"""Vietnamese meeting minutes in, validated records out.

The five names most people need are here and are imported only when used, so that `import minutes_extract` costs nothing:

    from minutes_extract import extract, extract_many, evaluate, load_gold
    record = extract("data/raw/003_f37304a8cbdc6a2e.txt")
    for outcome in extract_many("data/raw", processes=2): ...
    print(evaluate(load_gold("data/gold"), extract_many("data/raw")))

`load()` gives the spaCy pipeline itself; `to_arrow` and `to_pandas` give records as tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minutes_extract.assemble import load as load
    from minutes_extract.batch.many import extract_many as extract_many
    from minutes_extract.batch.one import extract as extract
    from minutes_extract.batch.outcome import Extracted as Extracted
    from minutes_extract.batch.outcome import Failed as Failed
    from minutes_extract.errors import MinutesError as MinutesError
    from minutes_extract.evaluation.gold_loading import load_gold as load_gold
    from minutes_extract.evaluation.scores import evaluate as evaluate
    from minutes_extract.export.frames import to_arrow as to_arrow
    from minutes_extract.export.frames import to_pandas as to_pandas
    from minutes_extract.records import MinutesRecord as MinutesRecord

__version__ = "0.1.0"

_HOMES = {
    "Extracted": "batch.outcome",
    "Failed": "batch.outcome",
    "MinutesError": "errors",
    "MinutesRecord": "records",
    "evaluate": "evaluation.scores",
    "extract": "batch.one",
    "extract_many": "batch.many",
    "load": "assemble",
    "load_gold": "evaluation.gold_loading",
    "to_arrow": "export.frames",
    "to_pandas": "export.frames",
}
"""Public name -> the module that defines it; read by `__getattr__` (PEP 562)."""

__all__ = [
    "Extracted",
    "Failed",
    "MinutesError",
    "MinutesRecord",
    "__version__",
    "evaluate",
    "extract",
    "extract_many",
    "load",
    "load_gold",
    "to_arrow",
    "to_pandas",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
