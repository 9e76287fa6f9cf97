"""In which language a report is written: by its letters, then by its small words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.model import Report
from loaders.extraction.languages.pack import PACKS, pack
from loaders.extraction.late_pattern import late

_HEAD = 1200  # characters looked at
_WORDS = re.compile(r"[^\W\d_]+")
_ENOUGH = 25  # words from which their choice says something, where letters tell already
_FEW = 8  # the same, where letters do not tell
_MOSTLY = 0.6
_FOREIGN = 0.012  # share of a neighbour's letters that a quoted name may bring in


@dataclass(frozen=True, slots=True)
class _Signs:
    """How a language is told: its script, its neighbours' letters, its small words.

    Attributes:
        common: small words; `share`: of all words, how many are such in running text at least.
        strangers: small words of the neighbours in the same letters.
    """

    code: str
    script: re.Pattern[str]
    foreign: re.Pattern[str] | None
    common: frozenset[str]
    strangers: frozenset[str]
    share: float


def language_of(report: Report) -> str | None:
    """ISO 639-1 code of the language of a report's title and text, None where it is not told.

    What the source states is not asked: it is wrong at times, and a text can be read either way.
    """
    sample = f"{report.title or ''}\n{report.text[:_HEAD]}"
    words = _WORDS.findall(sample.lower())
    for signs in _signs():
        if _fits(signs, sample, words):
            return signs.code
    return None


def may_be_other(text: str) -> bool:
    """False for nearly all English texts, without counting: no letter outside Latin at the head."""
    head = text[:_HEAD]
    return not head.isascii() and _BEYOND.search(head) is not None


_BEYOND = late("[\u0370-\u1fff\u2c00-\uabff\U00010000-\U0001ffff]")


def _fits(signs: _Signs, sample: str, words: list[str]) -> bool:
    letters = sum(map(len, words))
    own = len(signs.script.findall(sample))
    if not letters or own < _MOSTLY * letters:
        return False
    if signs.foreign is not None:
        if len(signs.foreign.findall(sample.lower())) > _FOREIGN * letters:
            return False
    if sum(w in signs.strangers for w in words) > _FOREIGN * len(words):
        return False
    if len(words) < _ENOUGH and signs.foreign is not None:
        return True
    return len(words) >= _FEW and sum(w in signs.common for w in words) >= signs.share * len(words)


@cache
def _signs() -> tuple[_Signs, ...]:
    english = files("loaders.extraction.languages").joinpath("english.toml")
    tables = [pack(code).language for code in PACKS]
    tables.append(tomllib.loads(english.read_text(encoding="utf-8")))
    return tuple(_read(table["code"], table["detect"]) for table in tables)


def _read(code: str, table: dict[str, str]) -> _Signs:
    foreign = table.get("foreign", "")
    return _Signs(
        code,
        re.compile(f"[{table['script']}]"),
        re.compile(f"[{foreign}]") if foreign else None,
        frozenset(table["common"].split()),
        frozenset(table.get("strangers", "").split()),
        float(table.get("share", 0.06)),
    )
