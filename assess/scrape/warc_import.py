"""Statements out of a WARC file: one that `assess export warc` wrote, or any crawler's.

The file is read twice: first its pages, for what they are and what they link to; then what is a
statement, or what a link calls one, is kept. A broken record costs itself.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from assess.errors import InputError
from assess.extract.limits import MAX_BYTES, TOO_LARGE
from assess.extract.media import HTML
from assess.records import Issue
from assess.running import staged
from assess.scrape.attempts import add_attempt, begin, finish
from assess.scrape.fetch.records import HEADERS, Hop, Reply
from assess.scrape.files import EXTENSIONS
from assess.scrape.forgotten import CODE
from assess.scrape.keep import keep_document
from assess.scrape.kinds import media_type
from assess.scrape.seek import Find, Sought, look
from assess.scrape.sites import labels
from assess.scrape.sites.discovery import statement_links
from assess.scrape.targets import STAGE, Target, write
from assess.scrape.urls import any_key, url_key
from assess.scrape.visits import Visit
from assess.scrape.warc_export import ATTEMPT_TYPE
from assess.store.forgotten import is_forgotten

if TYPE_CHECKING:
    from assess.scrape.attempts import Collection
    from assess.store import Workspace

_MAX_METADATA: Final = 100_000
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True)
class WarcReport:
    """What a WARC file brought; ``kept + passed_over + too_large + incomplete == answers``."""

    answers: int
    """Responses with status 200."""
    kept: int
    new: int
    """Of those kept, documents that were new to the workspace."""
    passed_over: int
    """Neither a statement nor what a link calls one."""
    too_large: int
    incomplete: int
    """Cut off by the crawler or by the end of the file: half a statement says half of it."""


@dataclass
class _Wanted:
    """What the first reading says of the second."""

    pages: set[str] = field(default_factory=set)
    """Keys of pages that are statements."""
    linked: set[str] = field(default_factory=set)
    """Keys of addresses that links call statements."""
    ours: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By final address and hash: rows of attempts, where `assess` wrote the file."""


@staged("warc")
def import_warc(workspace: Workspace, path: Path) -> WarcReport:
    """Keep the statements of a WARC file; a second run changes nothing.

    Raises:
        InputError: no such file, or no WARC file.
    """
    wanted = _Wanted()
    for reply in _replies(path, wanted):
        _note(reply, wanted)
    wanted.linked |= {
        key
        for urls in workspace.db.execute("SELECT statement_url, pdf_url FROM statements")
        for url in urls
        if url and (key := url_key(url))
    }
    workspace.clear_partial()
    run = begin(workspace.db, "warc", "missing")
    answers = kept = new = 0
    refused = Counter[str]()
    for reply in _replies(path, _Wanted()):
        answers += 1
        if reply.reason:
            refused[reply.reason] += 1
            workspace.note([Issue(STAGE, reply.url, reply.reason, reply.detail)])
        elif _is_wanted(reply, wanted) and not _is_forgotten(workspace, reply):
            kept += 1
            new += _keep(workspace, reply, wanted, run, path.name)
    finish(workspace.db, run)
    passed_over = answers - kept - refused.total()
    return WarcReport(answers, kept, new, passed_over, refused["too_large"], refused["incomplete"])


def _note(reply: Reply, wanted: _Wanted) -> None:
    """Note what a page is and what it links to."""
    if reply.reason or media_type(reply) != HTML:
        return
    page = look(Visit(reply, kind=HTML))
    if page.document:
        wanted.pages.add(any_key(reply.url))
    found = statement_links(page.links, reply.url)
    wanted.linked.update(any_key(one.link.url) for one in found)


def _is_wanted(reply: Reply, wanted: _Wanted) -> bool:
    kind = media_type(reply)
    if kind not in EXTENSIONS or not reply.body.strip():
        return False
    row = wanted.ours.get(_ours_key(reply.url, hashlib.sha256(reply.body).hexdigest()))
    if row is not None:
        return bool(row.get("document"))
    key = any_key(reply.url)
    if kind == HTML:
        return key in wanted.pages
    return key in wanted.linked or _calls_itself_statement(reply.url)


def _is_forgotten(workspace: Workspace, reply: Reply) -> bool:
    sha256 = hashlib.sha256(reply.body).hexdigest()
    gone = is_forgotten(workspace.db, "document", sha256) or is_forgotten(
        workspace.db, "address", any_key(reply.url)
    )
    if gone:
        workspace.note([Issue(STAGE, sha256, CODE, "was to be forgotten; left out")])
    return gone


def _keep(
    workspace: Workspace, reply: Reply, wanted: _Wanted, run: Collection, source: str
) -> bool:
    sha256 = hashlib.sha256(reply.body).hexdigest()
    kind = media_type(reply)
    kept_as = workspace.keep_bytes(reply.body, sha256, EXTENSIONS[kind])
    row = wanted.ours.get(_ours_key(reply.url, sha256))
    original = _restored(row, reply) if row else reply
    known = workspace.db.table("attempts").count_where(
        "url = ? AND sha256 = ? AND started_at = ?", [original.url, sha256, original.started_at]
    )
    visit = Visit(original, sha256, kept_as, kind, len(reply.body))
    with workspace.db.atomic():
        if not known:
            add_attempt(
                workspace.db,
                original,
                "got",
                size=len(reply.body),
                sha256=sha256,
                kept_as=kept_as,
                source=source,
            )
        sources = dict.fromkeys((original.final_url, original.url))
        new = sum(keep_document(workspace, visit, source) for source in sources)
        target = Target("warc", original.url)
        write(workspace, target, Sought((Find(visit, "warc", original.url),)), run)
    return new > 0


def _replies(path: Path, wanted: _Wanted) -> Iterator[Reply]:
    """The answers of status 200; rows of attempts that stand beside them go into ``wanted``."""
    records = 0
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: not a file")  # it is read twice, and has an end
        with path.open("rb") as file:
            # Records of ARC, the older format, are given the headers of WARC. Answers are parsed
            # here: one that cannot be, such as one without an address, costs itself.
            found = ArchiveIterator(file, arc2warc=True, no_record_parse=True)
            for record in found:
                records += 1
                if record.rec_type == "metadata" and record.content_type == ATTEMPT_TYPE:
                    _note_row(record, wanted)
                elif record.rec_type == "response" and _status(record, found.loader) == 200:
                    yield _reply(record)
    except ArchiveLoadFailed as error:
        raise InputError(f"{path}: is no WARC file, or broken ({_words(error)})") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None
    if not records:
        raise InputError(f"{path}: is no WARC file, or holds no record")


def _url(record: Any) -> str:
    """The web address that answered, or ``""``."""
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    try:
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _note_row(record: Any, wanted: _Wanted) -> None:
    data = record.content_stream().read(_MAX_METADATA)
    try:
        row = json.loads(data)
        wanted.ours[_ours_key(str(row["final_url"]), str(row["sha256"]))] = row
    except (ValueError, KeyError, TypeError, RecursionError):
        return  # somebody else's; the answer beside it is judged by itself


def _restored(row: dict[str, Any], reply: Reply) -> Reply:
    """The attempt as it was; what does not fit its types is taken from the answer."""
    hops = row.get("hops")
    try:
        return Reply(
            url=str(row["url"]),
            final_url=reply.final_url,
            started_at=str(row["started_at"]),
            seconds=float(row["seconds"]),
            status=200,
            headers={str(k): str(v) for k, v in row["headers"].items() if k in HEADERS},
            hops=tuple(Hop(str(hop["url"]), int(hop["status"])) for hop in hops or ()),
            body=reply.body,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return reply


def _reply(record: Any) -> Reply:
    url = _url(record)
    headers = {
        name: value
        for name in HEADERS
        if (value := record.http_headers.get_header(name)) is not None
    }
    body, reason, detail = _body(record)
    return Reply(
        url=url,
        final_url=url,
        started_at=_moment(str(record.rec_headers.get_header("WARC-Date") or "")),
        seconds=0.0,
        status=200,
        headers=headers,
        body=body,
        reason=reason,
        detail=detail,
    )


def _body(record: Any) -> tuple[bytes, str | None, str]:
    """The body, decompressed in steps; or why it is not whole, with the detail."""
    if why := record.rec_headers.get_header("WARC-Truncated"):
        return b"", "incomplete", f"cut off by the crawler ({why[:50]})"
    stream: IO[bytes] = record.content_stream()
    parts, size = [], 0
    while chunk := stream.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            return b"", "too_large", TOO_LARGE
    while record.raw_stream.read(_CHUNK):
        pass  # what a broken encoding left unread
    if record.length and record.raw_stream.tell() < record.length:
        return b"", "incomplete", "the file ends before the record does"
    return b"".join(parts), None, ""


def _status(record: Any, loader: Any) -> int:
    """The answer's status; 0 of what is none, or names no address."""
    url = _url(record)
    if not url:
        return 0
    try:
        record.http_headers = loader.load_http_headers(
            "response", url, record.raw_stream, record.length
        )
        return int(record.http_headers.get_statuscode())
    except (AttributeError, TypeError, ValueError, EOFError):
        return 0


def _moment(written: str) -> str:
    """To the second; WARC 1.1 has fractions."""
    return f"{written[:19]}Z" if len(written) > 20 else written


def _calls_itself_statement(url: str) -> bool:
    words = labels.url_words(url)
    return labels.is_strong(words) and not labels.is_talk(words)


def _ours_key(url: str, sha256: str) -> str:
    return f"{sha256} {url}"


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
