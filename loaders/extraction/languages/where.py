"""Where: the towns and buildings of a sentence, and what stands before the first word of a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.dates import When
from kg.model import MentionedPlace, Span
from loaders.extraction.languages.lexis import Hit, Lexis
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.sentences import Line
from loaders.extraction.languages.when import Calendar
from loaders.extraction.languages.words import Words, words_of
from ontology.lexicon import Place, lexicon

_PLACES = frozenset({"place"})
_HEAD = 110  # characters in which a dateline ends
_FIRST = re.compile(r"\S")
_VENUES = frozenset({"palace", "residence", "building", "venue", "airport", "hotel"})
_GAP = 2


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when an item was filed; `end` is the first character of the story."""

    end: int
    place: MentionedPlace | None
    when: When | None


def places_of(line: Line, names: Lexis, own: Pack) -> list[tuple[int, MentionedPlace]]:
    """The places that stand after "в" or "на", with the word each begins at."""
    at = own.words("words", "at")
    inside = {k for m in line.mentions for k in range(m.first, m.last) if m.written is None}
    found: list[tuple[int, MentionedPlace]] = []
    for i in range(len(line.words)):
        if i in inside and line.words.lows[i - 1] not in at:
            continue
        hit = names.at(line.words, i, _PLACES)
        if hit is not None and any(line.words.low(i - n) in at for n in range(1, 1 + _GAP)):
            found.append((i, _mentioned(line, hit)))
    return found


def _mentioned(line: Line, hit: Hit) -> MentionedPlace:
    place = _best(hit)
    span = Span(line.words.starts[hit.first], line.words.ends[hit.last - 1])
    return MentionedPlace(
        hit.meaning.name,
        place.state,
        "venue" if place.kind in _VENUES else "explicit",
        None if line.kind == "title" else span,
    )


def _best(hit: Hit) -> Place:
    """Of several places with one name, the capital or the largest kind first."""
    places = lexicon().places
    return min((places[s] for s in hit.meaning.codes), key=lambda p: (p.kind != "city", p.slug))


def read_dateline(
    text: str, names: Lexis, own: Pack, calendar: Calendar, anchor: date | None
) -> Dateline | None:
    """ "МИНСК, 25 октября /Корр. БЕЛТА/.", "АСТАНА. КАЗИНФОРМ –" at the head of a text."""
    first = _FIRST.search(text)
    if first is None:
        return None
    words = words_of(text, first.start(), min(len(text), first.start() + _HEAD), own)
    end, place = _walked(words, names, calendar, own.words("words", "byline"))
    if place is None or end == 0 or end >= len(words):
        return None
    line = Line(text, words.starts[0], words.ends[end - 1], 0, 0, "body", words)
    named = _mentioned(line, place)
    when = calendar.day_in(words, end, anchor)
    return Dateline(
        words.starts[end], MentionedPlace(named.name, named.state, "dateline", named.span), when
    )


def _walked(
    words: Words, names: Lexis, calendar: Calendar, byline: frozenset[str]
) -> tuple[int, Hit | None]:
    """Past place, day, agency and the marks between; where the story begins, and the place."""
    i, place, agency, stop = 0, None, False, 0
    while i < len(words):
        low, text = words.lows[i], words.texts[i]
        hit = names.at(words, i, _PLACES) if place is None else None
        if hit is not None and "n" in hit.cases:
            place, i = hit, hit.last
        elif (day := _day_end(words, i, calendar)) > i:
            i = day
        elif text == "/" and (closed := _closing(words, i)) > i:
            i, agency = closed, True
        elif _is_agency(text) and place is not None:
            i, agency = i + 1, True
        elif text in ".,–—-:" or low in byline:
            i += 1
            stop = i if (text != "," or agency) else stop
        else:
            break
    ended = i > 0 and i < len(words) and words.texts[i - 1] in ".–—-:/"
    dated = any(words.lows[k][0].isdigit() for k in range(i))
    return (i if ended and (agency or dated) else 0), place


def _day_end(words: Words, i: int, calendar: Calendar) -> int:
    if not words.lows[i][0].isdigit():
        return i
    first = next(iter(calendar.read(words, None, False)), None)
    return first.last if first is not None and first.first == i else i


def _closing(words: Words, i: int) -> int:
    for k in range(i + 1, min(i + 7, len(words))):
        if words.texts[k] == "/":
            return k + 1
    return i


def _is_agency(text: str) -> bool:
    """ "КАЗИНФОРМ", "УзА", "INTERFAX.RU": a name that is no ordinary word."""
    return len(text) > 2 and text[0].isupper() and (text.isupper() or text[-1].isupper())
