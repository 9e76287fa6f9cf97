"""Meetings told by a readout and by a row of the table of trips: how many became one?

    PYTHONPATH=. python benchmarks/merging/rows.py REPORTS.jsonl [--db DIR]

The readouts are the records of the State Department's development file whose own labels (made
from official titles) give a meeting of the Secretary with somebody of a surname, a state and a
day; the rows are those of examples/facts that give the Secretary a meeting with the same surname
on days that include that day. Prints every pair that did not become one meeting.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from score import ROOT, Labelled

import kg
from kg.ids import fold

FACTS = ROOT / "examples" / "facts" / "visits-and-trips.csv"
_MEETINGS = frozenset({"meeting", "remarks_at_meeting"})


def told(records: Path) -> Iterator[tuple[str, str, str, str]]:
    """Report id, the Secretary's surname, the counterpart's surname, the day."""
    for line in records.read_text("utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        labels = record["gold"] or {}
        if labels.get("kind") not in _MEETINGS or not labels.get("contact_date"):
            continue
        for counterpart in labels["counterparts"]:
            if counterpart.get("surname"):
                host, guest = labels["official"], counterpart["surname"]
                yield record["id"], _last(host), _last(guest), labels["contact_date"]


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Record, who travelled (surname), whom they met (surname), first and last day."""
    with FACTS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for met in filter(None, row["met"].split(" | ")):
                name, _, _, *day = (part.strip() for part in met.split(";"))
                if name:
                    first, last = (day * 2)[:2] if day else (row["from"], row["until"])
                    yield row["record"], _last(row["who"]), _last(name), first, last


def _last(name: str) -> str:
    words = re.findall(r"\w+", fold(name))
    return words[-1] if words else ""


def pairs(records: Path) -> Iterator[tuple[str, str]]:
    """A readout and a row that tell of one meeting, as labels."""
    table = list(rows())
    for report, host, guest, day in told(records):
        for record, who, met, first, last in table:
            if (who, met) == (host, guest) and first <= day <= last:
                yield f"{report}#{guest}", f"{record}#{met}"


def main() -> None:
    """Print what is missing and the share."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("--db", type=Path)
    given = parser.parse_args()
    with kg.open(given.db, read_only=given.db is not None) as graph:
        if given.db is None:
            graph.load([given.records, FACTS])
        found, wanted = Labelled(graph.view), list(pairs(given.records))
        missing = [
            (a, b)
            for a, b in wanted
            if not found.meetings(a, held=True) & found.meetings(b, held=True)
        ]
    for a, b in missing:
        print("two meetings:", a, b)
    one = len(wanted) - len(missing)
    print(f"one meeting: {one / len(wanted):.3f} ({one}/{len(wanted)})")


if __name__ == "__main__":
    main()
