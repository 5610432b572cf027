"""On whose behalf collected documents were found."""

from __future__ import annotations

from typing import Final

from sqlite_utils import Database

from assess.scrape.leads import Origin
from assess.scrape.urls import site_of

# Links of today, and the newest of a page's captures.
_MAY_HAVE_CHANGED: Final = ("link", "web_archive")
# Files lie in stores whose domains tell nothing; a page stands on somebody's site.
_PAGE: Final = "text/html"


def read_origins(db: Database) -> dict[str, list[Origin]]:
    """The targets of each collected document, by its hash."""
    found: dict[str, list[Origin]] = {}
    for sha256, kind, url, organisation, door, how, landed in db.execute(
        "SELECT document_sha256, media_type, targets.url, organisation, door, how,"
        " target_documents.url FROM target_documents JOIN targets ON targets.id = target_id"
        " JOIN documents ON sha256 = document_sha256 ORDER BY document_sha256, target_id"
    ):
        origin = Origin(
            url,
            organisation,
            registry=door == "statements",
            linked=how in _MAY_HAVE_CHANGED,
            moved=how == "own_url" and kind == _PAGE and _domain(url) != _domain(landed),
        )
        found.setdefault(sha256, []).append(origin)
    return found


def _domain(url: str) -> str:
    """The name of an address's domain: of ``www.acme.co.uk`` as of ``acme.com`` it is ``acme``."""
    return site_of(url).partition(".")[0]
