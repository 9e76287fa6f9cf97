"""Which addresses may be connected to: those of the public internet, checked when connecting.

The name is resolved once and the connection goes to the very address that was checked, so that a
name that means another address a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from kg.errors import KgError

_SCHEMES: Final = {"http": 80, "https": 443}
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,253}")
# Networks whose last four bytes are an IPv4 address: by NAT64, and by a form that is out of use.
_HOLDING_IPV4: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
_LOCAL_NAT64: Final = IPv6Network("64:ff9b:1::/48")
_SAFE: Final = "/%:@!$&'()*+,;=~-._?"


class FetchError(KgError, OSError):
    """Something on the web that could not be had.

    Attributes:
        retry_after: seconds to wait at least before the next try; None if nothing was said.
        gone: True if the server says that there will never be anything again.
    """

    def __init__(self, reason: str, *, retry_after: float | None = None, gone: bool = False):
        self.reason, self.retry_after, self.gone = reason, retry_after, gone
        super().__init__(reason)


MayConnect = Callable[[str], bool]
"""Says of an IP address whether it may be connected to."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes.

    Attributes:
        path: with the query, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Scheme, host and port, as robots.txt is kept for them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _SCHEMES[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def address(self) -> str:
        """The whole address, without fragment."""
        return self.site + self.path


def place_of(address: str) -> Place:
    """Where an address leads.

    Raises:
        FetchError: another scheme than http and https, a user name in it, or no host.
    """
    try:
        parts = urlsplit(address.strip())
        if parts.scheme not in _SCHEMES:
            raise FetchError("only http and https are fetched")
        port, host = parts.port, _host(parts)
    except ValueError as error:
        raise FetchError(f"this is no address of the web ({error})") from error
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a user name or password is not fetched")
    query = f"?{parts.query}" if parts.query else ""
    path = quote((parts.path or "/") + query, safe=_SAFE)
    return Place(parts.scheme, host, _SCHEMES[parts.scheme] if port is None else port, path)


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ValueError("it names no host")
    if ":" in host:
        return str(ip_address(host.partition("%")[0]))
    host = host.encode("idna").decode("ascii")
    if not _NAME.fullmatch(host):
        raise ValueError("its host has a character that no name may have")
    return host


def connected(place: Place, *, timeout: float, may_connect: MayConnect) -> socket.socket:
    """A connection to the first address of the host that may be connected to and answers.

    Raises:
        FetchError: the host has only addresses inside a private network.
        OSError: no such host, or none of its addresses answers.
    """
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    allowed = [a for a in dict.fromkeys(addresses) if may_connect(a)]
    if not allowed:
        reason = f"{place.host} is {addresses[0]}, an address inside a private network; "
        raise FetchError(reason + "--allow-private lets it be fetched")
    problem: OSError = OSError("no address")
    for address in allowed:
        try:
            return socket.create_connection((address, place.port), timeout)
        except OSError as error:
            problem = error
    raise problem


def secured(line: socket.socket, place: Place) -> ssl.SSLSocket:
    """The connection with TLS; the handshake, which checks the certificate, is still to be done."""
    context = ssl.create_default_context()
    return context.wrap_socket(line, server_hostname=place.host, do_handshake_on_connect=False)


def any_address(_address: str) -> bool:
    """Lets every address be connected to, also inside a private network."""
    return True


def is_public(address: str) -> bool:
    """True for an address of the public internet, also of the one that an IPv6 address wraps."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    inner = _wrapped(ip)
    if inner is not None:
        return inner.is_global and not inner.is_multicast
    inside = ip.is_multicast or ip.is_site_local or ip in _LOCAL_NAT64
    return ip.is_global and not inside


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address in a mapped, 6to4, Teredo or NAT64 one."""
    if any(ip in network for network in _HOLDING_IPV4):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
