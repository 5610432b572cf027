"""What collecting has brought, as tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.scrape.fetch.reasons import REASONS
from assess.scrape.registry_store import import_registry
from assess.scrape.status import (
    Failed,
    failure_lines,
    failures,
    summary,
    summary_lines,
)
from assess.store import Workspace
from tests.scrape.made import registry_bytes, row

AT = "2026-01-01T00:00:00Z"


def _targets(workspace: Workspace, *rows: tuple[str, str, str, str, str | None]) -> None:
    db = workspace.db
    run = {"door": "urls", "mode": "missing", "first_attempt": 1, "started_at": AT}
    key = db.table("collections").insert(run).last_pk
    names = ("door", "url", "organisation", "outcome", "reason")
    db.table("targets").insert_all(
        {
            **dict(zip(names, one, strict=True)),
            "detail": "why",
            "decided_at": AT,
            "collection_id": key,
        }
        for one in rows
    )


def test_nothing_collected_is_nothing_to_show(workspace: Workspace) -> None:
    assert (summary(workspace.db), failures(workspace.db)) == ([], [])
    assert summary_lines([]) == ["nothing collected yet"]
    assert list(failure_lines([])) == ["no address that failed"]


def test_targets_are_counted_by_door_outcome_and_reason(workspace: Workspace) -> None:
    _targets(
        workspace,
        ("urls", "https://a.example", "", "failed", "http_403"),
        ("urls", "https://b.example", "", "failed", "http_404"),
        ("urls", "https://c.example", "", "failed", "http_404"),
        ("urls", "https://d.example", "", "kept", None),
        ("sites", "https://d.example", "De", "postponed", "host_given_up"),
    )
    assert [(c.command, c.outcome, c.targets, c.reason) for c in summary(workspace.db)] == [
        ("sites", "postponed", 1, "host_given_up"),
        ("urls", "kept", 1, ""),
        ("urls", "failed", 2, "http_404"),
        ("urls", "failed", 1, "http_403"),
    ]


@pytest.mark.parametrize("reason", [*REASONS, "of_the_future"])
def test_every_reason_says_what_to_do(workspace: Workspace, reason: str) -> None:
    _targets(workspace, ("urls", "https://a.example", "", "failed", reason))
    [count] = summary(workspace.db)
    [failed] = failures(workspace.db)
    assert count.reason == reason
    assert count.meaning == failed.meaning != ""
    assert count.what_to_do == failed.what_to_do != ""


def test_a_failure_names_its_organisation(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "registry.csv"
    path.write_bytes(registry_bytes([row("Acme", "acme")]))
    import_registry(workspace, path)
    _targets(
        workspace,
        ("sites", "https://b.example", "Be", "failed", "timeout"),
        ("statements", "https://www.acme.example/2022.pdf", "", "failed", "timeout"),
        ("urls", "https://c.example", "", "failed", "http_404"),
        ("urls", "https://d.example", "", "kept", None),
    )
    timeout = REASONS["timeout"]
    unknown, acme, be = failures(workspace.db)
    assert unknown.organisation == ""
    assert acme == Failed(
        "Acme", "https://www.acme.example/2022.pdf", "timeout", timeout.meaning, "why", AT,
        timeout.advice,
    )  # fmt: skip
    assert be.organisation == "Be"


def test_lines_tell_totals_meaning_and_what_to_do(workspace: Workspace) -> None:
    _targets(
        workspace,
        ("urls", "https://a.example", "", "failed", "http_404"),
        ("urls", "https://b.example", "", "kept", None),
        ("urls", "https://c.example", "", "postponed", "host_given_up"),
    )
    lines = summary_lines(summary(workspace.db))
    assert lines[0] == ("urls: 3 addresses: 1 kept, 1 failed, 1 left for another run")
    assert [line.split()[1] for line in lines[1::2]] == ["host_given_up:", "http_404:"]
    assert all(line.strip().startswith("to do: ") for line in lines[2::2])


def test_failures_stand_under_their_reason_each_in_one_line(workspace: Workspace) -> None:
    _targets(
        workspace,
        ("sites", "https://a.example", "A\n\x1b[31mB", "failed", "http_404"),
        ("sites", "https://b.example", "C", "failed", "http_404"),
        ("sites", "https://c.example", "D", "failed", "timeout"),
    )
    lines = list(failure_lines(failures(workspace.db)))
    assert [line.startswith("  ") for line in lines] == [False, True, True, False, True]
    assert "\x1b" not in "".join(lines)
    assert lines[2].split() == ["C", "https://b.example", "why", "2026-01-01"]
