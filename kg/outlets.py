"""When and where a report came out: the moment of publication and the time zone of its outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kg import ids
from kg.model import Report
from ontology.lexicon import Lexicon

_DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """What is known of a publication.

    Attributes:
        moment: day and time, where both are known.
        offset: of the outlet's own time from UTC on that day; None where the zone is unknown.
    """

    moment: datetime | None = None
    offset: timedelta | None = None

    def hours_east_of(self, other: Published) -> float | None:
        """By how many hours its clocks are ahead of the other's; None where not known."""
        if self.offset is None or other.offset is None:
            return None
        return (self.offset - other.offset) / timedelta(hours=1)

    def hours_from(self, other: Published) -> float | None:
        """How far apart two publications are; None where not known."""
        if self.moment is None or other.moment is None:
            return None
        return abs(self.moment - other.moment) / timedelta(hours=1)


class Outlets:
    """The outlets of one set of reference data, found by name and by domain."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._states = lexicon.states
        self._known = lexicon.outlets
        self._zones: dict[str, str | None] = {}
        self._named: dict[str, str] = {}
        for slug, outlet in lexicon.outlets.items():
            for name in (outlet.label, *outlet.names):
                self._zones[name.casefold()] = outlet.time_zone or self._zone_of(outlet.state)
                self._named[name] = slug
        self._countries = {
            s.domain: s.time_zone for s in lexicon.states.values() if s.domain and not s.until
        }

    def _zone_of(self, state: str | None) -> str | None:
        known = self._states.get(state or "")
        return known.time_zone if known else None

    def key(self, name: str) -> str:
        """What an outlet's name, in any spelling that is known, has in common."""
        return self._named.get(name) or ids.slug(name)

    def label(self, key: str) -> str | None:
        """The name to show of an outlet of the reference data."""
        known = self._known.get(key)
        return known.label if known else None

    def named(self, name: str) -> str | None:
        """Key of the outlet of the reference data that calls itself exactly so."""
        return self._named.get(name)

    def published(self, report: Report) -> Published:
        """When and where a report came out."""
        stamp = _moment(report.published)
        if stamp is not None and stamp.utcoffset():
            return Published(stamp, stamp.utcoffset())
        zone = _zone_info(self._zone(report))
        offset = zone.utcoffset(stamp or _noon(report.published)) if zone else None
        return Published(stamp, offset)

    def _zone(self, report: Report) -> str | None:
        if report.outlet and report.outlet.casefold() in self._zones:
            return self._zones[report.outlet.casefold()]
        for text in (report.outlet, report.url):
            found = _DOMAIN.match(text) if text else None
            if found:
                return self._by_domain(found[1].casefold())
        return None

    def _by_domain(self, domain: str) -> str | None:
        parts = domain.split(".")
        for n in range(len(parts) - 1):
            if (suffix := ".".join(parts[n:])) in self._zones:
                return self._zones[suffix]
        return self._countries.get(parts[-1])


def _moment(published: str | None) -> datetime | None:
    if not published or "T" not in published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _noon(published: str | None) -> datetime:
    try:
        return datetime.fromisoformat((published or "")[:10]).replace(hour=12)
    except ValueError:
        return datetime(2000, 1, 1, 12)


@cache
def _zone_info(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
