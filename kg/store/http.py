"""One HTTP request to a SPARQL server, with the limits and the silence about secrets it needs."""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import urlsplit, urlunsplit

from kg.errors import ServerError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """What proves who we are; not shown in `repr`, so that no log holds it."""

    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def header(self) -> str | None:
        """Value of the `Authorization` header."""
        if self.token:
            return f"Bearer {self.token}"
        if self.user is not None:
            pair = f"{self.user}:{self.password or ''}".encode()
            return f"Basic {b64encode(pair).decode('ascii')}"
        return None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could carry the token to another server, or turn an update into a GET."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def check_address(url: str, credentials: Credentials) -> str:
    """The address, if it can be used.

    Raises:
        ServerError: not http or https, a password inside the address, or a secret that would go
            over the network unencrypted.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise ServerError(f"not the address of a SPARQL server: {without_secrets(url)}")
    if parts.username or parts.password:
        raise ServerError(
            "an address must not hold a password: set KG_SPARQL_USER and KG_SPARQL_PASSWORD"
        )
    if credentials.header() and parts.scheme == "http" and host not in LOOPBACK:
        raise ServerError(f"a password or token is only sent over https, not to {url}")
    return url


def without_secrets(url: str) -> str:
    """The address without user, password and parameters, for messages."""
    scheme, _, rest = url.partition("://")
    if not rest:
        return url.partition("?")[0]
    host, slash, path = rest.partition("/")
    bare = f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
    try:
        return urlunsplit((*urlsplit(bare)[:3], "", ""))
    except ValueError:
        return f"{scheme}://…"


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is not sent yet."""

    url: str
    body: bytes | None = None
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)


def send(request: Request, credentials: Credentials, timeout: float) -> IO[bytes]:
    """Send a request and give the open response.

    Args:
        timeout: seconds without any byte from the server.

    Raises:
        ServerError: it cannot be reached, takes too long, or answers with an error.
    """
    headers = dict(request.headers)
    if proof := credentials.header():
        headers["Authorization"] = proof
    prepared = urllib.request.Request(
        request.url, data=request.body, method=request.method, headers=headers
    )
    where = without_secrets(request.url)
    try:
        response: IO[bytes] = _OPENER.open(prepared, timeout=timeout)
    except urllib.error.HTTPError as error:
        with error:
            raise ServerStatusError(where, error.code, _excerpt(error)) from None
    except (OSError, http.client.HTTPException) as error:
        raise unreachable(where, error, timeout) from error
    return response


class ServerStatusError(ServerError):
    """The server answered with an error status.

    Attributes:
        status: the HTTP status.
        detail: the beginning of what it said.
    """

    def __init__(self, where: str, status: int, detail: str) -> None:
        self.status, self.detail = status, detail
        hint = {401: " (set KG_SPARQL_TOKEN, or KG_SPARQL_USER and KG_SPARQL_PASSWORD)"}
        said = f": {detail}" if detail else ""
        super().__init__(f"{where} answered {status}{hint.get(status, '')}{said}")


def read_all(response: IO[bytes], url: str, timeout: float) -> bytes:
    """The whole body.

    Raises:
        ServerError: the connection ended before the answer did, or stood still too long.
    """
    where = without_secrets(url)
    try:
        with response:
            return response.read()
    except (OSError, http.client.HTTPException) as error:
        raise unreachable(where, error, timeout) from error


def unreachable(where: str, error: Exception, timeout: float) -> ServerError:
    """A connection's failure in one line."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return ServerError(f"{where} did not answer within {timeout:g} s")
    if isinstance(error, http.client.IncompleteRead):
        return ServerError(f"{where} broke its answer off in the middle")
    if isinstance(reason, ssl.SSLError):
        return ServerError(f"{where}: no secure connection: {reason.reason}")
    text = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return ServerError(f"{where} cannot be reached: {text}")


def _excerpt(error: urllib.error.HTTPError) -> str:
    try:
        text = error.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    return " ".join(text.split())[:200]
