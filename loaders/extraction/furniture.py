"""Header lines, bylines, page chrome and transcript labels: what is on the page but not told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from loaders.extraction.gazetteer import gazetteer, name_key, word_keys
from loaders.extraction.late_pattern import late
from loaders.extraction.values import quickly_made


@dataclass(frozen=True, slots=True)
class Header:
    """A line such as `Date: 2019-10-25` at the head of a text file.

    Attributes:
        key: folded name of the field: "title", "date", "outlet", ...
        value: offsets of its value.
    """

    start: int
    end: int
    key: str
    value: tuple[int, int]


@quickly_made
@dataclass(frozen=True, slots=True)
class Label:
    """The words before the colon of a transcript turn, and where the turn's words begin."""

    words: str
    end: int


_KEYS = {
    "title": "title", "headline": "title", "date": "date", "published": "date", "outlet": "outlet",
    "source": "outlet", "id": "id", "url": "url", "link": "url", "language": "language",
    "author": "author", "by": "author", "time": "time", "location": "location", "section": "section",
}  # fmt: skip
_HEADER = re.compile(r"[ \t]*([A-Za-z][A-Za-z -]{1,14}):[ \t]*([^\n\r]*)")
_DATED = re.compile(r"[ \t]*date[ \t]+(\d{4}-\d\d-\d\d)[ \t]*([^\n\r]*)", re.IGNORECASE)
_ATTRIBUTION = late(
    r"(?:The (?:below|following|text below)\b.{0,40}\battributable to\b"
    r"|(?:Begin|End) text\b|The following is the text of\b"
    r"|The text of the following\b|For immediate release\b|Press release\b|On[- ]the[- ]record\b"
    r"|For (?:any|more|further) (?:questions?|information|inquiries|details)\b)",
    re.IGNORECASE,
)
_CHROME = late(
    r"(?:Related(?=\s*:)|Related (?:news|stories|articles|topics|posts|links)\b|Read (?:also|more|next)\b|See also\b|Also read\b"
    r"|More (?:on|from|news)\b|Most (?:read|popular)\b|Tags?\b\s*:|Share(?: this| on)?\b.{0,30}$|Follow us\b"
    r"|Subscribe\b|Sign up\b|Newsletter\b|Photos?(?: by| credit|:)|Image(?: credit|:)|Video:|Advertisement\b"
    r"|Copyright\b|©|All rights reserved\b|Cookie|We use cookies\b|This (?:web)?site uses cookies|Print(?: this)?\b.{0,15}$"
    r"|Categor(?:y|ies)\s*:|Keywords?\s*:|Views?\s*:|Home\s*[>»/|]|Back to\b|Skip to\b|Published(?: on| at|:)"
    r"|Updated(?: on| at|:)|Posted(?: on| by)|Last (?:updated|modified)|Reading time|\(c\)\s(?-i:[A-Z0-9])|The post .{10,300}? appeared (?:first )?(?:on|in)\b|\(?(?:Reporting|Editing|Writing) by\b"
    r"|File photo\b|Caption\b|Source\s*:|Editor\s*:|Contact\s*:|Tel\s*[.:]|E-?mail\s*:)",
    re.IGNORECASE,
)  # fmt: skip
_CONNECTOR = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "a",
        "an",
        "de",
        "la",
        "le",
        "du",
        "des",
        "da",
        "do",
        "dos",
        "del",
        "der",
        "den",
        "von",
        "van",
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "abu",
        "und",
        "et",
        "y",
        "e",
        "d'",
        "l'",
        "as",
    ]
)
_STOPPED = late(r"[.!?…:;,][\"”’»)\]]*\Z")
_ENDS_IN_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}\Z|\b[JS]r\.\Z")
_BYLINE = late(r"(?:by|from)\s+[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){0,4}\s*\Z", re.IGNORECASE)
_LABEL = late(
    r"(?P<words>(?:Q|A|[^\W\d_a-zа-яё][\w.'’/-]{1,30}"
    r"(?:,? (?:[^\W\d_a-zа-яё][\w.'’/-]{0,30}|[(\[][^()\[\]\n]{1,40}[)\]]|of|the|and|for|to|de|la|le|du|der|"
    r"von|van|al|el|bin|ibn|in|on|with)){0,24}))\s{0,2}(?:\([^()\n]{1,60}\))?\s{0,2}:(?=\s|[\"“«(]|$)"
)
_LONGEST_LABEL = 260
_NOT_SPEAKERS = frozenset(
    [
        "Note",
        "Topics",
        "Agenda",
        "Source",
        "Date",
        "Time",
        "Place",
        "Venue",
        "Background",
        "Participants",
        "Title",
        "Subject",
        "Attendees",
        "Article",
        "Location",
        "Contact",
        "Photo",
        "Video",
        "Trend",
        "Read",
        "Tags",
    ]
)


def read_headers(text: str) -> tuple[Header, ...]:
    """The header lines at the head of a text file; empty where the text starts with its body."""
    dated = _DATED.match(text.lstrip("\ufeff"))
    if dated:
        shift = 1 if text.startswith("\ufeff") else 0
        return _dated_headers(dated, shift)
    found: list[Header] = []
    at = 0
    while (line := _HEADER.match(text, at)) is not None:
        key = _KEYS.get(line[1].strip().lower())
        if key is None:
            break
        found.append(Header(line.start(), line.end(), key, line.span(2)))
        at = _next_line(text, line.end())
    return tuple(found) if any(h.key in ("title", "date", "outlet") for h in found) else ()


def _dated_headers(dated: re.Match[str], shift: int) -> tuple[Header, ...]:
    day, title = dated.span(1), dated.span(2)
    first = Header(dated.start() + shift, day[1] + shift, "date", (day[0] + shift, day[1] + shift))
    if title[0] == title[1]:
        return (first,)
    value = (title[0] + shift, title[1] + shift)
    return (first, Header(value[0], value[1], "title", value))


def _next_line(text: str, at: int) -> int:
    while at < len(text) and text[at] in "\r\n":
        at += 1
    return at


_HEADS_RELATED = late(
    r"\W*(?:related(?: (?:news|stories|articles|topics|posts|links|items|content))?|(?:also )?read(?: also| more| next)?|also read|see also|"
    r"more (?:on this(?: topic| story)?|from .{2,30}|news|stories)|most (?:read|popular)|you may also like|other news|latest news)\W*",
    re.IGNORECASE,
)


def heads_related(line: str) -> bool:
    """True for "Also read:" alone on its line: the headlines under it are of other reports."""
    return len(line) <= _LONGEST_HEADING and _HEADS_RELATED.fullmatch(line) is not None


def is_headline(line: str) -> bool:
    """True for a line that may be a headline: it is short and ends without a full stop."""
    return len(line) <= _LONGEST_HEADLINE and line[-1:] not in '.!?”"»'


_LONGEST_HEADING = 45
_LONGEST_HEADLINE = 160


def is_furniture(line: str, title: str | None, after_body: bool) -> bool:
    """True for a byline, a place line, an attribution or page chrome; a headline only if repeated."""
    if len(line) > 400:
        return False
    if title and line.strip() == title.strip():
        return True
    if _ATTRIBUTION.match(line) and len(line) < 200:
        return True
    if _CHROME.match(line) and len(line) < 160:
        return True
    if not after_body and line[:1].islower() and len(line) < 100 and not _STOPPED.search(line):
        return True
    stopped = _STOPPED.search(line) and not _ENDS_IN_INITIALS.search(line)
    return not stopped and _is_label_like(line, after_body)


def _is_label_like(line: str, after_body: bool) -> bool:
    """True for a line of names and titles only: every word capital, a number or a connector."""
    if _BYLINE.match(line):
        return True
    words = line.replace("/", " ").split()
    if len(words) > (6 if after_body else 30):
        return False
    return all(_is_capital(w) for w in words)


def _is_capital(word: str) -> bool:
    bare = word.strip("(),.;:|-–—\"“”«»'’&[]*#")
    return not bare or bare in _CONNECTOR or not bare[0].islower()


@lru_cache(maxsize=1024)
def is_known_place(words: str) -> bool:
    """True for "NEW DELHI" or "Geneva, Switzerland": a place of the reference data."""
    town = words.partition(",")[0].strip()
    spelled = " ".join(word_keys(part)[-1] for part in name_key(town))
    entry = gazetteer().exact(spelled) or gazetteer().exact(town)
    return entry is not None and bool(entry.places)


def speaker_label(text: str, start: int, end: int, in_transcript: bool) -> Label | None:
    """The label of a transcript turn that opens at `start`, or None."""
    stop = min(end, start + _LONGEST_LABEL)
    found = _LABEL.match(text, start, stop) if text.find(":", start, stop) > 0 else None
    if found is None:
        return None
    words = found["words"].strip()
    alone = " " not in words
    if (
        words in _NOT_SPEAKERS
        or is_known_place(words)
        or (alone and not words.isupper() and not in_transcript)
    ):
        return None
    if not in_transcript and not _opens_transcript(text, start, words):
        return None
    return Label(_TWICE.sub(r"\1", words), min(end, found.end()))


# A page's card of the speaker runs into the label: "Ana Mora Mora AnaPresident of Peru".
_TWICE = re.compile(r"\b(?=[A-Z])((\S{2,30}) (\S{2,40})) \3 \2[A-Z].*")


def _opens_transcript(text: str, start: int, words: str) -> bool:
    """A first label must stand at the head of a line or after a row of asterisks."""
    before = text[max(0, start - 8) : start].rstrip(" \t")
    return not before or before[-1] in "\n\r*" or words.isupper()
