"""Choose the development reports that are annotated by hand, always the same 64.

python benchmarks/gold/choose_development.py REPORTS_DIR

Prints one line per report: which half it belongs to (`look` may be read while rules are written,
`held` is only scored), its stratum, its file, its id, its length and its title.

The choice depends on the ids alone: inside a stratum the reports are ordered by the SHA-256 of
their id, and the two halves take turns. The strata are tried from top to bottom and a report
belongs to the first that fits, so half of the 64 are hard by design.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Record = dict[str, Any]
HALVES = ("look", "held")


@dataclass(frozen=True)
class Stratum:
    """One kind of report: which records belong to it and how many of them are taken."""

    name: str
    file: str
    take: int
    title: str  # a pattern that the title contains
    kinds: tuple[str | None, ...]  # the kind in the file's own labels; None where it has none
    longest: int = 6000  # characters of text
    labelled: bool | None = None  # whether the labels name a counterpart with its state

    def fits(self, record: Record) -> bool:
        """Whether the record is of this kind."""
        labels = record["gold"] or {}
        states = ("country", "country_text")
        named = any(c.get(k) for c in labels.get("counterparts", ()) for k in states)
        return (
            labels.get("kind") in self.kinds
            and len(record["text"]) <= self.longest
            and self.labelled in (None, named)
            and re.search(self.title, record["title"]) is not None
        )


STATE, KREMLIN = "state_dept_dev", "kremlin_dev"
SEVERAL = (
    r"Trilateral|Calls with|Meetings|Quad|C5\+1|Participation in|Consultation|Dialogue|Ministerial"
)
AFTER = r"Press Availability|After Their Meeting|Joint Press|Press Statements"
ENVOYS = r"Special (Presidential )?(Envoy|Representative)"
LETTERS = r"^(Greetings|Condolences|Congratulations|Birthday|Seasons)"
LONG = 12000

# Hard strata first: a report that fits one of them is not counted among the plain ones.
STRATA = (
    Stratum("several", STATE, 4, SEVERAL, (None,)),
    Stratum("press", STATE, 2, AFTER, (None, "meeting", "remarks_at_meeting"), LONG),
    Stratum("envoy", STATE, 2, ENVOYS, (None,)),
    Stratum("travel", STATE, 4, "", ("travel",)),
    Stratum("group", STATE, 2, "", ("call", "meeting"), labelled=False),
    Stratum("other", STATE, 4, "", (None,), 3000),
    Stratum("call", STATE, 8, "", ("call",)),
    Stratum("meeting", STATE, 6, "", ("meeting",)),
    Stratum("remarks", STATE, 4, "", ("remarks_at_meeting",)),
    Stratum("many-parties", KREMLIN, 2, "", ("multilateral", "video"), LONG),
    Stratum("unlabelled-call", KREMLIN, 2, "^Telephone", ("call", "domestic"), labelled=False),
    Stratum("announcement", KREMLIN, 4, "", ("announcement",)),
    Stratum("domestic", KREMLIN, 2, "", ("domestic",), labelled=False),
    Stratum("letter", KREMLIN, 4, LETTERS, (None,)),
    Stratum("call", KREMLIN, 10, "", ("call",)),
    Stratum("talks", KREMLIN, 4, "", ("talks", "meeting")),
)


def by_hash(record: Record) -> str:
    """The key that orders records without regard to their place in the file."""
    return hashlib.sha256(record["id"].encode()).hexdigest()


def distinct(records: list[Record]) -> Iterator[Record]:
    """The records in hash order; of equal texts only the first."""
    seen: set[str] = set()
    for record in sorted(records, key=by_hash):
        if record["text"] not in seen:
            seen.add(record["text"])
            yield record


def stratum_of(record: Record, file: str) -> Stratum | None:
    """The first stratum of the file that the record fits."""
    return next((s for s in STRATA if s.file == file and s.fits(record)), None)


def chosen(file: str, records: list[Record]) -> Iterator[tuple[str, Stratum, Record]]:
    """The half, stratum and record of each report that is taken from one file."""
    taken: dict[Stratum, int] = {}
    for record in distinct(records):
        stratum = stratum_of(record, file)
        if stratum and (place := taken.get(stratum, 0)) < stratum.take:
            taken[stratum] = place + 1
            yield HALVES[place % 2], stratum, record


def main() -> int:
    """Print the choice; exit code 2 where a file of reports is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("reports", type=Path, help="the folder that holds the two JSON Lines files")
    folder = parser.parse_args().reports
    for file in (STATE, KREMLIN):
        path = folder / f"{file}.jsonl"
        if not path.is_file():
            print(f"{path}: no such file; name the folder of the reports", file=sys.stderr)
            return 2
        lines = path.read_text(encoding="utf-8").split("\n")
        for half, stratum, record in chosen(file, [json.loads(s) for s in lines if s.strip()]):
            print(half, stratum.name, file, record["id"], len(record["text"]), record["title"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
