"""Titles before names, as archives of the nineteenth to the twenty-first century write them.

The titles themselves are the offices of the reference data; here are only the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.ids import fold
from ontology.lexicon import at_hand, for_each_lexicon

MILITARY_RANKS: Final = ("General", "Brigadier General", "Lieutenant General")
# Titles of the archive that are no office of the reference data.
_MORE: Final = (
    "Shah", "Regent", "Head of State", "Chief of State", "Junta Member", "Premier", "Generalissimo",
    "Secretary for External Affairs", "Minister for External Affairs", *MILITARY_RANKS,
)  # fmt: skip
_QUALIFIER: Final = r"(?:(?:[Ff]ormer|Acting|Interim|Provisional|Transitional|First|Federal)\s+)?"
_ELECT: Final = r"(?:-(?:elect|designate)|\s+(?:Elect|Designate))?"
_HONORIFIC: Final = re.compile(
    r"(?:(?:Sheikh|Sheik|Shaikh|Prince|Princess|Lord|Sir|Dr\.|Gen\.|General|Marshal|Field Marshal"
    r"|Cardinal|Archbishop|Mr\.|Mrs\.|Ms\.|His Holiness|Pope|Federal)\s+)+(?=\S)"
)
# "Crown Prince and Prime Minister Mohammed": one person with two offices.
_JOINED: Final = re.compile(r"\s+(?:and|&)\s+|\s?/\s?")
_MISSPELT: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"\bPrime Minist(?:er|ere)(?=[A-Z])"), "Prime Minister "),
    (re.compile(r"\bPrime (?:Minster|Ministere)\b"), "Prime Minister"),
    (re.compile(r"\bForeign Ministe\b"), "Foreign Minister"),
    (re.compile(r"\bPrime Minister-(?=Prince)"), "Prime Minister "),
    (re.compile(r"-\s*(elect|designate)\b", re.IGNORECASE), lambda m: "-" + m[1].lower()),
    (re.compile(r"\b(al|el)-\s+"), lambda m: m[1] + "-"),
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title found in a text; `plural` as in "Presidents"."""

    office: str
    end: int
    plural: bool


def mended(text: str) -> str:
    """The text with the archive's misspelt titles put right."""
    for pattern, replacement in _MISSPELT:
        text = pattern.sub(replacement, text)
    return text


def title_at(text: str, start: int) -> Title | None:
    """The longest title that `text` has at `start`; a second office joined by "and" is passed."""
    found = _pattern().match(text, start)
    if not found:
        return None
    second = _JOINED.match(text, found.end())
    if second and not found["plural"]:
        joined = title_at(text, second.end())
        if joined and not joined.plural:
            return Title(_office(found), joined.end, False)
    return Title(_office(found), found.end(), bool(found["plural"]))


def strip_honorifics(name: str) -> str:
    """A name without the honorifics before it, e.g. "Sheikh Hamad" gives "Hamad"."""
    return _HONORIFIC.sub("", name, count=1) if _HONORIFIC.match(name) else name


def office_and_name(visitor: str) -> tuple[str, str]:
    """The office (empty if none) and the name of a visitor: "King Hussein I"."""
    visitor = mended(visitor)
    title = title_at(visitor, 0)
    name = visitor[title.end :].strip(" ,") if title else visitor
    if not title or not name:
        return "", strip_honorifics(visitor)
    return title.office, strip_honorifics(name)


def _office(found: re.Match[str]) -> str:
    words = " ".join(found[0].split())
    if found["plural"]:
        words = words.removesuffix("s")
        words = words.replace("Secretarie", "Secretary").replace("Ministers", "Minister")
    return words[0].upper() + words[1:]


@for_each_lexicon
def _pattern() -> re.Pattern[str]:
    offices = at_hand().offices.values()
    names = {n for o in offices for n in (o.label, *o.names) if n[0].isupper()}
    ordered = sorted(names | set(_MORE), key=lambda n: (-len(n), n))
    listed = "|".join(re.escape(n).replace("\\ ", r"\s+") for n in ordered)
    return re.compile(rf"{_QUALIFIER}(?:{listed}){_ELECT}(?P<plural>s)?(?![\w’'-])", re.UNICODE)


def same_office(one: str, other: str) -> bool:
    """True if both are the same words or offices of one kind: "Chancellor", "Prime Minister"."""
    kind = office_kind(one)
    return fold(one) == fold(other) or (kind is not None and kind == office_kind(other))


@for_each_lexicon
def office_kind(office: str) -> str | None:
    """Kind of an office of the reference data, e.g. "military"; None for what is not there."""
    key = fold(office)
    for known in at_hand().offices.values():
        if key in (fold(n) for n in (known.label, *known.names)):
            return known.kind
    return None
