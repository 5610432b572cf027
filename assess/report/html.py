"""What every page is made with: templates that escape, a strict policy, links to kept documents."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assess.report import words
from assess.report.data import DocumentLink

TEMPLATES = Path(__file__).with_name("templates")

KeptLink = Callable[[DocumentLink, int | None], str]


def environment(kept_link: KeptLink) -> Environment:
    """Templates in which every text is escaped, and made safe to look at."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_finalize,
    )
    made.filters |= _FILTERS | {"kept_link": kept_link}
    return made


def own_file(name: str) -> Markup:
    """A style sheet or script of ours, as it stands in the folder of templates."""
    return Markup((TEMPLATES / name).read_text("utf-8"))  # noqa: S704 - our own file


def policy(css: str, script: str = "") -> str:
    """The page's Content-Security-Policy: nothing is loaded; only this style sheet applies, and
    only this script runs, or none."""
    runs = f"; script-src {_source(script)}" if script else ""
    return (
        f"default-src 'none'; style-src {_source(css)}{runs}; base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def kept_at(documents: Path, beside: Path) -> str:
    """The folder of kept documents as a URL path, seen from a page in the folder ``beside``."""
    try:
        return quote(Path(os.path.relpath(documents, beside)).as_posix())
    except ValueError:  # on another drive there is no relative path
        return documents.as_uri()


def kept_link(folder: str) -> KeptLink:
    """Makes addresses of kept documents below a folder, at a page where the format has pages."""

    def link(document: DocumentLink, page: int | None) -> str:
        at = f"#page={page}" if page and document.media_type == "application/pdf" else ""
        return f"{folder}/{quote(document.kept_as)}{at}"

    return link


def _finalize(value: object) -> object:
    """Every text of others is made safe to look at; markup is our own."""
    return words.shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def day_words(iso: str) -> str:
    """A date of ISO 8601 as it is written, e.g. ``1 March 2026``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


_FILTERS: dict[str, Callable[..., Any]] = {
    "authority": words.authority,
    "because": words.because,
    "count": words.count,
    "cut": words.cut,
    "day": day_words,
    "group_name": words.group_name,
    "interval": words.interval,
    "kind_words": lambda kind: words.KINDS.get(kind, kind),
    "percent": words.percent,
    "reason": words.reason,
    "score": lambda value: "–" if value is None else f"{value:.0f}",
    "score_words": words.score_words,
    "share_words": words.share_words,
    "status_words": lambda status: words.STATUSES.get(status, status),
    "thousands": lambda number: f"{number:,}",
    "web_link": words.web_link,
    "whole": lambda value: f"{value:.0f}",
}
