"""The nouns that name a kind of document (`kind` of `content_documents.toml`), found in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from loaders.extraction.content_tables import compile_pattern, table, word_class
from loaders.extraction.content_words import Words


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that names a kind of document: the words `first` to `last` (exclusive)."""

    first: int
    last: int
    type: str
    cited: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    type: str
    before: re.Pattern[str] | None
    then: re.Pattern[str]
    cited: bool
    capital: bool


@cache
def _kinds() -> dict[str, tuple[_Kind, ...]]:
    found: dict[str, tuple[_Kind, ...]] = {}
    for row in table("documents")["kind"]:
        before = (
            compile_pattern(f"(?:{row['before']})\\s+\\Z", re.IGNORECASE)
            if "before" in row
            else None
        )
        then = compile_pattern(row.get("then", ""), re.IGNORECASE)
        cited, capital = row.get("cited", False), row.get("capital", False)
        kind = _Kind(row["type"], before, then, cited, capital)
        for word in row["words"].split():
            found[word] = (*found.get(word, ()), kind)
    return {word: tuple(sorted(rows, key=_is_general)) for word, rows in found.items()}


def _is_general(kind: _Kind) -> bool:
    """Rows that ask for more words come first."""
    return kind.before is None and (not kind.then.pattern or kind.then.pattern.endswith("?"))


@cache
def head_words() -> frozenset[str]:
    """The words one of which a sentence must have to name a document."""
    return frozenset(_kinds())


def find_heads(words: Words) -> list[Head]:
    """The head nouns of a sentence, in order."""
    known = _kinds()
    found: list[Head] = []
    for index, word in enumerate(words.low):
        heads = (_head(words, index, kind) for kind in known.get(word, ()))
        first = next((h for h in heads if h), None)
        if first is None and word in _FURTHER and found:
            first = _one_more(words, index, found[-1])
        if first:
            found.append(first)
    return found


def _one_more(words: Words, index: int, before: Head) -> Head | None:
    """The "another" of "a treaty on ferries and another on pilots", "and a third on reefs": of the same kind."""
    at = index if words.low[index] == "another" else index - 1
    if at < 1 or (at < index and words.low[at] != "a"):
        return None
    listed = words.low[at - 1] in ("and", ",") and index - before.last < _NEAR
    if not listed or words.low[index + 1 : index + 2] not in (["on"], ["between"]):
        return None
    return Head(index, index + 1, before.type, False)


_NEAR = 14
_FURTHER = frozenset({"another", "second", "third", "fourth"})


def _head(words: Words, index: int, kind: _Kind) -> Head | None:
    if kind.capital and not words.is_capital(index):
        return None
    if kind.before is not None:
        start = max(words.begin, words.starts[index] - 40)
        if not kind.before.search(words.text[start : words.starts[index]]):
            return None
    then = kind.then.match(words.text, words.ends[index], words.stop)
    if then is None:
        return None
    last = max(index + 1, words.at(then.end()))
    if last < len(words) and words.low[last] in word_class("document", "holders"):
        return None
    return Head(index, last, kind.type, kind.cited)
