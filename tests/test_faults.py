"""What belongs together is written together: a kill between loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assess.batch import extract_pending, score_pending
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.store import Workspace, open_workspace


def _read(workspace: Workspace) -> object:
    return extract_pending(workspace)


def _judge(workspace: Workspace) -> object:
    return score_pending(workspace, load_rubric(), model_key(), None)


@pytest.mark.parametrize(("step", "before"), [(_read, ()), (_judge, (_read,))])
def test_an_issue_is_not_lost_between_a_result_and_its_note(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: Callable[[Workspace], object],
    before: tuple[Callable[[Workspace], object], ...],
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "broken.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "a" / "short.txt").write_text("Wir dulden keine moderne Sklaverei.\n" * 30)
    with open_workspace(tmp_path / "a.db") as workspace:
        import_files(workspace, [tmp_path / "a"])
        for earlier in before:
            earlier(workspace)

        def killed(_self: Workspace, _issues: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(Workspace, "note", killed)
            step(workspace)
        noted = workspace.db.table("issues").count
        step(workspace)
        assert workspace.db.table("issues").count == noted + 1
