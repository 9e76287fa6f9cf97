"""The pattern rows and word classes of the content extractor, read from data files once.

In a row's pattern a blank stands for any white space, so that a line break inside a phrase does
not hide it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed data file `content_<name>.toml`."""
    source = files("loaders.extraction").joinpath(f"content_{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def word_class(section: str, name: str) -> frozenset[str]:
    """A closed class of single words from `content_words.toml`."""
    return frozenset(table("words")[section][name].split())


@cache
def phrases(section: str, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """A class of word sequences (parted by `|`), longest first, by their first word."""
    rows = {tuple(p.split()) for p in table("words")[section][name].split("|") if p.strip()}
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in sorted(rows, key=lambda r: (-len(r), r)):
        found[row[0]] = (*found.get(row[0], ()), row)
    return found


@cache
def kinds(section: str, name: str) -> dict[str, frozenset[int]]:
    """For each word of a class whose rows are kinds (parted by `|`), the kinds it is of."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(table("words")[section][name].split("|")):
        for word in row.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def alike(section: str, name: str, left: str, right: str) -> bool:
    """True if two words are of one kind of a class: "peace" and "stability", not "trade"."""
    rows = kinds(section, name)
    return not rows.get(left, _NO_KIND).isdisjoint(rows.get(right, _NO_KIND))


_NO_KIND: frozenset[int] = frozenset()


def compile_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of a data row, see `spaced`, compiled."""
    return re.compile(spaced(pattern), flags)


def spaced(pattern: str) -> str:
    """A pattern of a data row: blanks match any white space, ` ?` at most one."""
    return pattern.replace(" ?", r"\s?").replace(" ", r"\s+")
