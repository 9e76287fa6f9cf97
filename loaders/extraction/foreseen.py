"""What is told in the present tense or in the past, yet of what is to come: programmes, journeys told on, tomorrow's talks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.extraction.contact_rows import grammar
from loaders.extraction.contacts import Contact
from loaders.extraction.dates import TimeWord
from loaders.extraction.drafts import Draft
from loaders.extraction.late_pattern import late
from loaders.extraction.segment import Segmented
from loaders.extraction.timing import Clock

_LEG = 2  # sentences behind a plan in which the journey is told on in the present tense
_OF_WEEKS = re.compile(r"(?i:\b(?:weeks?|weekly|schedule|programme|agenda|ministerial)\b)")
_PAST_FORMS = (frozenset({"past"}), frozenset({"past", "participle"}))


_ARRANGED = late(
    r"\b(?:was|were) (?:also |then |next |first )?(?:due|scheduled|set|expected|slated) to\b"
)
_DUE = late(
    r"\b(?:was|were) (?:also |then |next )?(?:due |scheduled |set |expected |slated )?to\b[^.;]*\b(?:today|tonight|tomorrow|(?:this|in the) (?:afternoon|evening)"
    r"|later|next (?:week|month)|in the (?:coming|next) (?:days|hours|weeks))\b"
)
_CROSSED = late(
    r"\b(?:but|instead|until|however|cancel\w*|postpon\w*|call\w* off|unwell|ill|scrapp\w*|abandon\w*|before|refus\w*|had been)\b"
)
_OFF = late(
    r"\b(?:cancel\w*|postpon\w*|call(?:s|ed|ing)? off|put(?:s|ting)? off|scrap(?:s|ped)|shelve[sd]?|abandon\w*|dropped|pull(?:s|ed|ing)? out|deferred"
    r"|(?:put|pushed) back|not be (?:going|coming|travel+ing|attending)|stay(?:s|ed)? away|fell through)\b",
    re.IGNORECASE,
)
_BESIDE = 2  # sentences beside one that may call off what it tells of


def still_due(contact: Contact, segmented: Segmented, clock: Clock) -> bool:
    """ "was to meet B later on Wednesday": told in the past of a day that is not over, with nothing against it."""
    text = contact.sketch.text
    if contact.status != "cancelled" or _CROSSED.search(text) is not None:
        return False
    if _DUE.search(text) is not None:
        return True
    day = clock.of_contact(contact) if _ARRANGED.search(text) is not None else None
    if day is None or clock.anchor is None or day.last < clock.anchor:
        return False
    return _OFF.search(_around(segmented, contact.sketch.unit.index)) is None


def _around(segmented: Segmented, index: int) -> str:
    """The title, and the sentences beside one."""
    near = segmented.sentences[max(0, index - _BESIDE) : index + _BESIDE]
    text = segmented.text[near[0].start : near[-1].end] if near else ""
    return f"{segmented.title or ''} {text}"


def is_next(contact: Contact, words: Sequence[TimeWord], drafts: Sequence[Draft]) -> bool:
    """ "A met B yesterday. He meets C today": beside what was done, the present tense tells what comes."""
    if not any((w.get("rel") or "").lower() in _STILL for w in words[:1]):
        return False
    told = (c for d in drafts if d.status == "held" for c in d.contacts)
    return any(c.sketch.unit.kind == "narrative" and c.verb and not c.present for c in told)


_STILL = frozenset({"today", "tonight", "this afternoon", "this evening", "later in the day"})
# What the text under a headline in the present tense says of the talks, or of the journey to them.
_AHEAD = late(
    r"\b(?:[Tt]he (?:two|talks|meeting|summit|leaders|ministers|presidents|sides|visit|pair|premiers)|[Tt]hey|[Bb]oth|[Hh]e|[Ss]he)\b[^.;]{0,50}?"
    r"\b(?:will|should|(?:is|are) (?:also )?(?:to|due|expected|scheduled|set|likely))\b"
    r"|\b(?:will|(?:is|are) (?:to|due to|set to|expected to|scheduled to)) (?:also )?(?:be (?:accompanied|joined|followed|received|welcomed)|issue|sign|address|discuss|include|focus|travel|visit|fly|arrive|pay|make|host|welcome|receive|leave|go|meet|hold)\b"
)
_DONE = late(
    r"\b(?:met|held|received|spoke|talked|discussed|agreed|stressed|underlined|underscored|emphasi[sz]ed|reaffirmed|reiterated|thanked|praised|expressed|exchanged|reviewed|signed|congratulated|(?:at|during|after|following) (?:the|their|his|her) (?:meeting|talks))\b"
)
_FIRST = 3  # sentences of a text that tell whether its headline is news or notice


def only_announced(draft: Draft, segmented: Segmented) -> bool:
    """ "A meets B today" above a text that tells only of what they will do: a plan."""
    if draft.status != "held" or not all(c.present for c in draft.contacts):
        return False
    told = [s for s in segmented.sentences if s.kind == "narrative"][:_FIRST]
    words = " ".join(segmented.text[s.start : s.end] for s in told)
    return _AHEAD.search(words) is not None and _DONE.search(words) is None


def is_tomorrow(words: Sequence[TimeWord]) -> bool:
    """ "goes on to Baku tomorrow for consultations with B"."""
    return any((w.get("rel") or "").lower() == "tomorrow" for w in words[:1])


def is_next_leg(contact: Contact, words: Sequence[TimeWord], drafts: Sequence[Draft]) -> bool:
    """ "will be welcomed by A on Sunday. On Monday he meets B", "He then sees C": the journey goes on."""
    if not contact.present or not follows_a_plan(contact, drafts):
        return False
    return bool(words) or _THEN.search(contact.sketch.text, 0, contact.end) is not None


_THEN = re.compile(r"\b(?:then|afterwards|from there|next|later|after that|subsequently)\b")


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
