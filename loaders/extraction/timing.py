"""When: the anchor day of a report, and the day that the words around a contact mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.dates import When
from kg.model import DateBasis
from loaders.extraction.cables import cable_headed
from loaders.extraction.contacts import Contact
from loaders.extraction.dates import TimeWord, resolve, time_words
from loaders.extraction.day_headings import day_headings
from loaders.extraction.drafts import Draft
from loaders.extraction.late_pattern import late
from loaders.extraction.other_days import (
    NEXT_CLAUSE,
    OF_EVENT,
    WHO_WAS,
    closes_before,
    of_arrival,
    of_aside,
    of_clause_before,
    of_journey_made,
    of_next_clause,
    of_since,
    of_talks_before,
    of_verb_before,
    of_what_was_done,
    of_what_was_said,
)
from loaders.extraction.page_days import dateline_day, header_day, line_day, signed_day, titled_day
from loaders.extraction.publisher import Publisher
from loaders.extraction.segment import Segmented
from loaders.extraction.sketch import Sketch

_JOURNEY = late(
    r"\b(?:[Vv]isit(?:s|ed|ing)?|[Tt]rip|[Tt]our|arriv(?:ed|es|ing)|travel(?:l?ed|s)|spen(?:t|ds) (?:a|the|two|three) days?)\b"
)
_FRESH = timedelta(days=7)  # a report's first sentence tells of the week before it
_LONGEST_EVENT = 3  # days of a gathering that a report opens with
_JUST_PAST = timedelta(days=1)
_LONG_AGO = timedelta(days=60)
_OLD = timedelta(days=45)
_LAST_YEARS = late(
    r"(?:The )?(?:[Ll]ast|[Pp]revious) (?:year|autumn|spring|summer|winter)[’']s\b|(?:The|Its|Their) (?:last|previous) (?:summit|meeting|session|round|edition|forum|conference|visit)\b"
)
_LEG = 4  # sentences back in which a day of a journey still holds
_OPENING = 40  # characters of a sentence that may open it with a day
_OPENS_NEXT = re.compile(r"(?:,| and|;)(?: (?:on|in|then))? ?\Z")
_LONGEST_VISIT = 10  # days: longer stays say nothing of a meeting's day


@dataclass(frozen=True, slots=True)
class Dated:
    """A day with how it is known."""

    when: When | None
    basis: DateBasis | None


class Clock:
    """Reads expressions of time as seen from the day of the report."""

    __slots__ = ("_dateline", "_focuses", "_headings", "_published", "anchor")

    def __init__(self, segmented: Segmented, publisher: Publisher) -> None:
        self._published = publisher.day or header_day(segmented) or line_day(segmented.text)
        self._dateline = (
            dateline_day(segmented, self._published)
            or titled_day(segmented.title, self._published)
            or signed_day(segmented.text, self._published)
            or _day_of_cable(segmented)
        )
        self._focuses: dict[tuple[int, str], list[int]] = {}
        self._headings = day_headings(segmented.text)
        self.anchor: date | None = self._dateline or self._published

    def default(self) -> Dated:
        """The dateline's day, else the day of publication, else nothing."""
        if self._dateline is not None:
            return Dated(When.day(self._dateline), "dateline")
        if self._published is not None:
            return Dated(When.day(self._published), "publication")
        return Dated(None, None)

    def headed(self, contact: Contact) -> Dated | None:
        """The day that heads the part of the text in which a contact is told."""
        unit = contact.sketch.unit
        if unit.kind == "title" or not self._headings.starts:
            return None
        future = contact.status in ("planned", "cancelled") or contact.present
        found = self._headings.day_above(unit.start, self.anchor, future)
        return Dated(*found) if found is not None else None

    def words(self, contact: Contact) -> list[TimeWord]:
        """Expressions of time that may be the contact's, the nearest first."""
        unit = contact.sketch.unit
        first, last = contact.sketch.offset(contact.start), contact.sketch.offset(contact.end)
        to_come = contact.status in ("planned", "cancelled")
        focus = contact.sketch.offset(
            contact.focus
        )  # "called off on Friday a meeting": no day of it
        found = [
            w
            for w in time_words(unit.source, unit.start, unit.end)
            if (w.plain or (to_come and not _since(unit.source, w)))
            and self._owns(contact, w)
            and not of_arrival(contact, w)
            and not of_talks_before(contact, w)
            and not OF_EVENT.match(unit.source, w.end)
            and not (to_come and of_journey_made(contact, w))
            and not of_next_clause(contact, w)
            and not closes_before(contact, w.start)
            and not of_what_was_done(contact, w)
            and not of_what_was_said(contact, w)
            and not of_aside(unit.source, w, focus)
            and not (contact.status == "held" and of_since(contact, w))
            and not (contact.row.status and w.start < focus)
        ]
        days = [w for w in found if w.basis == "explicit" and w.is_day]
        return sorted(
            (w for w in found if w.basis != "weekday" or not any(_beside(w, d) for d in days)),
            key=lambda w: (
                of_verb_before(unit.source, w, focus) or of_clause_before(unit.source, w, first),
                _distance(unit.source, w, first, last),
                w.start,
            ),
        )

    def share(self, contacts: list[Contact]) -> None:
        """Note the contacts of one sentence, so that each expression of time goes to one of them."""
        titled = [c for c in contacts if c.sketch.unit.kind == "title"]
        strong = [c for c in titled if c.row.strength == "strong"]
        for contact in strong or contacts:  # a weak phrase of a title has no day of its own
            unit = contact.sketch.unit
            focuses = self._focuses.setdefault((unit.index, unit.kind), [])
            at = contact.sketch.offset(contact.focus)
            if at not in focuses:
                focuses.append(at)

    def of_visit(self, sketches: list[Sketch], draft: Draft) -> Dated | None:
        """The days of the visit or event that a meeting told without a day belongs to.

        They stand in the title or in a sentence on the journey before the meeting's own, or in the
        report's first sentence.
        """
        last = max(c.sketch.unit.index for c in draft.contacts)
        near = self._leg_of_journey(sketches, last)
        if near is not None:
            return near
        lead = next((s.unit.index for s in sketches if s.unit.kind == "narrative"), -1)
        for drawn in sketches:
            unit = drawn.unit
            if unit.index > last or unit.kind not in ("title", "narrative"):
                continue
            journey = _JOURNEY.search(unit.source, unit.start, unit.end) is not None
            if not journey and unit.index != lead:
                continue
            for word in time_words(unit.source, unit.start, unit.end):
                when = resolve(word, self.anchor, False) if word.plain and word.is_day else None
                if when is not None and self._fits(when, journey):
                    return Dated(when, word.basis)
        return None

    def _leg_of_journey(self, sketches: list[Sketch], last: int) -> Dated | None:
        """On a journey told day by day, the day that one of the sentences before opens with."""
        titles = [s.unit for s in sketches if s.unit.kind == "title"]
        if not any(_JOURNEY.search(u.source, u.start, u.end) for u in titles):
            return None
        for drawn in reversed([s for s in sketches if last - _LEG <= s.unit.index < last]):
            unit = drawn.unit
            if unit.kind != "narrative":
                continue
            for word in time_words(unit.source, unit.start, min(unit.end, unit.start + _OPENING)):
                when = resolve(word, self.anchor, False) if word.plain and word.is_day else None
                if when is not None and self._fits(when, True):
                    return Dated(when, word.basis)
        return None

    def _fits(self, when: When, journey: bool) -> bool:
        """True for days before the anchor; those of a mere first sentence must be near it."""
        if when.days > (_LONGEST_VISIT if journey else _LONGEST_EVENT):
            return False
        if self.anchor is None:
            return True
        return when.first <= self.anchor and (journey or self.anchor - when.first <= _FRESH)

    def _owns(self, contact: Contact, word: TimeWord) -> bool:
        """A day belongs to the verb before it; one that opens the sentence to the first verb."""
        unit = contact.sketch.unit
        focuses = sorted(self._focuses.get((unit.index, unit.kind), ()))
        mine = contact.sketch.offset(contact.focus)
        before = [f for f in focuses if f <= word.start]
        owner = before[-1] if before else min(focuses, default=mine)
        after = [f for f in focuses if f > word.start]
        if before and after and NEXT_CLAUSE.search(unit.source, owner, word.start):
            owner = after[0]  # "will dine with A and will go on to Paris on Thursday to see B"
        if before and after and _OPENS_NEXT.search(unit.source, owner, word.start):
            if not unit.source[word.end : after[0]].strip(" ,"):
                owner = after[0]  # "to see A, and on Friday calls on B"
        if before and after and WHO_WAS.search(unit.source, owner, word.start):
            if "," not in unit.source[word.end : after[0]]:
                owner = after[0]  # "of talks with A, who was in Paris on Thursday and met B"
        return owner == mine or mine not in focuses

    def read(self, word: TimeWord, status: str) -> When | None:
        """The days an expression means, given what became of the contact."""
        if word.vague and status in ("held", "denied"):
            return None
        future = status in ("planned", "cancelled")
        found = resolve(word, self.anchor, future)
        if status == "planned" and word.has_year and self._is_over(found):
            return None  # "A and B, who met in June 2013, are to meet": no day of a plan
        told_after = found is not None and self.anchor is not None and found.first > self.anchor
        # What was held cannot lie ahead: the day is another clause's. A day is left for time zones.
        if told_after and not future and found is not None and self.anchor is not None:
            return found if found.first - self.anchor <= timedelta(days=1) else None
        return found

    def day_told(self, when: When | None) -> str | None:
        """The day by which two contacts of the same persons differ; a month, if it is over."""
        if when is None:
            return None
        over = self.anchor is not None and when.last < self.anchor - _FRESH
        return when.edtf if when.is_day or over else None

    def _is_over(self, when: When | None) -> bool:
        return when is not None and self.anchor is not None and when.last < self.anchor - _OLD

    def lies_ahead(self, contact: Contact) -> bool:
        """ "On Friday, the premier receives": for a verb in the present the day is one to come.

        The anchor's own day and the one before it are told in the present tense of agencies.
        """
        words = self.words(contact)
        headed = self.headed(contact) if not words else None
        if headed is not None and headed.when is not None and self.anchor is not None:
            return headed.when.first > self.anchor
        if not words or self.anchor is None:
            return False
        word = next((w for w in words if w.basis == "explicit" and _beside(w, words[0])), words[0])
        told = resolve(word, self.anchor, True)
        if told is None or not told.is_day or told.first <= self.anchor:
            return False
        past = resolve(word, self.anchor, False)
        return past is None or past.first > self.anchor or self.anchor - past.first > _JUST_PAST

    def opens_long_ago(self, source: str, start: int, end: int) -> bool:
        """True for a sentence that opens with last year's event, or a time of more than two months ago."""
        if self.anchor is None:
            return False
        if _LAST_YEARS.match(source, start, end):
            return True
        for word in time_words(source, start, min(end, start + _OPENING)):
            when = (
                resolve(word, self.anchor, False)
                if word.plain and word.basis == "explicit"
                else None
            )
            if when is not None:
                return when.last < self.anchor - _LONG_AGO
        return False

    def is_of_old(self, contact: Contact) -> bool:
        """True for a contact whose day or month lies well before the report."""
        told = any(w.past for w in self.words(contact)[:1])
        return told or self._is_over(self.of_contact(contact))

    def of_contact(self, contact: Contact) -> When | None:
        """The day told beside a contact; None if none is told."""
        if contact.row.strength == "weak":
            return None
        for word in self.words(contact):
            when = self.read_of(contact, word, contact.status)
            if when is not None:
                return when
        return None

    def read_of(self, contact: Contact, word: TimeWord, status: str) -> When | None:
        """As `read`; "talks in February had been cancelled": the month that is over."""
        over = status == "cancelled" and contact.pluperfect and not word.is_day
        told = self.read(word, "background" if over else status)
        off = "tail-cancelled" in contact.rules and word.basis == "weekday"
        if off and status == "cancelled" and self.anchor is not None:
            before = self.read(word, "background")
            if before is not None and self.anchor - before.last == _JUST_PAST:
                return before  # "foreseen for Wednesday, was cancelled", told on Thursday
        return told

    def of_sentence(self, contact: Contact, earlier: list[Contact]) -> When | None:
        """ "was received on Monday by A; talks with B followed": the day told before in the sentence."""
        if contact.status != "held" or contact.pluperfect or contact.sketch.unit.kind == "title":
            return None
        told = (c for c in reversed(earlier) if c.status == "held" and not c.pluperfect)
        before = next(told, None)
        return self.of_contact(before) if before is not None else None


def _day_of_cable(segmented: Segmented) -> date | None:
    """A despatch is of the day above its text, whenever it is published."""
    headed = segmented.title is not None and cable_headed(segmented.title) is not None
    return line_day(segmented.text) if headed else None


def _since(text: str, word: TimeWord) -> bool:
    """ "have not met since 2021": no day of what is to come."""
    return re.search(r"(?i:\bsince )", text[max(0, word.start - 10) : word.end]) is not None


def _beside(one: TimeWord, other: TimeWord) -> bool:
    """ "Tuesday, May 9": two words for one day."""
    return 0 <= max(one.start - other.end, other.start - one.end) <= len(", ")


def _distance(source: str, word: TimeWord, first: int, last: int) -> tuple[int, int]:
    """Days before months, the near before the far; what follows a phrase at once comes first."""
    inside = first <= word.start and word.end <= last
    gap = 0 if inside else min(abs(word.start - last), abs(first - word.end))
    at_once = word.start >= last and source[last : word.start] in (" ", " in ", " on ")
    return (0 if word.is_day or at_once else 1, 0 if at_once else gap + 1)
