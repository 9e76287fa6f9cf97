"""The word lists of `vocabulary.toml` as frozen sets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by which names and offices are read; see `vocabulary.toml` for each list."""

    heads: frozenset[str]
    plural_heads: frozenset[str]
    modifiers: frozenset[str]
    status: frozenset[str]
    adjuncts: frozenset[str]
    tails: frozenset[str]
    spokespersons: frozenset[str]
    portfolios: frozenset[str]
    institutions: frozenset[str]
    honorifics: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    stops: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The shipped word lists."""
    path = files("loaders.extraction").joinpath("vocabulary.toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = {**tables["offices"], **tables["names"]}
    return Vocabulary(**{name: frozenset(words.split()) for name, words in rows.items()})
