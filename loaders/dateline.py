"""The agency that a dateline names: "MINSK, 25 October (BelTA) -", "NUR-SULTAN. KAZINFORM".

Only what stands before the first words of the story is looked at, and a place, a state or an
organization in that position is never taken for an agency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.ids import fold
from loaders.published import day_in_words
from ontology.lexicon import at_hand, for_each_lexicon

_LONGEST: Final = 120
_CAPS: Final = r"[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ'’-]*[A-ZÀ-ÞА-ЯЁ]"
_BRACKETED: Final = re.compile(
    r"(?P<place>[^()/\n]{0,80}?)\s*[(/](?P<agency>[^()/\d\n]{2,40})[)/]\s*(?P<mark>[-–—:.]|\Z)?"
)
_AFTER_PLACE: Final = re.compile(rf"(?P<place>{_CAPS}(?:[ ,]+{_CAPS}\.?)*)\.\s+(?P<rest>.*)")
_PARTS: Final = re.compile(r"\s*(?:[,.]\s|\s[-–—]+\s|[-–—]{2}|:\s)\s*")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says of the publication; `day` only where it has a year."""

    agency: str | None
    day: str | None


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph opens with, or None."""
    head = paragraph.lstrip()[:_LONGEST]
    agency = _bracketed(head) or _after_place(head) or _between_marks(head)
    if agency is None:
        return None
    return Dateline(agency, day_in_words(head))


def outlet_label(name: str) -> str:
    """An outlet's usual spelling, or the words as given; all capitals become a name."""
    known = _known().get(fold(name))
    if known:
        return known
    return name.title() if name.isupper() and len(name) > 5 else name


@for_each_lexicon
def _known() -> dict[str, str]:
    outlets = at_hand().outlets.values()
    return {fold(n): o.label for o in outlets for n in (o.label, *o.names)}


@for_each_lexicon
def _not_agencies() -> frozenset[str]:
    data = at_hand()
    names = [n for s in data.states.values() for n in (s.label, *s.names, *s.weak, *s.adjectives)]
    names += [n for o in data.organizations.values() for n in (o.label, *o.names)]
    names += [n for p in data.places.values() for n in (p.label, *p.names)]
    names += [n for s in data.states.values() if (n := s.iso2)]
    return frozenset(fold(n) for n in names)


def _bracketed(head: str) -> str | None:
    found = _BRACKETED.match(head)
    if not found:
        return None
    place, agency = found["place"].strip(), " ".join(found["agency"].split())
    if fold(agency) in _not_agencies() or not _looks_like_place(place):
        return None
    if fold(agency) in _known() or (found["mark"] and _looks_like_name(agency)):
        return outlet_label(agency)
    return None


def _looks_like_place(text: str) -> bool:
    """Nothing, capitals ("MINSK, 25 октября"), or capitalised words ("Tokyo, Oct 25")."""
    words = text.replace(",", " ").replace(".", " ").split()
    if not words or len(words) > 8:
        return not words
    return (len(words[0]) > 1 and words[0].isupper()) or not any(w[0].islower() for w in words)


def _looks_like_name(text: str) -> bool:
    return text[0].isupper() and len(text.split()) <= 4


def _after_place(head: str) -> str | None:
    """The agency of "PLACE. AGENCY Story": words in capitals up to the first that are not."""
    found = _AFTER_PLACE.match(head)
    if not found:
        return None
    words = found["rest"].split()
    caps: list[str] = []
    for word in words:
        bare = word.strip(".,–—-")
        if len(bare) < 2 or not bare.isupper() or (caps and fold(bare) in _not_agencies()):
            break
        caps.append(bare)
    rest = words[len(caps) :]
    if not caps or len(caps) > 4 or not rest or fold(caps[0]) in _not_agencies():
        return None
    return outlet_label(" ".join(caps))


def _between_marks(head: str) -> str | None:
    """The agency of "ASTANA, KAZINFORM -" or "KYIV - Ukrinform -": only those known by name."""
    parts = _PARTS.split(head)
    for part in parts[:-1][:4]:
        if part and fold(part) in _known().keys() - _not_agencies():
            return outlet_label(part)
    return None
