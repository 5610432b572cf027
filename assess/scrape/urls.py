"""Web addresses as keys: what may differ between two spellings of one address, folded away."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from assess.scrape.fetch.addresses import registrable

_SCHEME = re.compile(r"https?://", re.I)
_TRACKING: Final = ("utm_", "gclid", "fbclid", "mc_")

# Everybody's files lie there, or names that only point elsewhere. Their home pages have statements,
# but of those who run them.
FILE_STORES: Final = frozenset(
    {"dropbox.com", "dropboxusercontent.com", "google.com", "googleapis.com", "live.com", "1drv.ms",
     "sharepoint.com", "box.com", "issuu.com", "scribd.com", "slideshare.net", "yumpu.com",
     "calameo.com", "flipsnack.com", "wetransfer.com", "we.tl", "canva.com", "adobe.com",
     "docdroid.net", "linkedin.com", "facebook.com", "x.com", "twitter.com", "medium.com",
     "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "archive.org", "tiscreport.org",
     "modernslaveryregister.org", "business-humanrights.org", "service.gov.uk", "www.gov.uk",
     "amazonaws.com", "cloudfront.net", "azureedge.net", "windows.net", "shopify.com",
     "wixstatic.com", "filesusr.com", "squarespace.com", "wsimg.com", "hubspot.com",
     "hubspotusercontent.com", "ctfassets.net", "cloudinary.com", "brandfolder.io",
     "publitas.com", "mailchimp.com"}
)  # fmt: skip


# An organisation's statements of all years often stand at one address.
@lru_cache(maxsize=1 << 15)
def url_key(url: str) -> str | None:
    """The address without scheme, ``www.``, fragment, trailing slash or tracking parameters.

    The host is in lower case, the path is as written but for its escapes. None for what is no
    web address.
    """
    url = url.strip()
    schemed = _SCHEME.match(url) is not None
    if not schemed:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return None
    # A word is no address, unless it is written as one: hosts of intranets have no dot.
    if not host or not (schemed or "." in host) or any(letter.isspace() for letter in host):
        return None
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = quote(unquote(parts.path), safe="/").rstrip("/")
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query) if not k.lower().startswith(_TRACKING)]
    )
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def is_home_page(key: str) -> bool:
    """Whether the address is a site's front page, which is nobody's statement."""
    return "/" not in key and "?" not in key


def any_key(url: str) -> str:
    """The key of an address; what is no web address stands for itself alone."""
    return url_key(url) or url


@lru_cache(maxsize=1 << 15)
def site_of(url: str) -> str:
    """The registrable domain of an address ("acme.co.uk" of "shop.acme.co.uk"), else its host.

    Of a broken address, nothing.
    """
    try:
        return registrable(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def is_file_store(host: str) -> bool:
    """Whether a host, or the site that it belongs to, is one of `FILE_STORES`."""
    names = host.split(".")
    return any(".".join(names[place:]) in FILE_STORES for place in range(len(names)))
