"""What was collected as a WARC file (ISO 28500), for replay, sharing and proof.

Bodies are written decompressed, as they are kept; hashes stand in `WARC-Payload-Digest`. Beside
each answer stands a metadata record with the row of the attempt, so that `assess scrape warc` of
the file ends with the same documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from assess import __version__
from assess.errors import WorkspaceError
from assess.files import writing
from assess.records import Issue
from assess.scrape.attempts import Attempt, iter_attempts

if TYPE_CHECKING:
    from assess.store import Workspace

ATTEMPT_TYPE: Final = "application/vnd.assess.attempt+json"
# What a URI may hold as it is (RFC 3986), beside letters, digits and "-._~".
_OF_URIS: Final = "%:/?#[]@!$&'()*+,;="
# The body is kept as it was unpacked, so these would be wrong.
_NOT_OF_THE_BODY: Final = frozenset({"content-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    attempts: int
    bodies: int
    lost: int
    """Bodies whose file is gone or was changed; each left an issue."""


def export_warc(workspace: Workspace, path: Path) -> ExportReport:
    """Write all attempts that settled an address; the file is there whole or not at all.

    Raises:
        InputError: the file cannot be written there.
    """
    documents = {sha for (sha,) in workspace.db.execute("SELECT sha256 FROM documents")}
    attempts = bodies = 0
    lost: list[Issue] = []
    with writing(path) as file:
        writer = _Writer(file.buffer)
        writer.info(path.name)
        for attempt in iter_attempts(workspace.db):
            try:
                body = _body(workspace, attempt)
            except WorkspaceError as error:
                lost.append(Issue("collect", attempt.reply.url, "original_lost", str(error)))
                body = None
            writer.attempt(attempt, body, document=attempt.sha256 in documents)
            attempts += 1
            bodies += body is not None
    workspace.note(lost)
    return ExportReport(attempts, bodies, len(lost))


def _body(workspace: Workspace, attempt: Attempt) -> bytes | None:
    if attempt.sha256 is None or attempt.kept_as is None or attempt.outcome != "got":
        return None
    return workspace.read_bytes(attempt.kept_as, attempt.sha256)


class _Writer:
    def __init__(self, file: IO[bytes]) -> None:
        self._writer = WARCWriter(file, gzip=True)

    def info(self, name: str) -> None:
        fields = {"software": f"assess/{__version__}", "format": "WARC File Format 1.0"}
        self._writer.write_record(self._writer.create_warcinfo_record(name, fields))

    def attempt(self, attempt: Attempt, body: bytes | None, *, document: bool) -> None:
        """Redirects, answer and metadata of one attempt."""
        reply = attempt.reply
        targets = [*(hop.url for hop in reply.hops[1:]), reply.final_url]
        for hop, target in zip(reply.hops, targets, strict=False):
            self._response(attempt, hop.url, hop.status, {"location": target}, b"")
        if reply.status is not None and (body is not None or reply.reason):
            headers = {k: v for k, v in reply.headers.items() if k not in _NOT_OF_THE_BODY}
            self._response(attempt, reply.final_url, reply.status, headers, body or b"")
        self._metadata(attempt, document)

    def _response(
        self, attempt: Attempt, url: str, status: int, headers: dict[str, str], body: bytes
    ) -> None:
        lines = [(name, _one_line(value)) for name, value in headers.items()]
        lines.append(("content-length", str(len(body))))
        line = f"{status} {_phrase(status)}".strip()
        self._write(
            attempt,
            url,
            "response",
            BytesIO(body),
            http_headers=StatusAndHeaders(line, lines, "HTTP/1.1"),
        )

    def _metadata(self, attempt: Attempt, document: bool) -> None:
        row = {**dict(_fields(attempt)), "document": document}
        data = json.dumps(row, ensure_ascii=False).encode()
        self._write(
            attempt,
            attempt.reply.url,
            "metadata",
            BytesIO(data),
            warc_content_type=ATTEMPT_TYPE,
        )

    def _write(self, attempt: Attempt, url: str, kind: str, payload: BytesIO, **more: Any) -> None:
        uri = quote(url, safe=_OF_URIS)
        record = self._writer.create_warc_record(
            uri, kind, payload, warc_headers_dict={"WARC-Date": attempt.reply.started_at}, **more
        )
        self._writer.write_record(record)


def _fields(attempt: Attempt) -> Iterator[tuple[str, object]]:
    reply = attempt.reply
    yield "url", reply.url
    yield "final_url", reply.final_url
    yield "started_at", reply.started_at
    yield "seconds", reply.seconds
    yield "status", reply.status
    yield "headers", dict(reply.headers)
    yield "hops", [asdict(hop) for hop in reply.hops]
    yield "outcome", attempt.outcome
    yield "reason", reply.reason
    yield "detail", reply.detail
    yield "sha256", attempt.sha256


def _one_line(value: str) -> str:
    """As what came from the network is; what came from another WARC file need not be."""
    return "".join(letter for letter in value if letter.isprintable())


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
