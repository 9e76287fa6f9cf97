"""Make `facts/visits-and-trips.csv` from the XML archives of history.state.gov.

    python examples/make_facts.py TRAVELS-FOLDER VISITS-FOLDER

The folders are the `data` of the public-domain (CC0) archives "travels" and "visits" of the US
Office of the Historian. Only facts are taken (who, office, state, days, places, people met, kind),
never the wording of a remark. The same archives give the same bytes; rows are ordered by day, then
by record.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from defusedxml.ElementTree import parse

from loaders.facts import write_facts
from loaders.travels_xml import trip_record
from loaders.visit_record import RecordError, VisitRecord
from loaders.visits_xml import visit_record

TABLE = Path(__file__).parent / "facts" / "visits-and-trips.csv"
CONVERT = {"trip": trip_record, "visit": visit_record}


def records(folders: Iterable[Path]) -> Iterator[VisitRecord]:
    """The records of all XML files in the folders; one that cannot be understood is reported."""
    for path in sorted(file for folder in folders for file in folder.rglob("*.xml")):
        for element in parse(path).iter():
            if convert := CONVERT.get(element.tag):
                try:
                    yield convert(element)
                except RecordError as error:
                    sys.stderr.write(f"{path.name}: {error}\n")


def order(record: VisitRecord) -> tuple[str, str, int]:
    """Day, then archive, then the archive's number."""
    group, _, number = record.record.rpartition("/")
    return record.first.isoformat(), group, int(number)


def main(arguments: list[str]) -> int:
    """Write the table; 2 if the folders are not given."""
    if not arguments:
        sys.stderr.write(f"{__doc__}")
        return 2
    rows = sorted(records(map(Path, arguments)), key=order)
    with TABLE.open("w", encoding="utf-8", newline="") as stream:
        write_facts(rows, stream)
    sys.stderr.write(f"{len(rows)} rows\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
