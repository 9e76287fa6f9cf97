"""Visits of foreign leaders to the United States, as history.state.gov publishes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
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
from loaders.met import Host, meeting_places, people_met
from loaders.states import state_code
from loaders.titles import office_and_name
from loaders.visit_record import VISITS, VisitRecord
from loaders.xml_text import root_name, unknown_root


@dataclass(frozen=True, slots=True)
class VisitsLoader:
    """XML with the root element `visits`; one visit, one report."""

    name: str = "visits_xml"
    suffixes: tuple[str, ...] = (".xml",)
    description: str = "XML archive of visits by foreign leaders to the United States (<visits>)"

    def mismatch(self, head: bytes, /) -> str | None:
        """Names the root element if it is not `visits`."""
        return None if root_name(head) == "visits" else unknown_root(head)

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report a visit."""
        yield from read_records(stream, source, "visit", visit_record)


def visit_record(visit: Element) -> VisitRecord:
    """The facts of a `visit` element.

    Raises:
        RecordError: a field is missing or cannot be understood.
    """
    first, last = days(visit)
    country, description = required(visit, "from"), value(visit, "description")
    met = people_met(description, Host("USA", first, last))
    office, name = office_and_name(required(visit, "visitor"))
    return VisitRecord(
        record=f"{VISITS}/{required(visit, 'id')}",
        who=name,
        office=office,
        state=state_code(country, slug(visit, "from"), first) or country,
        visited="USA",
        first=first,
        last=last,
        places=meeting_places(description) if met else (),
        met=met,
        kind=visit_kind(description),
    )
