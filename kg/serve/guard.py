"""What every request and response passes: the Host header, who may read across origins, headers.

A page of a stranger can make a browser send requests to a server on the reader's own machine, also
under a name of the stranger's that leads there (DNS rebinding). So a server on the loopback
interface answers only to the names of that interface, and other origins read nothing unless told.
Where there are tokens, nothing of the graph is told without one.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.tokens import Tokens

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
)
_FIXED = {
    "Content-Security-Policy": f"{_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "3600",
}
_OPEN = ("/health", "/style.css", "/icon.svg")
"""What is answered without a token, since it tells nothing of the graph."""
_CHALLENGES = ('Bearer realm="kg"', 'Basic realm="kg", charset="UTF-8"')


def is_loopback(host: str) -> bool:
    """Whether an address is only reached from this machine."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Guard:
    """Wraps the application."""

    def __init__(
        self, app: ASGIApp, *, local: bool, allow_origins: Collection[str], tokens: Tokens | None
    ) -> None:
        self._app = app
        self._local, self._tokens = local, tokens
        self._origins = frozenset(allow_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), headers.get("origin"))
            await send(message)

        refusal = self._refusal(headers)
        answer = refusal or self._preflight(scope, headers) or self._stranger(scope, headers)
        await (answer or self._app)(scope, receive, send_guarded)

    def _refusal(self, headers: Headers) -> Response | None:
        """On the loopback interface, only its own names are answered."""
        if not self._local or is_loopback(_hostname(headers.get("host", ""))):
            return None
        text = "this server answers only to the names of this machine: localhost, 127.0.0.1, [::1]"
        return PlainTextResponse(text + "\n", 403)

    def _preflight(self, scope: Scope, headers: Headers) -> Response | None:
        asked = scope["method"] == "OPTIONS" and "access-control-request-method" in headers
        if not asked or not self._allows(headers.get("origin")):
            return None
        return Response(None, 204, _PREFLIGHT)

    def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """Where there are tokens, one that may read has to be sent."""
        if self._tokens is None or scope["path"] in _OPEN:
            return None
        holder = self._tokens.holder(headers.get("authorization", ""))
        if holder is not None and holder.may("read"):
            return None
        text = "a token is needed: Authorization: Bearer TOKEN\n"
        response = PlainTextResponse(text, 401, {"Cache-Control": "no-store"})
        for challenge in _CHALLENGES:
            response.headers.append("WWW-Authenticate", challenge)
        return response

    def _add_headers(self, headers: MutableHeaders, origin: str | None) -> None:
        headers.update(_FIXED)
        if self._origins:
            headers.add_vary_header("Origin")
        if origin and self._allows(origin):
            headers["Access-Control-Allow-Origin"] = "*" if "*" in self._origins else origin
            headers["Access-Control-Expose-Headers"] = "ETag"

    def _allows(self, origin: str | None) -> bool:
        return origin is not None and ("*" in self._origins or origin in self._origins)


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
