"""An undisturbed run of a stage, and a killed and resumed one, told apart."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.killing.content import Rows, content, faults
from tests.killing.process import Ended, Moment, orphans, run, temporary_of
from tests.killing.stages import STAGES, Stage, inputs

# Databases are compared by their content.
_DATABASE = ".db"


@dataclass(frozen=True, slots=True)
class Left:
    """What a stage left in its folder."""

    content: dict[str, Rows]
    """Of all databases, by file and table."""
    files: dict[str, bytes]
    """By path, but for the databases."""
    ended: Ended


class Stages:
    """Undisturbed outcomes of stages, made as they are asked for, below a folder."""

    def __init__(self, folder: Path, documents: int) -> None:
        self._folder = folder
        self._made: dict[str, Left] = {}
        inputs(folder / "inputs", documents)

    def undisturbed(self, name: str) -> Left:
        """What a stage leaves that nobody disturbs."""
        if name not in self._made:
            stage = STAGES[name]
            folder = self._before(stage, name)
            keys = stage.keys(folder)
            ended = run(stage.work, folder, self._folder / f"{name}.log", keys=keys)
            if ended.code:
                raise RuntimeError(f"{name} ended with {ended.code}: {ended.said[-2000:]}")
            self._made[name] = self._left(folder, ended)
        return self._made[name]

    def killed(self, name: str, moment: Moment) -> tuple[bool, list[str]]:
        """Kill a stage and run it again; whether it was killed, and what is wrong then."""
        base, stage = self.undisturbed(name), STAGES[name]
        folder, log = self._before(stage, "killed"), self._folder / "killed.log"
        first = run(stage.work, folder, log, moment, keys=stage.keys(folder))
        again_log = self._folder / "again.log"
        temporary = temporary_of(log).rename(temporary_of(again_log))
        again = run(stage.work, folder, again_log, keys=stage.keys(folder))
        found = [f"still runs: {line}" for line in orphans(log)]
        if again.code != base.ended.code:
            found.append(f"ended with {again.code}: {again.said[-500:]}")
        found += differences(base, self._left(folder, again))
        found += [fault for path in _databases(folder) for fault in faults(path)]
        found += [f"left in TMPDIR: {path.name}" for path in temporary.iterdir()]
        shutil.rmtree(temporary)
        shutil.rmtree(folder)
        return first.code == -9, found

    def _before(self, stage: Stage, name: str) -> Path:
        """A folder in the state from which a stage starts."""
        if stage.after:
            self.undisturbed(stage.after)
        folder = self._folder / f"of-{name}"
        shutil.copytree(self._folder / (f"of-{stage.after}" if stage.after else "inputs"), folder)
        return folder

    def _left(self, folder: Path, ended: Ended) -> Left:
        files = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != _DATABASE
        }
        tables = {
            f"{path.name} {table}": rows
            for path in _databases(folder)
            for table, rows in content(path).items()
        }
        return Left(tables, files, ended)


def _databases(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_DATABASE}"))


def differences(base: Left, other: Left) -> list[str]:
    """In what the two differ; none is right."""
    found = []
    for table in base.content.keys() | other.content.keys():
        ours, theirs = base.content.get(table, Counter()), other.content.get(table, Counter())
        if ours != theirs:
            found.append(f"{table}: lacks {_some(ours - theirs)}, has {_some(theirs - ours)}")
    names = base.files.keys() | other.files.keys()
    found += [f"{name}: is missing" for name in names - other.files.keys()]
    found += [f"{name}: is left over" for name in names - base.files.keys()]
    found += [
        f"{name}: differs"
        for name in base.files.keys() & other.files.keys()
        if base.files[name] != other.files[name]
    ]
    return sorted(found)


def _some(rows: Rows) -> str:
    return f"{rows.total()} {[str(row)[:200] for row in list(rows)[:2]]}"
