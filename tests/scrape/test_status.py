"""What collecting has brought, as tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.scrape.fetch.reasons import REASONS
from assess.scrape.registry import import_registry
from assess.scrape.status import Count, Failed, failures, summary, table
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
    assert table([]) == "nothing to show"


def test_targets_are_counted_by_door_outcome_and_reason(workspace: Workspace) -> None:
    _targets(
        workspace,
        ("urls", "https://a.example", "", "failed", "http_403"),
        ("urls", "https://b.example", "", "failed", "http_404"),
        ("urls", "https://c.example", "", "failed", "http_404"),
        ("urls", "https://d.example", "", "kept", None),
        ("sites", "https://d.example", "De", "postponed", "host_given_up"),
    )
    assert [
        (c.command, c.outcome, c.targets, c.why.partition(":")[0]) for c in summary(workspace.db)
    ] == [
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
    assert count.why.startswith(f"{reason}: ")
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
    advice = REASONS["timeout"].advice
    unknown, acme, be = failures(workspace.db)
    assert unknown.organisation == ""
    assert acme == Failed("Acme", "https://www.acme.example/2022.pdf", "timeout", "why", AT, advice)
    assert be.organisation == "Be"


def test_tables_have_columns_under_their_names_and_no_line_breaks() -> None:
    rows = [
        Count("urls", "failed", 1_234, "http_404: not there", "open it"),
        Count("urls", "kept", 5, "", "x" * 200),
        Count("urls\n\x1b[31m", "kept", 5, "", ""),
    ]
    lines = table(rows).split("\n")
    assert len(lines) == 4
    assert lines[0].split() == ["command", "outcome", "targets", "why", "what", "to", "do"]
    assert lines[1].index("1,234") == lines[0].index("targets")
    assert lines[2].endswith("x…")
    assert len(lines[2]) < 150
    assert "\x1b" not in lines[3]
