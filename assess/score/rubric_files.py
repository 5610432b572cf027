"""Rubric files as they are read: found by name or path, bounded, and put on what they extend.

Nothing here knows what a rubric means; ``rubric`` checks that. Whatever a file holds, reading it
ends soon, in little memory, with a mapping or with one line that says what is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml

from assess.errors import InputError, RubricError
from assess.files import read_regular
from assess.score.faults import Fault, RubricFaultError, one_line, quoted

SHIPPED_DEFAULT: Final = "uk-s54"
_SUFFIX: Final = ".yaml"
# A rubric is a page of prose, not data: a larger file is a mistake, and YAML grows when loaded.
MAX_RUBRIC_BYTES: Final = 2_000_000
# Each value of a YAML file ends a line or stands before a comma; the shipped rubric has 13,000.
MAX_VALUES: Final = 40_000
# With its aliases written out a rubric is hardly longer; a few lines of aliases can be endless.
MAX_WRITTEN_OUT: Final = 2 * MAX_RUBRIC_BYTES
# What a value costs beside its characters, so that very many empty ones are refused too.
_EACH: Final = 10
# A rubric on a rubric on a rubric: more cannot be followed by a reader either.
MAX_EXTENDED: Final = 5
EXTENDS: Final = "extends"
# What a rubric that builds on another must say of itself.
OWN_KEYS: Final = ("id", "version", "title", "notice")
_BY_ID: Final = ("signals", "criteria")
_BY_KEY: Final = ("lists", "scores")

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RawRubric:
    """What a rubric file and those it extends say, put together; not checked yet."""

    name: str
    """As messages name it."""
    content: Raw
    digest: str
    """Follows the content of all files it is made from."""


def shipped_rubrics() -> tuple[str, ...]:
    """The names that stand for shipped rubrics."""
    folder = resources.files("assess.score").joinpath("rubrics")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(_SUFFIX) for n in names if n.endswith(_SUFFIX)))


def read_raw(path: Path | None = None) -> RawRubric:
    """Read a rubric by its path or by the name of a shipped one.

    Raises:
        RubricError: it cannot be read, is no YAML mapping, or does not fit what it extends.
    """
    name = str(path) if path is not None else SHIPPED_DEFAULT
    if name in shipped_rubrics():
        return _shipped(name)
    return _read(Path(name), ())


@cache
def _shipped(name: str) -> RawRubric:
    file = name + _SUFFIX
    data = resources.files("assess.score").joinpath("rubrics", file).read_bytes()
    return _put_together(file, data, None, (file,))


def _read(path: Path, extending: tuple[str, ...]) -> RawRubric:
    try:
        data = read_regular(path, MAX_RUBRIC_BYTES)
    except InputError as error:
        known = ", ".join(shipped_rubrics())
        message = one_line(str(error))
        raise RubricError(f"{message}; give a rubric file, or a shipped one: {known}") from None
    return _put_together(str(path), data, path, (*extending, str(path.resolve())))


def _put_together(
    name: str, data: bytes, path: Path | None, extending: tuple[str, ...]
) -> RawRubric:
    own = _mapping(name, data)
    if EXTENDS not in own:
        return RawRubric(name, own, _digest(data))
    base = _base(name, own[EXTENDS], path, extending)
    return RawRubric(name, _merged(name, base, own), _digest(data, base.digest.encode()))


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def _base(name: str, wanted: object, path: Path | None, extending: tuple[str, ...]) -> RawRubric:
    """The rubric that one extends: a shipped one by name, or a file in the same folder."""
    known = ", ".join(shipped_rubrics())
    if not isinstance(wanted, str):
        raise _extends(name, f"{quoted(str(wanted))} is no name", f"give a file or one of: {known}")
    if wanted in shipped_rubrics():
        return _shipped(wanted)
    if path is None or not wanted.endswith((_SUFFIX, ".yml")):
        raise _extends(name, f"no rubric {quoted(wanted)}", f"give a file or one of: {known}")
    found = _beside(path, wanted)
    if found is None:
        problem = f"{quoted(wanted)} lies outside the rubric's own folder"
        raise _extends(name, problem, "copy it there")
    if str(found) in extending:
        raise _extends(name, f"{quoted(wanted)} extends itself in the end", "break the circle")
    if len(extending) > MAX_EXTENDED:
        raise _extends(name, f"more than {MAX_EXTENDED} rubrics build on each other", "join some")
    return _read(found, extending)


def _extends(name: str, problem: str, advice: str) -> RubricFaultError:
    return RubricFaultError(Fault(name, "", EXTENDS, problem, advice))


def _beside(path: Path, wanted: str) -> Path | None:
    """A file in the folder of ``path`` (links followed), or None if it lies outside."""
    folder = path.resolve().parent
    try:
        found = (folder / wanted).resolve()
    except (OSError, ValueError, RuntimeError):  # a name that no file can have
        return None
    return found if found.is_relative_to(folder) else None


def _merged(name: str, base: RawRubric, own: Raw) -> Raw:
    if missing := [key for key in OWN_KEYS if key not in own]:
        told = f"what builds on another rubric needs its own {', '.join(missing)}"
        raise RubricFaultError(Fault(name, "", missing[0], told))
    merged = {**base.content, **{k: v for k, v in own.items() if k != EXTENDS}}
    for key in _BY_KEY:
        if isinstance(own.get(key), dict):
            merged[key] = {**_dict(base.content.get(key)), **own[key]}
    for key in _BY_ID:
        if isinstance(own.get(key), list):
            merged[key] = _by_id(name, key, base, own[key])
    return merged


def _dict(value: object) -> Raw:
    return value if isinstance(value, dict) else {}


def _by_id(name: str, key: str, base: RawRubric, own: Sequence[object]) -> list[object]:
    """The base's entries, changed where an own one has the same id; then the new ones."""
    entries = {entry["id"]: entry for entry in _entries(base.content.get(key))}
    held = frozenset(entries)
    given: set[str] = set()
    odd: list[object] = []
    for entry in own:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            odd.append(entry)  # the model says what is wrong with it
        elif entry["id"] in given:
            raise RubricFaultError(Fault(name, entry["id"], "id", "given twice", "keep one"))
        elif entry["id"] in held:
            entries[entry["id"]] = _overridden(entries[entry["id"]], entry)
        else:
            _refuse_unknown(name, key, base, entry, held)
            entries[entry["id"]] = entry
        if isinstance(entry, dict):
            given.add(str(entry.get("id")))
    return [*entries.values(), *odd]


def _entries(value: object) -> Iterator[Raw]:
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry


def _refuse_unknown(name: str, key: str, base: RawRubric, entry: Raw, held: Iterable[str]) -> None:
    """An entry that only changes something must have something to change."""
    whole = "kind" in entry if key == "criteria" else bool({"rules", "detector"} & entry.keys())
    if whole:
        return
    from rapidfuzz import process

    near = process.extractOne(entry["id"][:100], list(held), score_cutoff=75)
    needed = "kind, title and the rest" if key == "criteria" else "rules or a detector"
    advice = f"did you mean {near[0]!r}?" if near else f"a new one needs {needed}"
    problem = f"{base.name} has nothing of that id in {key} to override"
    raise RubricFaultError(Fault(name, entry["id"], "id", problem, advice))


def _overridden(old: Raw, new: Raw) -> Raw:
    """Keys replaced; rules by their name, so that one can be changed or added."""
    merged = {**old, **new}
    ours, theirs = new.get("rules"), old.get("rules")
    if not isinstance(ours, list) or not isinstance(theirs, list):
        return merged
    rules: dict[object, object] = {_rule_name(rule, at): rule for at, rule in enumerate(theirs)}
    for at, rule in enumerate(ours, start=len(theirs)):
        name = _rule_name(rule, at)
        held = rules.get(name)
        both = isinstance(held, dict) and isinstance(rule, dict)
        rules[name] = {**_dict(held), **_dict(rule)} if both else rule
    return {**merged, "rules": list(rules.values())}


def _rule_name(rule: object, at: int) -> Hashable:
    name = rule.get("name") if isinstance(rule, dict) else None
    return name if isinstance(name, str) else at


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that refuses a key given twice, of which YAML would drop the first."""

    def construct_document(self, node: yaml.Node) -> Any:
        """Check the whole tree before merge keys (``<<``) and aliases are written out."""
        sizes: dict[int, int | None] = {}
        todo = [node]
        while todo:
            current = todo[-1]
            if sizes.get(id(current)) is not None:
                todo.pop()
                continue
            parts = _parts(current)
            if id(current) in sizes:
                todo.pop()
                sizes[id(current)] = _written_out(current, parts, sizes)
                continue
            if isinstance(current, yaml.MappingNode):
                _refuse_doubled(key for key, _ in current.value)
            sizes[id(current)] = None  # begun; a part that is begun holds what it is in
            todo += _unread(current, parts, sizes)
        return super().construct_document(node)


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _unread(
    node: yaml.Node, parts: Iterable[yaml.Node], sizes: Mapping[int, int | None]
) -> list[yaml.Node]:
    found = []
    for part in parts:
        if id(part) not in sizes:
            found.append(part)
        elif sizes[id(part)] is None:
            raise _refusal("an alias stands for what it is part of; write it out", node)
    return found


def _written_out(
    node: yaml.Node, parts: Iterable[yaml.Node], sizes: Mapping[int, int | None]
) -> int:
    """The size of a value with its aliases written out."""
    own = len(node.value) if isinstance(node, yaml.ScalarNode) else 0
    size = _EACH + own + sum(sizes[id(part)] or 0 for part in parts)
    if size > MAX_WRITTEN_OUT:
        problem = f"larger than {MAX_WRITTEN_OUT:,} characters with its aliases written out"
        raise _refusal(problem, node)
    return size


def _refuse_doubled(keys: Iterable[yaml.Node]) -> None:
    seen: set[Hashable] = set()
    for key in keys:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if (name := (key.tag, key.value)) in seen:
            raise _refusal(f"key {quoted(key.value)} given twice; keep one", key)
        seen.add(name)


def _refusal(problem: str, node: yaml.Node) -> yaml.YAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


def _mapping(name: str, data: bytes) -> Raw:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8 text (line {line})"
        raise RubricFaultError(Fault(name, "", "", problem, "save the file as UTF-8")) from None
    if data.count(b",") + data.count(b"\n") > MAX_VALUES:
        problem = f"more than {MAX_VALUES:,} lines and commas; a rubric has far fewer"
        raise RubricFaultError(Fault(name, "", "", problem))
    try:
        raw = yaml.load(data, Loader=_Loader)  # noqa: S506 - a safe loader
    # PyYAML lets Python's own errors through for a bad date, number or tagged value.
    except (
        yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError,
        TypeError,
    ) as error:  # fmt: skip
        problem = f"not valid YAML ({one_line(str(error))})"
        raise RubricFaultError(Fault(name, "", "", problem)) from None
    if not isinstance(raw, dict):
        problem = "not a rubric (a mapping with id, criteria, ... was expected)"
        raise RubricFaultError(Fault(name, "", "", problem))
    return raw
