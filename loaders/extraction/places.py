"""Where a meeting was held, as far as its own sentence, a venue or the dateline tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.model import MentionedPlace, Span
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.place_words import (
    BLOCKED_BEFORE,
    BUILDINGS,
    KINDS,
    PREPOSITIONS,
    REACH,
    TO_COME,
    TRAVEL,
    VISITED,
    WAS_THERE,
    WELCOMED,
)
from loaders.extraction.sidelines import sidelines_in
from loaders.extraction.tokens import Tokens, tokenize
from loaders.extraction.vocabulary import vocabulary
from ontology.lexicon import Place, lexicon

_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё]")


@dataclass(frozen=True, slots=True)
class Located:
    """A place read from a text, with the event on whose sidelines it was if any."""

    place: MentionedPlace | None
    sidelines_of: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    state: str | None
    start: int
    end: int
    rank: int
    venue: bool


def locate(
    text: str, start: int, end: int, near: int, banned: tuple[tuple[int, int], ...]
) -> Located:
    """The place in `text[start:end]` nearest to offset `near`; `banned` spans are names of persons."""
    found = [f for f in _candidates(text, start, end, banned) if not _ahead(text, near, f.start)]
    side = sidelines_in(text, start, end)
    what = side[1] if side else None
    if not found:
        return Located(None, what)
    best = min(found, key=lambda f: (f.rank, abs(f.start - near), f.start))
    after_side = side is not None and best.start > side[0]
    basis = "sidelines" if after_side else "venue" if best.venue else "explicit"
    place = MentionedPlace(best.name, best.state, basis, Span(best.start, best.end))  # type: ignore[arg-type]
    return Located(place, what)


def _ahead(text: str, near: int, start: int) -> bool:
    """True for a place of what is still to come: "called on X, who will be in Prague next month"."""
    return start > near and TO_COME.search(text, near, start) is not None


def _candidates(
    text: str, start: int, end: int, banned: tuple[tuple[int, int], ...]
) -> list[_Found]:
    tokens = tokenize(text, start, end)
    found = _hosting(text, tokens)
    for i, word in enumerate(tokens.words):
        if i + 1 >= len(tokens) or not _leads_to_place(tokens, i, word.lower()):
            continue
        if i and tokens.lows[i - 1] == "not":
            continue  # "in Geneva and not in Vienna"
        if word.lower() in VISITED:
            there = _scene_of(text, tokens, i + 1)
            found += [there] if there is not None else []
            continue
        blocked = BLOCKED_BEFORE.search(text, max(start, tokens.starts[i] - 40), tokens.starts[i])
        if blocked and not WAS_THERE.match(text, blocked.start(), end):
            continue
        one = _after(text, tokens, i + 1)
        if one is not None and not any(a < one.end and one.start < b for a, b in banned):
            found.append(one)
    return found


def _hosting(text: str, tokens: Tokens) -> list[_Found]:
    """ "Split hosted talks", "Bishkek will host": the town that opens a sentence."""
    hit = gazetteer().at(tokens, 0) if len(tokens) and tokens.words[0][0].isupper() else None
    if hit is None or not hit.entry.places or hit.last >= len(tokens):
        return []
    behind = tokens.lows[hit.last : hit.last + 3]
    if not _HOSTS.intersection(behind[:1]) and behind[:2] not in (
        ["will", "host"],
        ["played", "host"],
    ):
        return []
    place = _choose(hit.entry.places, None)
    return [_from_place(place, text, tokens.starts[0], tokens.ends[hit.last - 1])]


_HOSTS = frozenset({"hosted", "hosts"})


def _leads_to_place(tokens: Tokens, i: int, word: str) -> bool:
    """ "in", "at", "to" after a verb of travel, or the comma of a caption: ", Cairo, July 24"."""
    if word == ",":
        return tokens.words[i + 1][0].isupper() and _day_follows(tokens, i + 2)
    if word == "to":
        near = tokens.lows[max(0, i - 3) : i]
        received = not WELCOMED.isdisjoint(tokens.lows[max(0, i - 9) : i])
        return received or not TRAVEL.isdisjoint(near)
    if word == "on":
        return "island" in tokens.lows[i + 1 : i + 4]
    return word in PREPOSITIONS or word in VISITED


def _scene_of(text: str, tokens: Tokens, i: int) -> _Found | None:
    """ "visited Podgorica on Thursday, where he held talks", "arrived from Suva, where it met"."""
    one = _after(text, tokens, i)
    if one is None or one.venue:
        return None
    if _WHERE.match(text, one.end) is not None:  # "from Israel, where she met"
        return replace(one, rank=0)
    behind = tokens.lows[i : i + REACH]
    between = behind[: behind.index("where")] if "where" in behind else ["."]
    leaves = tokens.lows[i - 1] == "from" and "to" in between  # "from Suva she goes to Apia, where"
    return None if leaves or "." in between else one


# "from Salzburg, Austria, where", "from Addis Ababa after a meeting with".
_WHERE = late(
    r"(?:, [A-Z][\w .'’-]{2,25})?,? (?:where\b|(?:after|following) [^,.;]{0,40}?\b(?:talks|meeting|consultations|session|lunch|dinner|audience)\b)"
)


def _day_follows(tokens: Tokens, i: int) -> bool:
    """ ", July 24", ", 24 July", ", Tuesday" right behind the one or two words of a town."""
    for k in (i, i + 1):
        if k + 1 < len(tokens) and tokens.words[k] == ",":
            return tokens.lows[k + 1][:3] in _DAY_WORDS or (
                tokens.words[k + 1].isdigit()
                and k + 2 < len(tokens)
                and tokens.lows[k + 2][:3] in _DAY_WORDS
            )
    return False


_DAY_WORDS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed",
     "thu", "fri", "sat", "sun"]
)  # fmt: skip


def _after(text: str, tokens: Tokens, i: int) -> _Found | None:
    """The place after a preposition at token `i`, articles and venues without a record passed."""
    at = tokens.words[i - 1].lower() == "at"
    k = i
    while k < len(tokens) and tokens.words[k].lower() in (
        "the",
        "his",
        "her",
        "their",
        "its",
        "a",
        "an",
        "city",
        "capital",
        "of",
        "Russian",
    ):
        k += 1
    k += k < len(tokens) and tokens.words[k].isdigit()  # "at 10 Downing Street"
    led = k
    k = _past_kind(tokens, k)
    hit = gazetteer().at(tokens, k) if k < len(tokens) and tokens.words[k][0].isupper() else None
    if hit is not None and hit.last < len(tokens) and tokens.words[hit.last] in ("'s", "-", "–"):
        capital = _capital_of(text, tokens, hit.last)
        return capital if capital else None
    if hit is None:
        return _unknown(text, tokens, k, at, k > led)
    if hit.entry.weak or tokens.lows[hit.last - 1] in BUILDINGS:
        town = _town_behind(text, tokens, hit.last)
        if town is not None:
            return town
    start, end = tokens.starts[hit.first], tokens.ends[hit.last - 1]
    if hit.entry.weak and at and tokens.lows[hit.last - 1] in BUILDINGS:
        return _building(text, tokens, k)  # "the Government Palace": of which of several states?
    if hit.entry.places:
        place = _choose(hit.entry.places, _next_state(tokens, hit.last))
        return _from_place(place, text, start, end)
    if hit.entry.adjectives and hit.last < len(tokens) and tokens.lows[hit.last] == "capital":
        return _the_capital(hit.entry.adjectives[0], start, tokens.ends[hit.last])
    told = not hit.entry.weak or tokens.lows[hit.first - 1 : hit.first] == ["in"]  # "in Samoa"
    if hit.entry.states and told and not at and not _upper_next(tokens, hit.last):
        return _Found(text[start:end], hit.entry.states[0], start, end, 2, False)
    return None


def _the_capital(state: str, start: int, end: int) -> _Found | None:
    """ "in the Polish capital": the town itself, where the state has but one."""
    known = lexicon().states.get(state)
    if known is None or len(known.capital) != 1:
        return None
    place = lexicon().places.get(known.capital[0])
    return _Found(place.label, place.state, start, end, 1, False) if place is not None else None


def _past_kind(tokens: Tokens, k: int) -> int:
    """ "in the coastal city of X", "in the Swiss resort town of X": index of what the kind of place is named."""
    for n in range(k, min(k + 6, len(tokens) - 1)):
        word, following = tokens.words[n], tokens.words[n + 1]
        if word in KINDS and following not in KINDS:
            return n + 2 if following == "of" else n + 1 if following[0].isupper() else k
        if not (word[0].isalpha() or word == "'s"):
            return k
    return k


def _capital_of(text: str, tokens: Tokens, i: int) -> _Found | None:
    """ "in Croatia's capital Zagreb"."""
    for k in range(i + 1, min(i + 4, len(tokens))):
        hit = gazetteer().at(tokens, k) if tokens.words[k][0].isupper() else None
        if hit is not None and hit.entry.places:
            place = _choose(hit.entry.places, None)
            return _from_place(place, text, tokens.starts[k], tokens.ends[hit.last - 1])
    return None


def _upper_next(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and bool(_CAPITALISED.match(tokens.words[i][0]))


def _next_state(tokens: Tokens, i: int) -> str | None:
    """ "Georgetown, Guyana": the state after a comma."""
    if i + 1 < len(tokens) and tokens.words[i] in (",", "("):
        hit = gazetteer().at(tokens, i + 1)
        if hit is not None and hit.entry.states:
            return hit.entry.states[0]
    return None


def _choose(slugs: tuple[str, ...], state: str | None) -> Place:
    """The place meant: in the state named after it, else a city, else the first."""
    places = [lexicon().places[s] for s in slugs]
    fitting = [p for p in places if state is not None and p.state == state]
    ordered = fitting or sorted(
        places, key=lambda p: (p.kind != "city", p.former_name_of is not None, p.slug)
    )
    return ordered[0]


def _from_place(place: Place, text: str, start: int, end: int) -> _Found:
    city = lexicon().places.get(place.city) if place.city else None
    venue = place.kind in ("palace", "residence", "venue", "airport") and city is not None
    name = city.label if venue and city else text[start:end]
    return _Found(_plain(name), place.state, start, end, 1 if venue else 0, venue)


def _plain(name: str) -> str:
    """Capitals of a headline or dateline as usual in running text."""
    if name.isupper() and len(name) > 3 and "." not in name:
        return "-".join(
            " ".join(w.capitalize() for w in part.split(" ")) for part in name.split("-")
        )
    return name


def _unknown(text: str, tokens: Tokens, i: int, at: bool, kind: bool) -> _Found | None:
    """ "in Psarades, Greece", "in Badajoz": a town that the gazetteer lacks.

    Without a state behind it, the name must stand directly after "in" and be no institution's.

    Args:
        at: the preposition is "at", behind which buildings are named.
        kind: "the town of" or the like stands before the name.
    """
    k = i
    while k < len(tokens) and _CAPITALISED.match(tokens.words[k][0]) and k - i < 3:
        k += 1
    if at and not kind:
        return _building(text, tokens, i)
    if k == i:
        return None
    state = _next_state(tokens, k)
    led = kind or tokens.words[i - 1].lower() in PREPOSITIONS
    if state is None and not (led and _may_be_town(tokens, i, k)):
        return None
    start, end = tokens.starts[i], tokens.ends[k - 1]
    return _Found(text[start:end], state, start, end, 0 if state or kind else 1, False)


def _building(text: str, tokens: Tokens, i: int) -> _Found | None:
    """ "at the Presidential Secretariat": a building by its own name, the last resort."""
    k = i
    while (
        k < len(tokens)
        and k - i < 6
        and (_CAPITALISED.match(tokens.words[k][0]) or tokens.lows[k] in ("of", "'s", "du", "de"))
    ):
        k += 1
        if tokens.lows[k - 1] in BUILDINGS and k - i > 1 and tokens.words[k - 1][0].isupper():
            town = _town_behind(text, tokens, k)
            if town is not None:
                return town
            start, end = tokens.starts[i], tokens.ends[k - 1]
            return _Found(text[start:end], None, start, end, 4, True)
    return _town_behind(text, tokens, k) if k > i else None


def _town_behind(text: str, tokens: Tokens, i: int) -> _Found | None:
    """The town of "Admiralty House, Sydney", behind the comma at token `i`."""
    if i + 1 >= len(tokens) or tokens.words[i] != "," or not tokens.words[i + 1][0].isupper():
        return None
    hit = gazetteer().at(tokens, i + 1)
    if hit is None or not hit.entry.places:
        return None
    place = _choose(hit.entry.places, _next_state(tokens, hit.last))
    if place.kind != "city":
        return None
    return _from_place(place, text, tokens.starts[i + 1], tokens.ends[hit.last - 1])


def _may_be_town(tokens: Tokens, first: int, last: int) -> bool:
    """True if no word of a name says that it is a body, a month, a title or an abbreviation."""
    words = vocabulary()
    known = words.institutions | words.stops | words.honorifics | words.heads | words.plural_heads
    if any(w.lower() in known or w.isupper() or len(w) < 3 for w in tokens.words[first:last]):
        return False
    return last >= len(tokens) or tokens.words[last] not in ("'s", "-", "–", "’")


def is_bare_building(place: MentionedPlace) -> bool:
    """True for a building of which no more is known than its name: any town says more."""
    return place.basis == "venue" and place.state is None


def is_state_name(name: str) -> bool:
    """True for "Lithuania": a town, where one is named too, says more."""
    entry = gazetteer().exact(name)
    return entry is not None and bool(entry.states) and not entry.places


def place_named(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Name and state of the place that `text[start:end]` is, as for a dateline; None if unknown."""
    tokens = tokenize(text, start, end)
    for i in range(len(tokens)):
        hit = gazetteer().at(tokens, i)
        if hit is None:
            continue
        if hit.entry.places:
            place = _choose(hit.entry.places, _next_state(tokens, hit.last))
            city = lexicon().places.get(place.city) if place.city and place.kind != "city" else None
            label = city.label if city else text[tokens.starts[i] : tokens.ends[hit.last - 1]]
            return _plain(label), place.state
        if hit.entry.states:
            return _plain(text[tokens.starts[i] : tokens.ends[hit.last - 1]]), hit.entry.states[0]
    return None


def last_town(text: str, start: int, end: int) -> MentionedPlace | None:
    """The town that `text[start:end]` names last, whatever it says of it."""
    tokens = tokenize(text, start, end)
    for i in reversed(range(len(tokens))):
        hit = gazetteer().at(tokens, i) if tokens.words[i][0].isupper() else None
        if hit is not None and hit.entry.places and not hit.entry.weak:
            first, last = tokens.starts[i], tokens.ends[hit.last - 1]
            one = _from_place(
                _choose(hit.entry.places, _next_state(tokens, hit.last)), text, first, last
            )
            return MentionedPlace(one.name, one.state, "explicit", Span(first, last))
    return None


def town_unknown(text: str, start: int, end: int) -> tuple[str, None] | None:
    """The town of a dateline that the gazetteer lacks: "YOKOHAMA", one or two words in capitals."""
    words = text[start:end].split()
    if not 0 < len(words) <= 2 or not all(w.isupper() and w.isalpha() for w in words):
        return None
    known = vocabulary().institutions | vocabulary().stops | vocabulary().heads
    return None if any(w.lower() in known for w in words) else (_plain(" ".join(words)), None)
