"""What was collected as a WARC file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from assess.errors import InputError
from assess.scrape.attempts import Outcome, add_attempt
from assess.scrape.fetch.records import Hop, Reply
from assess.scrape.keep import keep_document
from assess.scrape.visits import Visit
from assess.scrape.warc_export import ATTEMPT_TYPE, ExportReport, export_warc
from assess.store import Workspace

A, B = "https://a.example/x", "https://b.example/y"
AT = "2026-01-02T03:04:05Z"
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "gzip",
    "content-length": "7",
    "etag": '"é"',
}


@dataclass(frozen=True)
class Record:
    """One record, read."""

    kind: str
    url: str
    status: str
    http: dict[str, str]
    body: bytes
    date: str
    content_type: str

    @property
    def row(self) -> dict[str, Any]:
        """Of a metadata record."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


def _export(workspace: Workspace, folder: Path) -> tuple[ExportReport, list[Record]]:
    path = folder / "w.warc.gz"
    report = export_warc(workspace, path)
    records = []
    with path.open("rb") as file:
        for one in ArchiveIterator(file, check_digests="raise"):
            body = one.content_stream().read()
            http = one.http_headers
            records.append(
                Record(
                    one.rec_type,
                    one.rec_headers.get_header("WARC-Target-URI") or "",
                    http.get_statuscode() if http else "",
                    dict(http.headers) if http else {},
                    body,
                    one.rec_headers.get_header("WARC-Date"),
                    one.rec_headers.get_header("Content-Type"),
                )
            )
    assert records[0].kind == "warcinfo"
    return report, records[1:]


def _got(workspace: Workspace, body: bytes = b"<html>text", **more: Any) -> Visit:
    digest = sha256(body).hexdigest()
    more = {"status": 200, "headers": HEADERS, "final_url": A, **more}
    reply = Reply(url=A, started_at=AT, seconds=1.5, **more)
    kept_as = workspace.keep_bytes(body, digest, ".html")
    add_attempt(workspace.db, reply, "got", size=len(body), sha256=digest, kept_as=kept_as)
    return Visit(reply, digest, kept_as, "text/html", len(body))


def _failed(workspace: Workspace, outcome: Outcome = "failed", **more: Any) -> None:
    more = {"final_url": A, "reason": "http_404", "detail": "é", **more}
    add_attempt(workspace.db, Reply(url=A, started_at=AT, seconds=0.1, **more), outcome, size=0)


def test_an_answer_is_written_with_its_body_and_row(workspace: Workspace, tmp_path: Path) -> None:
    visit = _got(workspace)
    report, [response, metadata] = _export(workspace, tmp_path)
    assert report == ExportReport(attempts=1, bodies=1, lost=0)
    assert (response.kind, response.url, response.date) == ("response", A, AT)
    assert (response.status, response.body) == ("200", b"<html>text")
    assert response.http["content-type"] == "text/html; charset=utf-8"
    assert response.http["content-length"] == str(len(response.body))
    assert "content-encoding" not in response.http
    assert (metadata.kind, metadata.url, metadata.content_type) == ("metadata", A, ATTEMPT_TYPE)
    assert metadata.row == {
        "url": A,
        "final_url": A,
        "started_at": AT,
        "seconds": 1.5,
        "status": 200,
        "headers": HEADERS,
        "hops": [],
        "outcome": "got",
        "reason": None,
        "detail": "",
        "sha256": visit.sha256,
        "document": False,
    }


def test_what_became_a_document_says_so(workspace: Workspace, tmp_path: Path) -> None:
    keep_document(workspace, _got(workspace), A)
    _, records = _export(workspace, tmp_path)
    assert records[-1].row["document"] is True


def test_redirects_are_answers_too(workspace: Workspace, tmp_path: Path) -> None:
    hops = (Hop(A, 301), Hop("https://a.example/é y", 302))
    _got(workspace, hops=hops, final_url=B)
    _, records = _export(workspace, tmp_path)
    assert [(one.kind, one.url, one.status) for one in records] == [
        ("response", A, "301"),
        ("response", "https://a.example/%C3%A9%20y", "302"),
        ("response", B, "200"),
        ("metadata", A, ""),
    ]
    assert [one.http.get("location") for one in records[1:3]] == [B, None]
    assert records[-1].row["hops"] == [{"url": hop.url, "status": hop.status} for hop in hops]


@pytest.mark.parametrize(
    ("more", "answers"),
    [
        ({"status": 404}, [(A, "404")]),
        ({"status": 999}, [(A, "999")]),
        ({"status": 200, "reason": "too_large"}, [(A, "200")]),
        ({"reason": "timeout"}, []),
        ({"reason": "robots_disallow", "hops": (Hop(A, 301),), "final_url": B}, [(A, "301")]),
    ],
)
def test_only_answers_that_came_are_written(
    workspace: Workspace, tmp_path: Path, more: dict[str, Any], answers: list[tuple[str, str]]
) -> None:
    _failed(workspace, **more)
    report, records = _export(workspace, tmp_path)
    assert [(one.url, one.status) for one in records if one.kind == "response"] == answers
    assert (report.bodies, records[-1].row["detail"]) == (0, "é")
    assert records[-1].row["reason"] == more.get("reason", "http_404")


def test_what_only_was_tried_is_left_out(workspace: Workspace, tmp_path: Path) -> None:
    _failed(workspace, "retried")
    assert _export(workspace, tmp_path) == (ExportReport(0, 0, 0), [])


def test_what_is_unchanged_has_a_row_but_no_second_answer(
    workspace: Workspace, tmp_path: Path
) -> None:
    visit = _got(workspace)
    reply = Reply(A, A, AT, 0.1, 304)
    add_attempt(
        workspace.db, reply, "unchanged", size=0, sha256=visit.sha256, kept_as=visit.kept_as
    )
    report, records = _export(workspace, tmp_path)
    assert [one.kind for one in records] == ["response", "metadata", "metadata"]
    assert records[-1].row["outcome"] == "unchanged"
    assert (report.attempts, report.bodies) == (2, 1)


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_lost_body_is_an_issue_and_its_row_stays(
    workspace: Workspace, tmp_path: Path, change: str
) -> None:
    visit = _got(workspace)
    _got(workspace, b"<html>other")
    path = workspace.documents / visit.kept_as
    path.unlink() if change == "gone" else path.write_bytes(b"other")
    report, records = _export(workspace, tmp_path)
    assert (report.attempts, report.bodies, report.lost) == (2, 1, 1)
    assert [one.kind for one in records] == ["metadata", "response", "metadata"]
    assert workspace.db.execute("SELECT subject, code FROM issues").fetchall() == [
        (A, "original_lost")
    ]


def test_bytes_of_all_kinds_come_back(workspace: Workspace, tmp_path: Path) -> None:
    bodies = [bytes(range(256)) * 999, b"\r\n\r\nWARC/1.0\r\n", gzip_like := b"\x1f\x8b\x08garbage"]
    for body in bodies:
        _got(workspace, body)
    _, records = _export(workspace, tmp_path)
    assert [one.body for one in records if one.kind == "response"] == bodies
    assert gzip_like in bodies


@pytest.mark.parametrize("value", ["a\r\nX: y\r\n\r\nbody", "é", "\u202e", "x" * 5_000, ""])
def test_no_header_breaks_the_record(workspace: Workspace, tmp_path: Path, value: str) -> None:
    _got(workspace, headers={"etag": value}, final_url="https://a.example/\r\nWARC-Type: x")
    _, [response, metadata] = _export(workspace, tmp_path)
    assert response.url == "https://a.example/%0D%0AWARC-Type:%20x"
    assert set(response.http) == {"etag", "content-length"}
    assert metadata.row["headers"] == {"etag": value}


def test_the_file_is_whole_or_not_there(workspace: Workspace, tmp_path: Path) -> None:
    _got(workspace)
    with pytest.raises(InputError):
        export_warc(workspace, tmp_path / "none" / "w.warc.gz")
    with pytest.raises(InputError, match="is a database"):
        export_warc(workspace, tmp_path / "w.db")
    assert [path.name for path in tmp_path.glob("*warc*")] == []
