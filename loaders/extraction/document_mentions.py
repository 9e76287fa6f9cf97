"""Documents that are only named: what nothing in the sentence is done to.

A draft, and a paper of which nobody says "the", is planned; a capitalised name is referred to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.model import DocumentStatus
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words
from loaders.extraction.document_heads import Head
from loaders.extraction.document_lists import JOINT, NamedDocument, list_titles
from loaders.extraction.document_prospects import is_to_come
from loaders.extraction.document_titles import title_end, title_start


def cited(words: Words, heads: list[Head], found: list[NamedDocument]) -> Iterator[NamedDocument]:
    """Documents that are named in passing: drafts are planned, capitalised names referred to."""
    for head in heads:
        start = title_start(words, head, 0)
        offset = words.starts[head.first]
        if any(d.start <= offset < d.end for d in found):
            continue
        status = _standing(words, head, start)
        listed = list(list_titles(words, start, len(words), heads))
        if status == "planned" or (listed and is_to_come(words, listed[-1][1][1])):
            for item, title in listed:
                yield NamedDocument(item.type, "planned", *words.span(*title), offset)
        elif status is not None:
            end = title_end(words, head, len(words), heads)
            yield NamedDocument(head.type, status, *words.span(start, end), offset)


def in_prospect(words: Words, found: list[NamedDocument]) -> list[NamedDocument]:
    """The documents, those planned whose signing "was put off"; the listed share what the last is told."""
    told: list[NamedDocument] = []
    coming = -1
    for one in reversed(found):
        if one.status in ("signed", "adopted", "exchanged"):
            coming = one.act if is_to_come(words, words.at(one.end)) else coming
            one = replace(one, status="planned") if one.act == coming else one
        told.append(one)
    return told[::-1]


def _standing(words: Words, head: Head, start: int) -> DocumentStatus | None:
    if any(w in _TO_COME for w in words.low[start : head.first]):
        return "planned"
    if _is_negotiated(words, head):
        return "planned"
    if _says(words, head):
        return "adopted"
    if _does_not_exist_yet(words, head, start):
        return "planned"
    if _is_accord(words, head, start):
        return "referred-to"
    named = head.cited and words.is_capital(head.first) and not _goes_on(words, head)
    if (
        not named
        or head.last - start < 2
        or (head.first - start < 2 and not _has_name(words, head))
    ):
        return None
    return "referred-to" if words.low[start] == "the" else None


def _does_not_exist_yet(words: Words, head: Head, start: int) -> bool:
    """True for "an accord on colour television" to which nothing is done: who speaks of a paper that is made says "the"."""
    if head.type not in _SINGLE or words.low[start] not in ("a", "an", "another"):
        return False
    described = words.low[start + 1 : head.first]
    if not _PEACE.isdisjoint(described) or any(w.endswith(("ed", "est")) for w in described):
        return False
    if words.low[head.first] in _LOOSE:
        return False
    named = words.low[head.last : head.last + 1] in (["on"], ["for"], ["about"])
    named = named or head.first - start > 1
    end = title_end(words, head, len(words), [])
    behind = words.low[end : end + 3]
    if behind[:1] in (["that"], ["which"]):
        return named and not _COMING.isdisjoint(behind[1:2]) and _is_object(words, start)
    ends = end >= len(words) or words.low[end] in _boundaries()
    return named and ends and _is_object(words, start) and _MADE.isdisjoint(behind)


def _is_object(words: Words, first: int) -> bool:
    """True if a verb or a preposition governs the phrase, and nothing denies it; not for a subject."""
    near = words.low[max(0, first - 6) : first]
    if not near or near[-1] in (",", ";") or not word_class("clause", "negations").isdisjoint(near):
        return False
    return _HAVING.isdisjoint(
        near[-3:]
    )  # "has reached a trade agreement with", "under an agreement on"


@cache
def _boundaries() -> frozenset[str]:
    """What may stand behind the name of a paper that is an object."""
    return word_class("clause", "stops") | word_class("clause", "prepositions") | _BEHIND


_COMING = frozenset({"would", "will", "should", "could"})
_HAVING = frozenset(
    {
        "have",
        "has",
        "had",
        "having",
        "reached",
        "made",
        "under",
        "through",
        "thanks",
        "by",
        "via",
        "despite",
    }
)
_BEHIND = frozenset(
    {",", ".", ";", ":", ")", "and", "or", "to", "as", "then", "today", "yesterday", "next", "this"}
)
_SINGLE = frozenset(
    {"treaty", "convention", "protocol", "memorandum", "agreement", "exchange of notes"}
)
_PEACE = frozenset(
    {
        "peace",
        "ceasefire",
        "cease-fire",
        "truce",
        "political",
        "hostage",
        "lasting",
        "global",
        "nuclear",
        "climate",
        "international",
        "general",
        "same",
        "first",
        "gentleman",
        "full",
        "binding",
        "historic",
        "landmark",
        "broad",
        "written",
        "possible",
    }
)
_LOOSE = frozenset(
    {
        "partnership",
        "pact",
        "deal",
        "deals",
        "arrangement",
        "arrangements",
        "understanding",
        "agreements",
    }
)
_MADE = frozenset(
    {
        "signed",
        "concluded",
        "reached",
        "dating",
        "dated",
        "made",
        "adopted",
        "struck",
        "brokered",
        "which",
        "that",
        "under",
    }
)
_TO_COME = frozenset({"draft", "drafts", "possible", "proposed", "prospective", "envisaged"})


def _is_negotiated(words: Words, head: Head) -> bool:
    """True for "the fisheries agreement now under negotiation"."""
    index = title_end(words, head, len(words), [])
    index += words.low[index : index + 1] in (["now"], ["currently"], ["still"])
    pair = words.low[index : index + 2]
    return pair in (["under", "negotiation"], ["being", "negotiated"], ["under", "preparation"])


def _says(words: Words, head: Head) -> bool:
    """True for "the joint declaration on forests commits both to": the text was just made."""
    if head.type not in JOINT or words.low[head.first - 1] not in _OF_BOTH:
        return False
    end = title_end(words, head, len(words), [])
    return words.low[end : end + 1] != [] and words.low[end] in _SAYING


_OF_BOTH = frozenset({"joint", "final", "trilateral", "brief", "short", "concluding"})
_SAYING = frozenset(
    {"says", "said", "states", "stated", "commits", "calls", "notes", "reads", "stresses", "reaffirms", "condemns"}
    | {"underlines", "expresses", "reflects", "envisages", "speaks", "sets", "records"}
    | {"described", "spoke", "noted", "called", "mentioned", "stressed", "reaffirmed", "condemned", "expressed", "announced"}
)  # fmt: skip


def _is_accord(words: Words, head: Head, start: int) -> bool:
    """True for "the Minsk agreements": several papers called by the town where they were made."""
    plural = words.low[head.first] in ("agreements", "accords", "protocols")
    return plural and head.first - start == 2 and words.low[start] == "the" and (
        words.is_capital(head.first - 1)
    )  # fmt: skip


def _goes_on(words: Words, head: Head) -> bool:
    """True if a capital word follows, so that the head only opens a longer name."""
    return head.last < len(words) and words.is_capital(head.last)


def _has_name(words: Words, head: Head) -> bool:
    """True for "the Treaty on ...": its complement makes it a name."""
    if head.last - head.first > 1:
        return True
    return head.last < len(words) and words.low[head.last] in ("on", "of", "for", "between")
