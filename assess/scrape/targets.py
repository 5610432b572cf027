"""What is to be found: statements of the registry, sites, addresses; and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from sqlite_utils import Database

from assess.records import Issue
from assess.scrape.attempts import Collection, Door, last_attempt
from assess.scrape.seek import Failure, Find, HomePage, Sought
from assess.scrape.urls import site_of
from assess.store import Workspace, now
from assess.store.forgotten import forgotten_among

State = Literal["kept", "failed", "postponed"]

STAGE: Final = "collect"


@dataclass(frozen=True, slots=True)
class Target:
    """One address to visit on behalf of one door."""

    door: Door
    url: str
    organisation: str = ""
    copies: tuple[str, ...] = ()
    """The registry's PDFs of its statements."""
    changed_at: str = ""
    """When its registry entry was last changed, ISO 8601, or empty."""
    correct_url: str = ""
    """By a person's override file, instead of ``url``."""
    since: int = field(default=0, compare=False)
    """Attempts before this one do not count any more."""

    @property
    def visited_url(self) -> str:
        """The address that is visited first."""
        return self.correct_url or self.url

    @property
    def domain(self) -> str:
        """The registrable domain that is visited first."""
        return site_of(self.visited_url)


@dataclass(frozen=True, slots=True)
class _Known:
    outcome: State
    decided_at: str
    run: int
    first_attempt: int
    """Of that run."""
    judged: bool
    """Whether its home page was."""


def pending(
    db: Database, targets: Iterable[Target], run: Collection, *, home_pages: bool = False
) -> list[Target]:
    """The targets that this run visits, each with the attempts that still count.

    What this run has decided already, in a process that was killed, is left out.

    Args:
        home_pages: also those whose home page was not judged yet.
    """
    known = _known(db)
    found: dict[Target, None] = {}
    for target in targets:
        before = known.get((target.door, target.url, target.organisation))
        since = _since(target, before, run)
        if since is None and target.correct_url and not last_attempt(db, target.correct_url):
            since = 0  # corrected since it was decided
        if since is None and home_pages and before and not before.judged and before.run != run.id:
            since = 0  # what was visited is not asked again; only its home page is
        if since is not None:
            found[replace(target, since=since)] = None
    return list(found)


def _since(target: Target, before: _Known | None, run: Collection) -> int | None:
    """From which attempt on its attempts count; None if it is not visited."""
    refresh = run.mode == "refresh"
    if before is None:
        return run.first_attempt if refresh else 0
    if before.outcome == "postponed":
        # Goes on with the run that put it off, which may have been to look again.
        return run.first_attempt if refresh else before.first_attempt
    if before.run == run.id:
        return None
    # Decided in the future: before the clock was set back, and at the latest now.
    changed = target.changed_at > min(before.decided_at, now())[:10]
    failed_again = run.mode == "recheck" and before.outcome == "failed"
    return run.first_attempt if refresh or changed or failed_again else None


def _known(db: Database) -> Mapping[tuple[str, str, str], _Known]:
    return {
        (door, url, organisation): _Known(*known)
        for door, url, organisation, *known in db.execute(
            "SELECT targets.door, url, organisation, outcome, decided_at, collection_id,"
            " first_attempt, homepage_links.target_id IS NOT NULL FROM targets"
            " JOIN collections ON collections.id = collection_id"
            " LEFT JOIN homepage_links ON homepage_links.target_id = targets.id"
        )
    }


def lost(workspace: Workspace, targets: Iterable[Target]) -> list[Target]:
    """The targets with a document whose file is gone; visited again, as if they never were."""
    rows = workspace.db.execute(
        "SELECT door, targets.url, organisation, kept_as, sha256 FROM targets JOIN target_documents"
        " ON target_id = targets.id JOIN documents ON sha256 = document_sha256"
    )
    missing = [row for row in rows if not (workspace.documents / row[3]).is_file()]
    removed = forgotten_among(workspace.db, "document", (row[4] for row in missing))
    gone = {
        (door, url, organisation)
        for door, url, organisation, _, sha256 in missing
        if sha256 not in removed
    }
    return [target for target in targets if (target.door, target.url, target.organisation) in gone]


def write(workspace: Workspace, target: Target, sought: Sought, run: Collection) -> None:
    """Write what became of a target, in one transaction."""
    db = workspace.db
    with db.atomic():
        key = _write_target(db, target, sought, run)
        for find in sought.finds:
            _write_find(db, key, find)
        if sought.home:
            _write_home(db, key, sought.home)
        db.table("issues").delete_where("stage = ? AND subject = ?", [STAGE, _subject(target)])
        if sought.failure and not sought.finds:
            workspace.note([_issue(target, sought.failure)])


def _write_target(db: Database, target: Target, sought: Sought, run: Collection) -> int:
    failure = None if sought.finds else sought.failure
    outcome = "kept"
    if failure:
        outcome = "postponed" if failure.postponed else "failed"
    row = {
        "door": target.door,
        "url": target.url,
        "organisation": target.organisation,
        "outcome": outcome,
        "reason": failure.reason if failure else None,
        "detail": failure.detail if failure else "",
        "decided_at": now(),
        "collection_id": run.id,
    }
    db.execute(
        "INSERT INTO targets"
        " (door, url, organisation, outcome, reason, detail, decided_at, collection_id)"
        " VALUES (:door, :url, :organisation, :outcome, :reason, :detail, :decided_at,"
        " :collection_id)"
        " ON CONFLICT (door, url, organisation) DO UPDATE SET outcome = excluded.outcome,"
        " reason = excluded.reason, detail = excluded.detail, decided_at = excluded.decided_at,"
        " collection_id = excluded.collection_id",
        row,
    )
    found = db.execute(
        "SELECT id FROM targets WHERE door = ? AND url = ? AND organisation = ?",
        [target.door, target.url, target.organisation],
    ).fetchone()
    return int(found[0])


def _write_find(db: Database, key: int, find: Find) -> None:
    db.table("target_documents").upsert(
        {
            "target_id": key,
            "document_sha256": find.visit.sha256,
            "how": find.how,
            "url": find.visit.reply.final_url,
            "link_text": find.link_text,
        },
        pk=("target_id", "document_sha256"),
    )


def _write_home(db: Database, key: int, home: HomePage) -> None:
    link = home.judged.link
    db.table("homepage_links").upsert(
        {
            "target_id": key,
            "value": home.judged.value,
            "reason": home.judged.reason,
            "link_text": link.text if link else "",
            "link_url": link.url if link else "",
            "place": link.place if link else "",
            "page_url": home.visit.reply.final_url,
            "page_sha256": home.visit.sha256,
            "visited_at": home.visit.reply.started_at,
        },
        pk="target_id",
    )


def _subject(target: Target) -> str:
    return f"{target.organisation} {target.url}".strip()


def _issue(target: Target, failure: Failure) -> Issue:
    return Issue(STAGE, _subject(target), failure.reason, failure.detail or failure.reason)
