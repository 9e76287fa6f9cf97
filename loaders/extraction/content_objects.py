"""What a verb puts on the table: the words before or behind it, read as nouns, clauses or intentions."""

from __future__ import annotations

from itertools import pairwise

from loaders.extraction.content_asides import manner_size, past_circumstance, resumed
from loaders.extraction.content_clauses import clauses, intents, is_idle
from loaders.extraction.content_cues import Hit
from loaders.extraction.content_edges import capped, trim
from loaders.extraction.content_lists import list_items
from loaders.extraction.content_phrases import Range, clause_end, phrase_end
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

_OPENERS = frozenset(["that", "whether", "if"])
_AFTERTHOUGHTS = frozenset(["later", "again", "afterwards", "today", "yesterday", "too"])
_QUESTIONS = frozenset(["how", "whether", "what", "why"])
_PLACING = frozenset(["in", "at", "during", "among", "within", "under"])
_WHERE_SAID = frozenset(["in", "at", "on", "during", "after"])
_ADDRESSEE_REACH = 16


def object_ranges(words: Words, hit: Hit, limit: int) -> list[Range]:
    """The topics that belong to a cue, up to the word `limit`."""
    found = [item for item in _ranges(words, hit, limit) if not is_idle(words, *item)]
    return [item for n, item in enumerate(found) if n == 0 or not _is_vague(words, *item)]


def _is_vague(words: Words, first: int, last: int) -> bool:
    """True for "the region" at the end of a list."""
    named = last - first == 2 and words.is_capital(first)
    return last - first <= 2 and not named and words.low[last - 1] in word_class("list", "vague")


def _ranges(words: Words, hit: Hit, limit: int) -> list[Range]:
    if hit.cue.takes == "left":
        return _left(words, hit, limit) + _detailed(words, hit.after, limit)
    that = hit.after < limit and words.low[hit.after] == "that"
    asked = hit.cue.takes == "person" and words.low[hit.after : hit.after + 1] == ["to"]
    if hit.reading.mode == "passive" and asked:
        return _urged(words, hit.after + 1, limit)
    if hit.reading.mode == "passive" and hit.reading.subject and not that:
        first, last = trim(words, *hit.reading.subject)
        opener = words.low[hit.reading.subject[0] :][:1]
        if first == last and opener != ["it"]:
            return []
        where = opener[0] in _PLACING and hit.after < limit and hit.cue.passive
        if where and words.low[hit.after] not in ("by", "in", "at", "on", ",", ".", "and"):
            return noun_items(words, hit.after, limit)
        if first < last and words.low[first] != "it" and hit.cue.passive:
            if last - first == 1 and hit.after < limit and words.low[first] in _WANTING:
                if words.low[hit.after] in ("for", "of", "to", "on"):
                    return noun_items(words, hit.after, limit)
            return _left(words, hit, limit) + _detailed(words, hit.after, limit)
    first = _past_aside(words, hit.after, limit)
    if first >= limit:
        return []
    if words.low[first - 1] == "from" and hit.cue.treatment == "discussed":
        return _spanned(words, first, limit)
    if hit.cue.takes == "noun":
        return noun_items(words, first, limit)
    if hit.cue.takes == "clause":
        return clauses(words, first + (words.low[first] in _OPENERS), limit)
    if hit.cue.takes == "object" and words.low[first] == "with":
        return _past_company(words, hit.after, hit, limit)
    if hit.cue.takes == "object" and _is_told_to(words, hit, first, limit):
        return _past_company(words, first, hit, limit)
    if hit.cue.takes == "intent":
        return intents(words, first, limit)
    if hit.cue.takes == "person":
        return _after_person(words, hit, first, limit)
    return _objects(words, hit, first, limit)


def _spanned(words: Words, first: int, limit: int) -> list[Range]:
    """The topics of "from trade and fishing to the wells": what stands at both ends."""
    to = next((i for i in range(first + 1, limit - 1) if words.low[i] == "to"), 0)
    found = list_items(words, first, to) if to else []
    return found + noun_items(words, to + 1 if to else first, limit)


def _past_aside(words: Words, first: int, limit: int) -> int:
    """Past "in detail", ", among other things," behind a verb; another comma: no object follows."""
    first += manner_size(words, first) if first < limit else 0
    first = past_circumstance(words, first, limit)
    if first + 3 < limit and words.low[first] == "as":
        first += 2 * (words.low[first + 2] in word_class("clause", "determiners"))
    if first + 1 < limit and words.low[first] in _AFTERTHOUGHTS and words.low[first + 1] == ",":
        first += 1
    if first + 1 < limit and words.low[first].endswith("ly"):
        first += words.low[first + 1] in word_class("clause", "determiners")
    if first >= limit or words.low[first] != ",":
        return first
    size = words.matches(first + 1, "clause", "asides") if first + 1 < limit else 0
    behind = first + 1 + size
    if size and behind < limit:
        return behind + (words.low[behind] == ",")
    return limit


def _left(words: Words, hit: Hit, limit: int) -> list[Range]:
    assert hit.reading.subject is not None
    first, last = hit.reading.subject
    if hit.after < limit and words.low[hit.after] == ":":
        return _after_colon(words, hit.after + 1, limit)
    while first < last and words.matches(first, "clause", "asides"):
        first += words.matches(first, "clause", "asides")
    if words.low[first] in ("on", "in", "at") and first < last:
        return []  # "On the square was welcomed ..."
    return noun_items(words, first, last)


def _detailed(words: Words, first: int, limit: int) -> list[Range]:
    """What "Regional matters were discussed, including A and B" goes on to name."""
    if first < limit and words.low[first] in ("during", "in", "at"):
        first = next((i for i in range(first, min(limit, first + 6)) if words.low[i] == ","), limit)
    if first + 2 >= limit or words.low[first] != ",":
        return []
    size = words.matches(first + 1, "clause", "strong")
    if words.low[first + 1 : first + 3] in (["as", "did"], ["as", "was"], ["as", "were"]):
        size = 2
    return noun_items(words, first + 1 + size, limit) if size else []


def _objects(words: Words, hit: Hit, first: int, limit: int) -> list[Range]:
    """Topics of a noun phrase, of "that ..." or of a bare clause."""
    word = words.low[first]
    if hit.cue.treatment in ("raised", "reaffirmed") and word in _WHERE_SAID:
        near = range(first + 1, min(limit - 1, first + 10))
        first = next((i for i in near if words.low[i] == "that"), limit)
        if first == limit:
            return []
        word = "that"
    if hit.cue.treatment == "agreed" and word in ("at", "in", "during"):
        first = _past_where(words, first, limit)
        word = words.low[first] if first < limit else ""
    if word == "that" and first + 1 < limit:
        act = _second_act(words, first, limit) if hit.cue.treatment == "agreed" else limit
        acts = intents(words, act + 2, limit) if act < limit else []
        return clauses(words, first + 1, act) + acts
    if word in _QUESTIONS:
        return clauses(words, first, limit)
    if (hit.cue.subject == "known" and hit.cue.treatment == "raised") or _ends_with_that(
        words, first
    ):
        return clauses(words, first, limit)
    first = _past_commitment(words, first, limit)
    end = phrase_end(words, first, limit)
    colon = _colon_behind(words, first, end, limit)
    if colon:
        return _after_colon(words, colon + 1, limit)
    bare = hit.cue.treatment not in ("discussed", "thanked") and end < limit
    if bare and words.low[end] in word_class("clause", "finite") and end - first <= 8:
        return clauses(words, first, limit)
    return noun_items(words, first, limit)


def _second_act(words: Words, first: int, limit: int) -> int:
    """Where ", to drop ..." begins in "agreed that ..., to drop ... and to ..."; `limit` if nowhere."""
    verbs = word_class("list", "verbs")
    return next(
        (
            i for i in range(first + 3, limit - 2)
            if words.low[i] == "," and words.low[i + 1] == "to" and words.low[i + 2] in verbs
        ),
        limit,
    )  # fmt: skip


def _past_where(words: Words, first: int, limit: int) -> int:
    """Past "at talks in Lima on Monday" to the "to", "on" or "that" behind it; `limit` if none is near."""
    for index in range(first + 1, min(limit - 1, first + 12)):
        day = words.low[index + 1] in word_class("clause", "weekdays")
        if words.low[index] in ("to", "on", "that", "upon") and not day:
            return index + (words.low[index] != "that")
    return limit


def _past_commitment(words: Words, first: int, limit: int) -> int:
    """Past "the commitment of the Council and the Government to"."""
    for index in range(first, min(limit - 1, first + 5)):
        if words.low[index] not in word_class("list", "intentions"):
            continue
        if words.low[index + 1] == "," and words.low[index + 2] in _COMPANY:
            stop = min(limit - 1, index + 14)
            near = range(index + 3, stop)
            return next((i + 2 for i in near if words.low[i : i + 2] == [",", "to"]), first)
        if words.low[index + 1] == "of":
            stop = min(limit - 1, index + 14)
            return next((i + 1 for i in range(index + 2, stop) if words.low[i] == "to"), first)
    return first


_COMPANY = frozenset({"together", "along", "alongside", "jointly", "bilaterally", "individually"})


def _ends_with_that(words: Words, first: int) -> bool:
    return first > 0 and words.low[first - 1] == "that"


def _colon_behind(words: Words, first: int, end: int, limit: int) -> int:
    """Index of the colon in "on three things: ..."; 0 if the words before it are topics."""
    if first >= limit:
        return 0
    at = end
    while at < limit and words.low[at] in (",", "namely", "i.e.", "notably"):
        at += 1
    if at >= limit or words.low[at] != ":":
        return first if words.low[first] == ":" else 0
    counted = word_class("list", "counted")
    return at if any(w in counted for w in words.low[first:end]) else 0


def _after_colon(words: Words, first: int, limit: int) -> list[Range]:
    """What a colon announces: clauses with "that", or nouns."""
    while first < limit and (words.low[first] in ("-", "–") or words.low[first] == ":"):
        first += 1
    if first >= limit:
        return []
    if words.low[first] == "that":
        return clauses(words, first + 1, limit)
    return noun_items(words, first, limit)


def line_ranges(words: Words) -> list[Range]:
    """The topic of one line of a list: one item, whatever commas are in it."""
    first = 0
    while (
        first < len(words) and words.low[first] in ("that", "to", "on", "the", "and") and first < 2
    ):
        if words.low[first] == "the":
            break
        first += 1
    stop = next((i for i in range(first, len(words)) if words.low[i] in ";.:"), len(words))
    if first >= stop:
        return []
    end = min(phrase_end(words, first, stop), stop)
    if end < stop and words.low[end] in word_class("clause", "finite"):
        end = clause_end(words, first, stop)
    item = capped(words, *trim(words, first, end))
    return [item] if item[1] > item[0] else []


def noun_items(words: Words, first: int, limit: int) -> list[Range]:
    """The topics listed from `first` on, also past what only says when, why or of whom."""
    found: list[Range] = []
    link = words.low[first - 1] if first else ""
    for start, stop in _stretches(words, first, limit):
        again: int | None = start
        while again is not None:
            end = phrase_end(words, again, stop)
            items = list_items(words, again, end)
            if found and items and again > start and _waits_for_to(words, again, found[-1]):
                found[-1] = capped(words, found[-1][0], items[0][1])
                items = items[1:]
            found += items
            again = resumed(words, end, stop, link)
    return found


def _waits_for_to(words: Words, first: int, item: Range) -> bool:
    """True for the "to mend" of "efforts, including by Peru, to mend": the item has no such verb yet."""
    return words.low[first - 1] == "to" and "to" not in words.low[item[0] : item[1]]


def _stretches(words: Words, first: int, limit: int) -> list[Range]:
    """Between semicolons, where they part a list and not clauses; else all in one."""
    limit = next((i for i in range(first, limit - 1) if _opens_that(words, i)), limit)
    marks = [i for i in range(first, limit) if words.low[i] == ";"]
    if len(marks) < 2 and not (marks and words.low[marks[0] + 1 : marks[0] + 2] == ["and"]):
        return [(first, limit)]
    edges = [first - 1, *marks, limit]
    return [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]


def _opens_that(words: Words, index: int) -> bool:
    return words.low[index] in (";", "and") and words.low[index + 1] == "that"


def _is_told_to(words: Words, hit: Hit, first: int, limit: int) -> bool:
    """True for "explained to the President of Peru the reasons": the listener, then the topic."""
    if words.low[first] != "to" or first + 3 >= limit or hit.cue.treatment != "raised":
        return False
    return _may_be_person(words, first + 1) and words.low[first + 2] != "and"


_WANTING = frozenset(
    {
        "support",
        "prospects",
        "ways",
        "options",
        "possibilities",
        "opportunities",
        "issues",
        "plans",
        "measures",
    }
)


def _past_company(words: Words, first: int, hit: Hit, limit: int) -> list[Range]:
    """ "discussed with President X the grain corridor": the topic stands behind the person."""
    index = first + 1
    while index < limit and (_may_be_person(words, index) or words.low[index] in _WITH_PERSONS):
        if words.low[index] == "the" and index + 1 < limit and not _may_be_person(words, index + 1):
            break
        index += 1
    while index + 1 < limit and words.low[index] in ("on", "in", "here"):
        place = words.low[index] == "in" and words.is_capital(index + 1)
        if not place and words.low[index + 1] not in word_class("clause", "weekdays"):
            break
        index += 2
    return _objects(words, hit, index, limit) if index < limit else []


_WITH_PERSONS = frozenset({"'s", "the", "accredited", "resident", "based", "in"})


def _after_person(words: Words, hit: Hit, first: int, limit: int) -> list[Range]:
    """Past the one who is urged: "Oslo to lift tariffs", "both sides for restraint"."""
    index = first
    while index < limit and index - first < _ADDRESSEE_REACH and _may_be_person(words, index):
        index += 1
    called_on = words.low[first - 1] in ("on", "upon")
    if called_on or words.low[hit.at] in word_class("subject", "urging"):
        index = _past_people(words, index, limit)
    if words.low[index : index + 1] == ["on"] and index + 2 < limit:
        day = words.low[index + 1] in word_class("clause", "weekdays")
        index += 2 if day and words.low[index + 2] in ("to", "for") else 0
    if index < limit and index > first:
        if words.low[index] == "to":
            return _urged(words, index + 1, limit)
        if words.low[index] == "on" and called_on:
            return []  # "called on the minister on 14 March"
        if words.low[index] in ("for", "about", "on", "that", "against"):
            return list_items(words, index + 1, phrase_end(words, index + 1, limit))
    if words.low[index if index < limit else first] in ("whether", "if"):
        return clauses(words, index + 1, limit)
    if words.low[first] == "to" or words.low[first] == "that":
        return _urged(words, first + 1, limit)
    if called_on:  # a visitor who "called on" somebody urged nothing
        return []
    return noun_items(words, first, limit)


def _past_people(words: Words, index: int, limit: int) -> int:
    """Past a few plain words before "to": "urged the owners of ferries to"."""
    light = word_class("clause", "prepositions") - {"of", "in", "from"}
    for at in range(index, min(limit, index + 7)):
        if words.low[at] == "to":
            return at
        if words.low[at] in light or words.low[at] in (",", "and", "that", ";"):
            break
    return index


def _urged(words: Words, first: int, limit: int) -> list[Range]:
    found = intents(words, first, limit)
    return found or list_items(words, first, phrase_end(words, first, limit))


def _may_be_person(words: Words, index: int) -> bool:
    low = words.low[index]
    if low in word_class("subject", "inner") or low in word_class("subject", "singular"):
        return True
    if low in word_class("subject", "plural") or low in word_class("subject", "addressed"):
        return True
    return words.is_capital(index) and words.words[index][0].isalpha()
