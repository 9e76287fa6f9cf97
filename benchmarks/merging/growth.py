"""Does one more report cost the same in a small graph and in a large one?

    PYTHONPATH=. python benchmarks/merging/growth.py [--meetings 1000 10000 100000] [--skew]

Fills a graph in memory with made-up meetings of states and leaders, two reports for every third of
them, and times how long one more report takes (processor time): working out the change and applying it, the
median of thirty reports of which ten are new meetings, ten join one and ten are retracted again. With
`--skew` every fifth meeting is one of the same two states, so that their block grows with the graph.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta

from kg.dates import When
from kg.entities import Entities
from kg.model import AgendaItem, Extraction, Participant, Report, ReportedMeeting, Source, Span
from kg.rdf import report_node
from kg.resolve import Resolver
from kg.store.oxigraph import OxigraphStore
from kg.update import Updater
from ontology import lexicon

_BATCH = 2000
_FIRST = date(1960, 1, 1)
_CODES = tuple(sorted(c for c, s in lexicon().states.items() if not s.until))
Told = tuple[Report, Extraction]


def told(n: int, skew: bool, source: int = 0) -> Told:
    """The report numbered `n` of a meeting; with another source, another report of that meeting."""
    if skew and n % 5 == 0:
        a, b = "RUS", "USA"
    else:
        a = _CODES[n % len(_CODES)]
        b = _CODES[(n // len(_CODES) + n + 1) % len(_CODES)]
    day = _FIRST + timedelta(days=(n * 7919) % 23000)
    people = tuple(
        Participant(
            f"Leader {c.title()} {day.year // 8}", "a leader", "President", c, span=Span(0, 8)
        )
        for c in (a, b)
        if a != b or c == a
    )
    text = f"Report {n}-{source}: the leaders met, and this is what outlet {n % 50} says of it."
    report = Report(f"{n}-{source}", text, Source("growth"), f"Outlet {(n + source) % 50}",
                    published=day.isoformat())  # fmt: skip
    topic = AgendaItem("trade", "trade", "discussed", None, Span(0, 8))
    meeting = ReportedMeeting(
        "held", "in-person", When.day(day), "explicit", people, topics=(topic,), span=Span(0, 20)
    )
    return report, Extraction((meeting,))


def corpus(first: int, last: int, skew: bool) -> Iterator[Told]:
    """Reports of the meetings from one number to another."""
    for n in range(first, last):
        yield told(n, skew)
        if n % 3 == 0:
            yield told(n, skew, source=1)


def fill(store: OxigraphStore, updater: Updater, reports: Iterator[Told]) -> None:
    """Load in batches."""
    batch: dict[str, Told] = {}
    for one in reports:
        batch[report_node(one[0]).value] = one
        if len(batch) == _BATCH:
            store.apply(updater.change(batch))
            batch = {}
    store.apply(updater.change(batch))


def timed(store: OxigraphStore, updater: Updater, size: int, skew: bool) -> list[float]:
    """Milliseconds of single changes."""
    new = [told(10_000_000 + n * 5, skew) for n in range(10)]
    joining = [told(n * (size // 10) // 5 * 5, skew, source=2) for n in range(10)]
    found = []
    for one in (*new, *joining):
        found.append(_milliseconds(store, updater, {report_node(one[0]).value: one}, []))
    for one in new:
        found.append(_milliseconds(store, updater, {}, [report_node(one[0]).value]))
    for one in joining:
        store.apply(updater.change({}, [report_node(one[0]).value]))
    return found


def _milliseconds(
    store: OxigraphStore, updater: Updater, loaded: dict[str, Told], gone: list[str]
) -> float:
    began = time.process_time()
    store.apply(updater.change(loaded, gone))
    return (time.process_time() - began) * 1000


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--meetings", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--skew", action="store_true")
    given = parser.parse_args()
    store = OxigraphStore()
    updater = Updater(store, Resolver(lexicon()), Entities(lexicon()))
    print(
        "| meetings | quads | one report: median ms | slowest ms | most memory MiB |\n"
        "| --- | --- | --- | --- | --- |"
    )
    done = 0
    for size in sorted(given.meetings):
        fill(store, updater, corpus(done, size, given.skew))
        done = size
        found = timed(store, updater, size, given.skew)
        print(
            f"| {size} | {len(store)} | {statistics.median(found):.1f} | {max(found):.1f} "
            f"| {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
