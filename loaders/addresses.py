"""Web addresses as reports carry them: which are kept, and whose domain names the outlet."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_USER: Final = re.compile(r"(?<=://)[^/?#\s]*@")


def is_web_address(text: object) -> bool:
    """True for what is meant as an address of the web and not as a file."""
    return isinstance(text, str) and text.lower().startswith(("http://", "https://"))


def web_address(text: str | None) -> str | None:
    """The address on one line if it is one of the web (http or https), else None."""
    address = "".join((text or "").split())
    try:
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def without_user(address: str) -> str:
    """The address as messages may show it: a user name and password in it become `…`."""
    return _USER.sub("…@", address)


def domain(address: str | None) -> str | None:
    """The domain of an address without `www.`, which outlets are known by; None if it has none."""
    try:
        host = urlsplit(address).hostname if address else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
