"""For how much of the time do the reference data know who held a state's three highest posts?

    PYTHONPATH=. python benchmarks/reference_coverage.py [--since 1990] [--until 2026-11] [--gaps DAYS] [--state CODE ...]
    PYTHONPATH=. python benchmarks/reference_coverage.py --disagreements      with REIGN, where it lies beside the project

Head of state, head of government and foreign minister of every state that governs itself, over the
days on which it existed. A date known to the month or year counts with all its days. Prints the
share by post, the states that are covered least, and with `--gaps` every stretch of at least so many
days without a holder.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.dates import When
from ontology import lexicon, turtle
from ontology.lexicon import State, Tenure

POSTS = {"head of state": ("HOS", "HOS+HOG"), "head of government": ("HOG", "HOS+HOG"),
         "foreign minister": ("FM",)}  # fmt: skip


@dataclass(frozen=True)
class Coverage:
    """Days of one post: all, and the stretches that nobody is known for."""

    state: str
    post: str
    days: int
    gaps: tuple[tuple[date, date], ...]

    @property
    def missing(self) -> int:
        return sum((b - a).days for a, b in self.gaps)


def governed(code: str) -> bool:
    """False for territories, dissolved states without a line of their own, and what is no state."""
    block = turtle("states.ttl").decode().partition(f"\nstate:{code} a dm:State")[2]
    block = block.partition("\n\n")[0]
    return not any(f"dm:{word}" in block for word in ("partOf", "nonState", "withinBordersOf"))


def coverage(state: State, since: date, until: date) -> Iterator[Coverage]:
    """The three posts of a state, over its life between two days."""
    first = max(since, When.parse(state.from_).first) if state.from_ else since
    last = min(until, When.parse(state.until).first) if state.until else until
    for post, kinds in POSTS.items() if first < last else ():
        tenures = [t for t in lexicon().tenures if t.state == state.code and t.post in kinds]
        yield Coverage(state.code, post, (last - first).days, tuple(_gaps(tenures, first, last)))


def _gaps(tenures: list[Tenure], first: date, last: date) -> Iterator[tuple[date, date]]:
    held = sorted(_bounds(t) for t in tenures if t.status != "elect")
    at = first
    for begin, end in held:
        if min(begin, last) > at:
            yield at, min(begin, last)
        at = max(at, end)
    if at < last:
        yield at, last


def _bounds(tenure: Tenure) -> tuple[date, date]:
    until = When.parse(tenure.until).last if tenure.until else date.max
    return When.parse(tenure.from_).first, until


def main() -> None:
    """Print Markdown tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--since", default="1990")
    parser.add_argument("--until", default="2026-11")
    parser.add_argument("--gaps", type=int, metavar="DAYS")
    parser.add_argument("--state", nargs="+")
    parser.add_argument("--disagreements", action="store_true")
    given = parser.parse_args()
    if given.disagreements:
        _disagreements(When.parse(given.since).first)
        return
    since, until = When.parse(given.since).first, When.parse(given.until).first
    states = [s for c, s in sorted(lexicon().states.items()) if governed(c)]
    found = [
        c for s in states if not given.state or s.code in given.state
        for c in coverage(s, since, until)
    ]  # fmt: skip
    _summary(found)
    least = defaultdict(float)
    for c in found:
        least[c.state] += c.missing / c.days / 3
    worst = sorted(least, key=lambda s: (-least[s], s))[:20]
    print("\nleast:", ", ".join(f"{s} {1 - least[s]:.0%}" for s in worst))
    for c in found if given.gaps else ():
        for a, b in c.gaps:
            if (b - a) >= timedelta(days=given.gaps):
                print(f"{c.state} {c.post}: {a} to {b}, {(b - a).days} days")


def _disagreements(since: date) -> None:
    """Every effective leader of that list for whom nobody of the name is known then and there."""
    from tests.ontology.test_other_sources import NOT_LISTED, is_known, spells

    asked = [s for s in spells() if s.last >= since and s.code not in NOT_LISTED]
    unknown = [s for s in asked if not is_known(s)]
    for s in unknown:
        print(f"{s.code} {s.name}: {s.first} to {s.last}")
    print(f"{len(unknown)} of {len(asked)}")


def _summary(found: list[Coverage]) -> None:
    print("| post | states | days with a holder |\n| --- | --- | --- |")
    for post in POSTS:
        of_post = [c for c in found if c.post == post]
        days, missing = sum(c.days for c in of_post), sum(c.missing for c in of_post)
        print(f"| {post} | {len(of_post)} | {1 - missing / days:.3f} |")


if __name__ == "__main__":
    main()
