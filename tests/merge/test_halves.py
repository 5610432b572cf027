"""Two halves of the corpus are the corpus, in either order, once or twice, killed or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.extract import EXTRACTOR_VERSION
from assess.merge import MergeReport, merge_parts
from assess.merge import parts as merging
from assess.store.checks import check_database
from tests.merge.content import Content, content, differences
from tests.merge.halves import half


@pytest.fixture(scope="module")
def whole(corpus_db: Path) -> Content:
    return content(corpus_db)


@pytest.fixture(scope="module")
def halves(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("halves")
    return half(corpus_db, folder / "0", 0), half(corpus_db, folder / "1", 1)


def merged(folder: Path, *parts: Path) -> Path:
    report = merge_parts(folder / "all.db", parts)
    assert report.complete, report
    return folder / "all.db"


def clean(path: Path) -> bool:
    return all(one.state != "broken" for one in check_database(path, EXTRACTOR_VERSION))


@pytest.mark.parametrize("turned", [False, True])
def test_two_halves_are_the_whole(
    halves: tuple[Path, Path], whole: Content, tmp_path: Path, turned: bool
) -> None:
    before = [path.read_bytes() for path in halves]
    path = merged(tmp_path, *(reversed(halves) if turned else halves))
    assert differences(content(path), whole) == {}
    assert clean(path)
    merged(tmp_path, *halves)
    assert differences(content(path), whole) == {}
    assert [path.read_bytes() for path in halves] == before


def test_halves_of_the_registry_are_matched_together(
    corpus_db: Path, whole: Content, tmp_path: Path
) -> None:
    parts = [half(corpus_db, tmp_path / f"{n}", n, own_registry=True) for n in (0, 1)]
    assert content(parts[0])["statement_documents"] != whole["statement_documents"]
    assert differences(content(merged(tmp_path, *parts)), whole) == {}


def test_a_half_into_a_compared_whole_changes_nothing_but_that_it_is_compared_anew(
    halves: tuple[Path, Path], corpus_db: Path, whole: Content, tmp_path: Path
) -> None:
    path = half(corpus_db, tmp_path / "w", 0)
    report = merge_parts(path, [halves[1]])
    assert differences(content(path), whole) == {}
    assert report.parts[0].new["documents"] == len(content(halves[1])["documents"])
    assert (report.parts[0].conflicts, report.parts[0].lost) == (0, ())
    [compared] = [one for one in check_database(path, EXTRACTOR_VERSION) if one.name[:3] == "com"]
    assert compared.state == "note"


@pytest.mark.parametrize("at", [0, 7, 30, 60, "files", "end"])
def test_killed_and_run_again_it_ends_the_same(
    halves: tuple[Path, Path],
    whole: Content,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: int | str,
) -> None:
    def killed(*_: Any) -> MergeReport:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        if at == "files":
            patched.setattr(merging, "_counts", killed)
        elif at == "end":
            patched.setattr(merging, "_settle", killed)
        else:
            steps = [*merging._STEPS]
            patched.setattr(merging, "_STEPS", _Killed(steps, int(at)))
        merge_parts(tmp_path / "all.db", halves)
    assert clean(tmp_path / "all.db")
    assert differences(content(merged(tmp_path, *halves)), whole) == {}


class _Killed(list[str]):
    """Steps of which the one at a number is never done."""

    def __init__(self, steps: list[str], at: int) -> None:
        super().__init__(steps)
        self.at = at

    def __iter__(self) -> Any:
        for number, step in enumerate([*self[: self.at + 1]]):
            if number == self.at:
                raise KeyboardInterrupt
            yield step
