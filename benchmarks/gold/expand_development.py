"""Write the hand-annotated development gold in the form that the scorer reads.

python benchmarks/gold/expand_development.py REPORTS_DIR OUT.jsonl [--half look|held|all]

The annotations keep no words of the reports: a topic, a document and a figure are offsets (code
points) into the text of their record. This cuts the words out of the records in REPORTS_DIR. An
annotation holds only for the very text it was made on, so each carries that text's SHA-256 and a
record whose text differs is refused by name; the others are written all the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
HERE = Path(__file__).parent
HALVES = ("look", "held")


class GoldError(ValueError):
    """An annotation whose words cannot be cut out, with the reason."""


def rows(path: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file.

    Raises:
        GoldError: a line is not JSON; the message names file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise GoldError(f"{path}, line {number}: not JSON ({error.msg})") from error


def annotated(half: str, folder: Path = HERE) -> list[Row]:
    """The annotations of one half, or of both (`all`), with offsets instead of words."""
    chosen = HALVES if half == "all" else (half,)
    return [row for name in chosen for row in rows(folder / f"development-{name}.jsonl")]


def fingerprint(text: str) -> str:
    """The SHA-256 of a report's text, by which an annotation knows it."""
    return hashlib.sha256(text.encode()).hexdigest()


def cut(item: Row, record: Row, key: str) -> Row:
    """A topic, document or figure with its words under `key` in place of its offsets.

    The offsets count in the record's text, or in its title where the item says `"in": "title"`.

    Raises:
        GoldError: the offsets lie outside the text.
    """
    part = item.get("in", "text")
    text, (start, end) = record[part], item["span"]
    if not 0 <= start < end <= len(text):
        raise GoldError(
            f"offsets {start} to {end} lie outside the {part} of {len(text)} characters"
        )
    return {key: text[start:end], **{k: v for k, v in item.items() if k not in ("span", "in")}}


def expanded(annotation: Row, record: Row) -> Row:
    """One annotated report as the scorer reads it."""
    keys = (("topics", "text"), ("documents", "title"), ("figures", "text"))
    meetings = [
        meeting
        | {group: [cut(item, record, key) for item in meeting[group]] for group, key in keys}
        for meeting in annotation["meetings"]
    ]
    kept = ("id", "class", "not_participants")
    return {key: annotation[key] for key in kept} | {"meetings": meetings}


def expand(annotation: Row, records: dict[str, Row], path: Path) -> Row:
    """One annotated report, its words cut from the record that it was made on.

    Raises:
        GoldError: the file of reports has no such record, or its text is another one.
    """
    record = records.get(annotation["id"])
    if record is None:
        raise GoldError(f"{path}: no record {annotation['id']}; is this the whole file?")
    if fingerprint(record["text"]) != annotation["text_sha256"]:
        raise GoldError(f"{path}: the text of {annotation['id']} is not the one that was annotated")
    return expanded(annotation, record)


def read_records(folder: Path, names: list[str]) -> dict[str, dict[str, Row]]:
    """The records by id of each file of reports that the annotations name.

    Raises:
        GoldError: the folder lacks one of the files.
    """
    found = {}
    for name in names:
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            raise GoldError(f"{path}: no such file; give the folder that holds {name}.jsonl")
        found[name] = {record["id"]: record for record in rows(path)}
    return found


def write(folder: Path, out: Path, half: str) -> list[str]:
    """Write the gold of one half or both to `out`; the reasons of what was left out.

    Raises:
        GoldError: a file of reports is missing or unreadable; then nothing is written.
    """
    given = annotated(half)
    records = read_records(folder, sorted({a["file"] for a in given}))
    lines, refused = [], []
    for annotation in given:
        file = annotation["file"]
        try:
            row = expand(annotation, records[file], folder / f"{file}.jsonl")
            lines.append(json.dumps(row, ensure_ascii=False))
        except GoldError as reason:
            refused.append(str(reason))
    out.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return refused


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0: all written; 1: some left out, each named; 2: nothing could be written."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("reports", type=Path, help="the folder that holds the reports' files")
    parser.add_argument("out", type=Path, help="the file to write, for score_extraction.py --gold")
    parser.add_argument("--half", choices=(*HALVES, "all"), default="all")
    given = parser.parse_args(arguments)
    try:
        refused = write(given.reports, given.out, given.half)
    except (GoldError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for reason in refused:
        print(reason, file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
