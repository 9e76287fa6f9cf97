"""From the words after a verb to the topics they list: where they end, where they part.

No parser: closed word classes and the endings of adjectives decide. "Defence, economic and energy
cooperation" is one topic, because an adjective waits for the shared head; "trade, energy and
transport" are three.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

Range = tuple[int, int]

_ENDINGS = (
    "al", "ic", "ive", "ary", "ous", "able", "ible", "ful", "less", "ent", "ant", "ian", "ese",
    "ish", "ern", "ed", "ing", "ate", "ical",
)  # fmt: skip
_CONTENT_LIMIT = 11
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_MARKS = frozenset('"“”«»;:—–-!?….')
_NATIONAL = ("ian", "ean", "ese", "ish", "can", "ench")


def is_adjective(word: str) -> bool:
    """True if the lower-case word can wait for a noun: "economic", "defence", "free"."""
    if word in word_class("list", "adjectives"):
        return True
    if word in word_class("list", "not_adjectives") or len(word) < 5:
        return False
    return word.endswith(_ENDINGS)


def _waits(words: Words, index: int) -> bool:
    """True if the word at `index` is an adjective, also a capital one such as "Polish"."""
    word = words.low[index]
    if words.is_capital(index):
        plain = word not in word_class("list", "not_adjectives")
        return word in ("u.s.", "u.k.") or (plain and word.endswith(_NATIONAL))
    return is_adjective(word)


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
        elif not depth and _stops(words, first, index):
            return index
        index += max(1, words.matches(index, "clause", "strong")) if not depth else 1
    return min(index, limit)


def _stops(words: Words, first: int, index: int) -> bool:
    word = words.low[index]
    if _is_mark(words, index):
        return word != ";" or words.low.count(";") < 2
    if words.matches(index, "clause", "strong"):
        return False
    if word == "ahead" and words.low[index - 1] in (
        "move",
        "moving",
        "go",
        "going",
        "press",
        "push",
    ):
        return False
    if word in word_class("clause", "stops"):
        return index > first
    if word == "for" and not _DURATION.isdisjoint(words.low[index + 1 : index + 6]):
        return index > first
    if index > first and word == "that" and words.low[index - 1] not in _BEFORE_THAT:
        return words.content[index] - words.content[first] > 2
    if word in word_class("clause", "finite") and index > first:
        return words.low[index - 1] not in ("the", "a", "his", "her", "their", "to")
    return index > first and words.matches(index, "clause", "tails") > 0


_DURATION = frozenset({"hour", "hours", "minutes"})
_BEFORE_THAT = frozenset({"and", "of", "in", "on", "to", "for", "so", "all", ","})


def _is_mark(words: Words, index: int) -> bool:
    """True for a mark that ends a phrase; a full stop inside `Mekong-U.S.` does not."""
    word = words.low[index]
    if word == ".":
        return index >= len(words) - 2
    return word in _MARKS and not _is_hyphen(words, index)


def _is_hyphen(words: Words, index: int) -> bool:
    """True for a mark inside a compound such as `U.S.- Oman` or a range `2021–2022`."""
    if words.low[index] not in "-–—" or not 0 < index < len(words) - 1:
        return False
    return words.ends[index - 1] == words.starts[index]


def clause_end(words: Words, first: int, limit: int) -> int:
    """Where a reported clause ends: at a new clause, a mark, or after the words a topic may have."""
    for index in range(first + 1, limit):
        word = words.low[index]
        if _is_mark(words, index):
            return index
        if word in ("while", "because", "which", "who", "although", "whereas", "but", "if"):
            return index
        if word == "and" and _starts_clause(words, index, limit):
            return index
        if words.matches(index, "clause", "strong"):
            return index
        if words.matches(index, "clause", "tails"):
            return index
    return limit


def _starts_clause(words: Words, index: int, limit: int) -> bool:
    """True for "and will", ", and": a second verb or a second clause."""
    following = words.low[index + 1] if index + 1 < limit else ""
    return words.low[index - 1] == "," or following in _SECOND_VERBS


_SECOND_VERBS = frozenset(
    [
        "will",
        "would",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "hopes",
        "hope",
        "wants",
        "supports",
        "intends",
        "plans",
        "expects",
        "should",
        "must",
        "continues",
        "remains",
        "can",
        "could",
        "that",
    ]
)


def list_items(words: Words, first: int, last: int) -> list[Range]:
    """The topics listed in the words `first` to `last` (exclusive), trimmed and capped."""
    found: list[Range] = []
    for block in _blocks(words, first, last):
        found.extend(_merge(words, _segments(words, *block)))
    trimmed = (capped(words, *trim(words, *item)) for item in found)
    return [item for item in trimmed if item[1] > item[0] and _has_content(words, *item)]


def _blocks(words: Words, first: int, last: int) -> Iterator[Range]:
    """Stretches between "as well as", "including" and the like."""
    start = index = first
    while index < last:
        size = words.matches(index, "clause", "strong") or int(words.low[index] == ";")
        if size:
            yield start, index
            start = index + size
        index += max(1, size)
    yield start, last


def _segments(words: Words, first: int, last: int) -> list[tuple[int, int, str]]:
    """Stretches between commas and "and" outside brackets, each with the separator before it."""
    found: list[tuple[int, int, str]] = []
    start, depth, separator = first, 0, ""
    for index in range(first, last + 1):
        word = words.low[index] if index < last else "and"
        depth += (word in _OPEN) - (word in _CLOSE)
        if index < last and (depth or not _parts_here(words, start, index, last)):
            continue
        if index > start:
            if words.low[start] in ("those", "within"):
                start = index + 1
                continue
            if found and _is_aside(words, start, index):
                break
            found.append((start, index, separator))
            separator = word
        elif separator == ",":
            separator = ", and"
        start = index + 1
    return found


def _is_aside(words: Words, first: int, last: int) -> bool:
    """True for "caused by ...", "building on ...", "those posed by ...": no item of the list."""
    word = words.low[first]
    if last - first < 2 or not word.endswith(("ed", "ing")):
        return word in ("caused", "given", "held")
    if word in word_class("list", "not_adjectives"):
        return False
    return words.low[first + 1] in ("by", "with", "from", "at", "upon", "on")


def _parts_here(words: Words, start: int, index: int, last: int) -> bool:
    """True if a segment ends at `index`: not within a date, nor inside "between A and B"."""
    word = words.low[index]
    following = words.low[index + 1] if index + 1 < last else ""
    if word == ",":
        return not following.isdigit()
    if word == "and":
        within = words.low[start:index]
        return not ("between" in within[-8:] or "both" in within[-6:])
    return word in ("or", "&")


def _merge(words: Words, parts: list[tuple[int, int, str]]) -> list[Range]:
    """Join segments that share a head, leave apart those that are topics of their own."""
    if not parts:
        return []
    if _shares_last_head(words, parts):
        return [(parts[0][0], parts[-1][1])]
    found = [(parts[0][0], parts[0][1])]
    for number, (first, last, separator) in enumerate(parts[1:], 1):
        if _belongs(words, found[-1], parts[number - 1], (first, last), separator):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _shares_last_head(words: Words, parts: list[tuple[int, int, str]]) -> bool:
    """True for "trade, energy and transport cooperation": short parts before a general noun."""
    if len(parts) < 2:
        return False
    last_first, last_last, _ = parts[-1]
    if _head(words, last_first, last_last) not in word_class("list", "generic_heads"):
        return False
    if last_last - last_first < 2 or words.low[last_first] in word_class("clause", "determiners"):
        return False
    if any(w in word_class("clause", "prepositions") for w in words.low[last_first:last_last][:2]):
        return False
    heads = word_class("list", "generic_heads")
    return all(
        last - first <= 2
        and words.low[last - 1] not in heads
        and words.low[first] not in word_class("clause", "prepositions")
        for first, last, _ in parts[:-1]
    ) and any(is_adjective(words.low[last - 1]) for _, last, _ in parts[:-1]) | (len(parts) == 2)


def _head(words: Words, first: int, last: int) -> str:
    return words.low[_head_index(words, first, last)]


def _head_index(words: Words, first: int, last: int) -> int:
    """Index of the noun before the first preposition."""
    for index in range(first + 1, last):
        if words.low[index] in word_class("clause", "prepositions"):
            return index - 1
    return last - 1


def _belongs(
    words: Words, item: Range, before: tuple[int, int, str], part: Range, separator: str
) -> bool:
    """True if `part` continues the topic `item`, whose last segment is `before`."""
    first, last = part
    end = before[1] - 1
    word = words.low[first]
    if words.low[end] in word_class("clause", "prepositions"):
        return True  # "the preservation of and compliance with"
    if word in ("to", "for", "on", "about", "in", "of", "with", "how", "ways"):
        return False
    if separator == "and" and _shares_object(words, end, first, last):
        return True
    if word == "other" or _waits(words, end) or _is_acting(words, item, part):
        return True
    if word in word_class("list", "verbs") and words.low[item[0]] in word_class("list", "verbs"):
        return words.content[last] - words.content[item[0]] <= 7 or end == item[0]
    if _continues_verb(words, item, part):
        return True
    if _shares_complement(words, item, part):
        return True
    if words.is_capital(end) and words.is_capital(first) and _has_preposition(words, *item):
        return not _has_preposition(words, first, last) and not words.low[last - 1].endswith("s")
    return _completes(words, item, before, part, separator)


def _shares_object(words: Words, end: int, first: int, last: int) -> bool:
    """ "from the United States and NATO to ...", "holding X and his aides to account"."""
    if not words.is_capital(end):
        return False
    if words.low[first] in ("his", "her", "their"):
        return True
    following = words.low[first + 1] if first + 1 < last else ""
    return words.is_capital(first) and following in word_class("clause", "prepositions")


def _is_acting(words: Words, item: Range, part: Range) -> bool:
    """True for "the need of Peru and Chile working together": a gerund shared by two names."""
    first, last = part
    if last - first < 2 or not words.is_capital(first) or not words.is_capital(item[1] - 1):
        return False
    following = words.low[first + 1]
    return following.endswith("ing") and following not in word_class("list", "not_adjectives")


def _continues_verb(words: Words, item: Range, part: Range) -> bool:
    """True for "measures to press for a truce and restore trust": a second verb after "to"."""
    first, last = part
    verbs = word_class("list", "verbs")
    if words.low[first] not in verbs or last - first < 2:
        return False
    if words.low[first + 1] in word_class("clause", "prepositions"):
        return False
    return any(
        words.low[i] == "to" and words.low[i + 1] in verbs for i in range(item[0], item[1] - 1)
    )


def _shares_complement(words: Words, item: Range, part: Range) -> bool:
    """True for "the strength and importance of", "relations and cooperation in"."""
    first, last = part
    if last - first < 2 or words.low[first + 1] not in word_class("clause", "prepositions"):
        return False
    heads = word_class("list", "generic_heads")
    if words.low[item[1] - 1] in heads and words.low[first] in heads:
        return True
    if (
        words.low[item[0]] not in word_class("clause", "determiners")
        or words.low[first + 1] == "to"
    ):
        return False
    size = words.content[item[1]] - words.content[item[0]]
    return size == 1 or (size == 2 and is_adjective(words.low[item[1] - 2]))


def _completes(
    words: Words, item: Range, before: tuple[int, int, str], part: Range, separator: str
) -> bool:
    """Rules for a short bare part: paired nouns, or one more object of a gathering noun."""
    first, last = part
    head = _head_index(words, first, last)
    size = words.content[head + 1] - words.content[first]
    listed = separator != "," or _has_preposition(words, *item)
    if listed and _is_pair(words, before[1] - 1, head):
        return True
    if words.low[first] in word_class("clause", "determiners"):
        return False
    if size > 2 or _has_preposition(words, first, last):
        return False
    at = _gathering(words, *item, any_noun=size == 1 and separator == "and")
    if at:
        return words.is_capital(at) == words.is_capital(first)
    return (
        separator == "and"
        and size == 1
        and item[1] - item[0] > 1
        and is_adjective(words.low[item[0]])
    )


def _is_pair(words: Words, left: int, right: int) -> bool:
    paired = word_class("list", "paired")
    return words.low[left] in paired and words.low[right] in paired


def _has_preposition(words: Words, first: int, last: int) -> bool:
    prepositions = word_class("clause", "prepositions")
    return any(w in prepositions and w != "between" for w in words.low[first:last])


def _gathering(words: Words, first: int, last: int, *, any_noun: bool) -> int:
    """Index of the object after "situation in", "cooperation in"; 0 if there is none."""
    for index in range(last - 2, first, -1):
        if words.low[index] in word_class("clause", "prepositions"):
            if any_noun or words.low[index - 1] in word_class("list", "containers"):
                at = index + 1
                while at < last - 1 and words.low[at] in word_class("clause", "determiners"):
                    at += 1
                return at
            if words.low[index] != "of":
                return 0
    return 0


_EDGE = frozenset(
    [
        "and",
        "or",
        ",",
        ";",
        ":",
        "(",
        "also",
        "both",
        "as",
        "well",
        "with",
        "on",
        "in",
        "to",
        "of",
        "for",
        "the",
        "a",
        "an",
        "about",
        "by",
        "from",
        "at",
        "regarding",
        "concerning",
        "that",
        "further",
        '"',
        "“",
        "”",
        "«",
        "»",
        "-",
        "–",
        "—",
        ".",
        "'s",
        "'",
        "’",
        "including",
        "such",
        "even",
    ]
)
_TRAILING = _EDGE | frozenset(
    ["it", "they", "he", "she", "we", "there", "here", "also", "which", "who", "together"]
)
_START_KEEP = frozenset({"the", "a", "an", "both"})


def trim(words: Words, first: int, last: int) -> Range:
    """Drop conjunctions, prepositions and marks at both edges."""
    while first < last and words.low[first] in _EDGE and words.low[first] not in _START_KEEP:
        first += 1
    while last > first and words.low[last - 1] in _TRAILING:
        last -= 1
    return first, last


def capped(words: Words, first: int, last: int) -> Range:
    """Cut a long phrase at the last boundary that leaves at most ten content words."""
    if words.content[last] - words.content[first] <= _CONTENT_LIMIT:
        return first, last
    best = 0
    for index in range(first + 1, last):
        if words.content[index] - words.content[first] > _CONTENT_LIMIT:
            break
        if _is_boundary(words.low[index]) and words.content[index] - words.content[first] >= 3:
            best = index
    return trim(words, first, best or index)


_OTHER_BOUNDARIES = frozenset({",", "and", "or", "through", "that"})


def _is_boundary(word: str) -> bool:
    return word in _OTHER_BOUNDARIES or word in word_class("clause", "prepositions")


def _has_content(words: Words, first: int, last: int) -> bool:
    """True unless only pronouns and small words are left."""
    return words.content[last] > words.content[first] and not all(
        w in _EMPTY for w in words.low[first:last]
    )


_EMPTY = frozenset(
    [
        "it",
        "this",
        "that",
        "them",
        "these",
        "those",
        "him",
        "her",
        "he",
        "she",
        "they",
        "so",
        "there",
        "the",
        "a",
        "an",
        "other",
        "others",
        "issue",
        "one",
        "each",
        "us",
        "me",
        "you",
        "what",
        "who",
        "which",
        "following",
        "matter",
        "same",
        "such",
    ]
)


_INTENTIONS = frozenset(
    [
        "commitment",
        "readiness",
        "intention",
        "desire",
        "willingness",
        "resolve",
        "determination",
        "interest",
        "hope",
    ]
)


def past_intention(words: Words, first: int, last: int) -> int:
    """Past "their shared commitment to": what somebody is committed to is the topic."""
    for index in range(first, min(last - 1, first + 6)):
        if words.low[index] in _INTENTIONS and words.low[index + 1] in ("to", "in", "for"):
            rest = index + 2
            return rest if words.content[last] - words.content[rest] >= 2 else first
    return first
