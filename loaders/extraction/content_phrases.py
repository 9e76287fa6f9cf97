"""Where the words after a verb end: noun phrases, reported clauses, their edges and their length."""

from __future__ import annotations

from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

Range = tuple[int, int]

_ENDINGS = (
    "al", "ic", "ive", "ary", "ous", "able", "ible", "ful", "less", "ent", "ant", "ian", "ese",
    "ish", "ern", "ed", "ing", "ate", "ical",
)  # fmt: skip
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_MARKS = frozenset('"“”«»;:—–-!?….')
_NATIONAL = (
    "ian", "ean", "ese", "ish", "can", "ench", "ani", "aeli", "aqi", "aiti", "ghan", "reek", "utch", "mani", "ali", "audi",
    "rati", "meni",
)  # fmt: skip


def is_adjective(word: str) -> bool:
    """True if the lower-case word can wait for a noun: "economic", "defence", "free"."""
    if word in word_class("list", "adjectives"):
        return True
    if word in word_class("list", "not_adjectives") or len(word) < 5 or word.endswith("ment"):
        return False
    return word.endswith(_ENDINGS) or word.rpartition("-")[2] in _COMPOUND


# What makes an adjective of the words before its hyphen: "time-bound", "high-level".
_COMPOUND = frozenset(
    {"bound", "level", "scale", "term", "wide", "long", "free", "range", "run", "class"}
)


def waits(words: Words, index: int) -> bool:
    """True if the word at `index` is an adjective, also a capital one such as "Polish"."""
    word = words.low[index]
    if word.endswith(("ing", "ed")) and word not in word_class("list", "adjectives"):
        return _qualifies(words, index) and (word[-1] == "d" or _goes_with(words, index))
    if words.is_capital(index):
        plain = word not in word_class("list", "not_adjectives")
        return word in ("u.s.", "u.k.") or (plain and word.endswith(_NATIONAL))
    return is_adjective(word) or (word.endswith("ly") and len(word) > 5 and word not in _LY_NOUNS)


def _qualifies(words: Words, index: int) -> bool:
    """True for "the developed" before a noun, not for "a pipeline half finished"."""
    if not is_adjective(words.low[index]):
        return False
    return index == 0 or not words.low[index - 1].isalpha() or not _is_noun(words, index - 1)


def _goes_with(words: Words, index: int) -> bool:
    """True for the first of "promoting and protecting" and for "the sweeping": not for "winemaking and"."""
    behind = words.low[index + 2 : index + 3]
    if behind and behind[0].endswith("ing"):
        return True
    return index > 0 and words.low[index - 1] in word_class("clause", "determiners")


def _is_noun(words: Words, index: int) -> bool:
    word = words.low[index]
    light = word_class("clause", "prepositions") | word_class("clause", "determiners")
    return word not in light and word not in ("and", "or") and not is_adjective(word)


_LY_NOUNS = frozenset({"assembly", "supply", "family", "anomaly", "italy", "monopoly", "resupply"})


def phrase_end(words: Words, first: int, limit: int) -> int:
    """Where a noun phrase that starts at `first` ends, at `limit` at the latest."""
    depth = 0
    index = first
    while index < limit:
        word = words.low[index]
        if word in _OPEN:
            depth += 1
        elif word in _CLOSE:
            depth -= 1
        elif not depth:
            behind = past_quoted(words, index, limit) or _past_relative(words, first, index, limit)
            if behind:
                index = behind
                continue
            if _stops(words, first, index):
                return index
        index += max(1, words.matches(index, "clause", "strong")) if not depth else 1
    return min(index, limit)


def past_quoted(words: Words, index: int, limit: int) -> int:
    """Past a few words in quotation marks that belong to a phrase: the "yellow card" warning; else 0."""
    if words.low[index] not in _OPENING or not _opens_quotation(words, index):
        return 0
    for at in range(index + 2, min(limit, index + _LONGEST_QUOTED)):
        if words.low[at] in _CLOSING:
            return at + 1
        if words.low[at] in ".,;:!?":
            return 0
    return 0


def _opens_quotation(words: Words, index: int) -> bool:
    """True for a mark with a blank before it and none behind; the blank is often lost: as"cold" air."""
    start, end = words.starts[index], words.ends[index]
    if words.text[end : end + 1].isspace():
        return False
    if start == 0 or words.text[start - 1] in " \n(":
        return True
    return words.low[index] == '"' and words.low[:index].count('"') % 2 == 0


_OPENING, _CLOSING = frozenset('"“«'), frozenset('"”»')
_LONGEST_QUOTED = 8


def _past_relative(words: Words, first: int, index: int, limit: int) -> int:
    """Past the relative clause of a short noun, without which nobody knows what is meant.

    "The homes that they opened", "those who are still in detention", "the role Egypt has played".
    Returns 0 where no such clause begins at `index`.
    """
    if not (first < index < limit - 1) or not _opens_relative(words, first, index):
        return 0
    start = _part_start(words, first, index)
    needed = words.low[index - 1] == "those" or words.low[start] in _ASKING
    if words.content[index] - words.content[start] > _SHORT_HEAD and not needed:
        return 0
    stop = index + 1
    stop += words.low[stop] == "which"
    while stop < limit and words.content[stop] - words.content[index] < _LONGEST_RELATIVE:
        word = words.low[stop]
        if (
            (word in _RELATIVE_ENDS and not joins_subjects(words, stop, limit))
            or _is_mark(words, stop)
            or words.matches(stop, "clause", "tails")
        ):
            break
        stop += 1
    return stop


def joins_subjects(words: Words, index: int, limit: int) -> bool:
    """True for the "and" of "that Peru and Chile are doing"."""
    if words.low[index] != "and" or index + 2 >= limit:
        return False
    names = words.is_capital(index - 1) and words.is_capital(index + 1)
    finite = word_class("clause", "finite")
    return names and not finite.isdisjoint(words.low[index + 2 : min(limit, index + 4)])


_SHORT_HEAD = 2
_ASKING = frozenset({"what", "how", "whether", "why"})
_BY_WHICH = frozenset({"by", "on", "in", "through", "under", "for", "with"})
_LONGEST_RELATIVE = 7
_RELATIVE_ENDS = frozenset({",", "which", "while", "because", "although", "but", "whereas", "and"})


def _part_start(words: Words, first: int, index: int) -> int:
    """Where the item of a list in which `index` lies begins, past the preposition that is repeated."""
    start = index
    while start > first and words.low[start - 1] not in (",", "and", ";"):
        start -= 1
    return start + (start + 1 < index and words.low[start + 1] in _ASKING)


def _opens_relative(words: Words, first: int, index: int) -> bool:
    word, before = words.low[index], words.low[index - 1]
    if before in ("and", ",", "of", "in", "on", "to", "for", "so", "all"):
        return False
    if word in _BY_WHICH and words.low[index + 1] == "which":
        return True
    if word in ("that", "who", "whom"):
        return before not in word_class("subject", "singular")
    if word not in word_class("clause", "finite"):
        return False
    if words.low[_part_start(words, first, index)] in _ASKING:
        return True
    if before in ("they", "we", "he", "she", "it", "you"):
        return index - 2 >= first and words.low[index - 2] not in word_class("clause", "light")
    return _is_named_after_noun(words, first, index)


def _is_named_after_noun(words: Words, first: int, index: int) -> bool:
    """True for "the welcome Egypt has": a name right behind a plain noun, not behind "of"."""
    start = index
    while start > first and words.is_capital(start - 1):
        start -= 1
    if start in (index, first):
        return False
    noun = words.low[start - 1]
    light = word_class("clause", "prepositions") | word_class("clause", "determiners")
    return (
        noun.isalpha()
        and noun not in light
        and noun not in ("and", "or")
        and noun not in word_class("subject", "singular")
        and words.low[first] in word_class("clause", "determiners")
    )


def _stops(words: Words, first: int, index: int) -> bool:
    word = words.low[index]
    if _is_mark(words, index):
        return word != ";" or words.low.count(";") < 2
    strong = words.matches(index, "clause", "strong")
    if strong:
        return words.matches(index, "clause", "tails") > strong
    if word == "ahead" and words.low[index - 1] in _GOING:
        return False
    if word in word_class("clause", "stops"):
        return index > first and not _is_needed(words, first, index)
    if word == "and" and words.low[index + 1 : index + 2]:
        return words.low[index + 1] in word_class("clause", "past_verbs") or acts_next(words, index)
    if word == "," and index + 1 < len(words):
        return _ends_at_comma(words, index)
    if word == "for" and not _DURATION.isdisjoint(words.low[index + 1 : index + 6]):
        return index > first
    if word == "that" and index > first and words.low[index - 1] in word_class("list", "verbs"):
        return False  # "the need to take that decision"
    if index > first and word == "that" and words.low[index - 1] not in _BEFORE_THAT:
        return words.content[index] - words.content[first] > 2
    if word in word_class("clause", "finite") and index > first:
        return words.low[index - 1] not in ("the", "a", "his", "her", "their", "to")
    if index > first and word == "as" and words.low[index - 1] in _SERVING:
        return False
    if index == first or not words.matches(index, "clause", "tails"):
        return False
    if words.low[index - 1] == "of":
        return False  # "the challenges of today and tomorrow"
    return not _explains_one_word(words, first, index)


def _explains_one_word(words: Words, first: int, index: int) -> bool:
    """True for "cooperation in the context of the drought": the one word before it would tell nothing."""
    if not words.matches(index, "clause", "explaining"):
        return False
    opinion = words.low[index] == "in" and words.low[index - 1] in _OPINIONS | _WORKING
    return opinion or words.content[index] - words.content[_part_start(words, first, index)] == 1


_WORKING = frozenset({"interaction", "cooperation", "collaboration", "situation", "coordination"})
_OPINIONS = frozenset(
    {
        "approaches",
        "approach",
        "assessment",
        "assessments",
        "views",
        "considerations",
        "position",
        "positions",
        "stance",
    }
)


def acts_next(words: Words, conjunction: int) -> bool:
    """True for "and handed over a letter", "and directed their ministers": another act begins."""
    following = words.low[conjunction + 1 : conjunction + 3]
    if len(following) < 2 or not following[0].endswith("ed") or following[0] in _NO_ACTS:
        return False
    return following[1] in _BEHIND_ACTS


_NO_ACTS = frozenset({"need", "speed", "feed", "seed", "united", "based"})
_BEHIND_ACTS = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "him", "them", "that", "over", "out", "up"}
)


def _ends_at_comma(words: Words, comma: int) -> bool:
    """True if what follows the comma is no further item: ", reaching ...", ", to be held in"."""
    if words.matches(comma + 1, "clause", "strong"):
        return False
    if words.low[comma + 1 : comma + 3] == ["to", "be"]:
        return True
    behind = words.low[comma + 1 : comma + 6]
    if "which" in behind[2:] and behind[behind.index("which") - 1] == "of" and "," not in behind:
        return True  # ", the third round of which is to follow"
    return (
        words.low[comma + 1] in word_class("clause", "comma_stops")
        or words.matches(comma + 1, "clause", "comma_tails") > 0
        or words.matches(comma + 1, "clause", "tails") > 0
    )


def _is_needed(words: Words, first: int, index: int) -> bool:
    """True where one word alone would tell nothing: "our steps ahead of", "a bill before the House"."""
    if words.low[index] not in _NEEDED or index + 2 >= len(words):
        return False
    start = _part_start(words, first, index)
    if words.low[index] == "since":  # "progress since the last round"
        return index - start <= 2 and words.low[index - 1] in ("progress", "developments", "steps")
    return (
        words.low[start] in word_class("clause", "determiners") | word_class("list", "verbs")
        and words.content[index] - words.content[start] == 1
        and words.low[index - 1] not in word_class("subject", "events")
    )


_SERVING = frozenset(
    {"role", "status", "act", "acting", "serve", "serving", "work", "recognise", "recognize"}
)
_NEEDED = frozenset(
    {"ahead", "before", "after", "following", "since", "through", "throughout", "via", "without"}
)
_GOING = frozenset({"move", "moving", "go", "going", "press", "push"})
_DURATION = frozenset({"hour", "hours", "minutes"})
_BEFORE_THAT = frozenset({"and", "of", "in", "on", "to", "for", "so", "all", ","})


def _is_mark(words: Words, index: int) -> bool:
    """True for a mark that ends a phrase; a full stop inside `Mekong-U.S.` does not."""
    word = words.low[index]
    if word == ".":
        return index >= len(words) - 2
    return word in _MARKS and not _is_hyphen(words, index)


def _is_hyphen(words: Words, index: int) -> bool:
    """True for a mark inside `U.S.- Oman`, `2021–2022` or the `China – Laos – Thailand railway`."""
    if words.low[index] not in "-–—" or not 0 < index < len(words) - 1:
        return False
    attached = words.ends[index - 1] == words.starts[index]
    if attached and words.ends[index] < words.starts[index + 1]:
        return words.is_capital(index - 1) and words.is_capital(index + 1)  # not "aid– food and"
    return attached or _joins_names(words, index)


def _joins_names(words: Words, dash: int) -> bool:
    """True for a dash between two names that another name or a noun follows."""
    if not (words.is_capital(dash - 1) and words.is_capital(dash + 1)):
        return False
    behind = words.low[dash + 2 : dash + 3]
    return (
        bool(behind)
        and (behind[0].isalpha() or behind[0] in "-–—")
        and not (
            behind[0] in word_class("clause", "finite") or behind[0] in ("and", "in", "to", "'s")
        )
    )


def clause_end(words: Words, first: int, limit: int) -> int:
    """Where a reported clause ends: at a new clause, a mark, or after the words a topic may have."""
    behind = 0
    for index in range(first + 1, limit):
        word = words.low[index]
        behind = behind or past_quoted(words, index, limit)
        if index < behind:
            continue
        behind = 0
        if _is_mark(words, index):
            return index
        if word in _CLAUSE_STOPS:
            return index
        if word == "and" and _starts_clause(words, index, limit):
            return index
        if word == "," and words.low[index + 1 : index + 2] == ["as"]:
            return index
        if words.matches(index, "clause", "strong"):
            return index
        if (
            words.matches(index, "clause", "tails")
            and word != "as"
            and not _is_what_it_was(words, index)
        ):
            return index
    return limit


def _is_what_it_was(words: Words, index: int) -> bool:
    """True for the "at" of "ties were at their lowest", which the clause cannot do without."""
    return words.low[index - 1] in word_class("clause", "be") and words.low[index] in ("at", "in")


_CLAUSE_STOPS = frozenset(
    {
        "while",
        "because",
        "which",
        "who",
        "although",
        "whereas",
        "but",
        "if",
        "without",
        "amid",
        "despite",
    }
)


def _starts_clause(words: Words, index: int, limit: int) -> bool:
    """True for "and will", ", and": a second verb or a second clause."""
    following = words.low[index + 1] if index + 1 < limit else ""
    return words.low[index - 1] == "," or following in word_class("clause", "second_verbs")
