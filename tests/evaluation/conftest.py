"""Records and gold made by hand."""

from __future__ import annotations

from typing import Any

from minutes_extract.evaluation.gold import GoldDocument
from minutes_extract.records import MinutesRecord

SHA256 = "0" * 64


def make_gold(*spans: tuple[int, int, str], doc_id: str = "d1", **fields: Any) -> GoldDocument:
    """Gold with these spans; the text of a span is x's unless `texts` gives it."""
    mentions = [{"start": start, "end": end, "label": label, "text": "x" * (end - start)} for start, end, label in spans]
    return GoldDocument.model_validate({"doc_id": doc_id, "guidelines": "1.1", "sha256": SHA256, "mentions": mentions, **fields})


def make_record(*spans: tuple[Any, ...], doc_id: str = "d1", sha256: str = SHA256, **fields: Any) -> MinutesRecord:
    """A record with these spans: start, end, label, and a text or a date value where they matter."""
    mentions = [
        {
            "id": f"m{number}", "start": span[0], "end": span[1], "label": span[2], "zone": "body", "rule": "test", "confidence": "strong",
            "text": "x" * (span[1] - span[0]), **(span[3] if len(span) > 3 else {}),
        }
        for number, span in enumerate(spans, start=1)
    ]  # fmt: skip
    source = {"path": None, "media_type": "text/plain", "encoding": "utf-8", "sha256": sha256, "chars": 1_000_000}
    tool = {"version": "0", "ruleset": "sha256:0"}
    return MinutesRecord.model_validate(
        {"doc_id": doc_id, "source": source, "tool": tool, "published": None, "meeting": None, "mentions": mentions, **fields}
    )
