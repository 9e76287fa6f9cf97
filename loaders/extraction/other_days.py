"""Expressions of time in a sentence on a contact that are of something else that it tells."""

from __future__ import annotations

import re

from loaders.extraction.contacts import Contact
from loaders.extraction.dates import TimeWord
from loaders.extraction.late_pattern import late

_ARRIVED = late(
    r"\b(?:who|which) (?:(?:had|has|have|was|were|is|just|first|only|also) )*(?:arriv|came|flew|land|travel|return|sworn|elected|appointed|"
    r"took(?! place)|visit|left|depart|beg[au]n|start)\w*\b[^,;.]{0,60}\Z"
)
# "X, who will be in Oslo on Tuesday, telephoned Y".
_IS_TO_COME = late(
    r", (?:who|which) (?:will|would|is (?:to|due|expected)|plans to)\b[^,;.]{0,60}\Z"
)
_CLAUSE = 90  # characters before a day in which its relative clause may open


def of_arrival(contact: Contact, word: TimeWord) -> bool:
    """ "X, who arrived last Sunday, met Y": the day of the arrival, not of the meeting."""
    text = contact.sketch.unit.source
    found = _ARRIVED.search(text, max(0, word.start - _CLAUSE), word.start)
    if found is None:
        found = _IS_TO_COME.search(text, max(0, word.start - _CLAUSE), word.start)
    if found is None:
        return False
    focus = contact.sketch.offset(contact.focus)
    return focus < found.start() or "," in text[word.end : max(word.end, focus)]


# "As a follow-up to the talks held in Lima on 2 May, the ministers met": the day of those talks.
_FOLLOWS_UP = late(
    r"(?:[Aa]s a (?:follow[- ]up|continuation|sequel)|[Ff]ollowing[- ]up|[Ff]urther to|[Ii]n (?:the )?(?:follow[- ]up|continuation|"
    r"development|implementation)|[Pp]ursuant to|[Bb]uilding on|[Ii]n (?:line|accordance) with)\b[^,;.]{0,80}\Z"
)


def of_talks_before(contact: Contact, word: TimeWord) -> bool:
    text, focus = contact.sketch.unit.source, contact.sketch.offset(contact.focus)
    if word.end > focus or "," not in text[word.end : focus]:
        return False
    return _FOLLOWS_UP.search(text, max(0, word.start - _CLAUSE), word.start) is not None


# "arrived on Thursday for talks with B": the day of the arrival, and the talks may come later.
_MADE = late(
    r"\b(?:arrived|travel+ed|journeyed|flew|landed|left|departed|set (?:off|out)|came|headed|made an? (?:[\w-]+ )?(?:stop|stopover))\b[^,;.:]{0,60}\Z"
)


def of_journey_made(contact: Contact, word: TimeWord) -> bool:
    text = contact.sketch.unit.source
    return _MADE.search(text, max(0, word.start - _CLAUSE), word.start) is not None


# "had dinner with B and will go on to Paris on Thursday", "spoke with B; they may meet in July".
NEXT_CLAUSE = late(
    r";|,? (?:and|but|before|then) (?:[a-z]+ ){0,2}?(?:will|would|shall|is to|are to|was to|(?:was|were|is|are) (?:due|scheduled|expected|set)|left|leaves?|leaving|fl(?:y|ies|ew|ying)|"
    r"travel\w*|go(?:es|ing)? on|went on|depart\w*|heads?|headed|heading|returns?|returned|returning|proceed\w*|continu\w+ (?:on )?to)\b"
)


WHO_WAS = re.compile(r", who [^,;]*\Z")


# "the outcome of Saturday's election": the day of something else.
OF_EVENT = re.compile(
    r"['’]s? (?:[\w-]+ ){0,2}?(?:elections?|vote|referendum|attacks?|bombing|blast|strike|protests?|coup|poll|ruling|match|launch|"
    r"explosion|earthquake|crash|shooting|incident|announcement|decision|events|ceremony|inauguration|parade|funeral|deadline)\b"
)


# "met B, who last came in 2019", "the commission, whose last session was in May".
_OF_BEFORE = late(
    r", (?:who|whose|which|where|whom|that)\b[^.;]{0,60}?\b(?:last|previous|previously|first|assumed|took (?:over|office|up|part)|became|"
    r"(?:re-?)?elected|appointed|sworn|inaugurated|born|served|founded|established|created|launched|succeeded|replaced|resigned|"
    r"came to power)\b[^.;,]*\Z"
)


def of_next_clause(contact: Contact, word: TimeWord) -> bool:
    """A day behind a phrase, but of what was or will be done next."""
    text, end = contact.sketch.unit.source, contact.sketch.offset(contact.end)
    until = max(end, word.start)
    return any(clause.search(text, end, until) for clause in (NEXT_CLAUSE, _OF_BEFORE))


# "A, who came from X, where he had met B, was to return on Sunday": the verb that goes on with A.
_RELATIVE = re.compile(r"(?:,| from [^,.;]{2,40}) (?:who|where|whom|which)\b[^,.;]{0,60}\Z")
_GOES_ON = late(
    r", (?:is|was|are|were|will|would|has|had|said|told|left|leaves|returned|returns|flew|flies|arrived|arrives|travel\w*|met|meets|held|holds"
    r"|received|receives|also)\b"
)


def closes_before(contact: Contact, at: int) -> bool:
    """True if the contact is told in a relative clause that ends before an offset of the source behind it."""
    source, end = contact.sketch.unit.source, contact.sketch.offset(contact.end)
    start = contact.sketch.offset(contact.focus)
    if at <= end or not _RELATIVE.search(
        source, max(contact.sketch.unit.start, start - _CLAUSE), start
    ):
        return False
    return _GOES_ON.search(source, end, at) is not None


# "will not meet B, he said on Thursday", "denied on Monday that he had met B": the day of the word.
_SAID_ON = late(
    r"\b(?:said|says|told(?: (?!(?:that|he|she|they|it|would|will|to)\b)[\w’'-]+){1,4}|announced|denied|denies|confirmed|stated|declared|dismissed|rejected|insisted|reported|wrote|tweeted)"
    r"(?: (?:in [^.;,]{1,30}|on (?:television|radio|Twitter|Facebook)|here|late|early|on)){0,3} ?\Z"
)
_DAY_DENIED = late(
    r"(?: (?:morning|evening|afternoon|night))?,? (?:denied|dismissed|rejected|said|announced|confirmed|insisted)\b"
)
_SAYING = 80  # characters before a day in which its verb of saying may stand


def of_what_was_said(contact: Contact, word: TimeWord) -> bool:
    """A day of the word that was given, not of the meeting that it plans, calls off or denies."""
    if word.basis == "explicit" or contact.status not in _NOT_YET:
        return False
    text = contact.sketch.unit.source
    if _SAID_ON.search(text, max(contact.sketch.unit.start, word.start - _SAYING), word.start):
        return True
    return _DAY_DENIED.match(text, word.end) is not None


_NOT_YET = frozenset({"planned", "cancelled", "denied"})
_SINCE = re.compile(r"\bsince\b[^,;.]*\Z")


def of_since(contact: Contact, word: TimeWord) -> bool:
    """ "met for the first time since B took office in May": the day of something before."""
    source, focus = contact.sketch.unit.source, contact.sketch.offset(contact.focus)
    return _SINCE.search(source, focus, max(focus, word.start)) is not None


# "met B about the loan that the Fund approved in July".
_DONE = re.compile(r",?[^,;:.]* (?:that|which) (?!(?:was|were|took|had|is|are) )[^,;:.]{0,60} \Z")


def of_what_was_done(contact: Contact, word: TimeWord) -> bool:
    """A month behind a phrase, in a relative clause with a verb of its own."""
    if word.is_day or word.vague:
        return False
    source, end = contact.sketch.unit.source, contact.sketch.offset(contact.end)
    return _DONE.match(source, end, max(end, word.start)) is not None


def of_verb_before(text: str, word: TimeWord, focus: int) -> bool:
    """ "leaves on Thursday and will meet B on Friday": the day before the "and" comes last."""
    return word.end <= focus and _AND.search(text, word.end, focus) is not None


def of_clause_before(text: str, word: TimeWord, start: int) -> bool:
    """ "B took office in 2000, and in May 1994 C had seen D": the day of the clause before comes last."""
    return word.end <= start and _CLAUSE_ENDS.search(text, word.end, start) is not None


_CLAUSE_ENDS = re.compile(r"(?:, (?:and|but|while)|;) ")
_AND = re.compile(r" and (?:(?:will|then|is|are|to|was|later|also|has|have|had) )*\Z")


# "A, on her first trip after taking office last month, met B": the month of the oath.
_ASIDE = late(
    r", [^,;.]{0,90}\b(?:after|since|following|upon) (?:[a-z]+ing|his|her|the|being)\b[^,;.]{0,60}\Z"
)
_ASIDE_REACH = 180


def of_aside(text: str, word: TimeWord, focus: int) -> bool:
    """A day inside commas, of what was done before."""
    if word.end > focus or not text.startswith(",", word.end):
        return False
    return _ASIDE.search(text, max(0, word.start - _ASIDE_REACH), word.start) is not None
