"""Which parts of a list are one topic.

No parser: closed word classes and the endings of adjectives decide. "Defence, economic and energy
cooperation" is one topic, because an adjective waits for the shared head; "trade, energy and
transport" are three.
"""

from __future__ import annotations

from loaders.extraction.content_heads import (
    BONDS,
    Part,
    bare_modifier,
    fields_of_cooperation,
    has_preposition,
    head_index,
    head_of,
    is_first_of_fields,
    is_kindred,
    is_named_pair,
    is_pair_of_issues,
    is_trade_and,
    lacks_head,
    one_article,
    shares_last_head,
)
from loaders.extraction.content_inner import (
    ARTICLES,
    aims_too,
    does_too,
    is_cause,
    is_of_the_day,
    is_owned,
    pairs_inside,
    shares_owner_before,
)
from loaders.extraction.content_labels import names_subject, topic_label
from loaders.extraction.content_pairs import completes, is_pair
from loaders.extraction.content_phrases import Range, is_adjective, waits
from loaders.extraction.content_proper import (
    article,
    is_acting,
    is_name,
    is_one_name,
    shares_object,
    shares_owner,
)
from loaders.extraction.content_tables import alike, word_class
from loaders.extraction.content_words import Words


def merged(words: Words, parts: list[Part]) -> list[Range]:
    """Join segments that share a head, leave apart those that are topics of their own."""
    if not parts:
        return []
    if shares_last_head(words, parts) or fields_of_cooperation(words, parts):
        return [(parts[0][0], parts[-1][1])]
    shared = one_article(words, parts)
    found = [(parts[0][0], parts[shared][1])]
    inner = len(parts) > 2 and parts[-1][2] == ", and"
    for number, (first, last, separator) in list(enumerate(parts))[shared + 1 :]:
        is_pair = inner and separator == "and" and number < len(parts) - 1
        if len(found) > 1 and _closes_list(words, found[-1], parts, number):
            found.append((first, last))
        elif is_pair or _belongs(words, found[-1], parts[number - 1], (first, last), separator):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _closes_list(words: Words, item: Range, parts: list[Part], number: int) -> bool:
    """True for the last of "A, B, the repair of the mole and border security": a list has one "and"."""
    first, last, separator = parts[number]
    if item[0] != parts[number - 1][0]:
        return False  # a list within the item: "cooperation in wool, culture and the like"
    if number < len(parts) - 1 or separator != "and" or any(p[2] != "," for p in parts[1:number]):
        return False
    if words.is_capital(first):
        return False
    if words.content[last] - words.content[first] < 2:
        return _is_subject(words, item, first, last)
    whole = has_preposition(words, *item) and not waits(words, item[1] - 1)
    plain = words.low[first] not in word_class("clause", "prepositions") | {"how", "its", "their"}
    verbal = words.low[first] in word_class("list", "verbs")
    return whole and plain and not verbal and not is_pair(words, item[1] - 1, first)


def _is_subject(words: Words, item: Range, first: int, last: int) -> bool:
    """True for the "migration" of "A, the return of the vases and migration": a topic by itself."""
    if last - first != 1 or words.low[item[1] - 2] in word_class("clause", "prepositions"):
        return False
    return names_subject(topic_label(words.low[first]))


def _belongs(words: Words, item: Range, before: Part, part: Range, separator: str) -> bool:
    """True if `part` continues the topic `item`, whose last segment is `before`."""
    plain = separator == "and"
    if separator == "or":
        return True
    if _by_words(words, before, part, plain=plain) or _by_heads(words, item, part, separator):
        return True
    if words.low[part[0]] in _OWN_STARTS or (plain and is_of_the_day(words, item, part)):
        return False
    if plain and shares_object(words, before[1] - 1, *part):
        return True
    if (
        (waits(words, before[1] - 1) and words.low[part[0]] not in ARTICLES)
        or is_acting(words, item, part)
        or _still_waits(words, item, before, part)
    ):
        return True
    if _is_verb(words, part[0]) and _is_verb(words, item[0]):
        return words.content[part[1]] - words.content[item[0]] <= 7 or before[1] - 1 == item[0]
    if _continues_verb(words, item, part) or _continues_relative(words, item, part[0]):
        return True
    if plain and (
        _completes_verb(words, item, part)
        or pairs_inside(words, item, before, part)
        or shares_owner_before(words, item, part)
    ):
        return True
    if separator != ", and" and _shares_complement(words, item, part, separator):
        return True
    return _goes_on_with_names(words, item, before, part, separator)


_OWN_STARTS = frozenset({"to", "for", "on", "about", "in", "of", "with", "how", "ways"})


def _is_verb(words: Words, index: int) -> bool:
    return words.low[index] in word_class("list", "verbs")


def _by_words(words: Words, before: Part, part: Range, *, plain: bool) -> bool:
    """True where the words at the "and" themselves show that the topic goes on."""
    first, last = part
    end, word = before[1] - 1, words.low[first]
    if words.low[last - 1] == "them" and last - first < 5:
        return True
    if end > 0 and words.low[end - 1] == "of" and words.low[end] in ("today", "tomorrow"):
        return True  # "the challenges of today and the future"
    if word == "others" or words.low[last - 3 : last] == ["to", "an", "end"]:
        return True
    if words.is_capital(end) and words.low[end] == word and words.low[first + 1] != "'s":
        return True  # "for Gaza and Gaza reconstruction"
    people = last - first > 1 and alike("list", "paired", words.low[end], "allies")
    if people and is_name(words, first, last):
        return True  # "our allies, the Kingdom of Tonga and Fiji"
    if plain and _is_verb(words, end) and _acts(words, part):
        return True  # "to prevent, detect and respond to"
    if _is_verb(words, end) and _is_verb(words, first) and end > before[0]:
        return True  # "acts that delay, halt or reverse the thaw"
    where = word_class("clause", "prepositions") | _WHERE
    if words.low[end] in where and plain:
        return True  # "the preservation of and compliance with"
    if word == "on" and words.low[first + 1 : first + 2] == ["to"]:
        return True
    return words.low[end] in _OWNING  # "the actions of", said as "Chile's and Peru's actions"


_WHERE = frozenset({"inside", "outside"})
_OWNING = frozenset({"'s", "'", "’"})


def _by_heads(words: Words, item: Range, part: Range, separator: str) -> bool:
    """True where both share a head, an owner, a cause or the preposition behind the noun."""
    end, word = item[1] - 1, words.low[part[0]]
    if is_one_name(words, end, part) or shares_owner(words, item, part):
        return True
    if word == "in" and (_repeats_link(words, item, part) or does_too(words, item, part)):
        return True
    if is_kindred(words, item, part):
        return True
    if separator == ",":
        lone = part[1] - part[0] == 1 and waits(words, part[0])
        return is_first_of_fields(words, item, part) or (lone and words.low[end] == "trade")
    return separator == "and" and (
        _leans_back(words, item, part)
        or lacks_head(words, item, part)
        or _is_other(words, end, item, part)
        or is_pair_of_issues(words, item, part)
        or is_named_pair(words, item, part)
        or bare_modifier(words, item, part)
        or is_trade_and(words, item, part)
        or is_cause(words, item, part)
        or aims_too(words, item, part)
    )


def _goes_on_with_names(
    words: Words, item: Range, before: Part, part: Range, separator: str
) -> bool:
    """Names behind a name belong to it, unless they own a topic; then the rules for short parts."""
    (first, last), end = part, before[1] - 1
    if separator == "and" and is_owned(words, end, first, last):
        return False
    if _are_both_named(words, item, end, part):
        return True
    if words.is_capital(end) and words.is_capital(first) and has_preposition(words, *item):
        several = last - first > 1 and words.low[last - 1].endswith("s")
        several = several or _is_of_a_nation(words, first, last, separator)
        return not has_preposition(words, first, last) and not several
    if separator == "and" and words.is_capital(end) and is_name(words, first, last):
        if words.low[article(words, item[0], item[1]) - 1] in _WITHIN:
            return True
    return completes(words, item, before, part, separator)


def _are_both_named(words: Words, item: Range, end: int, part: Range) -> bool:
    """True for "help from Nordic allies and Baltic partners", "the Olympic and Paralympic games"."""
    first, last = part
    head = head_index(words, *part)
    if has_preposition(words, *item) and is_pair(words, end, head):
        return True
    if last - first < 2 or not (words.is_capital(end) and words.is_capital(first)):
        return False
    both = words.low[end].endswith("ic") and words.low[first].endswith("ic")
    return both and not words.is_capital(head)


def _is_of_a_nation(words: Words, first: int, last: int, separator: str) -> bool:
    """True for ", Finnish development aid": a noun of its own, not one more name."""
    return separator == "," and waits(words, first) and not words.is_capital(last - 1)


_WITHIN = frozenset({"within", "in", "between", "through", "under", "at", "with", "by"})


def _still_waits(words: Words, item: Range, before: Part, part: Range) -> bool:
    """True for "humanitarian, security and economic needs": the first adjective has no head yet."""
    first = before[0]
    if before[1] - first != 1 or first - 2 < item[0] or not waits(words, first - 2):
        return False
    if part[1] - part[0] == 1 and words.low[part[1] : part[1] + 1] != ["and"]:
        return False
    head = head_of(words, *part)
    return is_adjective(words.low[part[0]]) and (
        part[1] - part[0] == 1 or head in word_class("list", "generic_heads")
    )


def _acts(words: Words, part: Range) -> bool:
    return words.low[part[0]] in word_class("list", "verbs") and part[1] - part[0] > 1


def _is_other(words: Words, end: int, item: Range, part: Range) -> bool:
    """True for "the heads of Peru and a number of other states", not for "and other issues"."""
    first, last = part
    if not has_preposition(words, *item):
        return False
    head = head_of(words, first, last)
    if words.low[first] == "other" and not words.is_capital(end):
        own = word_class("list", "generic_heads") | word_class("list", "counted")
        return words.low[end] not in own and head not in own
    if not words.is_capital(end):
        return False
    return "other" in words.low[first : first + 4] and head not in word_class("list", "counted")


def _leans_back(words: Words, item: Range, part: Range) -> bool:
    """True for "talks with Chile and with Peru", "Russian culture and its makers"."""
    word = words.low[part[0]]
    if word in ("with", "between", "among"):
        return word in words.low[item[0] + 1 : item[1]]
    size = words.content[part[1]] - words.content[part[0]]
    near = words.low[part[0] + 1 : min(part[1], part[0] + 3)]
    followers = not _FOLLOWERS.isdisjoint(near) and words.is_capital(item[1] - 1)
    return word in ("its", "their") and (size == 1 or followers) and has_preposition(words, *item)


def _repeats_link(words: Words, item: Range, part: Range) -> bool:
    """True for "cooperation in wool, in timber and in tugs": the preposition behind the noun comes again."""
    head = head_index(words, *item)
    if words.low[head + 1 : head + 2] != [words.low[part[0]]] or part[1] - part[0] > _SHORT_PART:
        return False
    return words.low[head] in word_class("list", "containers")


_SHORT_PART = 5


_FOLLOWERS = frozenset({"allies", "partners", "neighbours", "neighbors", "supporters", "backers"})


def _continues_verb(words: Words, item: Range, part: Range) -> bool:
    """True for "measures to press for a truce and restore trust": a second verb after "to"."""
    first, last = part
    verbs = word_class("list", "verbs")
    first += words.low[first].endswith("ly")
    if first >= last or words.low[first] not in verbs or last - first < 2:
        return False
    if words.low[first + 1] in word_class("clause", "prepositions"):
        return False
    return any(
        words.low[i] == "to" and words.low[i + 1] in verbs for i in range(item[0], item[1] - 1)
    )


def _completes_verb(words: Words, item: Range, part: Range) -> bool:
    """True for "contribute to dialogue and confidence building": a second bare object of a verb."""
    opener = words.low[item[0]]
    acting = (
        item[1] - item[0] > 1
        and opener.endswith("ing")
        and opener not in word_class("list", "not_adjectives")
    )
    if not (acting or opener in word_class("list", "verbs")) or item[1] - item[0] > 3 - acting:
        return False
    bare = words.low[item[1] - 2] not in word_class("clause", "determiners")
    bare = bare and words.low[item[0] + 1] != "for"  # "support for Peru and sanctions"
    light = word_class("clause", "determiners") | word_class("clause", "prepositions")
    verbs = word_class("list", "verbs")
    return bare and words.low[part[0]] not in light and words.low[part[0]] not in verbs


def _continues_relative(words: Words, item: Range, first: int) -> bool:
    """True for "attacks that lead to escalation and extend the conflict"."""
    if words.low[first] not in word_class("list", "verbs"):
        return False
    return any(w in ("that", "which", "who") for w in words.low[item[0] + 1 : item[1]])


def _shares_complement(words: Words, item: Range, part: Range, separator: str) -> bool:
    """True for "the strength and importance of", "relations and cooperation in"."""
    first, last = part
    if (
        is_adjective(words.low[first])
        and last - first > 3
        and words.low[first + 2] in ("of", "for")
    ):
        first += 1  # "the opportunities and ongoing challenges for"
    if last - first > 3 and waits(words, first) and words.low[first + 1] in BONDS:
        first += words.low[item[1] - 1] in BONDS  # "the partnership and allied relations between"
    if last - first < 2 or words.low[first + 1] not in word_class("clause", "prepositions"):
        return False
    if separator == "or" and item[1] - item[0] == 1:
        return True  # "reinforcement or rebuilding of"
    heads = word_class("list", "generic_heads")
    if words.low[item[1] - 1] in heads and words.low[first] in heads:
        return words.low[item[1] - 1] in BONDS or not has_preposition(words, *item)
    if item[1] - item[0] == 2 and words.low[item[0]].endswith("ing"):
        return True  # "recruiting doctors and nurses from"
    if (
        words.low[item[0]] not in word_class("clause", "determiners")
        or words.low[first + 1] == "to"
    ):
        return False
    size = words.content[item[1]] - words.content[item[0]]
    same = words.low[item[1] - 1][-1] != "s" or is_pair(words, item[1] - 1, first)
    return size == 1 or (size == 2 and is_adjective(words.low[item[1] - 2]) and same)
