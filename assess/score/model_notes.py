"""What a classifier's files say of its making, read without loading it."""

from __future__ import annotations

from pathlib import Path

from assess.resources import models_folder
from assess.score.model import FORMAT, TERMS_FILE
from assess.score.model_files import read_file, read_object


def trained_on(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the tables a model was trained on (the shipped one by default); none if not noted.

    Raises:
        ModelError: there is no model, or its file is not of its format.
    """
    path = (folder or models_folder()) / TERMS_FILE
    notes = read_object(read_file(path), path, FORMAT).get("notes")
    named = notes.get("trained_on") if isinstance(notes, dict) else None
    return tuple(filter(_is_name, named)) if isinstance(named, list) else ()


def _is_name(value: object) -> bool:
    return isinstance(value, str)
