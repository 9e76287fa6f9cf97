"""Reported clauses and intentions as topics: past "we remain committed to", parted at "and that"."""

from __future__ import annotations

from itertools import pairwise

from loaders.extraction.content_edges import capped, trim
from loaders.extraction.content_lists import list_items
from loaders.extraction.content_phrases import Range, clause_end, phrase_end
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words


def clauses(words: Words, first: int, limit: int) -> list[Range]:
    """Reported clauses, parted at "and that"; "we will" and the like are left out."""
    first = _past_purpose(words, first, limit)
    starts = [first]
    for index in range(first, limit - 1):
        if words.low[index] in ("and", ";") and words.low[index + 1] == "that":
            starts.append(index + 2)
        elif words.low[index : index + 3] in (["and", "hopes", "that"], ["and", "hoped", "that"]):
            starts.append(index + 3)
        elif _asks_again(words, first, index):
            starts.append(index + 1)
    found = []
    for number, start in enumerate(starts):
        stop = _before(words, starts[number + 1]) if number + 1 < len(starts) else limit
        found += _clause(words, start, stop)
    return [item for item in found if item[1] - item[0] > 1 and not is_idle(words, *item)]


def _asks_again(words: Words, first: int, index: int) -> bool:
    """True for the "and" of "how to stop the fires and how to feed the towns"."""
    opener = words.low[first]
    return words.low[index] == "and" and opener == words.low[index + 1] and opener in _ASKING


_ASKING = frozenset({"how", "why", "whether", "what"})


def _past_purpose(words: Words, first: int, limit: int) -> int:
    """Past the "in order to mend the road,", "during the strike," that stands before a reported clause."""
    if words.low[first : first + 1] == [","]:
        first += not _CONCEDING.isdisjoint(words.low[first + 1 : first + 2])
    opener, second = [*words.low[first : first + 2], "", ""][:2]
    aside = opener in _CONCEDING or (opener == "in" and second in _IN_VIEW)
    if words.low[first : first + 3] != ["in", "order", "to"] and not aside:
        return first
    return next((i + 1 for i in range(first + 4, limit - 2) if words.low[i] == ","), first)


_CONCEDING = frozenset(
    {"during", "although", "considering", "given", "despite", "while", "notwithstanding"}
)
_IN_VIEW = frozenset(
    {"violation", "line", "accordance", "view", "light", "addition", "connection", "keeping"}
)


def _before(words: Words, start: int) -> int:
    """Where the clause ends before the "; and that" that leads to `start`."""
    while words.low[start - 1] in ("and", "that", ";", ",", "hopes", "hoped"):
        start -= 1
    return start


def _clause(words: Words, first: int, stop: int) -> list[Range]:
    """One reported clause, then the topics it goes on to list: "including ...", "as well as ..."."""
    end = clause_end(words, first, stop)
    found = [capped(words, *trim(words, _past_light(words, first, end), end))]
    size = words.matches(end, "clause", "strong") if end < stop else 0
    if size and _CIRCUMSTANCE.isdisjoint(words.low[end + size : end + size + 1]):
        found += list_items(words, end + size, phrase_end(words, end + size, stop))
        return found
    end = _and_will(words, end, stop)
    if end < stop - 1 and words.low[end] == "and" and _goes_on(words, end):
        more = capped(words, *trim(words, end + 2, clause_end(words, end + 1, stop)))
        found += [more] if words.content[more[1]] - words.content[more[0]] > 2 else []
    return found


def _and_will(words: Words, end: int, stop: int) -> int:
    """Past "in light of the storm" to the "and will ..." of the same clause; `end` if there is none."""
    if end >= stop or not words.matches(end, "clause", "tails"):
        return end
    near = range(end + 1, min(stop - 1, end + _LONGEST_TAIL))
    will = (i for i in near if words.low[i] == "and" and words.low[i + 1] in ("will", "would"))
    return next(will, end)


_LONGEST_TAIL = 14
_CIRCUMSTANCE = frozenset({"by", "at", "in", "to", "for", "from", "through", "within", "under"})


def _goes_on(words: Words, index: int) -> bool:
    """True if the same subject does another thing: "and stands ready to ..."."""
    following = words.low[index + 1]
    if words.low[index - 1] != ",":
        return True
    return following in word_class("clause", "second_verbs") or following in word_class(
        "list", "verbs"
    )


def _past_light(words: Words, first: int, limit: int) -> int:
    """Past "we remain committed to", "it is important to": the act itself is the topic."""
    index = first
    if index >= limit or words.low[index] not in word_class("clause", "pronouns"):
        return first
    if words.low[index] == "it":
        return _past_judgement(words, first, limit)
    index += 1
    while index < limit - 1 and words.low[index] in word_class("clause", "light"):
        index += 1
    only_both = words.low[first] == "both" and index == first + 1
    return first if only_both or index >= limit - 1 else index


def _past_judgement(words: Words, first: int, limit: int) -> int:
    """Past "it was important to consistently": what is to be done is the topic."""
    if words.low[first + 1 : first + 2] not in (["is"], ["was"], ["would"], ["remains"]):
        return first
    near = range(first + 2, min(limit - 2, first + 6))
    return next((i + 1 for i in near if words.low[i] in ("to", "that")), first)


def intents(words: Words, first: int, limit: int) -> list[Range]:
    """Verb phrases of an intention; to meet again is a plan, not a topic."""
    found: list[Range] = []
    start = first
    for index in range(first, limit + 1):
        if index == limit or _goes_on_to(words, index, limit):
            if index > start:
                found += _intent(words, start, index)
            start = index + 2
    return found


def _goes_on_to(words: Words, index: int, limit: int) -> bool:
    """True for "and to mend the nets"; not for ", to Ecuador"."""
    if words.low[index] not in ("and", ";", ",") or words.low[index + 1 : index + 2] != ["to"]:
        return False
    if index + 2 >= limit:
        return True
    noun = word_class("clause", "determiners") | {"which", "whom"}
    return not words.is_capital(index + 2) and words.low[index + 2] not in noun


def _intent(words: Words, first: int, limit: int) -> list[Range]:
    while first < limit and _is_light_adverb(words, first):
        first += 1
    end = phrase_end(words, first, limit)
    acts = _with_objects(words, list_items(words, first, end))
    kept = [
        a for a in acts if not _is_meeting_plan(words, *a[0]) and not _points_back(words, *a[0])
    ]
    return [capped(words, a[0][0], a[-1][1]) for a in kept]


def _with_objects(words: Words, items: list[Range]) -> list[list[Range]]:
    """The acts, each with all that its verb has for objects: "understand A, B, and C"."""
    verbs = word_class("list", "verbs")
    found: list[list[Range]] = []
    for item in items:
        opener = words.low[item[0]]
        apart = opener in verbs or opener in _OPEN_ANEW or opener[0].isdigit()
        apart = apart or words.low[item[0] - 1] == "on"
        if found and not apart and _acts_first(words, *found[-1][0]):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _acts_first(words: Words, first: int, last: int) -> bool:
    """True for "strengthen ties", "more closely watch the straits"."""
    while first < last - 1 and (words.low[first] == "more" or words.low[first].endswith("ly")):
        first += 1
    return words.low[first] in word_class("list", "verbs")


_OPEN_ANEW = frozenset({"a", "an", "on", "both"})


def _points_back(words: Words, first: int, last: int) -> bool:
    """True for "quicken its implementation", which says nothing without the words before."""
    return words.low[first + 1 : first + 2] in (["its"], ["it"], ["them"]) and last - first <= 3


def urged_clauses(words: Words, stop: int) -> list[Range]:
    """The acts of "The two sides should raise A, widen B and deepen C", each for itself; else none."""
    near = range(2, min(stop - 1, _REACH_SHOULD))
    at = next((i for i in near if words.low[i] in ("should", "must")), 0)
    if not at or _BOTH.isdisjoint(words.low[:at]) or "that" in words.low[:at]:
        return []
    verbs = word_class("list", "verbs")
    starts = [at + 1]
    for index in range(at + 2, stop - 1):
        if words.low[index - 1] in (",", "and") and words.low[index] in verbs:
            starts.append(index)
    edges = [*starts, stop]
    items = (capped(words, *trim(words, a, phrase_end(words, a, b))) for a, b in pairwise(edges))
    return [item for item in items if item[1] - item[0] > 1]


_REACH_SHOULD = 14
_BOTH = frozenset({"and", "both", "sides", "countries", "two", "parties", "we"})


def _is_light_adverb(words: Words, index: int) -> bool:
    return words.low[index].endswith("ly") or words.low[index] in word_class("clause", "adverbs")


_ENCOUNTERS = frozenset({"meeting", "meetings", "talks", "visit", "visits", "call", "summit"})


def _is_meeting_plan(words: Words, first: int, last: int) -> bool:
    if words.low[first] not in word_class("list", "meeting_verbs"):
        return False
    if words.low[first] in ("meet", "visit"):
        return True
    rest = words.low[first:last]
    # A round of consultations or a session of a commission is a commitment, another meeting a plan.
    return any(w in _ENCOUNTERS for w in rest) and "of" not in rest


_POINTED_AT = (["problems"], ["issues"], ["matters"], ["topics"], ["questions"], ["points"])
_CONTACTS = frozenset({"conversations", "meetings"})


_THE = frozenset({"the", "their", "this", "his", "her"})
_ENCOUNTERS = frozenset(
    {
        "conversation",
        "conversations",
        "meeting",
        "call",
        "talks",
        "discussion",
        "discussions",
        "encounter",
    }
)


_HOUSES = frozenset({"parliament", "congress", "lawmakers", "deputies", "reporters", "journalists"})
_TIMES = frozenset({"since", "now", "then", "today", "yesterday", "late", "early", "on", "in"})


def is_idle(words: Words, first: int, last: int) -> bool:
    """True for a person alone, the meeting itself, or "those of ...": no topic."""
    low = words.low[first:last]
    if low[:2] in (["all", "those"], ["view", "of"], ["the", "framework"], ["the", "context"]):
        return True
    if all(w in _TIMES or w in word_class("clause", "weekdays") or w.isdigit() for w in low):
        return True  # "Friday", "since 1997"
    if len(low) == 1 and low[0] in _HOUSES:
        return True  # "addressed Parliament"
    begins = low[0] in word_class("list", "never_first") and low[1:2] != ["'s"]
    asks = low[0] in _ASKING  # "how urgent the dam is"
    if begins or (low[-1] in word_class("clause", "auxiliaries") and not asks):
        return True
    if low in (["the", "two"], ["both"], ["the", "two", "sides"], ["the", "two", "leaders"]):
        return True
    if low[-2:] == ["of", "documents"]:
        return len(low) <= 4
    if low[0] == "it" and (len(low) <= 4 or low[1] == "with"):
        return True
    if len(low) == 2 and low[0] in _THE and low[1] in _ENCOUNTERS:
        return True
    if "with" in low and low[low.index("with") - 1] in _CONTACTS and "on" not in low:
        return True
    if low[0] in ("pleased", "glad", "happy", "delighted", "honoured", "honored"):
        return low[1:2] == ["to"]
    if low[:2] == ["doing", "so"] or (low[0] in ("these", "those") and low[1:] in _POINTED_AT):
        return True
    if low[0] == "those" and len(low) > 1 and low[1] not in ("who", "that"):
        return True
    if not word_class("list", "courtesies").isdisjoint(low):
        return True
    roles = word_class("subject", "singular")
    inner = word_class("subject", "inner")
    if not roles.isdisjoint(low) and "side" not in low:
        return all(
            w in roles or w in inner or words.is_capital(first + i) for i, w in enumerate(low)
        )
    return False
