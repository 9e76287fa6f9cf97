"""Which reports of one meeting go back to one source: copies, light rewrites, chains of attribution.

Five outlets that carry one agency's text are five reports and one independent source. Two reports
of a meeting have one source if

- *text*: most of the shorter one stands in the longer, as runs of three words;
- *attribution*: one says that it carries the other's report, or both carry the same outlet's;
- *outlet*: one outlet published both.

It is decided among the reports of one meeting, from their words alone: no order of loading, no
report of another meeting, no random number has a part in it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from kg.ids import fold
from kg.model import Report
from kg.outlets import Outlets
from kg.rdf import report_node

_RUN = 3
_SHARED = 0.5
# Of so few words, half is chance.
_FEW, _SHARED_OF_FEW = 25, 0.8
_LONGEST_NAME = 7


@dataclass(frozen=True, slots=True)
class Source:
    """Reports of one meeting that count as one independent source.

    Attributes:
        reports: IRIs, sorted.
        because: what holds them together: "attribution", "outlet", "text"; empty for one report.
        origin: name of the outlet that they carry, if they say so.
    """

    reports: tuple[str, ...]
    because: tuple[str, ...] = ()
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text alone says.

    Attributes:
        runs: of three words each.
        cited: whether only news outlets count, and words that may begin with an outlet's name.
    """

    runs: frozenset[tuple[str, ...]]
    few: bool
    cited: tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """What is compared of one report of a meeting; outlets by their keys."""

    runs: frozenset[tuple[str, ...]]
    few: bool
    outlet: str | None
    carried: str | None


class Syndication:
    """Finds the independent sources among reports; remembers what it has read of each."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets
        self._memo: dict[str, _Read] = {}

    def sources(self, reports: Sequence[Report]) -> list[Source]:
        """Every report in exactly one source; sources in the order of their first report."""
        by_iri = {report_node(r).value: r for r in reports}
        if len(by_iri) < 2:
            return [Source((iri,)) for iri in by_iri]
        known = {r.outlet: key for r in reports if (key := self._key(r))}
        words = {iri: self._words(iri, by_iri[iri], known) for iri in sorted(by_iri)}
        links = list(_links(words))
        names = {key: str(outlet) for outlet, key in known.items()}
        return [_source(g, links, words, self._outlets, names) for g in _joined(words, links)]

    def _key(self, report: Report) -> str | None:
        return self._outlets.key(report.outlet) if report.outlet else None

    def _words(self, iri: str, report: Report, known: Mapping[str | None, str]) -> _Words:
        if iri not in self._memo:
            self._memo[iri] = _read(report.text)
        read, outlet = self._memo[iri], self._key(report)
        carried = (self._named(words, known, agencies=a) for a, words in read.cited)
        return _Words(
            read.runs, read.few, outlet, next((c for c in carried if c not in (None, outlet)), None)
        )

    def _named(self, words: str, known: Mapping[str | None, str], *, agencies: bool) -> str | None:
        """Key of the outlet that a text's words begin with."""
        parts = words.strip(" “”\"«»'").split()[:_LONGEST_NAME]
        for n in range(len(parts), 0, -1):
            name = " ".join(parts[:n]).strip(" “”\"«»'.,")
            if name in known:
                return known[name]
            key = self._outlets.named(name)
            if key and not (agencies and _is_office(self._outlets.label(key) or "")):
                return key
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """One way of saying whose report is carried."""

    id: str
    pattern: re.Pattern[str]
    agencies: bool


@cache
def table() -> dict[str, Any]:
    """The content of `syndication.toml`."""
    return tomllib.loads(files("kg").joinpath("syndication.toml").read_text(encoding="utf-8"))


@cache
def rows() -> tuple[Row, ...]:
    """The rows of `syndication.toml`, ready for use."""
    return tuple(
        Row(r["id"], re.compile(r["pattern"]), bool(r.get("agencies", False)))
        for r in table()["row"]
    )


@cache
def _is_office(outlet: str) -> bool:
    return re.search(table()["offices"], outlet) is not None


def _read(text: str) -> _Read:
    tokens = re.findall(r"\w+", fold(text))
    runs = frozenset(zip(*(tokens[n:] for n in range(_RUN)), strict=False))
    cited = tuple((r.agencies, m["source"]) for r in rows() for m in r.pattern.finditer(text))
    return _Read(runs, len(tokens) < _FEW, cited)


def _links(words: Mapping[str, _Words]) -> Iterator[tuple[str, str, str]]:
    """Pairs of reports with one source, and why."""
    first_of: dict[str, str] = {}
    for iri, told in words.items():
        if told.outlet and told.outlet in first_of:
            yield first_of[told.outlet], iri, "outlet"
        elif told.outlet:
            first_of[told.outlet] = iri
    carriers = dict(first_of)
    for iri, told in words.items():
        if told.carried and carriers.setdefault(told.carried, iri) != iri:
            yield carriers[told.carried], iri, "attribution"
    for a, b in combinations(words, 2):
        if _is_one_text(words[a], words[b]):
            yield a, b, "text"


def _is_one_text(a: _Words, b: _Words) -> bool:
    shorter, longer = sorted((a.runs, b.runs), key=len)
    if not shorter:
        return a.runs == b.runs
    if a.few or b.few:
        return len(shorter & longer) >= _SHARED_OF_FEW * len(shorter | longer)
    return len(shorter & longer) >= _SHARED * len(shorter)


def _joined(
    words: Mapping[str, _Words], links: Sequence[tuple[str, str, str]]
) -> list[tuple[str, ...]]:
    group = {iri: iri for iri in words}
    for a, b, _ in links:
        old, new = sorted((group[a], group[b]), reverse=True)
        group = {iri: new if g == old else g for iri, g in group.items()}
    return [
        tuple(iri for iri in words if group[iri] == first)
        for first in words
        if group[first] == first
    ]


def _source(
    group: tuple[str, ...],
    links: Sequence[tuple[str, str, str]],
    words: Mapping[str, _Words],
    outlets: Outlets,
    names: Mapping[str, str],
) -> Source:
    because = sorted({why for a, _, why in links if a in group})
    carried = sorted({words[iri].carried or "" for iri in group} - {""})
    outlet = sorted({words[iri].outlet or "" for iri in group} - {""})
    origin = next((c for c in carried if c not in outlet), next(iter(carried), None))
    shown = outlets.label(origin) or names.get(origin) if origin else None
    return Source(group, tuple(because), shown)
