"""Scoring against official titles: the contact, the counterpart, the day; nothing else is known.

The labels of the development files say what the title tells (`kind`, `counterparts`, `date`).
Reports without a label, or with one that tells of no known kind, are not scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.accuracy.agreement import near_day, same_day, same_place
from benchmarks.accuracy.facts import Meeting, Site
from benchmarks.accuracy.matching import Meetings
from benchmarks.accuracy.outcome import Book, Outcome
from benchmarks.accuracy.words import same_surname, surname

_CONTACTS: Final = ("call", "meeting", "talks", "video", "remarks_at_meeting", "multilateral")
_NO_CONTACTS: Final = ("announcement", "domestic", "travel")
_FORMATS: Final = {"call": "phone", "meeting": "in-person", "talks": "in-person", "video": "video"}
_HOSTS: Final = {"state.gov": "USA", "en.kremlin.ru": "RUS", "president.gov.ua": "UKR"}


@dataclass(frozen=True, slots=True)
class Label:
    """What an official title tells.

    Attributes:
        kind: of contact, or of what is no contact.
        official: of the publishing state.
        surnames: of the counterparts that the title names.
        host: code of the publishing state.
        day: of the contact, else of publication.
        place: where the text says so; `site_place` is the page's own field.
    """

    kind: str
    title: str
    official: str
    surnames: tuple[str, ...]
    host: str | None
    day: str | None
    place: str | None
    site_place: str | None

    @property
    def tells_of_contact(self) -> bool:
        """False for plans and domestic meetings."""
        return self.kind in _CONTACTS


def label_of(record: Mapping[str, Any]) -> Label | None:
    """The label of a development record, None where the title tells nothing that can be scored."""
    gold, title = record.get("gold"), str(record.get("title") or "")
    if not gold or gold.get("kind") not in (*_CONTACTS, *_NO_CONTACTS):
        return None
    if gold["kind"] == "domestic" and title.startswith("Telephone conversation"):
        return None
    return Label(
        kind=gold["kind"],
        title=title,
        official=str(gold.get("official") or gold.get("president") or ""),
        surnames=tuple(name for c in gold.get("counterparts") or () if (name := _surname(c))),
        host=_HOSTS.get(str(record.get("source"))),
        day=gold.get("contact_date") or gold.get("date"),
        place=gold.get("place_in_text"),
        site_place=gold.get("place"),
    )


def _surname(counterpart: Mapping[str, Any]) -> str | None:
    return counterpart.get("surname") or surname(str(counterpart.get("name") or ""))


def score_title(report: str, label: Label, found: Meetings) -> Outcome:
    """Compare what the title of one report tells with what was extracted from the report."""
    book = Book()
    held = tuple(m for m in found if m.held)
    if label.tells_of_contact:
        planned = tuple(m for m in found if m.status == "planned")
        _contact(book, label, held, planned)
    else:
        _no_contact(book, label, held)
    return book.closed(report)


def _no_contact(book: Book, label: Label, held: Meetings) -> None:
    for key in ("false-held", f"false-held-{label.kind}"):
        book.share(key, bool(held))
    for meeting in held:
        book.remark("invented meeting", None, meeting, meeting.span)


def _contact(book: Book, label: Label, held: Meetings, planned: Meetings) -> None:
    remarks = label.kind == "remarks_at_meeting"
    used = held or (planned if remarks else ())
    for key in ("found", f"found-{label.kind}"):
        book.share(key, bool(held))
    if remarks:
        book.share("remarks", bool(held or planned))
    if label.surnames:
        _counterparts(book, label, held, used)
    if not used:
        book.remark("missed meeting", f"{label.kind}: {label.title}", None)
        return
    day = _wanted(label)
    best = max(used, key=lambda m: (_hits(label, m), same_day(day, m)))
    _attributes(book, label, best, day)


def _wanted(label: Label) -> Meeting:
    """The label's day as a meeting, so that days are compared in one way."""
    return Meeting("held", ("unspecified",), (label.day,) if label.day else (), None, ())


def _hits(label: Label, meeting: Meeting) -> int:
    return sum(
        any(same_surname(name, p.called) for p in meeting.parties) for name in label.surnames
    )


def _counterparts(book: Book, label: Label, held: Meetings, used: Meetings) -> None:
    right = any(_hits(label, m) for m in held)
    for key in ("counterpart", f"counterpart-{label.kind}"):
        book.share(key, right)
    if not right and used:
        book.remark("counterpart", label.title, " | ".join(map(str, used)))
    everyone = [p for m in used for p in m.parties]
    for name in label.surnames:
        book.share("surname-recall", any(same_surname(name, p.called) for p in everyone))
    for party in everyone:
        ours = same_surname(label.official, party.called) or label.host in party.states
        if party.called and not party.attendee and not ours:
            right = any(same_surname(name, party.called) for name in label.surnames)
            book.share("surname-precision", right)
            if not right:
                book.remark("other counterpart", None, party, party.span)


def _attributes(book: Book, label: Label, found: Meeting, day: Meeting) -> None:
    informal = label.kind == "call" and label.title.startswith("Conversation with")
    if label.kind in _FORMATS and not informal:
        wanted = _FORMATS[label.kind]
        book.share("format", found.formats[0] == wanted)
        if found.formats[0] != wanted:
            book.remark("format", wanted, found.formats[0], found.span)
    if label.day:
        book.share("date", same_day(day, found))
        book.share("date-near", near_day(day, found))
        if not same_day(day, found):
            book.remark("date", label.day, found.date, found.span)
    _places(book, label, found.site)


def _places(book: Book, label: Label, found: Site | None) -> None:
    if label.place:
        right = found is not None and same_place(Site(label.place, None), found)
        book.share("place", right)
        if not right:
            book.remark("place", label.place, found and found.name)
    if label.site_place and label.kind in ("meeting", "talks") and found and found.name:
        book.share("place-site", same_place(Site(label.site_place, None), found))
