"""Run the extractor over JSON Lines of reports and print predictions, or how fast it was.

python benchmarks/extract_dev.py REPORTS.jsonl... > predictions.jsonl
python benchmarks/extract_dev.py --speed REPORTS.jsonl...
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.extract_json import extraction_json
from kg.model import Report, Source
from loaders.extraction import extract


def reports(path: Path) -> Iterator[Report]:
    """The reports of a JSON Lines file, as its loader would give them."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            record = json.loads(line)
            yield Report(
                id=record["id"], text=record["text"], source=Source(str(path), number),
                outlet=record.get("outlet") or record.get("source"), title=record.get("title"),
                published=record.get("published"), url=record.get("url"), language=record.get("language"),
            )  # fmt: skip


def main() -> None:
    """Read the arguments; write predictions to standard output, figures to standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--speed", action="store_true", help="print only reports per second")
    arguments = parser.parse_args()
    given = [report for path in arguments.paths for report in reports(path)]
    extract(given[0])
    began = time.process_time()
    lines = [json.dumps(extraction_json(r, extract(r)), ensure_ascii=False) for r in given]
    seconds = time.process_time() - began
    if not arguments.speed:
        print("\n".join(lines))
    print(
        f"{len(given)} reports, {len(given) / seconds:.0f} a second of processor time",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
