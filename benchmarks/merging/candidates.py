"""Reports that may tell of one meeting, for labelling: two shared parties, days close together.

    PYTHONPATH=. python benchmarks/merging/candidates.py PATH ... [--days 2]

Prints, for each set of shared parties, the mentions in question: report, publication, status,
format, date and its basis, participants, title. The texts are read where they lie; what is kept
are the labels (`*-events.jsonl`). Planned and undated mentions count from their publication.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from kg.blocks import parties
from kg.dates import When
from kg.extracting import extract_all
from kg.model import Extraction, Report, ReportedMeeting
from loaders import read_path

_PLAN_DAYS = 8


@dataclass(frozen=True)
class Told:
    """One mention and its report."""

    report: Report
    meeting: ReportedMeeting

    def reach(self, days: int) -> tuple[date, date] | None:
        """The days on which its meeting may have been."""
        when = self.meeting.when or _published(self.report)
        if when is None:
            return None
        slack = timedelta(days if self.meeting.when else _PLAN_DAYS)
        return when.first - slack, when.last + slack


def _published(report: Report) -> When | None:
    return When.parse(report.published[:10]) if report.published else None


def candidates(told: Iterable[Told], days: int) -> Iterator[tuple[tuple[str, ...], list[Told]]]:
    """Shared parties, and the mentions of different reports that may be of one meeting."""
    blocks: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        for pair in combinations(parties(one.meeting), 2):
            blocks.setdefault(pair, []).append(one)
    for pair, members in sorted(blocks.items()):
        near = {
            id(m): m
            for a, b in combinations(members, 2)
            if a.report.id != b.report.id and _meet(a.reach(days), b.reach(0))
            for m in (a, b)
        }
        if near:
            yield pair, sorted(near.values(), key=_order)


def _meet(a: tuple[date, date] | None, b: tuple[date, date] | None) -> bool:
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def _order(told: Told) -> tuple[str, str]:
    when = told.meeting.when
    return (when.edtf if when else told.report.published or "", told.report.id)


def _line(told: Told) -> str:
    m, r = told.meeting, told.report
    who = " / ".join(f"{p.name}:{p.state}" for p in m.participants if p.role != "attendee")
    when = f"{m.when or '?'} ({m.date_basis})"
    return f"  {r.id} [{r.published}] {m.status} {m.format} {when} {who}\n      {r.title}"


def main() -> None:
    """Print the candidates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--days", type=int, default=2)
    given = parser.parse_args()
    reports = (r for r in read_path(given.paths, stdin=None) if isinstance(r, Report))
    told = [
        Told(r, m)
        for r, e in extract_all(reports, jobs=1)
        if isinstance(e, Extraction)
        for m in e.meetings
    ]
    for pair, members in candidates(told, given.days):
        print("\n" + "|".join(pair), *map(_line, members), sep="\n")


if __name__ == "__main__":
    main()
