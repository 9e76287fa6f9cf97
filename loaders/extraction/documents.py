"""Documents: which papers a sentence names, and what became of them.

A verb or noun of `content_documents.toml` (signed, adopted, the signing of) governs the names of documents
beside it. "Agreement" as a state of mind is none: something must be done to a paper, or it must be cited by its
own capitalised name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.model import DocumentStatus
from loaders.extraction.content_subjects import skip_adverbs
from loaders.extraction.content_tables import compile_pattern, table, word_class
from loaders.extraction.content_words import Words
from loaders.extraction.document_heads import Head, find_heads, head_words
from loaders.extraction.document_lists import (
    NamedDocument,
    continues_set,
    included,
    list_titles,
    object_start,
    tells,
    without_counted,
)
from loaders.extraction.document_mentions import cited, in_prospect
from loaders.extraction.document_prospects import FUTURE, came_to, is_earlier
from loaders.extraction.document_titles import (
    Range,
    is_verb,
    object_head,
    phrases_end,
    title_end,
    title_start,
)

_BE = word_class("clause", "be") | frozenset(["being"])
_PERFECT = frozenset(["have", "has", "had", "having"])


@dataclass(frozen=True, slots=True)
class _Act:
    status: DocumentStatus
    then: re.Pattern[str]
    kinds: frozenset[str]
    noun: bool
    listed: bool


@cache
def _acts() -> dict[str, tuple[_Act, ...]]:
    found: dict[str, tuple[_Act, ...]] = {}
    for row in table("documents")["act"]:
        kinds = frozenset(filter(None, row.get("kinds", "").split("|")))
        noun, listed = row.get("noun", False), row.get("listed", False)
        act = _Act(row["status"], compile_pattern(row.get("then", "")), kinds, noun, listed)
        for word in row["words"].split():
            found[word] = (*found.get(word, ()), act)
    return found


@cache
def _leads() -> tuple[tuple[re.Pattern[str], DocumentStatus], ...]:
    rows = table("documents")["lead"]
    return tuple((compile_pattern(r["pattern"] + r"\Z", re.IGNORECASE), r["status"]) for r in rows)


def may_name(words: Words) -> bool:
    """True if a sentence has a noun of a document at all."""
    return not head_words().isdisjoint(words.low)


def sentence_documents(
    words: Words, *, follows: DocumentStatus | None = None
) -> list[NamedDocument]:
    """The documents that a sentence names, in the order of their acts, none twice.

    Args:
        follows: what became of the documents of the sentence before, with which "They include
            ..." goes on.
    """
    heads = find_heads(words)
    found: list[NamedDocument] = []
    if heads:
        named = {h.first for h in heads if words.is_capital(h.first)}
        for index in range(len(words)):
            if index in named:
                continue  # the "Exchange" of "Exchange of Notes", the name of a paper
            for act in _acts().get(words.low[index], ()):
                if not _inside(words, index, found):
                    found += _governed(words, index, act, heads)
        listed = list(included(words, heads, found, follows if continues_set(words) else None))
        found = without_counted(words, found, listed) + listed
        found = in_prospect(words, found)
        coming = list(cited(words, heads, found))
        told = [d for d in coming if d.status == "planned"]
        more = included(words, heads, told, None)
        found += coming + [d for d in more if not any(c.start == d.start for c in coming)]
    return [d for d in found if tells(words, d)]


# An act and what it governs -------------------------------------------------------------------------


def _governed(words: Words, at: int, act: _Act, heads: list[Head]) -> list[NamedDocument]:
    then = act.then.match(words.text, words.ends[at], words.stop)
    if then is None or _negated(words, at):
        return []
    after = max(at + 1, words.at(then.end()))
    if act.noun:
        return _nominal(words, at, act, heads)
    status = _status(words, at, act)
    if status is None:
        return []
    if _is_passive(words, at):
        told = _subject(words, at, heads)
        if told:
            return _named(words, at, act, status, told + _added(words, after, heads))
    after += _stands_before_its_subject(words, at)
    first = object_start(words, after, colon=not any(h.last <= at for h in heads))
    first = _past_company(words, first, heads)
    ranges = _without_subject(words, list(list_titles(words, first, len(words), heads)))
    ranges = _past_day(words, ranges)
    if not ranges and _may_be_passive(words, at):
        ranges = _subject(words, at, heads)
    if not ranges:
        ranges = _antecedent(words, at, heads)
    return _named(words, at, act, status, ranges)


def _is_passive(words: Words, at: int) -> bool:
    """True for "were also signed"."""
    aux = skip_adverbs(words, at - 1)
    return aux >= 0 and words.low[aux] in _BE


def _added(words: Words, first: int, heads: list[Head]) -> list[tuple[Head, Range]]:
    """The contract of "Two treaties were signed in Lima, as well as a contract for buses"."""
    for index in range(first, min(len(words) - 3, first + _NEAR)):
        size = next((len(p) for p in _ADDING if tuple(words.low[index : index + len(p)]) == p), 0)
        if size:
            return list(list_titles(words, index + size, len(words), heads))
    return []


def _past_day(words: Words, ranges: list[tuple[Head, Range]]) -> list[tuple[Head, Range]]:
    """The whole of "signed accords here today on the withdrawal": day and place stand before what it is on."""
    if len(ranges) != 1 or ranges[0][1][1] > ranges[0][0].last:
        return ranges
    head, (first, last) = ranges[0]
    at = last
    while words.low[at : at + 1] and words.low[at] in _DAYS:
        at += 1
    if at == last or words.low[at : at + 1] not in (["on"], ["for"]):
        return ranges
    end = title_end(words, Head(at - 1, at, head.type, False), len(words), [])
    return [(head, (first, end))]


_DAYS = frozenset({"here", "today", "yesterday", "tonight"}) | word_class("clause", "weekdays")
_NEAR = 16
_ADDING = (("as", "well", "as"), ("along", "with"), ("together", "with"), ("in", "addition", "to"))


def _without_subject(words: Words, ranges: list[tuple[Head, Range]]) -> list[tuple[Head, Range]]:
    """Without the "a protocol" of "signed a treaty, and a protocol is to follow": it has a verb."""
    while len(ranges) > 1 and words.low[ranges[-1][1][1] :][:1] in _FINITE:
        ranges.pop()
    return ranges


_FINITE = (["is"], ["are"], ["was"], ["were"], ["will"], ["has"], ["would"], ["should"])


def _stands_before_its_subject(words: Words, at: int) -> int:
    """1 for the "signed were" of "Also signed were a treaty and two protocols", else 0."""
    if words.low[at + 1 : at + 2] not in (["were"], ["was"]):
        return 0
    before = skip_adverbs(words, at - 1)
    object_behind = words.low[at + 2 : at + 3] in (["a"], ["an"], ["the"], ["several"], ["two"])
    return int(before < 0 or words.low[before] in (",", ";", "and") or object_behind)


def _past_company(words: Words, first: int, heads: list[Head]) -> int:
    """Past "with Minister Neves" in "signed with Minister Neves a protocol on ..."."""
    aside = words.low[first : first + 1] == [","] and phrases_end(words, first + 1)
    if not aside and words.low[first : first + 1] not in (["with"], ["in"], ["at"], ["on"]):
        return first
    for index in range(first + 2, min(len(words) - 1, first + _COMPANY)):
        if is_verb(words, index):
            return first
        if words.low[index] in ("a", "an", "the") and object_head(words, index, len(words), heads):
            return index
    return first


_COMPANY = 14


def _named(
    words: Words, at: int, act: _Act, status: DocumentStatus, ranges: list[tuple[Head, Range]]
) -> list[NamedDocument]:
    earlier = not act.noun and is_earlier(words, at)
    if act.listed:
        ranges = [(head, _to_comma(words, head, title)) for head, title in ranges]
    return [
        NamedDocument(head.type, status, *words.span(*title), words.starts[at], earlier)
        for head, title in ranges
        if not act.kinds or head.type in act.kinds
    ]


def _to_comma(words: Words, head: Head, title: Range) -> Range:
    """The "pact for Chad" of "spoke of a pact for Chad, the price of oil and ports": a list of subjects."""
    commas = (i for i in range(head.last, title[1]) if words.low[i] == ",")
    return title[0], next(commas, title[1])


def _inside(words: Words, at: int, found: list[NamedDocument]) -> bool:
    """True for a word whose document is known, or within a title: "a treaty on the exchange of"."""
    offset = words.starts[at]
    return any(d.act == offset or d.start <= offset < d.end for d in found)


def _negated(words: Words, at: int) -> bool:
    negations = word_class("clause", "negations")
    return any(w in negations for w in words.low[max(0, at - 4) : at])


def _status(words: Words, at: int, act: _Act) -> DocumentStatus | None:
    """What became of it, seen from the words before the verb; None if the word is no verb here."""
    before = skip_adverbs(words, at - 1)
    while before >= 0 and words.low[before] in _BE | _PERFECT | {"be", "been"}:
        before = skip_adverbs(words, before - 1)
    word = words.low[before] if before >= 0 else ""
    noun = words.low[at] in _TALKS
    if (
        word in ("a", "the", "an", "this", "no", "his", "her", "of")
        and before == at - 1
        and not noun
    ):
        if not (word == "of" and words.low[at].endswith("ing")):
            return None
    if act.status == "planned" or words.low[at] == "in":
        return act.status
    if word == "and" and before > 1 and words.low[before - 2] == "to":
        return "planned"
    if word == "to":
        return act.status if came_to(words, before) else "planned"
    if word in FUTURE:
        return "planned"
    if words.low[at].endswith("ing") and word in (
        "on",
        "of",
        "about",
        "for",
        "towards",
        "before",
        "without",
    ):
        if word == "for" and not _THANKS.isdisjoint(words.low[max(0, before - 4) : before]):
            return "referred-to"  # "thanked Norway for ratifying the protocol"
        return None if word == "without" else _led(words, at, act, "planned")
    if not _UNLESS.isdisjoint(words.low[max(0, at - _CLAUSE) : at]):
        return "planned"  # "would lift the embargo once an agreement was signed"
    return act.status


_UNLESS = frozenset({"once", "if", "until", "unless"})
_THANKS = frozenset({"thanked", "thanks", "praised", "commended", "congratulated", "gratitude"})
_CLAUSE = 10  # words before the verb within which its clause begins


_TALKS = frozenset(
    ["work", "negotiations", "talks", "consultations", "discussions", "outcome", "result", "finishing"]
)  # fmt: skip


def _may_be_passive(words: Words, at: int) -> bool:
    return words.low[at].endswith("ed") or words.low[at] in _OTHER_PASSIVES


_OTHER_PASSIVES = frozenset({"struck", "drawn", "given", "ready", "open"})


def _antecedent(words: Words, at: int, heads: list[Head]) -> list[tuple[Head, Range]]:
    """The document before "which the two leaders are to sign"."""
    for index in range(at - 1, max(0, at - 9), -1):
        if words.low[index] in ("which", "that"):
            head = next((h for h in reversed(heads) if h.last <= index), None)
            if head is None:
                return []
            end = title_end(words, head, index, heads)
            return [(head, (title_start(words, head, 0), end))] if index - end <= 1 else []
    return []


def _subject(words: Words, at: int, heads: list[Head]) -> list[tuple[Head, Range]]:
    """The documents before "were signed", or the one before "signed in 2015"."""
    aux = skip_adverbs(words, at - 1)
    has_be = aux >= 0 and words.low[aux] in _BE
    while aux >= 0 and (words.low[aux] in _BE | _PERFECT | FUTURE | {"to", "due", "expected"}):
        aux = skip_adverbs(words, aux - 1)
    limit = aux + 1 if has_be else at
    floor = _clause_start(words, limit)
    inside = [h for h in heads if h.first >= floor and h.last <= limit]
    if not has_be:
        inside = inside[-1:] if _stands_alone(words, at) else []
    for head in inside:
        start = title_start(words, head, floor)
        if not has_be or _is_subject(words, start, floor):
            found = list(list_titles(words, start, limit, heads))
            if found and _reaches(words, found[-1][1][1], limit, has_be):
                return _with_tail(words, found, at)
    return []


def _stands_alone(words: Words, at: int) -> bool:
    """True for "the treaty signed in 2015"; not for "see the treaty concluded early"."""
    if words.low[at].startswith("conclu") or at + 1 >= len(words):
        return False
    following = words.low[at + 1]
    return following in _AFTER_PARTICIPLE or following[:1].isdigit()


_AFTER_PARTICIPLE = frozenset(
    ["in", "on", "by", "during", "with", "between", "at", "last", "today", "yesterday", ",", ".", "include", "includes",
     "here", "after", "following", "earlier", "previously", "before", "under", "between", "this", "are", "were"]
)  # fmt: skip


def _clause_start(words: Words, limit: int) -> int:
    index = limit
    while index > 0 and words.low[index - 1] not in ";:—":
        index -= 1
    return index


def _is_subject(words: Words, start: int, floor: int) -> bool:
    if start == floor:
        return True
    return words.low[start - 1] not in word_class("clause", "prepositions")


def _reaches(words: Words, end: int, limit: int, has_be: bool) -> bool:
    """True if nothing but circumstances or a relative clause stands between a title and its verb."""
    if limit - end <= (3 if has_be else 1):
        return True
    return words.low[end] in ("which", "that", ",", "-", "–") or phrases_end(words, end)


def _with_tail(words: Words, found: list[tuple[Head, Range]], at: int) -> list[tuple[Head, Range]]:
    """A bare "An agreement was signed on visa-free travel" takes in what it was on."""
    head, (first, last) = found[0]
    if len(found) > 1 or last > head.last or head.first - first > 1 or at + 1 >= len(words):
        return found
    if words.low[at + 1] not in ("on", "for") or words.low[first] == "several":
        return found
    tail = Head(at, at + 1, head.type, False)
    end = title_end(words, tail, len(words), [])
    return [(head, (first, end))] if end > at + 2 else found


# "The signing of ..." --------------------------------------------------------------------------------


def _nominal(words: Words, at: int, act: _Act, heads: list[Head]) -> list[NamedDocument]:
    after = at + 1
    if after < len(words) and words.low[after] in ("ceremony", "ceremonies"):
        after += 1
    if after < len(words) and words.low[after] in ("of", "for"):
        after += 1
    elif words.low[at] != "signing" or at == 0 or words.low[at - 1] in _BE | {",", "and"}:
        return []
    elif words.low[at - 1] in ("of", "by", "after", "upon", "on", "to"):
        pass
    else:
        return []
    ranges = list(list_titles(words, object_start(words, after), len(words), heads))
    return _named(words, at, act, _led(words, at, act, act.status), ranges)


def _led(words: Words, at: int, act: _Act, otherwise: DocumentStatus) -> DocumentStatus:
    """What the words before "the signing of" say; `signed` stands for what the act itself gives."""
    before = words.text[max(words.begin, words.starts[at] - 60) : words.starts[at]]
    for pattern, status in _leads():
        if pattern.search(before):
            return act.status if status == "signed" else status
    return otherwise
