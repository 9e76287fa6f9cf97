"""The day of a meeting and how it is known: a day is taken from what is told nearest, never made up."""

from __future__ import annotations

import re
from datetime import timedelta

from kg.dates import When
from kg.model import ReportedMeeting
from loaders.extraction.contacts import Contact
from loaders.extraction.dates import time_words
from loaders.extraction.drafts import Draft
from loaders.extraction.itinerary import days_to_come
from loaders.extraction.late_pattern import late
from loaders.extraction.reading import Reading
from loaders.extraction.timing import Dated
from loaders.extraction.whereabouts import telling


def day_of(reading: Reading, draft: Draft, previous: ReportedMeeting | None) -> Dated:
    """The day of a meeting: its own words', else that of what is told beside it, of the visit, of the report."""
    for contact in sorted(draft.contacts, key=telling):
        weak = contact.row.strength != "strong" and draft.strong
        for word in reading.clock.words(contact):
            if weak and word.basis == "explicit":
                continue  # a day in what was discussed, more often than the day of the talks
            same = _day_before_it(reading, contact, previous) if word.same_day else None
            if same is not None:
                return Dated(same, word.basis)
            when = reading.clock.read_of(contact, word, draft.status)
            if when is not None:
                return Dated(when, word.basis)
            if word.basis == "weekday" and reading.clock.anchor is not None:
                return Dated(None, None)
    if draft.status in ("background", "cancelled", "denied"):
        return Dated(None, None)
    for contact in draft.contacts:
        headed = reading.clock.headed(contact)
        if headed is not None:
            return headed
    if draft.status == "planned":
        return _to_come(reading, draft) or Dated(None, None)
    beside = _day_after(reading, draft, previous) or _day_beside(reading, draft)
    if beside is not None:
        return beside
    visited = reading.clock.of_visit(reading.sketches, draft)
    if visited is not None:
        return visited
    if previous is not None and previous.when is not None:
        return Dated(previous.when, previous.date_basis)
    return reading.clock.default()


_TOLD_BEFORE = 4  # sentences back in which the day may stand that "the same day" is


def _day_before_it(
    reading: Reading, contact: Contact, previous: ReportedMeeting | None
) -> When | None:
    """ "spoke the same day with B": the day of the meeting before, else the one told last before it."""
    if previous is not None and previous.when is not None:
        return previous.when
    unit, status = contact.sketch.unit, contact.status
    sentences = reading.segmented.sentences
    for index in range(unit.index, max(-1, unit.index - _TOLD_BEFORE), -1):
        end = contact.sketch.offset(contact.start) if index == unit.index else sentences[index].end
        words = time_words(unit.source, sentences[index].start, end) if index >= 0 else ()
        for word in reversed(words):
            when = reading.clock.read(word, status) if word.is_day and not word.same_day else None
            if when is not None:
                return when
    return None


def _day_beside(reading: Reading, draft: Draft) -> Dated | None:
    """ "was received on Monday by A; talks with B followed": the day of the meeting before, in one sentence."""
    first = min(draft.contacts, key=lambda c: (c.sketch.unit.index, c.start))
    told = [
        (c.start, c)
        for d in reading.drafts
        if d is not draft and d.status == draft.status
        for c in d.contacts
        if c.sketch is first.sketch
        and c.start < first.start
        and not (c.pluperfect or first.pluperfect)
    ]
    for _, contact in sorted(told, key=lambda t: -t[0]):
        for word in reading.clock.words(contact):
            when = None if word.same_day else reading.clock.read(word, draft.status)
            if when is not None:
                return Dated(when, word.basis)
    return None


_NEXT_DAY = late(
    r"\b(?:the (?:next|following) (?:day|morning|afternoon|evening)|(?:a|one) day later)\b",
    re.IGNORECASE,
)
_DAY_BEFORE = late(
    r"\b(?:(?:the|one|a) day (?:before|earlier)|the previous (?:day|evening|afternoon))\b",
    re.IGNORECASE,
)


def _to_come(reading: Reading, draft: Draft) -> Dated | None:
    """The days of the journey; "leaves on Thursday. She meets B the following day": the day after."""
    found = days_to_come(reading, draft)
    next_day = any(_NEXT_DAY.search(c.sketch.text) for c in draft.contacts)
    if found is None or found.when is None or not (next_day and found.when.is_day):
        return found
    return Dated(When.day(found.when.first + timedelta(days=1)), "relative")


_WENT = re.compile(r"\b(?:flew|travel+ed|went|continued|arrived|drove|moved|proceeded)\b")


def _journey_before(reading: Reading, draft: Draft) -> list[str]:
    """ "She flew to Oslo the next morning. There she was received by B": the sentence on the journey."""
    first = min(c.sketch.unit.index for c in draft.contacts)
    told = {c.sketch.unit.index for d in reading.drafts for c in d.contacts}
    before = (s for s in reading.sketches if s.unit.index == first - 1 and first - 1 not in told)
    return [s.text for s in before if _WENT.search(s.text)]


def _day_after(reading: Reading, draft: Draft, previous: ReportedMeeting | None) -> Dated | None:
    """ "The next day he met B", "The day before she had met C": counted from the meeting told before."""
    if previous is None or previous.when is None or not previous.when.is_day:
        return None
    texts = [c.sketch.text for c in draft.contacts if c.sketch.unit.kind != "title"]
    texts += _journey_before(reading, draft)
    for pattern, days in ((_NEXT_DAY, 1), (_DAY_BEFORE, -1)):
        if any(pattern.search(text) for text in texts):
            return Dated(When.day(previous.when.first + timedelta(days=days)), "relative")
    return None
