"""Who may ask, and what a browser may do with the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
# Datasette's own pages have scripts and styles in them; nothing may be asked of anybody else.
_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS: Final = {
    b"content-security-policy": _POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
}
_REFUSAL: Final = b"This server answers only to the address that `assess explore` printed.\n"


def guarded(app: App, names: frozenset[str] | None) -> App:
    """The application behind two guards.

    A request that names another host is refused: a site that lets its own name lead to this machine
    (DNS rebinding) cannot read the database through a visitor's browser. Every answer forbids the
    browser to load anything from elsewhere.

    Args:
        names: Host names that are answered; None for every one.
    """

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif names is None or _host(scope) in names:
            await app(scope, receive, _with_headers(send))
        else:
            await _refuse(send)

    return guard


def _host(scope: Scope) -> str | None:
    given = [value for name, value in scope["headers"] if name.lower() == b"host"]
    try:
        return urlsplit(f"//{given[0].decode('latin-1')}").hostname if len(given) == 1 else None
    except ValueError:  # no address at all
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = list(message.get("headers", []))
            had = {bytes(name).lower() for name, _ in own}
            message["headers"] = own + [
                (name, value) for name, value in _HEADERS.items() if name not in had
            ]
        await send(message)

    return sending


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": _REFUSAL})
