"""The attempts of collecting runs: what was asked, what came, and what is known already."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from sqlite_utils import Database

from assess.scrape.fetch.records import Hop, Reply
from assess.scrape.fetch.robots import Robots
from assess.store import now

Door = Literal["statements", "sites", "urls", "warc"]
Mode = Literal["missing", "recheck", "refresh"]
Outcome = Literal["got", "unchanged", "failed", "retried"]

# RFC 9309, 2.4: robots.txt is not used longer than 24 hours.
ROBOTS_HOURS: Final = 24
NETWORK: Final = "network"


@dataclass(frozen=True, slots=True)
class Collection:
    """One run of a collecting command, perhaps begun by a process that was killed."""

    id: int
    mode: Mode
    first_attempt: int
    """Attempts from this id on are of this run."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A row of `attempts`; the body lies in the folder of documents."""

    id: int
    reply: Reply
    """Without its body."""
    outcome: Outcome
    sha256: str | None
    kept_as: str | None
    source: str = NETWORK


def begin(db: Database, door: Door, mode: Mode) -> Collection:
    """Go on with the run of this door and mode that was ended before its time, or begin one."""
    open_one = db.execute(
        "SELECT id, first_attempt FROM collections"
        " WHERE door = ? AND mode = ? AND finished_at IS NULL ORDER BY id DESC LIMIT 1",
        [door, mode],
    ).fetchone()
    if open_one:
        return Collection(int(open_one[0]), mode, int(open_one[1]))
    last = db.execute("SELECT coalesce(max(id), 0) FROM attempts").fetchone()[0]
    row = {"door": door, "mode": mode, "first_attempt": int(last) + 1, "started_at": now()}
    with db.atomic():
        key = db.table("collections").insert(row).last_pk
    return Collection(int(str(key)), mode, int(last) + 1)


def finish(db: Database, collection: Collection) -> None:
    """Say that all targets of the run were visited."""
    with db.atomic():
        db.table("collections").update(collection.id, {"finished_at": now()})


def last_attempt(db: Database, url: str, since: int = 0) -> Attempt | None:
    """The last attempt at an address that settled it, if it is one from ``since`` on."""
    rows = db.query(
        "SELECT * FROM attempts WHERE url = ? AND id >= ? AND outcome <> 'retried'"
        " ORDER BY id DESC LIMIT 1",
        [url, since],
    )
    return next((_attempt(row) for row in rows), None)


def last_kept(db: Database, url: str) -> Attempt | None:
    """The last attempt at an address whose body was kept."""
    rows = db.query(
        "SELECT * FROM attempts WHERE url = ? AND sha256 IS NOT NULL ORDER BY id DESC LIMIT 1",
        [url],
    )
    return next((_attempt(row) for row in rows), None)


def tries(db: Database, url: str, since: int) -> int:
    """How often it was tried from ``since`` on without being settled."""
    settled = last_attempt(db, url, since)
    return db.table("attempts").count_where(
        "url = ? AND id >= ? AND outcome = 'retried'",
        [url, max(since, settled.id if settled else 0)],
    )


def add_attempt(
    db: Database,
    reply: Reply,
    outcome: Outcome,
    *,
    size: int,
    sha256: str | None = None,
    kept_as: str | None = None,
    source: str = NETWORK,
) -> None:
    """Write one attempt."""
    row = {
        "url": reply.url,
        "final_url": reply.final_url,
        "started_at": reply.started_at,
        "seconds": reply.seconds,
        "status": reply.status,
        "headers": json.dumps(dict(reply.headers)),
        "hops": json.dumps([asdict(hop) for hop in reply.hops]),
        "size": size,
        "sha256": sha256,
        "kept_as": kept_as,
        "outcome": outcome,
        "reason": reply.reason,
        "detail": reply.detail,
        "source": source,
    }
    with db.atomic():
        db.table("attempts").insert(row)


def _attempt(row: dict[str, Any]) -> Attempt:
    reply = Reply(
        url=row["url"],
        final_url=row["final_url"],
        started_at=row["started_at"],
        seconds=row["seconds"],
        status=row["status"],
        headers=json.loads(row["headers"]),
        hops=tuple(Hop(**hop) for hop in json.loads(row["hops"])),
        reason=row["reason"],
        detail=row["detail"],
    )
    return Attempt(row["id"], reply, row["outcome"], row["sha256"], row["kept_as"], row["source"])


def iter_attempts(db: Database) -> Iterator[Attempt]:
    """All attempts that brought a body or settled an address, in order of time."""
    for row in db.query("SELECT * FROM attempts WHERE outcome <> 'retried' ORDER BY id"):
        yield _attempt(row)


@dataclass(frozen=True, slots=True)
class KeptRobots:
    """robots.txt files in the database, for a day."""

    db: Database

    def read_robots(self, origin: str) -> Robots | None:
        """The kept file, or None if there is none that is fresh; never one of ``disallow``."""
        latest = datetime.now(UTC)
        oldest = latest - timedelta(hours=ROBOTS_HOURS)
        row = self.db.execute(
            "SELECT verdict, status, detail, body FROM robots"
            # One of the future was fetched before the clock was set back, nobody knows when.
            " WHERE origin = ? AND fetched_at BETWEEN ? AND ? AND verdict <> 'disallow'",
            [origin, *(moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (oldest, latest))],
        ).fetchone()
        return Robots(row[0], row[1], detail=row[2], body=row[3]) if row else None

    def write_robots(self, origin: str, robots: Robots) -> None:
        """Keep it."""
        row = {
            "origin": origin,
            "fetched_at": now(),
            "status": robots.status,
            "verdict": robots.verdict,
            "detail": robots.detail,
            "body": robots.body.replace("\0", ""),
        }
        with self.db.atomic():
            self.db.table("robots").upsert(row, pk="origin")
