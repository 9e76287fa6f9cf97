"""What the two XML archives of visits share: the records, and the fields of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, Final
from xml.etree.ElementTree import Element

from kg.dates import When
from kg.errors import DateError
from kg.model import Refusal, Report, Source, VisitKind
from loaders.encoding import LARGEST
from loaders.fact_text import RecordError
from loaders.visit_record import VisitRecord, visit_report
from loaders.xml_text import elements, read_xml

# The protocol's "official working visit" is a working visit with a suite and a dinner.
_KIND_WORDS: Final[dict[VisitKind, str]] = {
    "state": r"\bstate visit\b",
    "working": r"\b(?:official |informal )?working visit\b",
    "official": r"\b(?:offici?al|official select) visit\b",
    "private": r"\b(?:private|unofficial|social|personal) visit\b|\bvacation",
    "transit": r"\brefuel|\bstop(?:ped|s)?[- ]?over\b|\ben route\b|\bin transit\b",
    "other": r"\b(?:informal|courtesy|pastoral) visit\b",
}
# On somebody else's state visit one is oneself no state guest.
_SOMEBODY_ELSE: Final = re.compile(r"\b(?:accompanied|joined)\b[^.;]*", re.I)


def read_records(
    stream: IO[bytes],
    source: Source,
    tag: str,
    convert: Callable[[Element], VisitRecord],
) -> Iterator[Report | Refusal]:
    """The report of each element named `tag`; a record that cannot be understood is refused.

    Raises:
        UnreadableSourceError: not well-formed, after the records before it; or with entities of its own, which are not followed.
    """
    text = read_xml(stream, source.path, most=LARGEST)
    records = (element for element in elements(text, source.path) if element.tag == tag)
    for number, element in enumerate(records, start=1):
        where = f"record {value(element, 'id') or f'number {number}'}"
        try:
            yield visit_report(convert(element), source)
        except RecordError as error:
            yield Refusal(source.path, None, f"{where}: {error}")


def value(element: Element, name: str) -> str:
    """Text of a child on one line, empty if there is none."""
    child = element.find(name)
    return "" if child is None else " ".join("".join(child.itertext()).split())


def required(element: Element, name: str) -> str:
    """Text of a child that a record must have.

    Raises:
        RecordError: it is missing or empty.
    """
    found = value(element, name)
    if not found:
        raise RecordError("record", f"<{name}> is missing or empty")
    return found


def days(element: Element) -> tuple[date, date]:
    """First and last day of a record.

    Raises:
        RecordError: not two days in their order.
    """
    try:
        first = When.parse(required(element, "start-date"))
        last = When.parse(value(element, "end-date") or first.edtf)
    except DateError as error:
        raise RecordError("from", str(error)) from error
    if not (first.is_day and last.is_day):
        raise RecordError("from", f"{first} and {last} are not days")
    if last.first < first.first:
        raise RecordError("until", f"the visit ends on {last}, before it starts on {first}")
    return first.first, last.first


def slug(element: Element, name: str) -> str | None:
    """The `id` attribute of a child."""
    child = element.find(name)
    return None if child is None else child.get("id")


def visit_kind(words: str) -> VisitKind:
    """Kind of a visit by the first words that name one, else "other"."""
    own = _SOMEBODY_ELSE.sub("", words)
    found = [
        (m.start(), kind)
        for kind, pattern in _KIND_WORDS.items()
        if (m := re.search(pattern, own, re.IGNORECASE))
    ]
    return min(found)[1] if found else "other"
