"""Runs made again: what they were given is found and checked, and what they left is compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from assess.discretion import DRY_RUN, LEFT_OUT, path_of, sha256_of
from assess.errors import InputError
from assess.files import read_regular
from assess.running import Input
from assess.store.runs import Run, manifest_run

_MOST_BYTES: Final = 10_000_000
# Documents named whose content differs.
_NAMED: Final = 5
_NETWORK: Final = frozenset({"scrape statements", "scrape sites", "scrape urls"})
_DOWNLOADS: Final = frozenset({"--year", "--all-years"})
_PERSONS: Final = frozenset({"review", "forget"})
# They change no text and no assessment: of runs before the one wanted they are left out.
_DERIVED: Final = frozenset({"report", "compare", "export"})
# What a run writes besides the database, by its option.
_OUTPUTS: Final = ("--report", "--output", "--manifest")
# Where the work was done: what comes of it does not depend on that, and it may be there no more.
_ENGINE: Final = frozenset({"--dask", "--backend", "--originals"})


@dataclass(frozen=True, slots=True)
class Step:
    """A command to be run anew."""

    run: Run
    arguments: tuple[str, ...]
    settings: Mapping[str, Any]


def read_manifest(path: Path) -> Run:
    """The run of a manifest file.

    Raises:
        InputError: it cannot be read, or is no manifest.
    """
    try:
        found = json.loads(read_regular(path, _MOST_BYTES))
        return manifest_run(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(
            f"{path}: is no manifest; give one of `assess run --manifest` or `assess runs show"
            " --json`, or the number of a run"
        ) from None


def runs_to_repeat(runs: Sequence[Run]) -> list[Run]:
    """Of a database's runs, oldest first, those that made the content of the last.

    Raises:
        InputError: they cannot be run again; says which, and what can be done.
    """
    wanted = runs[-1]
    if wanted.outcome != "done" or wanted.content is None:
        raise InputError(
            f"run {wanted.id} was not done ({wanted.outcome or 'killed'}): there is nothing to"
            " compare with; give a later run"
        )
    if not runs[0].began_empty:
        raise InputError(
            f"run {runs[0].id} found documents or statements there whose runs are not known; only"
            " what began with an empty database can be reproduced. Of a manifest: give the number"
            " of the run and the database instead"
        )
    for run in runs:
        if run.outcome != "failed" and not _is_dry(run, wanted) and (why := _why_not(run)):
            raise InputError(f"run {run.id} (assess {run.command}) {why}")
    return [run for run in runs if run is wanted or not (_is_derived(run) or _why_not(run))]


def _is_dry(run: Run, wanted: Run) -> bool:
    """Whether it changed nothing, and is not itself the one that is wanted."""
    return run is not wanted and DRY_RUN in run.arguments


def _is_derived(run: Run) -> bool:
    return run.command.split()[0] in _DERIVED


def _why_not(run: Run) -> str | None:
    """Why a run cannot be made again; None where it can."""
    downloads = run.command == "scrape registry" and _DOWNLOADS & set(run.arguments)
    if run.command in _NETWORK or downloads:
        return (
            "asked the network, which answers otherwise today; write what was collected with"
            " `assess export warc`, and read that with `assess scrape warc` into a new database:"
            " those runs can be reproduced"
        )
    if run.command in _PERSONS or LEFT_OUT in run.arguments:
        return "rests on what a person said, which is not written down in runs"
    return None


def version_differences(
    then: Mapping[str, str | None], now: Mapping[str, str | None]
) -> Iterator[str]:
    """In words, each version that is not what it was; the commit where the code differs."""
    for name, version in then.items():
        known = name in now and (name != "commit" or then.get("code") != now.get("code"))
        if known and now[name] != version:
            yield f"{name}: {_short(version)} then, {_short(now[name])} now"


def _short(version: str | None) -> str:
    if version is None:
        return "none"
    return version[:12] if len(version) in (40, 64) else version


def found_inputs(runs: Sequence[Run], folder: Path | None) -> dict[str, str]:
    """Where what the runs were given lies now, by how they wrote it.

    Raises:
        InputError: something is not there, or is not what it was.
    """
    return {
        given.path: str(_found(given, run.id, folder))
        for run in runs
        for given in run.inputs
        if given.sha256
    }


def _found(given: Input, run: int, folder: Path | None) -> Path:
    own = path_of(given.path)
    below = [] if folder is None else [folder / own.name, folder / own.relative_to(own.anchor)]
    places = [*below, own]
    there = [place for place in places if place.exists()]
    for place in there:
        if _hash(given, place) == given.sha256:
            return place
    told = f"{there[0]}: is not what run {run} was given" if there else f"{places[0]}: is not there"
    raise InputError(f"{told} (sha256 {given.sha256}); give the folder where it lies with --inputs")


def _hash(given: Input, place: Path) -> str | None:
    if given.documents is None:
        return sha256_of(place)
    if not place.is_dir():
        return None
    from assess.scrape.given import folder_input

    with suppress(InputError):  # no document is in it
        return folder_input(place).sha256
    return None


def step(run: Run, where: Mapping[str, str], database: Path) -> Step:
    """A run as it is given anew: its inputs where they lie, its outputs beside the new database."""

    def now(word: str) -> str:
        return where.get(word) or (str(path_of(word)) if word.startswith("~/") else word)

    words = [now(word) for word in _here(run.arguments)]
    settings = {
        name: now(value) if isinstance(value, str) else value
        for name, value in run.settings.items()
        if f"--{name}" not in _ENGINE
    }
    given = {"--db": str(database)}
    for option in _OUTPUTS:
        if option in words:
            suffix = Path(words[words.index(option) + 1]).suffix
            given[option] = str(database.with_name(f"{database.stem}-{option[2:]}{suffix}"))
    options = [word for pair in given.items() for word in pair]
    at = words.index("--") if "--" in words else len(words)
    return Step(run, (*words[:at], *options, *words[at:]), settings)


def _here(words: Sequence[str]) -> Iterator[str]:
    """A command's words without what said where the work was done."""
    left = iter(words)
    for word in left:
        if word in _ENGINE:
            next(left, None)
        else:
            yield word


def content_differences(
    then: Iterator[tuple[str, str | None]], now: Iterator[tuple[str, str | None]]
) -> Iterator[str]:
    """Documents whose text or assessments differ between two databases, the first few named."""
    # A hash a document: 100,000 of them take 20 MB.
    before, after = dict(then), dict(now)
    differ = sorted(
        sha256 for sha256 in {*before, *after} if before.get(sha256) != after.get(sha256)
    )
    for sha256 in islice(differ, _NAMED):
        place = " (only before)" if sha256 not in after else " (only now)" * (sha256 not in before)
        yield f"document {sha256[:12]}{place}"
    if len(differ) > _NAMED:
        yield f"and {len(differ) - _NAMED:,} more documents"
