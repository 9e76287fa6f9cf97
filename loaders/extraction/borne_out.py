"""Plans that the report itself bears out: "arrived to meet B", and then what was said at that meeting."""

from __future__ import annotations

from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late
from loaders.extraction.reading import Reading

_MADE = late(
    r"\b(?:arrived|came|flew|travel+ed|went|journeyed|drove|gathered|(?:was|were|is|are) in)\b[^;:]*? to (?:\w+ly )?\Z"
)
_AHEAD = 2  # sentences behind a journey in which its meeting may be told
# "At the meeting the ministers promised": no "will" behind it.
_THERE = late(
    r"(?:At|During|In the course of|In|Following|After) (?:the|their|his|her|that|this) (?:[\w-]+ ){0,2}?"
    r"(?:meeting|talks|audience|conversation|encounter|discussions?|negotiations|lunch|dinner|breakfast)\b"
    r"(?![^.;]*\b(?:will|would|is to|are to|due|expected|scheduled|was to|were to)\b)"
)


def bear_out(reading: Reading) -> None:
    """Who made a journey to meet somebody met him, if the next sentences tell of what was said there."""
    for draft in reading.drafts:
        if draft.status != "planned" or draft.in_title:
            continue
        if any(_borne_out(reading, c) for c in draft.contacts):
            draft.status = "held"


def _borne_out(reading: Reading, contact: Contact) -> bool:
    text = contact.sketch.text
    if not contact.verb or _MADE.search(text, 0, contact.focus) is None:
        return False
    first = contact.sketch.unit.index
    told = (s.unit for s in reading.sketches if 0 < s.unit.index - first <= _AHEAD)
    return any(u.kind == "narrative" and _THERE.match(u.source, u.start, u.end) for u in told)
