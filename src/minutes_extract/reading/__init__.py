"""Bytes -> `SourceText`: formats, encodings, the offset map. The only place that knows files."""

from __future__ import annotations

from minutes_extract.reading.source import DEFAULT_MAX_BYTES, SourceText, read, read_text

__all__ = ["DEFAULT_MAX_BYTES", "SourceText", "read", "read_text"]
