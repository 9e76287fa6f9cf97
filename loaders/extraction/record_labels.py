"""What the labels of a record of conversation say: "SUBJECTS: ...", "PLACE: ..."."""

from __future__ import annotations

import re

from kg.model import AgendaItem, MentionedPlace, Span
from loaders.extraction.content_labels import topic_label
from loaders.extraction.late_pattern import late
from loaders.extraction.places import place_named

_HEAD = 2500  # characters of a record in which its labels stand
_SUBJECTS = late(
    r"^[ \t]*(?:SUBJECTS?|Subjects?|TOPICS?|Topics?)[ \t]*(?::[ \t]*\n?|\n)[ \t]*(?P<list>[^\n]+(?:\n[ \t]*(?:\d{1,2}[.)]|[a-z][.)]|[-–•])[^\n]+)*)",
    re.MULTILINE,
)
_PLACE = late(
    r"^[ \t]*(?:PLACE|LOCATION|VENUE|Place|Location|Venue)[ \t]*:[ \t]*(?P<place>[^\n]+)",
    re.MULTILINE,
)
_ITEM = re.compile(r"(?:[ \t]*(?:\d{1,2}[.)]|[a-z][.)]|[-–•]))?[ \t]*(?P<text>[^;\n]*[^;\n .])")
_OF_MEETING = late(
    r"\b(?:meeting|conversation|talks?|call|visit|discussions?) (?:with|between|of)\b",
    re.IGNORECASE,
)
_LONGEST = 12  # words of one subject


def subjects_listed(text: str) -> tuple[AgendaItem, ...]:
    """The subjects that a record lists, as what was discussed; what only names the meeting is none."""
    found = _SUBJECTS.search(text, 0, _HEAD)
    if found is None:
        return ()
    items = _ITEM.finditer(text, *found.span("list"))
    return tuple(
        AgendaItem(topic_label(m["text"]), m["text"], "discussed", None, Span(*m.span("text")))
        for m in items
        if len(m["text"].split()) <= _LONGEST and not _OF_MEETING.search(m["text"])
    )


def place_listed(text: str) -> MentionedPlace | None:
    """The town that a record gives as its place: the last of "The Residence, Rawalpindi" that is known."""
    found = _PLACE.search(text, 0, _HEAD)
    if found is None:
        return None
    end = found.end("place")
    while end > found.start("place"):
        start = text.rfind(",", found.start("place"), end) + 1 or found.start("place")
        named = place_named(text, start, end)
        if named is not None:
            return MentionedPlace(named[0], named[1], "explicit", Span(start, end))
        end = start - 1
    return None
