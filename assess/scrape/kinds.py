"""What a fetched body is, what it is called, and under which extension it is kept."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from assess.extract.media import HTML, MARKDOWN, TEXT, sniff
from assess.scrape.fetch.records import Reply

_FILE_NAME = re.compile(r"filename\*?\s*=\s*(?:utf-8'[\w-]*')?\"?([^\";]+)", re.I)
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
# Text, but nothing that anybody would read.
_DATA: Final = frozenset(
    {"text/css", "text/csv", "text/javascript", "application/javascript", "application/json"}
    | {"text/xml", "application/xml", "application/rss+xml", "application/atom+xml"}
)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*[\{\"\[])")
_XML = re.compile(rb"\s*<\?xml|\s*<(?:rss|feed|urlset|svg)\b", re.I)
_MAX_NAME: Final = 150


def media_type(reply: Reply) -> str:
    """What the body is, by its bytes; the server's word and the address settle what they cannot."""
    found = sniff(reply.body, file_name(reply))
    if found not in (TEXT, MARKDOWN):
        return found
    if _JSON.match(reply.body):
        return "application/json"
    if reply.media_type in _PAGES:
        return HTML  # a page without the usual beginning
    if _XML.match(reply.body):
        return "application/xml"
    return reply.media_type if reply.media_type in _DATA else found


def document_name(reply: Reply, kind: str) -> str:
    """The name a document is shown by and matched on.

    That of a page begins with its host: the last part of a page's address ("/tesco") may be
    anybody's name, that of a file is most often its own.
    """
    if kind == HTML:
        parts = _parts(reply.final_url)
        path = unquote(parts.path).strip("/").replace("/", " ")
        name = f"{parts.hostname or ''} {path}".strip()[:_MAX_NAME]
        return name if name.lower().endswith((".html", ".htm")) else f"{name}.html"
    return file_name(reply)


def file_name(reply: Reply) -> str:
    """The file's name as the server or else the address gives it; never empty, no folders."""
    parts = _parts(reply.final_url)
    stated = _FILE_NAME.search(reply.headers.get("content-disposition", ""))
    for written in (stated[1] if stated else "", parts.path, parts.hostname or ""):
        name = unquote(written).replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
        name = "".join(letter for letter in name if letter.isprintable())
        if name:
            return name[-_MAX_NAME:]
    return "page"


def _parts(url: str) -> SplitResult:
    """Of an address from a WARC file, too, which may be none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
