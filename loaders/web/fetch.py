"""Pages of the web, politely: robots.txt, pauses, conditional requests, every redirect checked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

from loaders.web.hosts import FetchError, MayConnect, Place, is_public, place_of
from loaders.web.request import Limits, Reply, ask
from loaders.web.robots import Rules, rules_of

_MOVED: Final = (301, 302, 303, 307, 308)
_ROBOTS_SIZE: Final = 512 << 10
_RULES_FOR: Final = 24 * 3600.0
_LONGEST_DELAY: Final = 60.0
_LONGEST_WAIT: Final = 7 * 24 * 3600.0
_LATER: Final = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page from an earlier answer: its marks of version, as the server sent them."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that was fetched.

    Attributes:
        address: where it was found in the end.
        body: None if it has not changed since it was known.
        kind: media type, lower case; empty if the server does not say.
    """

    address: str
    body: bytes | None
    kind: str
    charset: str | None
    known: Known


@dataclass(slots=True)
class Fetcher:
    """Fetches for one run of the program; keeps the rules of each site and when it was asked last.

    Attributes:
        may_connect: to which IP addresses; only those of the public internet if not told otherwise.
        clock: seconds that only go forward.
        sleep: waits for some seconds.
    """

    may_connect: MayConnect = is_public
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, tuple[float, Rules]] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, address: str, known: Known | None = None) -> Answer:
        """The page at an address, or word that it is as it was.

        Raises:
            FetchError: not allowed, not there, over a limit, or no answer.
        """
        known = known or Known()
        for _ in range(self.limits.redirects + 1):
            place = place_of(address)
            self._await_turn(place)
            reply = self._ask(place, _conditions(known))
            if reply.status not in _MOVED:
                return _answer(place, reply, known)
            target = reply.headers.get("Location")
            if not target:
                raise FetchError(f"{place.host} says that the page moved, and not where")
            address = urljoin(place.address, target)
            if place.scheme == "https" and not address.lower().startswith("https:"):
                raise FetchError(f"the page moved from https to {address[:100]!r}")
        raise FetchError(f"the page moved more than {self.limits.redirects} times")

    def _ask(self, place: Place, headers: dict[str, str]) -> Reply:
        return ask(place, headers, self.limits, may_connect=self.may_connect)

    def _await_turn(self, place: Place) -> None:
        """Wait as long as the site wants between two requests.

        Raises:
            FetchError: robots.txt forbids the page, or wants a longer pause than a minute.
        """
        rules = self._rules_of(place)
        if not rules.allow(place.address):
            reason = f"robots.txt of {place.host} forbids this page to robots"
            raise FetchError(reason, retry_after=_RULES_FOR)
        pause = max(self.limits.pause, rules.delay)
        if pause > _LONGEST_DELAY:
            raise FetchError(f"robots.txt of {place.host} wants {pause:g} s between two requests")
        if (last := self._asked.get(place.site)) is not None:
            self.sleep(max(0.0, last + pause - self.clock()))
        self._asked[place.site] = self.clock()

    def _rules_of(self, place: Place) -> Rules:
        at, rules = self._rules.get(place.site, (0.0, None))
        if rules is None or self.clock() - at > _RULES_FOR:
            rules = self._fetch_rules(replace(place, path="/robots.txt"))
            self._rules[place.site] = (self.clock(), rules)
        return rules

    def _fetch_rules(self, place: Place) -> Rules:
        limits = replace(self.limits, size=min(self.limits.size, _ROBOTS_SIZE))
        for _ in range(self.limits.redirects + 1):
            reply = ask(place, {}, limits, may_connect=self.may_connect)
            target = reply.headers.get("Location")
            if reply.status in _MOVED and target:
                place = place_of(urljoin(place.address, target))
                continue
            if rules := rules_of(reply):
                return rules
            break
        raise FetchError(
            f"robots.txt of {place.host} cannot be had (status {reply.status}), so nothing is "
            "fetched from there",
            retry_after=_wait(reply.headers),
        )


def _conditions(known: Known) -> dict[str, str]:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}


def _answer(place: Place, reply: Reply, known: Known) -> Answer:
    if reply.status not in (200, 304):
        raise _refusal(place, reply)
    unchanged = reply.status == 304
    now = Known(_mark(reply.headers, "ETag"), _mark(reply.headers, "Last-Modified"))
    said = "Content-Type" in reply.headers
    return Answer(
        address=place.address,
        body=None if unchanged else reply.body,
        kind=reply.headers.get_content_type() if said else "",
        charset=reply.headers.get_content_charset(),
        known=Known(now.etag or known.etag, now.modified or known.modified) if unchanged else now,
    )


def _refusal(place: Place, reply: Reply) -> FetchError:
    status, wait = reply.status, _wait(reply.headers)
    if status in (404, 410):
        return FetchError(f"there is no such page (status {status})", gone=status == 410)
    if status in (401, 403):
        return FetchError(f"{place.host} does not give the page to us (status {status})")
    if status >= 500 or status in _LATER:
        return FetchError(f"{place.host} cannot answer now (status {status})", retry_after=wait)
    return FetchError(f"{place.host} answered with status {status}")


def _mark(headers: Message, name: str) -> str | None:
    """A mark of version on one line, as it may be sent back; None if there is none."""
    value = " ".join(str(headers.get(name, "")).split())
    return value if value and len(value) < 1000 and value.isascii() else None


def _wait(headers: Message) -> float | None:
    """Seconds that `Retry-After` asks for, at most a week."""
    text = str(headers.get("Retry-After", "")).strip()
    if not text:
        return None
    if text.isdecimal():
        return min(float(text), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)
