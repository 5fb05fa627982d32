"""Packages that only some exports need; without one of them the message says what to install."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from minutes_extract.errors import UsageError

EXTRA = "tables"


def needed(package: str, purpose: str) -> Any:
    """The imported package.

    Raises:
        UsageError: it is not installed.

    >>> needed("no_such_package", "export parquet")
    Traceback (most recent call last):
    ...
    minutes_extract.errors.UsageError: export parquet needs no_such_package; install it with: pip install 'minutes-extract[tables]'
    """
    try:
        return import_module(package)
    except ImportError:
        raise UsageError(f"{purpose} needs {package}; install it with: pip install 'minutes-extract[{EXTRA}]'") from None
