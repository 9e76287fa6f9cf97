"""Where a list of topics parts: at commas, "and", "as well as", outside brackets; asides are left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from loaders.extraction.content_edges import capped, trim
from loaders.extraction.content_heads import BONDS, Part, head_index
from loaders.extraction.content_joins import merged
from loaders.extraction.content_phrases import Range, is_adjective, joins_subjects
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

_OPEN, _CLOSE = frozenset("([“«"), frozenset(")]”»")


def list_items(words: Words, first: int, last: int) -> list[Range]:
    """The topics listed in the words `first` to `last` (exclusive), trimmed and capped."""
    parts = _by_preposition(words, first, last)
    if len(parts) > 1:
        return [item for part in parts for item in _of_part(words, *part)]
    found: list[Range] = []
    for start, stop in _blocks(words, first, last):
        items = merged(words, _segments(words, start, stop))
        if found and items and _names_some(words, items[0], found[-1]):
            continue
        if found and len(items) > 1 and _ends_aside(words, items[-1]):
            found[-1] = (found[-1][0], items[-1][1])
        elif items and found and _is_one_more_field(words, found[-1], items):
            found[-1] = (found[-1][0], items[0][1])
            found.extend(items[1:])
        elif items and len(found) == 1 and _announces(words, *found[0]):
            found = items
        elif found and items and _specifies(words, first, (items[0][0], items[-1][1])):
            found[-1] = (found[-1][0], items[-1][1])  # "security, including Iran"
        elif found and items and _is_example(words, first, items[0]):
            found[-1] = (found[-1][0], items[0][1])  # "security, including Iran, and trade"
            found.extend(items[1:])
        else:
            found.extend(items)
    trimmed = (capped(words, *trim(words, *item)) for item in found)
    return [item for item in trimmed if item[1] > item[0] and _has_content(words, *item)]


def _by_preposition(words: Words, first: int, last: int) -> list[Range]:
    """The parts of "(about) a line that carries A and B, about C, and about D"; one where nothing is repeated."""
    link = words.low[first - 1] if first > 0 else ""
    if link not in ("about", "on", "over", "of"):
        return [(first, last)]
    edges = [first]
    for index in range(first + 1, last - 1):
        if words.low[index] == link and words.low[index - 1] in (",", "and"):
            edges.append(index + 1)
    return list(pairwise([*edges, last + 1])) if len(edges) > 2 else [(first, last)]


def _of_part(words: Words, first: int, last: int) -> list[Range]:
    """One topic if the part has a relative clause, whose commas part nothing; else what it lists."""
    last -= 1
    while last > first and words.low[last - 1] in (",", "and"):
        last -= 1
    if {"that", "which", "who"}.isdisjoint(words.low[first:last]):
        return list_items(words, first, last)
    item = capped(words, *trim(words, first, last))
    return [item] if item[1] > item[0] else []


def _is_one_more_field(words: Words, item: Range, items: list[Range]) -> bool:
    """True for the "tourism" of "cooperation in trade as well as tourism": no comma parts the two."""
    first, last = items[0]
    if words.low[item[1] : first] != ["as", "well", "as"] or last - first > 1 or len(items) > 1:
        return False
    at = next((i for i in range(item[0] + 1, item[1]) if words.low[i] == "in"), 0)
    return at > 0 and words.low[at - 1] in BONDS


def _announces(words: Words, first: int, last: int) -> bool:
    """True for "a wide range of issues" before "including ...": what follows says which."""
    if words.low[last - 1 : last] in ([","], [":"]):
        last -= 1
    size = words.matches(last, "clause", "strong") if last < len(words) else 0
    if not size and words.low[last : last + 1] == [","] and last + 1 < len(words):
        size = words.matches(last + 1, "clause", "strong")
    plain = word_class("list", "plain") | word_class("clause", "determiners")
    heads = words.low[last - 1] in word_class("list", "announcing")
    return size > 0 and heads and all(w in plain for w in words.low[first : last - 1])


def _is_example(words: Words, first: int, item: Range) -> bool:
    """True for a short example that a comma and "and" part from the rest of the list."""
    behind = words.low[item[1] : item[1] + 2]
    return behind == [",", "and"] and _specifies(words, first, item)


def _specifies(words: Words, first: int, item: Range) -> bool:
    """True for a short example or two behind "including" or "such as"."""
    before = item[0] - 1
    plain = words.low[before] == "including" and words.low[before - 1] not in (",", "and")
    if before > first and (plain or words.low[before - 1 : before + 1] == ["such", "as"]):
        return not (
            _begins_again(words, *item)
            or _is_range(words, first, before)
            or _are_stock_issues(words, before - 2)
        )
    if before > first and words.low[before] in _STRESSED and _are_fields(words, item):
        return True
    size = words.content[item[1]] - words.content[item[0]]
    single = size <= _LONGEST_EXAMPLE and _AND.isdisjoint(words.low[item[0] : item[1] + 1])
    if words.low[before - 1 : before + 1] == [",", "including"] and single and before > first:
        return not _is_range(words, first, before - 1)
    if before <= first or size > 2 + _may_be_two(words, item):
        return False
    if words.low[before - 1 : before + 1] == ["reference", "to"]:
        return "and" not in words.low[item[0] : item[1]]
    return words.low[before] in ("including", "primarily", "particularly", "especially", "notably")


def _ends_aside(words: Words, item: Range) -> bool:
    """True for the ", to end the strike" of "efforts, including fines, to end the strike"."""
    verbs = word_class("list", "verbs")
    opens = words.low[item[0] - 1] == "," and words.low[item[0]] == "to"
    return opens and words.low[item[0] + 1] in verbs


def _names_some(words: Words, item: Range, before: Range) -> bool:
    """True for the names behind "all those detained, including ...": people are no topic."""
    if words.low[item[0] - 1] != "including" or not words.is_capital(item[1] - 1):
        return False
    return not _PEOPLE.isdisjoint(words.low[before[0] : before[1]])


_PEOPLE = frozenset(
    {
        "those",
        "citizens",
        "nationals",
        "prisoners",
        "detainees",
        "hostages",
        "journalists",
        "activists",
        "persons",
        "individuals",
    }
)


def _is_range(words: Words, first: int, last: int) -> bool:
    """True for "a range of issues of the day", "the most pressing issues": what follows says which."""
    first += words.low[first] in ("on", "about", "of", "to")
    head = words.low[head_index(words, first, last)]
    return head in word_class("list", "announcing") or head in _RANGES


_RANGES = frozenset({"range", "number", "variety", "series", "set", "array"})


def _are_stock_issues(words: Words, comma: int) -> bool:
    """True for "regional matters, such as": what stands behind is told for itself."""
    stock = words.low[comma - 1] in word_class("list", "announcing") and words.low[comma] == ","
    return stock and words.low[comma - 2] in _STOCK


_STOCK = frozenset({"regional", "international", "global", "bilateral", "multilateral"})


def _begins_again(words: Words, first: int, last: int) -> bool:
    """True where "and about ..." parts what follows from the examples."""
    return any(
        words.low[i] == "and" and words.low[i + 1] in ("about", "on", "over", "to")
        for i in range(first, last - 1)
    )


_STRESSED = frozenset(
    {"particular", "especially", "particularly", "notably", "mainly", "primarily", "chiefly"}
)


def _are_fields(words: Words, item: Range) -> bool:
    """True for the "in bauxite, timber and fisheries" of "co-operation, in particular in ..."."""
    light = (word_class("clause", "prepositions") | word_class("clause", "determiners")) - {"in"}
    short = words.content[item[1]] - words.content[item[0]] <= _FEW_FIELDS
    return short and words.low[item[0]] == "in" and light.isdisjoint(words.low[item[0] : item[1]])


_FEW_FIELDS = 5
_LONGEST_EXAMPLE = 3
_AND = frozenset({"and", ","})
_NOUNS_TOO = ("ing", "ment", "ics", "ative")


def _may_be_two(words: Words, item: Range) -> int:
    """2 for the examples of "human rights, including press freedom and free speech": bare, not of "issues"."""
    light = word_class("clause", "determiners") | {","}
    head = item[0] - 2 - (words.low[item[0] - 2] == ",")
    listed = words.low[head] in word_class("list", "announcing") or words.low[item[0]].endswith(
        "ing"
    )
    return 2 if light.isdisjoint(words.low[item[0] : item[1]]) and not listed else 0


def _blocks(words: Words, first: int, last: int) -> Iterator[Range]:
    """Stretches between "as well as", "including" and the like."""
    start = index = first
    while index < last:
        size = words.matches(index, "clause", "strong") or int(words.low[index] == ";")
        if size:
            yield start, index
            start = index + size
            to = _far_end(words, index, last)
            if to:
                yield start, to
                start, size = to + 1, to + 1 - index
        index += max(1, size)
    yield start, last


def _far_end(words: Words, first: int, last: int) -> int:
    """Index of the "to" of "ranging from fisheries to visas"; 0 if none is there."""
    if words.low[first : first + 2] != ["ranging", "from"]:
        return 0
    verbs = word_class("list", "verbs")
    near = range(first + 3, last - 1)
    return next((i for i in near if words.low[i] == "to" and words.low[i + 1] not in verbs), 0)


def _segments(words: Words, first: int, last: int) -> list[Part]:
    """Stretches between commas and "and" outside brackets, each with the separator before it."""
    found: list[Part] = []
    start, depth, separator = first, 0, ""
    for index in range(first, last + 1):
        word = words.low[index] if index < last else "and"
        depth += (word in _OPEN) - (word in _CLOSE)
        if index < last and (depth or not _parts_here(words, start, index, last)):
            continue
        if index > start:
            if words.low[start] == "within" or _is_apposition(words, start, index, separator, last):
                start = index + 1
                continue
            if found and words.low[start] == "that":
                break
            if found and (
                _is_aside(words, start, index) or (index == last and _builds_on(words, start))
            ):
                break
            found.append((start, index, separator))
            separator = word
        elif separator == ",":
            separator = ", and"
        start = index + 1
    return found


def _is_apposition(words: Words, start: int, stop: int, separator: str, last: int) -> bool:
    """True for "a step forward" behind a comma that no "and" follows: it says what the item before is."""
    if separator != "," or words.low[start] not in ("a", "an", '"', "“", "«"):
        return False
    costs = words.low[start + 1 : start + 2] in (["$"], ["€"], ["£"])
    if stop == last or costs or words.low[start + 1][:1] in "$€£":
        return True
    again = words.low[stop + 1 : stop + 3]
    return (
        words.low[stop] == "," and again[:1] == ["and"] and again[1:] in (["for"], ["on"], ["to"])
    )


_BEHIND_ASIDES = frozenset({"by", "with", "from", "at", "upon", "on", "in", "under", "as"})


def _is_aside(words: Words, first: int, last: int) -> bool:
    """True for "caused by ...", "building on ...", "those posed by ...": no item of the list."""
    word = words.low[first]
    if words.low[first : first + 2] == ["the", "only"] or word == "something":
        return True
    if last - first < 2 or not word.endswith(("ed", "ing")):
        return word in ("caused", "given", "held") or (
            word in ("put", "set") and words.low[first + 1 : first + 2] in (["by"], ["at"])
        )
    if word in word_class("list", "not_adjectives"):
        return False
    return words.low[first + 1] in _BEHIND_ASIDES


def _builds_on(words: Words, first: int) -> bool:
    """True for ", building on the talks of May" where nothing follows it."""
    return words.low[first - 1 : first + 2] == [",", "building", "on"]


def _parts_here(words: Words, start: int, index: int, last: int) -> bool:
    """True if a segment ends at `index`: not within a date, nor inside "between A and B"."""
    word = words.low[index]
    following = words.low[index + 1] if index + 1 < last else ""
    if word == ",":
        if following.isdigit() or _among_dates(words, start, index, last):
            return False
        if following == "and" and index + 2 < last and _is_short_day(words, index - 2):
            return not _is_month(words.low[index + 2])
        if words.is_capital(index - 1) and _pairs(words.low[start:index][-8:], "between"):
            return False  # "between Chile, Peru, and other states"
        return "among" not in words.low[max(start, index - 9) : index]
    if word == "and":
        if _among_dates(words, start, index, last):
            return False
        within = words.low[start:index]
        if not _RELATIVES.isdisjoint(within) and joins_subjects(words, index, last):
            return False
        within = within[1:] if within[:1] == ["both"] else within  # "both trade and defence"
        return not _pairs(within[-8:], "between") and not _pairs(within[-6:], "both")
    return word in ("or", "&")


def _among_dates(words: Words, start: int, index: int, last: int) -> bool:
    """True between the days of "the May 9, 2020, June 1, 2021, and July 3, 2021, agreements"."""
    end = index - (words.low[index] == "and" and words.low[index - 1] == ",")
    if words.low[index] == "and" and _is_short_day(words, end - 2) and index + 1 < last:
        return _is_month(words.low[index + 1])  # "January 11 and November 26, 2021"
    if end - start < 4 or not _is_day(words, end - 4):
        return False
    behind = index + 1 + (words.low[index + 1 : index + 2] == ["and"])
    if behind + 1 < last and _is_month(words.low[behind]) and words.low[behind + 1].isdigit():
        return True
    first = end - 4
    while first - 1 > start and (words.low[first - 1] in (",", "and") or _is_day(words, first - 4)):
        first -= 1 if words.low[first - 1] in (",", "and") else 4
    return first > 0 and words.low[first - 1] == "the"


def _is_short_day(words: Words, first: int) -> bool:
    """True for "May 9"."""
    return first >= 0 and _is_month(words.low[first]) and words.low[first + 1].isdigit()


def _is_month(word: str) -> bool:
    return word in word_class("clause", "months") or word == "may"


def _is_day(words: Words, first: int) -> bool:
    """True for "May 9, 2020"."""
    if first < 0 or not _is_month(words.low[first]):
        return False
    day, comma, year = words.low[first + 1 : first + 4]
    return day.isdigit() and comma == "," and year.isdigit() and len(year) == 4


def _pairs(within: list[str], opener: str) -> bool:
    """True if "between A" still waits for its "and"; "between the two countries" does not."""
    if opener not in within:
        return False
    behind = within[within.index(opener) + 1 :]
    head = next((w for w in behind if w not in _PAIR), "")
    several = not _SEVERAL.isdisjoint(behind[:2]) and behind[-1].endswith("s")
    return "and" not in behind and head not in _BOTH_SIDES and not several


_RELATIVES = frozenset({"that", "which"})
_PAIR = frozenset({"the", "our", "these", "two", "both", "their"})
_SEVERAL = _PAIR - {"the"} | {"three", "neighbouring"}
_BOTH_SIDES = frozenset(
    {"countries", "sides", "nations", "peoples", "states", "parties", "governments", "leaders"}
)


def _has_content(words: Words, first: int, last: int) -> bool:
    """True unless only pronouns and small words are left."""
    if words.low[first:last] in (["the", "bilateral"], ["bilateral"]):
        return False
    if last - first == 1 and words.low[first] in word_class("clause", "months"):
        return False
    if last - first == 1 and not words.is_capital(first) and is_adjective(words.low[first]):
        return words.low[first].endswith(_NOUNS_TOO)
    return words.content[last] > words.content[first] and not all(
        w in word_class("list", "empty") or w.isdigit() for w in words.low[first:last]
    )
