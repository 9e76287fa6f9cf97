"""How well reports become one meeting: precision, recall, and every error, on labelled events.

    PYTHONPATH=. python benchmarks/merging/score.py [--db DIR] [--events FILE ...] [PATH ...]

Loads the paths (by default the development data beside the checkout, the bundled examples and the
table of visits and trips) into a graph in memory, or opens the graph at `--db`, and asks of every
labelled pair of reports whether they lead to one meeting.

A line of an events file names one real meeting: `told` are the reports that tell of it as held,
`planned` those that announce it, each as REPORT-ID#WORDS, where WORDS (surnames or codes, comma
between) say which of the report's meetings is meant. From the lines follow the pairs:

- *same*: two reports under one event;
- *different*: one report each of two events that share two parties and lie at most three days
  apart;
- *plan*: an announcement and a report of its event, which are linked and not merged.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path

from pyoxigraph import Literal, NamedNode

import kg
from kg.dates import When
from kg.ids import fold
from kg.model import ReportedMeeting
from kg.rdf_read import read_report
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import DM, IDENTIFIER, IS_REPLACED_BY

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"
HERE = Path(__file__).parent
_HELD = frozenset({"held", "background"})
_NEAR = 3


@dataclass(frozen=True)
class Event:
    """One real meeting and the reports that tell of it."""

    event: str
    when: str | None
    parties: tuple[str, ...]
    told: tuple[str, ...]
    planned: tuple[str, ...] = ()


@dataclass
class Tally:
    """Pairs by what they are and what the graph makes of them; errors as lines."""

    counts: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, outcome: str, error: str | None = None) -> None:
        self.counts[outcome] = self.counts.get(outcome, 0) + 1
        if error:
            self.errors.append(f"{outcome:<22}{error}")

    def __getitem__(self, outcome: str) -> int:
        return self.counts.get(outcome, 0)


class Labelled:
    """Finds the meetings that a labelled mention leads to."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.mentions = cache(self._mentions)

    def _mentions(self, report: str) -> tuple[tuple[str, ReportedMeeting], ...]:
        """Meeting IRI and mention, for every meeting that the reports of this id tell of."""
        found = self._view.quads(None, IDENTIFIER, Literal(report), DEFAULT_GRAPH)
        iris = sorted(q.subject.value for q in found if isinstance(q.subject, NamedNode))
        reads = (read_report(self._view.quads(graph=NamedNode(iri))) for iri in iris)
        return tuple(
            (q.object.value, meeting)
            for read in reads
            for iri, meeting in read.meetings
            for q in self._view.quads(NamedNode(iri), IS_REPLACED_BY, None, DEFAULT_GRAPH)
            if isinstance(q.object, NamedNode)
        )

    def meetings(self, label: str, *, held: bool) -> frozenset[str]:
        """IRIs of the meetings; empty if the report's mention was not extracted."""
        report, _, words = label.partition("#")
        return frozenset(
            iri
            for iri, mention in self.mentions(report)
            if (mention.status in _HELD) is held and _is_meant(mention, words.split(","))
        )

    def linked(self, plan: Iterable[str], event: Iterable[str]) -> bool:
        """True if an announced meeting is linked to the one that was held."""
        nodes = [NamedNode(iri) for iri in plan]
        return any(
            q.object in nodes
            for iri in event
            for q in self._view.quads(NamedNode(iri), DM.announcedAs, None, DEFAULT_GRAPH)
        )


def _is_meant(mention: ReportedMeeting, words: list[str]) -> bool:
    codes = {p.state for p in mention.participants}
    names = {t for p in mention.participants for t in re.findall(r"\w+", fold(p.name or ""))}
    return all(w in codes if w.isupper() else fold(w) in names for w in words)


def events(paths: Iterable[Path]) -> list[Event]:
    """The labelled events of some files."""
    read = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    return [
        Event(**{k: tuple(v) if isinstance(v, list) else v for k, v in r.items()}) for r in read
    ]


def _report(label: str) -> str:
    return label.partition("#")[0]


def same_pairs(labelled: list[Event]) -> Iterator[tuple[str, str]]:
    """Two reports of one event."""
    for event in labelled:
        for a, b in combinations(event.told, 2):
            if _report(a) != _report(b):
                yield a, b


def different_pairs(labelled: list[Event]) -> Iterator[tuple[str, str]]:
    """One report each of two events that could be mistaken for one."""
    for one, other in combinations(labelled, 2):
        if len(set(one.parties) & set(other.parties)) > 1 and _days_apart(one, other) <= _NEAR:
            for a in one.told:
                for b in other.told:
                    if _report(a) != _report(b):
                        yield a, b


def _days_apart(one: Event, other: Event) -> int:
    if one.when is None or other.when is None:
        return sys.maxsize
    a, b = When.parse(one.when), When.parse(other.when)
    return max((b.first - a.last).days, (a.first - b.last).days, 0)


def score(view: View, labelled: list[Event]) -> Tally:
    """Compare the graph with the labels."""
    found, tally = Labelled(view), Tally()
    for kind, pairs in (("same", same_pairs(labelled)), ("different", different_pairs(labelled))):
        for a, b in pairs:
            left, right = found.meetings(a, held=True), found.meetings(b, held=True)
            if not left or not right:
                tally.add(f"{kind}, not extracted", f"{a} {b}" if kind == "same" else None)
                continue
            merged = bool(left & right)
            wrong = merged is (kind == "different")
            tally.add(f"{kind}, {'one' if merged else 'two'}", f"{a} {b}" if wrong else None)
    for event in labelled:
        for a in event.planned:
            _score_plan(found, tally, a, event)
    return tally


def _score_plan(found: Labelled, tally: Tally, plan: str, event: Event) -> None:
    announced = found.meetings(plan, held=False)
    held = frozenset().union(*(found.meetings(t, held=True) for t in event.told))
    if not announced or not held:
        tally.add("plan, not extracted")
    elif announced & held:
        tally.add("plan, merged", f"{plan} {event.event}")
    else:
        linked = found.linked(announced, held)
        tally.add(
            f"plan, {'linked' if linked else 'loose'}", None if linked else f"{plan} {event.event}"
        )


def summary(tally: Tally) -> Iterator[str]:
    """The figures, one a line."""
    right, joined = tally["same, one"], tally["same, one"] + tally["different, one"]
    told = right + tally["same, two"]
    every = told + tally["same, not extracted"]
    apart = tally["different, one"] + tally["different, two"]
    yield f"pairs        {every} same, {apart + tally['different, not extracted']} different"
    yield f"precision    {_share(right, joined)}"
    yield f"recall       {_share(right, told)} of the pairs that were extracted, {_share(right, every)} of all"
    yield f"kept apart   {_share(tally['different, two'], apart)}"
    plans = sum(tally[f"plan, {k}"] for k in ("linked", "loose", "merged"))
    yield f"plans linked {_share(tally['plan, linked'], plans)}, merged {tally['plan, merged']}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "- (0/0)"


def default_paths() -> list[Path]:
    """The development data where it is there, and the bundled examples."""
    reports = [SHARED / "reports"] if SHARED.exists() else []
    bundled = [
        HERE / "written.jsonl",
        HERE / "written-held.jsonl",
        ROOT / "examples" / "reports",
        ROOT / "examples" / "facts",
    ]
    return [*reports, *bundled]


def main() -> None:
    """Print errors, then figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--events", type=Path, action="append")
    given = parser.parse_args()
    with kg.open(given.db, read_only=given.db is not None) as graph:
        if given.db is None:
            graph.load(given.paths or default_paths())
        for path in given.events or sorted(HERE.glob("*-events.jsonl")):
            tally = score(graph.view, events([path]))
            print(f"\n{path.name}", *sorted(tally.errors), *summary(tally), sep="\n")


if __name__ == "__main__":
    main()
