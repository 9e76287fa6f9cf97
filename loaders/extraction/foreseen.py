"""What is told in the present tense, yet of what is to come: programmes, journeys told on, tomorrow's talks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.extraction.contact_rows import grammar
from loaders.extraction.contacts import Contact
from loaders.extraction.dates import TimeWord
from loaders.extraction.drafts import Draft

_LEG = 2  # sentences behind a plan in which the journey is told on in the present tense
_OF_WEEKS = re.compile(r"(?i:\b(?:weeks?|weekly|schedule|programme|agenda|ministerial)\b)")
_PAST_FORMS = (frozenset({"past"}), frozenset({"past", "participle"}))


_DUE = re.compile(
    r"\b(?:was|were) (?:due |scheduled |set |expected |slated )?to\b[^.;]*\b(?:today|tonight|tomorrow|this (?:afternoon|evening)"
    r"|later|next (?:week|month)|in the (?:coming|next) (?:days|hours|weeks))\b"
)
_CROSSED = re.compile(
    r"\b(?:but|instead|until|however|cancel\w*|postpon\w*|call\w* off|unwell|ill|scrapp\w*|abandon\w*|before|refus\w*|had been)\b"
)


def still_due(contact: Contact) -> bool:
    """ "was to meet B later on Wednesday": told in the past of a day that is not over, with nothing against it."""
    text = contact.sketch.text
    due = contact.status == "cancelled" and _DUE.search(text) is not None
    return due and _CROSSED.search(text) is None


def is_tomorrow(words: Sequence[TimeWord]) -> bool:
    """ "goes on to Baku tomorrow for consultations with B"."""
    return any((w.get("rel") or "").lower() == "tomorrow" for w in words[:1])


def follows_a_plan(contact: Contact, drafts: Sequence[Draft]) -> bool:
    """ "will be welcomed by A on Sunday. On Monday he meets B": one more leg of the journey."""
    index = contact.sketch.unit.index
    told = [c for d in drafts for c in d.contacts if 0 <= c.sketch.unit.index <= index]
    last = max(told, key=lambda c: (c.sketch.unit.index, c.start), default=None)
    return last is not None and last.status == "planned" and index - last.sketch.unit.index <= _LEG


def in_a_schedule(contact: Contact, title: str) -> str:
    """What a programme tells is a plan; a verb in the past, "met", "received", tells of what was before."""
    if grammar().forms.get(contact.verb, frozenset()) not in _PAST_FORMS:
        return "planned"
    return "background" if _OF_WEEKS.search(title) else "held"


def announced(drafts: Sequence[Draft]) -> bool:
    """True if the title tells of a plan and of nothing held: the text's present tense is of it."""
    return {d.status for d in drafts if d.in_title} == {"planned"}
