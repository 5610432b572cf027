"""WARC files of other crawlers, whole and broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import InputError
from assess.scrape.warc_import import import_warc
from assess.store import Workspace

URL = "http://a.example/modern-slavery-statement"
PAGE = (
    b"<title>Modern slavery statement</title><h1>Modern slavery statement</h1><p>This statement is"
    b" made pursuant to section 54 of the Modern Slavery Act 2015. "
    + b"We assess the risk of slavery in our supply chains each year. "
    * 8
)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE


def _record(block: bytes, url: str = URL, length: int | None = None, more: str = "") -> bytes:
    uri = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\n{uri}WARC-Date: 2020-01-02T03:04:05Z\r\n{more}"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _sources(workspace: Workspace) -> list[str]:
    return [row["source"] for row in workspace.db.table("document_sources").rows]


@pytest.mark.parametrize(
    "broken",
    [
        _record(ANSWER, url=""),
        _record(ANSWER, url="http://[a.example/"),
        _record(b"no answer at all"),
        _record(b""),
    ],
)
def test_a_broken_record_costs_itself(workspace: Workspace, tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "c.warc").write_bytes(broken + _record(ANSWER))
    assert import_warc(workspace, tmp_path / "c.warc").kept == 1
    assert _sources(workspace) == [URL]


@pytest.mark.parametrize(
    "cut", [_record(ANSWER)[:-300], _record(ANSWER, more="WARC-Truncated: length\r\n")]
)
def test_half_a_statement_is_none(workspace: Workspace, tmp_path: Path, cut: bytes) -> None:
    (tmp_path / "c.warc").write_bytes(cut)
    report = import_warc(workspace, tmp_path / "c.warc")
    assert (report.answers, report.kept, report.incomplete) == (1, 0, 1)
    [issue] = workspace.db.table("issues").rows
    assert (issue["subject"], issue["code"]) == (URL, "incomplete")


def test_arc_files_are_read(workspace: Workspace, tmp_path: Path) -> None:
    about = b"1 0 Org\nURL IP-address Archive-date Content-type Archive-length\n"
    (tmp_path / "c.arc").write_bytes(
        b"filedesc://c.arc 0.0.0.0 20100101000000 text/plain %d\n%s\n" % (len(about), about)
        + b"%s 8.8.8.8 20100203040506 text/html %d\n" % (URL.encode(), len(ANSWER))
        + ANSWER
        + b"\n"
    )
    assert import_warc(workspace, tmp_path / "c.arc").kept == 1
    [attempt] = workspace.db.table("attempts").rows
    assert (attempt["url"], attempt["started_at"]) == (URL, "2010-02-03T04:05:06Z")


@pytest.mark.parametrize("path", ["/dev/zero", "/"])
def test_what_is_no_file_is_refused(workspace: Workspace, path: str) -> None:
    with pytest.raises(InputError, match="not a file"):
        import_warc(workspace, Path(path))
