"""Trips abroad of US presidents and secretaries of state, as history.state.gov publishes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final
from xml.etree.ElementTree import Element

from kg.model import Refusal, Report, Source
from loaders.archive_xml import (
    days,
    read_records,
    required,
    slug,
    value,
    visit_kind,
)
from loaders.fact_text import RecordError
from loaders.met import Host, people_met
from loaders.states import state_code
from loaders.visit_record import TRAVELS, VisitRecord
from loaders.xml_text import root_name, unknown_root

_OFFICES: Final = {"president": "President", "secretary": "Secretary of State"}
_GROUPS: Final = {role: group for group, role in TRAVELS.items()}
# "Henry A. (Heinz Alfred) Kissinger": the names given at birth are an aside.
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")
_COMMA: Final = re.compile(r",\s+(?!D\.\s?[CF]\.)(?![^(]*\))")


@dataclass(frozen=True, slots=True)
class TravelsLoader:
    """XML with the root element `trips`; one trip to one country, one report."""

    name: str = "travels_xml"
    suffixes: tuple[str, ...] = (".xml",)
    description: str = "XML archive of trips by US presidents and secretaries of state (<trips>)"

    def mismatch(self, head: bytes, /) -> str | None:
        """Names the root element if it is not `trips`."""
        return None if root_name(head) == "trips" else unknown_root(head)

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report a trip."""
        yield from read_records(stream, source, "trip", trip_record)


def trip_record(trip: Element) -> VisitRecord:
    """The facts of a `trip` element.

    Raises:
        RecordError: a field is missing or cannot be understood.
    """
    role = trip.get("role") or value(trip, "role")
    if role not in _OFFICES:
        raise RecordError("office", f"the role {role!r} is neither president nor secretary")
    first, last = days(trip)
    country, remarks = required(trip, "country"), value(trip, "remarks")
    visited = state_code(country, slug(trip, "country"), first) or country
    elect = "-elect" if "[Visit made as President-elect.]" in remarks else ""
    return VisitRecord(
        record=f"{_GROUPS[role]}/{trip.get('who') or 'unknown'}/{required(trip, 'id')}",
        who=_ASIDE.sub("", required(trip, "name")),
        office=_OFFICES[role] + elect,
        state="USA",
        visited=visited,
        first=first,
        last=last,
        places=tuple(p.strip() for p in _COMMA.split(value(trip, "locale")) if p.strip()),
        met=people_met(remarks, Host(visited, first, last)),
        kind=visit_kind(remarks),
    )
