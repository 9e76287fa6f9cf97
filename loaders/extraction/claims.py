"""What the report itself calls off, denies or only claims: none of it was held."""

from __future__ import annotations

import re

from loaders.extraction.drafts import Draft, alike
from loaders.extraction.late_pattern import late
from loaders.extraction.reading import Reading

_HEAD = 3  # index of the last sentence that still counts as the head of a report
_CALLED_OFF = late(
    r"\b(?:called off|calls? off|cancel\w*|postpone\w*|scrap(?:s|ped)|shelve[sd]?|put off)\b",
    re.IGNORECASE,
)


def call_off(reading: Reading) -> None:
    """What "did not take place", under a title that says it was called off, nobody denies."""
    if _CALLED_OFF.search(reading.segmented.title or ""):
        for draft in reading.drafts:
            if draft.status == "denied" and any(_NOT_HELD & set(c.rules) for c in draft.contacts):
                draft.status = "cancelled"


# Rules for what "did not take place"; "will not meet" is no word on what the title calls off.
_NOT_HELD = frozenset({"tail-denied", "no-such-meeting"})


def only_claimed(reading: Reading, draft: Draft) -> bool:
    """What the head of a report denies, and what it then retells of the claim, was not held."""
    if draft.status != "held" or draft.in_title:
        return False
    told = min(c.sketch.unit.index for c in draft.contacts)
    if not draft.strong and any(_called_off_beside(draft, other) for other in reading.drafts):
        return True
    return any(
        other.status == "denied"
        and other.format in (draft.format or other.format, None)
        and min(c.sketch.unit.index for c in other.contacts) < min(told, _HEAD)
        and sum(any(alike(a, b) for b in other.refs.values()) for a in draft.refs.values()) > 1
        for other in reading.drafts
    )


def _called_off_beside(draft: Draft, other: Draft) -> bool:
    """ "called off a meeting of A and B, a day after agreeing to it": nothing was held there."""
    if other.status not in ("cancelled", "denied"):
        return False
    lines = {c.sketch.unit.index for c in other.contacts}
    here = all(c.sketch.unit.index in lines for c in draft.contacts)
    return (
        here and sum(any(alike(a, b) for b in other.refs.values()) for a in draft.refs.values()) > 1
    )
