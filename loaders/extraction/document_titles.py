"""Where the name of a document begins and ends: "a memorandum on seed exports", and no word more.

A document is a head noun (a `kind` of `content_documents.toml`) with the words before it that describe
it and the complement after it: "on ...", "of ...", "between ... and ...", a quoted title.
"""

from __future__ import annotations

import re
from functools import cache

from loaders.extraction.content_cues import cues
from loaders.extraction.content_phrases import acts_next
from loaders.extraction.content_subjects import speech_verbs
from loaders.extraction.content_tables import phrases, table, word_class
from loaders.extraction.content_words import Words
from loaders.extraction.document_heads import Head
from loaders.extraction.furniture import is_known_place

Range = tuple[int, int]

_REACH_LEFT = 14
_LONGEST = 30
_OPENING, _CLOSING = frozenset('"“«„‘'), frozenset('"”»“’')
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d\Z")


def _class(name: str) -> frozenset[str]:
    return word_class("document", name)


# To the left -------------------------------------------------------------------------------------


def title_start(words: Words, head: Head, floor: int) -> int:
    """Where the phrase that ends in `head` begins, not before `floor`."""
    lowest = max(floor, head.first - _REACH_LEFT)
    index = head.first
    while index > lowest and _describes(words, index - 1, lowest):
        index -= 1
        if words.low[index] in _class("determiners") or (
            _is_plural(words, head) and _opens_count(words, index, lowest)
        ):
            break
    while index < head.first and words.low[index] in ("and", ",", "of", "'s", "-", "–", "&"):
        index += 1
    while index > lowest and words.low[index - 1] in ("than", "more", "over"):
        index -= 1
    return _with_container(words, index, lowest)


def _opens_count(words: Words, index: int, lowest: int) -> bool:
    """True for the "thirty" of "after the talks thirty papers": no word before it counts or describes."""
    spelled = words.low[index] in _class("numbers") - {"hundred", "dozen", "scores"}
    if words.low[index : index + 2] == ["more", "than"]:
        return index > lowest and words.low[index - 1] not in _class("determiners")
    if not spelled and not words.low[index].isdigit():
        return False
    return index > lowest and not (
        words.low[index - 1]
        in _class("determiners") | _class("before_numbers") | {"than", "up", "-"}
        or _is_number(words, index - 1)
    )


def _with_container(words: Words, index: int, lowest: int) -> int:
    """Take in "a number of", "the text of" before the phrase."""
    if index - 2 < lowest or words.low[index - 1] != "of":
        return index
    if words.low[index - 2] not in _class("containers"):
        return index
    at = index - 2
    while at > lowest and _describes(words, at - 1, lowest):
        at -= 1
        if words.low[at] in _class("determiners"):
            break
    return at


def _describes(words: Words, index: int, lowest: int) -> bool:
    """True if the word may stand before a head: an adjective, a noun, a number, a name."""
    word = words.low[index]
    if word in _class("determiners") or word == "'s":
        return True
    if word in _class("before_numbers"):
        return _is_number(words, index + 1) or words.low[index + 1] == "than"
    if word in ("and", ","):
        return index > lowest and words.low[index + 1] not in _class("determiners") and (
            words.low[index - 1] not in _class("determiners") and _describes(words, index - 1, lowest)
            and (word == "and" or "and" in words.low[index : index + 6])
        )  # fmt: skip
    if word == "following":
        return index > lowest and words.low[index - 1] == "the"
    return word not in _not_describing() and not is_verb(words, index) and _is_plain(word)


def _is_plain(word: str) -> bool:
    return word[0].isalnum() or word in ("-", "–", "&") or word in _OPENING


def _is_number(words: Words, index: int) -> bool:
    word = words.low[index] if index < len(words) else ""
    return word[:1].isdigit() or word in _class("numbers") or word in ("a", "dozen")


@cache
def _not_describing() -> frozenset[str]:
    names = ("prepositions", "stops", "finite", "auxiliaries", "modals", "negations")
    return frozenset(("that", "who", "they", "he", "she", "it", "also", "but", "or")).union(
        _class("times"), *(word_class("clause", n) for n in names)
    )


@cache
def _verbs() -> frozenset[str]:
    acts = [
        w for row in table("documents")["act"] if not row.get("noun") for w in row["words"].split()
    ]
    known = (w for w in (*acts, *cues(), *speech_verbs()) if w.endswith("ed"))
    return frozenset(known) | _class("finite_acts")


def is_verb(words: Words, index: int) -> bool:
    """True for a finite verb of doing, saying or agreeing; not for a capital word, nor in "on shared rivers"."""
    if words.low[index] not in _verbs() or words.is_capital(index):
        return False
    light = ("on", "of", "for", "in", "about", "the", "a", "an", "its", "their")
    return index == 0 or words.low[index - 1] not in light


def object_head(words: Words, first: int, limit: int, heads: list[Head]) -> Head | None:
    """The head of the noun phrase that starts at `first`, if that phrase names a document."""
    head = next((h for h in heads if h.first >= first), None)
    if head is None or head.last > limit or head.first - first > _REACH_LEFT:
        return None
    if title_start(words, head, first) == first:
        return head
    return None


# To the right ------------------------------------------------------------------------------------


def title_end(words: Words, head: Head, limit: int, heads: list[Head]) -> int:
    """Where the complement of `head` ends, at `limit` at the latest."""
    head = _last_kind(words, head, limit, heads)
    index = head.last
    limit = min(limit, head.last + _LONGEST)
    closing: int | None = _within_quotation(words, head, limit)
    if _is_told_by_relative(words, head):
        return _relative_end(words, index, limit)
    while index < limit:
        word = words.low[index]
        if closing is not None and index <= closing:
            index += 1
            continue
        closing = None
        if word in _OPENING:
            closing = _closing(words, index, limit)
            if closing is None or not _opens_title(words, head, index):
                break
        elif word == "(":
            closing = _closing(words, index, limit)
            if closing is None:
                break
        elif _ends(words, head, index, limit, heads):
            break
        index += 1
    return _trimmed(words, head, index)


def _is_told_by_relative(words: Words, head: Head) -> bool:
    """True for the bare "a treaty" of "a treaty which binds each of them": the clause is its name."""
    before = head.first > 0 and words.low[head.first - 1] in ("a", "an")
    behind = words.low[head.last : head.last + 2]
    return before and len(behind) > 1 and behind[0] in ("which", "that") and not (
        behind[1] in word_class("clause", "finite")
        or behind[1] in ("they", "he", "she", "it", "the", "both")
    )  # fmt: skip


def _relative_end(words: Words, index: int, limit: int) -> int:
    stop = min(limit, index + _LONGEST_RELATIVE)
    return next((i for i in range(index, stop) if words.low[i] in _RELATIVE_ENDS), stop)


_LONGEST_RELATIVE = 7
_RELATIVE_ENDS = frozenset({",", ";", ".", ":", "and", "but", "who"})


def _last_kind(words: Words, head: Head, limit: int, heads: list[Head]) -> Head:
    """The last noun of "eight agreements, protocols and memoranda", which are counted together."""
    while head.last < limit - 1 and _is_plural(words, head):
        at = head.last + (words.low[head.last] == ",")
        at += words.low[at] == "and"
        following = next((h for h in heads if h.first == at and at > head.last), None)
        if following is None or following.last > limit or not _is_plural(words, following):
            break
        if words.is_capital(following.first) and following.type != "memorandum":
            break
        head = following
    return head


def _is_plural(words: Words, head: Head) -> bool:
    return words.low[head.first].endswith("s") or words.low[head.first] == "memoranda"


def _within_quotation(words: Words, head: Head, limit: int) -> int | None:
    """Index of the closing mark if the head stands inside a quoted title: “Roadmap 2030”."""
    for index in range(head.first - 1, max(-1, head.first - _REACH_LEFT), -1):
        if words.low[index] in "”»" or _tells_of_act(words, index):
            return None
        if words.low[index] in _OPENING:
            return _closing(words, head.last - 1, limit)
    return None


def _tells_of_act(words: Words, index: int) -> bool:
    """True for the "signed" of "Today we signed a treaty": what is quoted there is no title."""
    word = words.low[index]
    return is_verb(words, index) or word in ("we", "i") or word in word_class("clause", "finite")


def _closing(words: Words, index: int, limit: int) -> int | None:
    """Index of the mark that closes the quotation or bracket opened at `index`."""
    marks = frozenset(")") if words.low[index] == "(" else _CLOSING
    return next((i for i in range(index + 1, limit) if words.low[i] in marks), None)


def _opens_title(words: Words, head: Head, index: int) -> bool:
    return index == head.last or words.low[index - 1] in _class("introduce")


def _ends(words: Words, head: Head, index: int, limit: int, heads: list[Head]) -> bool:
    word = words.low[index]
    following = words.low[index + 1] if index + 1 < len(words) else ""
    if index == head.last and not _continues(words, index):
        return True
    if word in ("and", ","):
        return _parts(words, head, index, limit, heads)
    if word in _class("ends") or word in word_class("clause", "finite") or is_verb(words, index):
        return True
    if word in "”»" or _is_dash(words, index):
        return True
    if word in ("on", "in", "at", "from", "by", "until", "last", "this", "next"):
        return _is_circumstance(words, head, index, following)
    if word == "with":
        return following in ("his", "her", "their", "its", "a", "an")
    if word in ("to", "for"):
        return following in ("be", "signature", "signing", "approval", "adoption", "ratification")
    return phrases_end(words, index)


def phrases_end(words: Words, index: int) -> bool:
    """True if a phrase such as "in the presence of" or "on the sidelines" stands at `index`."""
    row = phrases("document", "circumstances").get(words.low[index], ())
    return any(tuple(words.low[index : index + len(p)]) == p for p in row) or words.matches(
        index, "clause", "tails"
    ) > 0  # fmt: skip


def _continues(words: Words, index: int) -> bool:
    """True if what stands right after the head can be its complement."""
    word = words.low[index]
    return word in _class("introduce") or word in _OPENING or word in ("(", "-", "–", "/", "&") or (
        words.is_capital(index) and words.is_capital(index - 1)
    )  # fmt: skip


def _is_circumstance(words: Words, head: Head, index: int, following: str) -> bool:
    """True for "on Friday", "in 2019", "at a ceremony", "in Minsk": when and where, not what of."""
    word = words.low[index]
    if word == "until":
        return False
    if following in _moments() or (word == "on" and following[:1].isdigit()):
        return True
    if word == "in" and _YEAR.match(following):
        return not (index + 2 < len(words) and words.low[index + 2] in ("-", "–", "to"))
    if word in ("this", "last", "next"):
        return following in _SEASONS or following in (
            "week",
            "month",
            "year",
            "morning",
            "afternoon",
            "time",
        )
    if word == "by":
        dated = following[:1].isdigit() or words.low[index + 1 : index + 3] == ["the", "end"]
        return index > head.last or dated
    if word == "in" and following in _SEASONS:
        return True
    if word == "in" and "capital" in words.low[index + 1 : index + 5]:
        return True
    if word == "in" and following in ("a", "an", "his", "her", "its", "their", "front"):
        return True
    if word == "at":
        return following in ("the", "a", "an", "his", "her") or words.is_capital(index + 1)
    if word == "in" and index + 1 < len(words) and words.is_capital(index + 1):
        return _is_town(words, index + 1)
    return phrases_end(words, index)


_SEASONS = frozenset({"autumn", "spring", "summer", "winter", "fall"})


@cache
def _moments() -> frozenset[str]:
    return word_class("clause", "weekdays") | word_class("clause", "months") - {"may"}


def _is_town(words: Words, index: int) -> bool:
    last = index + 1
    while last < len(words) and words.is_capital(last) and last - index < 3:
        last += 1
    return any(is_known_place(words.slice(index, end)) for end in range(last, index, -1))


def _parts(words: Words, head: Head, index: int, limit: int, heads: list[Head]) -> bool:
    """True if the complement ends at this comma or "and", False if it goes on listing."""
    at = index + 1
    if words.low[index] == "," and at < limit and _YEAR.match(words.low[at]):
        return False
    while at < limit and words.low[at] in ("and", ",", "also", "both"):
        at += 1
    if at < limit and words.low[at] in _CLOSING and words.low[index] == ",":
        return True
    if at >= limit or words.low[at] in _class("ends") or is_verb(words, at):
        return True
    if words.low[at] in word_class("clause", "finite") or words.low[at] in _class("times"):
        return True
    if words.low[at] in word_class("clause", "past_verbs") or acts_next(words, at - 1):
        return True
    if words.low[index] == "," and at == index + 1 and words.low[at] in _AFTER_COMMA:
        return True
    if words.low[at] in word_class("list", "verbs") and not _has_verb(words, head, index):
        return True
    again = int(words.low[at] in ("to", "on", "of"))
    if starts_item(words, at + again, limit, heads):
        return True
    if words.low[index] == ",":
        return not _lists_on(words, at, limit)
    return index == head.last


def _is_dash(words: Words, index: int) -> bool:
    """True for a dash with space around it, which breaks off a phrase."""
    return words.low[index] in "-–—" and words.ends[index - 1] < words.starts[index]


_AFTER_COMMA = frozenset(["on", "in", "at", "to", "with", "by", "for", "under"])


def _has_verb(words: Words, head: Head, index: int) -> bool:
    """True if the complement has a verb that another may be joined to: "to expand and ..."."""
    verbs = word_class("list", "verbs")
    return any(w in verbs or w.endswith("ing") for w in words.low[head.last : index])


def starts_item(words: Words, at: int, limit: int, heads: list[Head]) -> bool:
    """True if the name of another document begins at `at`."""
    head = object_head(words, at, limit, heads)
    if head is None or (head.type == "initiative" and words.is_capital(at)):
        return False  # "the Belt and Road Initiative"
    bare = head.first == at and head.last - at == 1 and not words.is_capital(at)
    complement = head.last < limit and words.low[head.last] in _class("introduce")
    return not bare or complement or words.low[head.first] in ("memoranda", "memorandum")


def _lists_on(words: Words, at: int, limit: int) -> bool:
    """True if an "and" closes the list before a verb or a mark ends the clause."""
    for index in range(at, min(limit, at + 14)):
        word = words.low[index]
        if word == "and":
            return index + 1 < limit and not is_verb(words, index + 1)
        if (
            word in _class("ends")
            or word in word_class("clause", "finite")
            or is_verb(words, index)
        ):
            return False
    return False


def _trimmed(words: Words, head: Head, end: int) -> int:
    if end < len(words) and words.low[end - 2] == "to" and words.low[end] in ("it", "them"):
        end -= 2
    while end > head.last and (
        words.low[end - 1] in (",", "and", "-", "–", ":", "also", "the", "a", "'")
        or words.low[end - 1] in word_class("clause", "prepositions")
    ):
        end -= 1
    return end
