"""Where and when a plan is, if its own sentence does not say: the journey that the text announces.

Only the place and the days of the journey told nearest before the plan are taken, and only where the
journey leads to one place.
"""

from __future__ import annotations

import re
from datetime import timedelta

from kg.model import MentionedPlace, Span
from loaders.extraction.dates import resolve, time_words
from loaders.extraction.drafts import Draft
from loaders.extraction.late_pattern import late
from loaders.extraction.letters import is_schedule
from loaders.extraction.places import place_named
from loaders.extraction.reading import Reading
from loaders.extraction.sketch import Unit
from loaders.extraction.timing import Dated

_GOES = (
    r"(?:visit(?:s|ed|ing)?|trip|tour|journey|stay|stop(?:over)?|travel(?:s|l?ed|l?ing)?|fl(?:y|ies|ew|own|ying)|go(?:es|ing)?(?: on)?|went|"
    r"head(?:s|ed|ing)?|leav(?:es?|ing)|left|depart(?:s|ed|ing)?|arriv(?:es?|ed|ing)|com(?:es?|ing)|return(?:s|ed|ing)?|driv(?:es?|ing)|"
    r"continu(?:es?|ing)|proceeds?|expected|due|host(?:s|ed|ing)?|welcome|be|is|are)"
)
_TO_PLACE = late(
    rf"\b{_GOES}\b(?: [\w’'-]+){{0,4}}?,? (?:to|in|for|at) (?P<place>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){{0,2}})"
    r"|\b(?:visit|visits|visiting|visited) (?P<place2>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,2})"
)
_ONE_MORE = late(
    r",? (?:and|then|as well as) (?:to )?(?:the )?[A-Z]|, (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?,? (?:and|the|,)"
)
_JOURNEY = late(
    r"\b(?:[Vv]isit\w*|[Tt]rip|[Tt]our|travel\w*|arriv\w*|fl(?:y|ies)|leaves?|goes|due in|be in(?= [A-Z]))\b"
)
_SLACK = timedelta(days=2)
_LONGEST = 12  # days: a longer journey says nothing of the day of a meeting
_BACK = 4  # sentences before a plan in which its journey may be told


def place_to_come(reading: Reading, draft: Draft) -> MentionedPlace | None:
    """ "will pay a visit to Moscow. The two ministers will discuss ...": Moscow."""
    for unit, start, end in _before(reading, draft):
        found = list(_TO_PLACE.finditer(unit.source, start, end))
        for match in reversed(found):
            first, last = match.span("place" if match["place"] else "place2")
            named = place_named(unit.source, first, last)
            if named is None:
                continue
            several = _ONE_MORE.match(unit.source, _past_country(unit.source, last, named[1]))
            if several and named[1] not in draft.states():
                return None
            span = None if unit.kind == "title" else Span(first, last)
            return MentionedPlace(named[0], named[1], "explicit", span)
    return None


_COUNTRY = re.compile(r", ([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,2})(?=,)")


def _past_country(text: str, end: int, state: str | None) -> int:
    """Behind the ", Chile" of "to Santiago, Chile, from 2 May": no second place."""
    found = _COUNTRY.match(text, end)
    named = place_named(text, *found.span(1)) if found else None
    return found.end() if found and named and named[1] == state else end


_REACHED = late(
    r"\b(?:(?:flew|travell?ed|arrived|went|headed|proceeded|drove|moved|continued)(?: [\w’'-]+){0,3}? (?:to|in|for)"
    r"|(?:is|was|are|were) (?:currently |now )?(?:on|paying|making) an? (?:[\w-]+ ){0,3}(?:visit|trip) (?:in|to)) "
    r"(?P<place>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,2})"
)


def place_reached(reading: Reading, draft: Draft) -> MentionedPlace | None:
    """ "Later she flew to Doha. She met X before leaving": Doha, told since the meeting before."""
    if draft.status != "held" or any(c.sketch.unit.kind == "title" for c in draft.contacts):
        return None
    first = min(c.sketch.unit.index for c in draft.contacts)
    held = (d for d in reading.drafts if d.status == "held")
    told = {c.sketch.unit.index for d in held for c in d.contacts}
    if not any(index < first for index in told):
        return None
    for drawn in reading.sketches:
        unit = drawn.unit
        if unit.kind != "narrative" or unit.index in told or not first - 2 <= unit.index < first:
            continue
        found = _REACHED.search(unit.source, unit.start, unit.end)
        named = place_named(unit.source, *found.span("place")) if found else None
        if found is not None and named is not None:
            return MentionedPlace(named[0], named[1], "explicit", Span(*found.span("place")))
    return None


def days_to_come(reading: Reading, draft: Draft) -> Dated | None:
    """ "will visit Moscow on 10 and 11 March. The two will discuss ...": those days."""
    anchor = reading.clock.anchor
    for unit, start, end in _before(reading, draft):
        if anchor is None or not _JOURNEY.search(unit.source, start, end):
            continue
        for word in time_words(unit.source, start, end):
            when = resolve(word, anchor, True) if word.is_day else None
            if when is not None and when.first >= anchor - _SLACK and when.days <= _LONGEST:
                return Dated(when, word.basis)
    return _day_opened_with(reading, draft) or _of_schedule(reading)


# "On Thursday A will attend the summit. He will have talks with B", "... talks there with B".
_GOES_ON = late(
    r"(?:He|She|They|There|The (?:two|minister|president|premier)\b|In the (?:morning|afternoon|evening)|At the (?:summit|meeting|conference))\b|[^.;]*\bthere\b"
)
_OPENING = 30  # characters of a sentence that it may open with a day in


def _day_opened_with(reading: Reading, draft: Draft) -> Dated | None:
    """The day with which the sentence before a plan opens, where the plan only goes on from it."""
    own = min((c.sketch.unit for c in draft.contacts), key=lambda u: (u.kind == "title", u.index))
    if own.index < 1 or _GOES_ON.match(own.source, own.start, own.end) is None:
        return None
    before = reading.segmented.sentences[own.index - 1]
    if "\n" in own.source[before.end : own.start]:
        return None
    end = min(before.end, before.start + _OPENING)
    for word in time_words(own.source, before.start, end):
        when = resolve(word, reading.clock.anchor, True) if word.plain and word.is_day else None
        if when is not None and reading.clock.anchor is not None:
            return Dated(when, word.basis) if when.first >= reading.clock.anchor else None
    return None


def _of_schedule(reading: Reading) -> Dated | None:
    """A list of the day's plans: of the day in its title, else of its publication."""
    title = reading.segmented.title or ""
    if not is_schedule(title, reading.segmented.text):
        return None
    for word in time_words(title, 0, len(title)):
        when = resolve(word, reading.clock.anchor, True)
        if when is not None and when.is_day:
            return Dated(when, word.basis)
    return reading.clock.default()


def _before(reading: Reading, draft: Draft) -> list[tuple[Unit, int, int]]:
    """Where a plan's journey may be told: its sentence up to its verb, those before it, the title.

    What tells of a meeting held is left out: its place and its day are its own.
    """
    contact = min(
        draft.contacts, key=lambda c: (c.sketch.unit.kind == "title", c.sketch.unit.index)
    )
    own, focus = contact.sketch.unit, contact.sketch.offset(contact.focus)
    others = [c for d in reading.drafts if d.status == "held" for c in d.contacts]
    told = {(c.sketch.unit.kind, c.sketch.unit.index) for c in others}
    here = [c.sketch.offset(c.end) for c in others if c.sketch is contact.sketch]
    opens = max((end for end in here if end <= focus), default=own.start)
    if opens > own.start:  # "met A on Wednesday, hours before flying to X": the last clause only
        opens = max(opens, own.source.rfind(",", opens, focus))
    near = [s.unit for s in reading.sketches if _near(s.unit, own)]
    near.sort(key=lambda u: (u.kind == "title", -u.index))
    rest = [(u, u.start, u.end) for u in near if (u.kind, u.index) not in told]
    return [(own, opens, focus), *rest]


def _near(unit: Unit, own: Unit) -> bool:
    if unit is own or unit.kind == "furniture":
        return False
    return unit.kind == "title" or own.index - _BACK <= unit.index < own.index
