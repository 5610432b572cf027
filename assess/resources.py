"""Where the shipped data lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def models_folder() -> Path:
    """The folder of the shipped classifier."""
    return _data("models")


def corpus_folder() -> Path:
    """The folder of the shipped corpus of fictional statements."""
    return _data("corpus")


def _data(name: str) -> Path:
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
