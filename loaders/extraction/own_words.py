"""Contacts that a quotation tells of: only where the one quoted tells of a meeting of his own."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late
from loaders.extraction.segment import Segmented
from loaders.extraction.sketch import PERSONS, Sketch

_SAID = r"(?:said|says|told|added|adds|stated|noted|wrote|writes|posted|tweeted|declared|announced|stressed|recalled|reported)"
# The speaker right behind the closing marks, or before the opening ones.
_SPEAKER = late(
    rf"[”\"»’],?\s*(?:(?:the |a )?(?P<a>[{PERSONS}])[^{PERSONS}.;:“\"]{{0,60}}?\b{_SAID}\b|{_SAID} (?P<b>[{PERSONS}]))"
    rf"|(?P<c>[{PERSONS}])[^{PERSONS}.;“\"]{{0,60}}?\b{_SAID}\b[^{PERSONS}.;“\"]{{0,60}}[,:]? ?[“\"«]"
)
_LONG_AGO = late(
    r"\b(?:ago|(?:in|since|back in) (?:19|20)\d\d|once|years?|last (?:year|month)|when I was)\b"
)
_FIRST = frozenset({"i", "we"})
_OWN = re.compile(r"\b(?:[Mm]y|[Oo]ur) (?:[\w-]+ ){0,4}$")
_BEFORE = 40  # characters before a noun of contact in which its "my" stands


_STATEMENT = late(r"\b(?:statement|communiqu[eé]|announcement|press release)\b[^.\n]{0,120}:\s*\Z")
_REACH = 200  # characters before a quotation in which it may be called a statement
_MARKS = '"“”„«»’‘ \n\r\t'


def spoken_quotes(segmented: Segmented) -> list[tuple[int, int]]:
    """Where somebody is quoted; a ministry's whole statement, in marks, is its report and left out."""
    text, kept, official = segmented.text, list[tuple[int, int]](), -1
    for quote in segmented.quotes:
        goes_on = official >= 0 and not text[official : quote.start].strip(_MARKS)
        before = text[max(0, quote.start - _REACH) : quote.start].rstrip(_MARKS)
        if goes_on or (before.endswith(":") and _STATEMENT.search(before)):
            official = quote.end
        else:
            kept.append((quote.start, quote.end))
    return kept


def in_own_words(contact: Contact, authored: bool) -> Contact | None:
    """The contact as its speaker's own, or None.

    Args:
        authored: the whole report is one person's words, so that its "I" is known.
    """
    drawn = contact.sketch
    if _LONG_AGO.search(drawn.text, contact.start):
        return None
    if contact.a is not None:
        member = drawn.groups[contact.a].members[0]
        if drawn.unit.source[member.start : member.end].lower() not in _FIRST:
            return None
        speaker = _speaker(drawn)
        if speaker is not None:
            return replace(contact, a=speaker, quoted=True)
        return replace(contact, quoted=True) if authored else None
    owned = _OWN.search(drawn.text[max(0, contact.start - _BEFORE) : contact.focus])
    mine = owned or drawn.text[contact.start : contact.end].lower().startswith(("my ", "our "))
    known = mine and (authored or _speaker(drawn) is not None)
    return replace(contact, quoted=True) if known else None


def _speaker(drawn: Sketch) -> int | None:
    """The group of the one who says what is quoted in a sentence."""
    found = _SPEAKER.search(drawn.text)
    if found is None:
        return None
    sign = found["a"] or found["b"] or found["c"]
    group = drawn.group(sign)
    return group if drawn.groups[group].members[0].kind != "pronoun" else None
