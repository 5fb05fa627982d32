"""The recipes of docs/scaling.md."""

from __future__ import annotations

import json
import multiprocessing
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "scaling.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_spark_part_is_python() -> None:
    (spark,) = blocks("py")
    assert "mapInPandas(extract_frames" in spark
    compile(spark, str(PAGE), "exec")


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="the stub reaches worker processes only by fork")
def test_the_function_for_spark_works_on_data_frames(stub: Any) -> None:
    pandas = pytest.importorskip("pandas")
    names: dict[str, Any] = {}
    for block in blocks("python"):
        exec(compile(block, str(PAGE), "exec"), names)  # noqa: S102
    texts = [("bb_1", "Ngày 5/6"), ("bb_2", "KILL"), *((f"doc_{number}", "Ngày 1/2") for number in range(30))]
    frames = [pandas.DataFrame(part, columns=["doc_id", "text"]) for part in (texts[:20], texts[20:])]
    rows = pandas.concat(names["extract_frames"](iter(frames))).to_dict("records")
    assert [row["doc_id"] for row in rows] == [doc_id for doc_id, _ in texts]
    assert [row["doc_id"] for row in rows if not row["ok"]] == ["bb_2"]
    assert json.loads(rows[0]["json"])["mentions"][0]["text"] == "5/6"
    assert json.loads(rows[1]["json"])["stage"] == "crash"
