"""A report's text cut into sentences, quotations and a dateline, once and for all later steps.

Every offset counts code points of `Report.text`. Nothing is normalised or copied, so that
`text[start:end]` is always what the report says. All patterns are linear on hostile input.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from kg.model import Report
from loaders.extraction.furniture import (
    Header,
    heads_related,
    is_furniture,
    is_headline,
    is_known_place,
    read_headers,
    speaker_label,
)
from loaders.extraction.late_pattern import late
from loaders.extraction.newsroom import told_as_news
from loaders.extraction.quotation import quotations
from loaders.extraction.values import quickly_made

SentenceKind = Literal["narrative", "turn", "furniture"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one line of page furniture.

    Attributes:
        kind: "turn" inside a transcript (`SPEAKER: ...`), "furniture" for headers and page chrome.
        speaker: the words of the label that opened the turn, None outside transcripts.
    """

    start: int
    end: int
    kind: SentenceKind
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Inner offsets of quoted words, and the index of the sentence in which they begin."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where (and on what day) an item was filed: `NUR-SULTAN, 25 October. AGENCY`.

    Attributes:
        place: offsets of the place.
        date: offsets of the day as written, None if the dateline has none.
    """

    start: int
    end: int
    place: tuple[int, int]
    date: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Segmented:
    """A text with its sentences in order, its quotations in order and its dateline.

    Attributes:
        title: the report's title, else the headline found in a header line.
        headers: header lines such as `Date: 2019-10-25`, in order.
    """

    text: str
    title: str | None
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    dateline: Dateline | None
    headers: tuple[Header, ...] = ()


# One set of first letters, then the cases: so written the engine skips quickly to the next mark.
# A row of marks is looked at once, from its first: else a page of full stops would take hours.
_END = late(
    r"[.!?…*](?:(?<!\*)(?<![.!?…][.!?…])[.!?…]*+[\"”’»)\]]{0,4}(?:\[\d{1,3}\])?(?=\s|$)|(?<=[a-z)]\.)(?<!\b[A-Z][a-z]\.)(?=[A-Z][a-z])"
    r"|(?<=\*)(?:\*\*| \* \*))"
)
_ABBREVIATION = late(
    r"(?:\b(?:Mr|Mrs|Ms|Rs|Messrs|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Cdr|Brig|Sgt|Sen|Rep|Gov|Amb|Hon|Rt|Md|Mohd|"
    r"St|Sr|Jr|Fr|Rev|Msgr|Sh|No|Nos|Art|vs|etc|al|approx|Inc|Ltd|Co|Corp|Dept|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Eng|Ing|Lic|Engr|Atty|e\.g|i\.e|cf|"
    r"г|гг|им|т|д|ул|млн|млрд|тыс|руб)|(?:\b|(?<=\.))[A-ZА-ЯЁÇŞĐ])\.\Z"
)
_LONG_ABBREVIATIONS = ("pprox", "essrs")  # the ends of those with five small letters and more
_ENDING_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}\Z")
_STYLES = re.compile(r"\b(?:H\.E|H\.H|H\.M|H\.R\.H|S\.E)\.\Z")
_STARTER = late(
    r"\s*[\"“«(‘„]?(?:The|A|An|In|On|At|He|She|It|They|We|I|This|That|These|Those|During|After|His|Her|"
    r"Both|As|For|By|Earlier|Later|Also|Their|Its|Our|Following|"
    r"Thank|You|But|And|So|If|To|With|From|There|Today|Yesterday|Meanwhile|While)\b"
)
_NEXT = late(
    r"\s*[\"“”«»(\[‘„—–-]*\s?[^\W\d_a-zа-яё]|\s*[\"“«(\[‘„—–-]*\s?\d|\s*[\"“«(\[‘„]+\s?\w|\s*\*|\s*$|\s*[#@]"
)
_DAY = (
    r"(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?,?\s)?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,7}\.?\s\d{1,2}(?:st|nd|rd|th)?|"
    r"\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|"
    r"APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)\w{0,7}\.?|"
    r"(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[A-Z]{0,6}\.?\s\d{1,2}|\d{4}-\d\d-\d\d|"
    r"\d{1,2}[./]\d{1,2}[./]\d{4})(?:,?\s(?:of\s)?\d{4})?"
)
_WORD = r"[^\W\d_](?:[\w'’`-]|\.(?=\w)){0,30}\.?"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,4}}(?:, {_WORD}(?: {_WORD}){{0,2}}){{0,2}}"
_AGENCY = r"(?:\([^()\n]{1,40}\)|/[^/\n]{1,30}/|\[[^\[\]\n]{1,30}\])"
_DASH = r"(?:--+|[–—―‒-])"
_DIGIT = re.compile(r"\d")
# Each with a sign that must stand in the line: most lines have none, and are not looked at again.
_DATELINES = (
    # PLACE, DAY (AGENCY) -- text; PLACE, DAY. /AGENCY/. text; PLACE, DAY - text
    (late(rf"(?P<place>{_PLACE}?),? (?:on )?(?P<date>{_DAY})\s?[.,:]?\s?(?:{_AGENCY}\s?)?(?:{_DASH}\s|(?:--|—)|[.:]\s?|(?<=[)/\]])\s?)"), _DIGIT),
    (late(rf"(?P<place>{_PLACE}?),? (?P<date>{_DAY}),? [A-Z]{{2,12}}(?: [A-Z]{{2,12}}){{0,3}}\s?(?:{_DASH}|\.)\s"), _DIGIT),
    # PLACE, Thursday -- text
    (late(rf"(?P<place>{_PLACE}?), (?P<date>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\.?\s?{_DASH}\s"), re.compile(r"day")),
    (late(rf"(?P<place>{_PLACE}?)\s?,?\s?{_AGENCY}\s?[.:]?\s?(?:(?P<date>{_DAY})\s?[.,:]?\s?{_DASH}?|{_DASH}|(?<=/\.))\s"), re.compile(r"[(/\[]")),
    (late(rf"(?P<place>{_PLACE}?)\s?(?:{_DASH}|--)\s(?=\S)"), re.compile(_DASH)),
    # PLACE. AGENCY text: only in capitals, else any short sentence would do
    (late(r"(?P<place>[^\W\d_a-zа-яё](?:[^\W\d_a-zа-яё]|[' -]){2,30})\.\s(?:[A-ZА-ЯЁ][A-ZА-ЯЁ.]{2,20}(?:\s[A-Z.]{3,20}){0,2}(?:\s?[-–—:.])?\s)?(?=[\"“«A-ZА-ЯЁ])"), re.compile(r"\.\s")),
    (late(rf"(?P<date>{_DAY}),? \(?(?P<place>{_PLACE}?)\)?\s?(?:{_DASH}|:)\s"), _DIGIT),
    # From Our Correspondent, PLACE, DAY
    (late(rf"(?:From|By) (?:[Oo]ur|[Aa]) (?:[A-Z][a-z]+ ){{0,2}}(?:Correspondent|Reporter)[,:]? (?P<place>{_PLACE}?),? (?P<date>{_DAY})\.?\s?(?:{_DASH}\s|$)"), re.compile("From|By")),
    # AGENCY-PLACE (State) text
    (late(rf"[A-Z]{{2,6}}\s?-\s?(?P<place>{_PLACE}?) \([A-Z]\w+(?: \w+){{0,2}}\)\s"), re.compile("-")),
    # PLACE, DAY, Agency - text
    (late(rf"(?P<place>{_PLACE}?), (?P<date>{_DAY}), [A-Z][a-z]{{2,12}}\s?{_DASH}\s"), _DIGIT),
)  # fmt: skip
_COLON = late(rf"(?P<place>{_PLACE}?)(?:\s?{_AGENCY})?\s?:\s(?=\S)")
_LOWER_WORD = late(
    r"(?<![\w'’-])(?!(?:de|da|do|of|the|al|el|la|on|le|san|upon|am|und|and)\b)[^\W\d_A-ZÀ-Þ]\w+"
)
_TERMS = re.compile(r"[^\W\d_]")


def segment(report: Report) -> Segmented:
    """Cut `report.text` into sentences; the title falls back to a headline in a header line."""
    text = report.text
    headers = read_headers(text)
    body = max((h.end for h in headers), default=0)
    headline = next((h for h in headers if h.key == "title"), None)
    title = report.title or (text[headline.value[0] : headline.value[1]] if headline else None)
    dateline: Dateline | None = None
    found: list[Sentence] = [Sentence(h.start, h.end, "furniture") for h in headers]
    speaker: str | None = None
    narrative_seen = related = opened = False
    for start, end in _lines(text, body):
        related = narrative_seen and _goes_on(related, text[start:end])
        if related:
            found.append(Sentence(start, end, "furniture"))
            continue
        if dateline is None and not narrative_seen and speaker is None:
            dateline = _dateline(text, start, end)
        inside = dateline is not None and dateline.start == start
        item = opened and _MARK.match(text, start, end) is not None
        opened = item or text[end - 1] == ":"
        inside = inside or item  # "He met:" and a line for each
        if not inside and speaker is None and is_furniture(text[start:end], title, narrative_seen):
            found.append(Sentence(start, end, "furniture"))
            continue
        first = dateline.end if dateline is not None and dateline.start == start else start
        speaker = _sentences(text, first, end, speaker, found)
        narrative_seen = True
    found = told_as_news(text, title, found)
    return Segmented(text, title, tuple(found), _quotes(text, found), dateline, headers)


# What begins a line of a list.
_MARK = re.compile(r"(?:[-–—•*·▪●◦]|\(?\d{1,2}[.)]) ?(?=\S)")


def _goes_on(related: bool, line: str) -> bool:
    """True for a heading over headlines of other reports, and for those headlines."""
    return heads_related(line) or (related and is_headline(line))


def _lines(text: str, start: int) -> list[tuple[int, int]]:
    """Offsets of the non-empty lines from `start`, trimmed."""
    return [
        (m.start(), m.end()) for m in re.compile(r"[^\s](?:[^\n\r]*[^\s])?").finditer(text, start)
    ]


def _dateline(text: str, start: int, end: int) -> Dateline | None:
    window = text[start : min(end, start + 160)]
    if not window[:1].isupper() and not window[:1].isdigit():
        return None
    for pattern, asks in _DATELINES:
        found = pattern.match(window) if asks.search(window) else None
        if found and _is_place_like(found["place"]):
            day = found.groupdict().get("date")
            return Dateline(
                start,
                start + found.end(),
                (start + found.start("place"), start + found.end("place")),
                (start + found.start("date"), start + found.end("date")) if day else None,
            )
    found = _COLON.match(window) if ":" in window else None
    if found and is_known_place(found["place"]):
        place = (start, start + found.end("place"))
        return Dateline(start, start + found.end(), place)
    return None


def _is_place_like(words: str) -> bool:
    """True if no ordinary lower-case word stands in it and it is short."""
    return len(words) >= 3 and not _LOWER_WORD.search(words) and len(words.split()) <= 6


def _sentences(
    text: str, start: int, end: int, speaker: str | None, found: list[Sentence]
) -> str | None:
    """Append the sentences of one line; returns the speaker whose turn is open at its end."""
    for first, last in _cuts(text, start, end):
        heading = _HEADING.match(text, first, last) if speaker is None else None
        if heading is not None:
            found.append(Sentence(first, heading.end() - 1, "narrative"))
            first = heading.end()
        label = speaker_label(text, first, last, speaker is not None or heading is not None)
        if label is not None:
            speaker = label.words
            first = _past_space(text, label.end, last)
        if label is not None and label.end >= last:
            continue
        if not _TERMS.search(text, first, last):
            continue
        found.append(Sentence(first, last, "turn" if speaker else "narrative", speaker))
    return speaker


# A heading over a transcript that ran into the first speaker: "Opening remarks at the talks President X: ...".
_HEADING = late(
    r"(?:(?:The )?(?:Beginning|Start|Excerpts?|Opening|Speech|Remarks|Statements?|Transcript|Address|Introductory)\b|The [A-Z]\w+ [A-Z]\w+'s speech)"
    r"[^.!?:\n]{3,200} (?=(?:President|Prime Minister|Federal Chancellor|Chancellor|King|Emir|Sultan|Foreign Minister|Minister of Foreign Affairs) "
    r"(?:of )?[^.!?:\n]{3,80}:\s)"
)


def _past_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    first = start
    for mark in _END.finditer(text, start, end):
        if mark[0].startswith("*"):
            stop = mark.start()
        elif _is_stop(text, mark, end):
            stop = mark.end()
        else:
            continue
        _add(text, first, stop, cuts)
        first = mark.end()
    _add(text, first, end, cuts)
    return cuts


def _is_stop(text: str, mark: re.Match[str], end: int) -> bool:
    if mark.end() >= end:
        return True
    if mark[0] == "." and not _is_long_word(text[max(0, mark.start() - 5) : mark.start()]):
        before = text[max(0, mark.start() - 8) : mark.end()]
        if _ENDING_INITIALS.search(before):
            if _STYLES.search(before):
                return False
            if before.endswith("D.C."):
                return _NEXT.match(text, mark.end(), min(end, mark.end() + 12)) is not None
            return _STARTER.match(text, mark.end()) is not None
        if _ABBREVIATION.search(before):
            return False
    return _NEXT.match(text, mark.end(), min(end, mark.end() + 12)) is not None


def _is_long_word(last_letters: str) -> bool:
    """True for the end of a word that is too long for an abbreviation, those few apart."""
    return (
        len(last_letters) == 5
        and last_letters.isalpha()
        and last_letters.islower()
        and last_letters not in _LONG_ABBREVIATIONS
    )


def _add(text: str, first: int, last: int, cuts: list[tuple[int, int]]) -> None:
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if first < last:
        cuts.append((first, last))


def _quotes(text: str, sentences: list[Sentence]) -> tuple[Quote, ...]:
    starts = [s.start for s in sentences]
    return tuple(
        Quote(start, end, max(0, bisect_right(starts, start) - 1))
        for start, end in quotations(text)
        if sentences
    )
