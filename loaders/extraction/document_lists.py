"""Lists of documents: names listed one after the other share what became of the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.model import DocumentStatus
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words
from loaders.extraction.document_heads import Head, head_words
from loaders.extraction.document_titles import (
    Range,
    object_head,
    starts_item,
    title_end,
)


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document that a sentence names.

    Attributes:
        start, end: offsets of its title.
        act: offset of the word that says what became of it.
        earlier: the words themselves put it before the report: "had signed".
    """

    type: str
    status: DocumentStatus
    start: int
    end: int
    act: int
    earlier: bool = False


def object_start(words: Words, first: int, *, colon: bool = False) -> int:
    """Past "also", "jointly", "by them" and "1)" to the first word of an object.

    Args:
        colon: a colon may stand before it: "There were signed: ...".
    """
    index = first
    while index < len(words):
        size = _before_object(words, index) or marker(words, index)
        size = size or int(colon and words.low[index] == ":")
        if not size:
            break
        index += size
    return index


def _before_object(words: Words, index: int) -> int:
    """How many words at `index` may stand between "signed" and what was signed."""
    pair = tuple(words.low[index : index + 2])
    if pair in _ASIDES:
        return 2
    word = words.low[index]
    plain = word in word_class("document", "before_object")
    return int(plain or (word.endswith("ly") and not words.is_capital(index)))


_ASIDES = frozenset(
    {("by", "them"), ("by", "both"), ("without", "delay"), ("in", "principle"), ("off", "on")}
    | {("into", "force"), ("at", "once")}
)


def marker(words: Words, index: int) -> int:
    """Size of the "1)", "(ii)" or "a)" of a list at `index`; 0 if none stands there."""
    first = index + (words.low[index] == "(")
    if first + 1 >= len(words) or words.low[first + 1] != ")":
        return 0
    word = words.low[first]
    numbers = (len(word) <= 2 and word.isalnum()) or not set(word) - set("ivx")
    return first + 2 - index if numbers else 0


def list_titles(
    words: Words, first: int, limit: int, heads: list[Head]
) -> Iterator[tuple[Head, Range]]:
    """The documents listed from `first` on: parted by commas, "and", "as well as"."""
    link = words.low[first - 1] if first > 0 else ""
    while first < limit:
        head = object_head(words, first, limit, heads)
        if head is None:
            return
        end = title_end(words, head, limit, heads)
        yield head, (first, end)
        if first > 0 and words.low[first - 1] == ")":
            first = _next_marked(words, end, limit)
        else:
            first = _next_item(words, end, limit, heads, link)


def _next_marked(words: Words, end: int, limit: int) -> int:
    """Behind the next "(ii)" of a list whose items have numbers; `limit` if there is none."""
    for index in range(end, limit - 1):
        if words.low[index - 1] in ";,:." or words.low[index - 1] == "and":
            size = marker(words, index)
            if size:
                return index + size
    return limit


def _next_item(words: Words, end: int, limit: int, heads: list[Head], link: str) -> int:
    """Where the next document begins; `link` may stand before each: "to a treaty and to a protocol"."""
    index = _past_relative(words, end, limit)
    while index < limit and words.low[index] in word_class("document", "separators"):
        index += 1
    if end < index < limit and words.low[index] == link and link in ("to", "on", "of"):
        index += 1
    if index > end and starts_item(words, index, limit, heads):
        return index
    return _past_semicolon(words, end, limit, heads)


def _past_semicolon(words: Words, end: int, limit: int, heads: list[Head]) -> int:
    """Where the next item of a list parted by semicolons begins; `limit` if none does."""
    mark = next((i for i in range(end, limit) if words.low[i] == ";"), limit)
    index = mark
    while index < limit and words.low[index] in word_class("document", "separators"):
        index += 1
    return index if mark < index and starts_item(words, index, limit, heads) else limit


def _past_relative(words: Words, end: int, limit: int) -> int:
    """Past the ", which names the pilots" of "a treaty, which names the pilots, and a protocol".

    Also past a reason: "a treaty due to work on wrecks, a protocol on pilots".
    """
    if words.low[end : end + 2] in (["due", "to"], ["owing", "to"], ["in", "order"]):
        near = range(end + 2, min(limit - 1, end + _LONGEST_REASON))
        return next((i for i in near if _opens_next(words, i)), end)
    if end + 2 >= limit or words.low[end] != "," or words.low[end + 1] not in ("which", "whose"):
        return end
    near = range(end + 2, min(limit - 1, end + _LONGEST_RELATIVE))
    return next((i for i in near if words.low[i] == "," and words.low[i + 1] == "and"), end)


def _opens_next(words: Words, index: int) -> bool:
    if words.low[index] == "as":
        return words.low[index : index + 3] == ["as", "well", "as"]
    return words.low[index] in (",", ";", "and") and words.low[index + 1] in ("a", "an", "the")


_LONGEST_RELATIVE, _LONGEST_REASON = 20, 30


def included(
    words: Words,
    heads: list[Head],
    found: list[NamedDocument],
    follows: DocumentStatus | None,
) -> Iterator[NamedDocument]:
    """What a package holds: "..., including a treaty on ...", "They include an agreement on ..."."""
    sets = [d for d in found if d.type in ("document", "agreement") or _holds_several(words, d)]
    status = sets[0].status if sets else follows or _opening_status(words)
    if status is None:
        return
    known = [d.start for d in found]
    among = frozenset({"are", "were"}) if words.low[0] == "among" else frozenset()
    for at, word in enumerate(words.low):
        size = (
            _among(words, at)
            or 2 * (words.low[at : at + 2] == ["in", "particular"])
            or int(word in word_class("document", "including") | among)
        )
        if not size:
            continue
        behind = at + size
        for head, title in list_titles(words, object_start(words, behind), len(words), heads):
            start, end = words.span(*title)
            if start not in known:
                yield NamedDocument(head.type, status, start, end, words.starts[at])


def _opening_status(words: Words) -> DocumentStatus | None:
    """What became of "the documents signed", with which a sentence opens to say which they are."""
    if tuple(words.low[:2]) not in _SETS:
        return None
    index = 2 + (words.low[2:3] in (["that"], ["which"])) + (words.low[3:4] in (["were"], ["was"]))
    return _STATUSES.get(words.low[index]) if index < len(words) else None


_STATUSES: dict[str, DocumentStatus] = {
    "signed": "signed",
    "adopted": "adopted",
    "exchanged": "exchanged",
}


def _holds_several(words: Words, document: NamedDocument) -> bool:
    """True for "seven memoranda": some of them may be named behind it."""
    first = words.at(document.start)
    return words.low[first][0].isdigit() or words.low[first] in word_class("document", "numbers")


def _among(words: Words, at: int) -> int:
    """Size of "among them", "among which are"; 0 if neither stands there."""
    pair = words.low[at : at + 2]
    if pair not in (["among", "them"], ["among", "these"], ["among", "which"], ["of", "which"]):
        return 0
    return 2 + (words.low[at + 2 : at + 3] in (["are"], ["were"], ["is"], [","]))


def without_counted(
    words: Words, found: list[NamedDocument], listed: list[NamedDocument]
) -> list[NamedDocument]:
    """`found` without "three papers, including A and B": what is in the set says more than its count.

    A set whose kind is named stays where not all of it is listed: "nine treaties, including A".
    """
    if not listed:
        return [d for n, d in enumerate(found) if not _is_told_apart(words, d, found[n + 1 :])]
    return [d for d in found if not _is_spelt_out(words, d, len(listed))]


def _is_told_apart(words: Words, document: NamedDocument, behind: list[NamedDocument]) -> bool:
    """True for the "two papers" of "two papers, a treaty on ferries and a protocol on pilots, were signed"."""
    same = [d for d in behind if d.act == document.act]
    if not same or not _holds_several(words, document):
        return False
    last = words.at(document.end)
    aside = words.low[last] in _BEFORE_PARTS and words.at(same[0].start) == last + 1
    return aside and _is_spelt_out(words, document, len(same))


_BEFORE_PARTS = frozenset({",", ":", "-", "–", "—"})


def _is_spelt_out(words: Words, document: NamedDocument, listed: int) -> bool:
    first, last = words.at(document.start), words.at(document.end)
    counts = [_count(w) for w in words.low[first:last]]
    if not any(counts):
        return False
    return listed in counts or (document.type == "document" and last - first <= _SHORT_SET)


_SHORT_SET = 5
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")  # fmt: skip


def _count(word: str) -> int:
    """The number a word stands for, a large one for those beyond twelve; 0 if it is none."""
    if word.isdigit():
        return int(word)
    if word in _SMALL:
        return _SMALL.index(word) + 1
    return 99 if word in word_class("document", "numbers") else 0


def continues_set(words: Words) -> bool:
    """True for "They include ...": it goes on with the documents of the sentence before."""
    opening = tuple(words.low[:2])
    return opening[:1] in (("they",), ("these",), ("among",)) or opening in _SETS


_SETS = tuple(("the", noun) for noun in ("package", "list", "documents", "agreements", "papers"))


def tells(words: Words, document: NamedDocument) -> bool:
    """True unless it is a bare "the agreement", "these documents", which say nothing new."""
    first, last = words.at(document.start), words.at(document.end)
    if words.low[first] in ("no", "any", "neither"):
        return False
    if words.low[first : first + 2] == ["the", "following"]:
        return False
    if document.type == "document" and not _is_counted(words, first, last):
        return False
    if document.type in JOINT - {"declaration"} and document.status in ("signed", "adopted"):
        return words.low[first] not in ("this", "that")
    if words.low[first] in ("a", "an", "several") or words.low[first][:1].isdigit():
        return True
    return any(word not in _bare() for word in words.low[first:last])


def _is_counted(words: Words, first: int, last: int) -> bool:
    """True for "six papers", "a set of papers", "papers on trade"; not for "bilateral papers"."""
    if words.low[first] in ("a", "an", "several"):
        return True
    numbers = word_class("document", "numbers")
    counted = any(w in numbers or w[0].isdigit() for w in words.low[first:last])
    return counted or words.low[last - 1] not in ("document", "documents", "papers")


JOINT = frozenset({"joint statement", "declaration", "communique"})


@cache
def _bare() -> frozenset[str]:
    return word_class("document", "bare") | head_words()
