"""JSON, as `kg extract` writes it and as annotations have it, into the values of `facts`.

Predictions are read as leniently as possible: what is missing counts as empty. `annotation` may
also give a topic, document or figure as a `span` of the report's text (or, with `"in": "title"`,
of its title) instead of the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.accuracy.facts import (
    Annotation,
    Instrument,
    Meeting,
    Party,
    Quantity,
    Site,
    Span,
    Topic,
)
from benchmarks.accuracy.vocabulary import CODES, FORMATS, SCALES, TREATMENTS
from benchmarks.accuracy.words import fold, tokens

Record = Mapping[str, Any]
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUARTER = re.compile(r"q([1-4])|\b([1-4])(?:st|nd|rd|th)? quarter")
_FIRST_QUARTER = re.compile(r"first quarter|first three months|january-march")
_NUMBER = re.compile(r"-?\d[\d,. ]*")


@dataclass(frozen=True, slots=True)
class Words:
    """The report that spans point into; both empty where an annotation has the words itself."""

    text: str = ""
    title: str = ""

    def of(self, item: Record, key: str) -> str:
        """The words under `key`, else those that the item's span covers.

        Raises:
            ValueError: neither words nor a span inside the report.
        """
        if item.get(key):
            return str(item[key])
        span = _span(item)
        whole = self.title if item.get("in") == "title" else self.text
        if span is None or not whole:
            return ""
        if not 0 <= span[0] < span[1] <= len(whole):
            raise ValueError(
                f"the span {list(span)} lies outside the report's {len(whole)} characters"
            )
        return whole[span[0] : span[1]]


def annotation(record: Record, words: Words = Words()) -> Annotation:
    """An annotated report, or a predicted one: both have one shape."""
    return Annotation(
        id=str(record["id"]),
        meetings=tuple(meeting(m, words) for m in _objects(record, "meetings")),
        kind=_text(record.get("class")),
        not_participants=tuple(str(name) for name in _list(record, "not_participants")),
    )


def meeting(item: Record, words: Words = Words()) -> Meeting:
    """One contact of either side."""
    return Meeting(
        status=status_of(item.get("status")),
        statuses=tuple(status_of(s) for s in _list(item, "status_alt")),
        formats=tuple(format_of(f) for f in (item.get("format"), *_list(item, "format_alt"))),
        dates=_dates(item),
        site=_site(item.get("place")),
        parties=tuple(_party(p) for p in _objects(item, "participants")),
        topics=tuple(_topic(t, words) for t in _objects(item, "topics")),
        documents=tuple(_document(d, words) for d in _objects(item, "documents")),
        figures=tuple(_figure(f, words) for f in _objects(item, "figures")),
        optional=bool(item.get("optional")),
        confidence=_share(item.get("confidence")),
        span=_span(item),
    )


def status_of(value: object) -> str:
    """One of the closed list; what is not said is held."""
    return re.sub(r"[\s_]", "", fold(str(value or ""))) or "held"


def format_of(value: object) -> str:
    """One of the closed list, also from the spellings of others."""
    key = re.sub(r"[\s_]", "", fold(str(value or "")))
    bare = key.replace("-", "")
    return FORMATS.get(key) or FORMATS.get(bare, bare)


def treatment_of(value: object) -> str:
    """One of the closed list, "other" for any other verb, "missing" for none."""
    if not value:
        return "missing"
    return TREATMENTS.get(re.sub(r"[^a-z]", "", fold(str(value))), "other")


def code_of(value: object) -> str:
    """The code of a state or organization, empty if there is none."""
    code = str(value or "").strip().upper()
    return CODES.get(code, code)


def period_of(value: object) -> tuple[str, str] | None:
    """Year and quarter ("" for the whole year), or the words and "" where no year is named."""
    said = fold(str(value or ""))
    if said in ("", "none", "null"):
        return None
    year = _YEAR.search(said)
    if year is None:
        return said, ""
    quarter = _QUARTER.search(said)
    number = (quarter[1] or quarter[2]) if quarter else ""
    return year[0], number or ("1" if _FIRST_QUARTER.search(said) else "")


def amount_of(value: object, unit: str) -> float | None:
    """The absolute number; "900 mln" and 900 with the unit "mln USD" are 900,000,000."""
    written = value if isinstance(value, str) else ""
    number = _parsed(value) if written else value
    if not isinstance(number, int | float):
        return None
    for word in tokens(f"{unit} {written}"):
        number *= SCALES.get(word, 1)
    return float(number)


def _parsed(written: object) -> float | None:
    found = _NUMBER.search(str(written))
    try:
        return float(re.sub(r"[, ]", "", found[0]).rstrip(".")) if found else None
    except ValueError:
        return None


def _dates(item: Record) -> tuple[str, ...]:
    """The main date and others that are accepted; none without a main one."""
    if not item.get("date"):
        return ()
    return tuple(str(day).strip() for day in (item["date"], *_list(item, "date_alt")) if day)


def _party(item: Record) -> Party:
    codes = (item.get("state"), *_list(item, "state_alt")) if item.get("state") else ()
    return Party(
        name=_text(item.get("name")),
        as_written=_text(item.get("as_written")),
        office=_text(item.get("office")),
        states=tuple(code for code in map(code_of, codes) if code),
        attendee=item.get("role") == "attendee",
        confidence=_share(item.get("confidence")),
        span=_span(item),
    )


def _topic(item: Record, words: Words) -> Topic:
    text = words.of(item, "text") or str(item.get("topic") or "")
    return Topic(text, treatment_of(item.get("treatment")), bool(item.get("optional")), _span(item))


def _document(item: Record, words: Words) -> Instrument:
    return Instrument(words.of(item, "title"), fold(str(item.get("status") or "")), _span(item))


def _figure(item: Record, words: Words) -> Quantity:
    unit = str(item.get("unit") or "")
    return Quantity(
        indicator=words.of(item, "indicator"),
        value=amount_of(item.get("value"), unit),
        period=period_of(item.get("period")),
        written=f"{item.get('indicator') or ''} {item.get('value')} {unit} {item.get('period') or ''}".strip(),
        span=_span(item),
    )


def _site(item: object) -> Site | None:
    if isinstance(item, Mapping):
        name, code = item.get("name"), code_of(item.get("state"))
        return Site(str(name or ""), code or None, bool(item.get("inferred"))) if item else None
    return Site(str(item), None) if item else None


def _objects(item: Record, key: str) -> list[Record]:
    return [value for value in _list(item, key) if isinstance(value, Mapping)]


def _list(item: Record, key: str) -> list[Any]:
    """A list under a key; anything else counts as empty, as what is missing does."""
    value = item.get(key)
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return str(value) if value else None


def _span(item: Record) -> Span | None:
    match item.get("span"):
        case [int(start), int(end)]:
            return start, end
        case _:
            return None


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else None
