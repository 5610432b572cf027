"""What each answer of the registry declares and how it is looked for: two files of data.

``answers.yaml`` says it for every field and label; ``searches.yaml`` holds the searches, whose
rules are a rubric's. Both are checked when they are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from assess.score.phrases import folded
from assess.score.rubric import Rubric, Signal, load_rubric

Method = Literal["person", "date_approved", "period", "place", "topic"]
OTHER: Final = "other"
"""Stands for every label of a field that is not listed."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(_Strict):
    """One answer: what it declares, and how that is looked for."""

    asks: str = ""
    """What is declared, in words that follow "looked for"."""
    searches: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    """Criteria whose evidence confirms it where it names the answer: a search of ``naming``."""
    naming: tuple[str, ...] = ()
    clearest: tuple[str, ...] = ()
    """Searches whose passages are quoted before others of the criteria's evidence."""
    denied_by: tuple[str, ...] = ()
    plainly: Mapping[str, Annotated[int, Field(ge=1, le=3)]] = {}
    """Of an answer that says no: criterion -> value from which the text plainly tells of it."""
    method: Method | None = None
    unchecked: str = ""
    """Why no text can show it."""

    @model_validator(mode="after")
    def _one_way(self) -> Answer:
        ways = (self.searches or self.criteria, self.plainly, self.method, self.unchecked)
        if sum(map(bool, ways)) != 1 or bool(self.asks) == bool(self.unchecked):
            raise ValueError("needs what it asks and one way to look for it, or why it cannot be")
        return self


class _Fields(_Strict):
    fields: Annotated[tuple[str, ...], Field(min_length=1)]
    answers: Mapping[str, Answer]
    left_out: tuple[str, ...] = ()
    """Labels that declare nothing: the "No" to "none of these"."""


class _Searches(_Strict):
    lists: Mapping[str, tuple[str, ...]]
    signals: tuple[Signal, ...]


class Answers:
    """The answers of all fields that are looked at."""

    def __init__(self, entries: tuple[_Fields, ...]) -> None:
        self._by_field = {field: entry for entry in entries for field in entry.fields}
        self._labels = {
            field: {_key(label): answer for label, answer in entry.answers.items()}
            for field, entry in self._by_field.items()
        }
        self.fields: Final = tuple(self._by_field)

    def of(self, field: str, label: str) -> Answer | None:
        """What an answer declares; None where it declares nothing that this is about."""
        entry = self._by_field.get(field)
        if entry is None or label in entry.left_out:
            return None
        labels = self._labels[field]
        return labels.get(_key(label)) or labels.get(OTHER) or _UNKNOWN

    def labels(self, field: str, value: str) -> tuple[str, ...]:
        """The answers in a cell: one a line, unless the field holds free text."""
        other = self._labels[field].get(OTHER)
        if self._labels[field].keys() == {OTHER} and other and other.method != "place":
            return (" ".join(value.split()),)
        lines = (" ".join(line.split()) for line in value.splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def all(self) -> tuple[tuple[str, str, Answer], ...]:
        """(field, label, answer), in the order of the file."""
        return tuple(
            (field, label, answer)
            for field, entry in self._by_field.items()
            for label, answer in entry.answers.items()
        )


_UNKNOWN: Final = Answer(unchecked="an answer that is not among those of the registry's form")


def _key(label: str) -> str:
    return " ".join(folded(label).split())


@cache
def load_answers() -> Answers:
    """The shipped answers."""
    entries = TypeAdapter(tuple[_Fields, ...]).validate_python(_read("answers.yaml"))
    return Answers(entries)


@cache
def load_searches() -> Rubric:
    """The shipped searches, as a rubric that has signals only; its lists are the default's too."""
    raw = _Searches.model_validate(_read("searches.yaml"))
    base = load_rubric()
    lists = {**base.lists, **raw.lists}
    return base.model_copy(
        update={"id": "declared", "lists": lists, "signals": raw.signals, "criteria": ()}
    )


def _read(name: str) -> Any:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def data_key() -> str:
    """Changes with the shipped answers and searches."""
    from assess.compare.inputs import fingerprint

    folder = resources.files(__package__)
    names = ("answers.yaml", "searches.yaml")
    return fingerprint(folder.joinpath(name).read_bytes() for name in names)
