"""The annotated sets: where they lie, and their reports with annotation, style and text.

`look` sets may be read by whoever works on the extraction; of `held` ones only figures are shown.
The texts of the development reports are not part of the project; without them those sets are
skipped, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.accuracy.annotations import annotated_lines, read_lines, read_reports
from benchmarks.accuracy.facts import Annotation
from benchmarks.accuracy.rows import GOLD_ROWS, SILVER_ROWS, Row
from benchmarks.accuracy.silver import Label, label_of
from kg.model import Report

Kind = Literal["written", "development", "titles"]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A set by name.

    Attributes:
        kind: `written` for the project (texts beside the annotations), `development` (annotations
            of reports that lie elsewhere), or labels made from the `titles` of such reports.
        held: True if nobody may look at its differences.
    """

    name: str
    kind: Kind
    held: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are counted for it."""
        return SILVER_ROWS if self.kind == "titles" else GOLD_ROWS


DEVELOPMENT: Final = ("kremlin_dev", "state_dept_dev")
SETS: Final[tuple[GoldSet, ...]] = (
    GoldSet("written-look", "written"),
    GoldSet("written-wires", "written"),
    GoldSet("written-held", "written", held=True),
    GoldSet("written-fresh", "written", held=True),
    GoldSet("written-blind", "written", held=True),
    GoldSet("written-unseen", "written", held=True),
    GoldSet("russian-look", "written"),
    GoldSet("russian-held", "written", held=True),
    GoldSet("development-look", "development"),
    GoldSet("development-held", "development", held=True),
    GoldSet("state_dept_dev", "titles"),
    GoldSet("kremlin_dev", "titles"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One report of a set, with what is known of it: an annotation or the label of its title.

    Attributes:
        style: the kind of outlet, or the file of a development report.
        held: True if its differences are not to be looked at, whatever set it is met in.
    """

    report: Report
    style: str
    known: Annotation | Label
    held: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a set cannot be scored here."""

    reason: str


def load_cases(which: GoldSet, gold: Path, reports: Path) -> tuple[Case, ...] | Missing:
    """The reports of a set, in the order of its file.

    Args:
        gold: folder of the annotations.
        reports: folder of the development reports.

    Raises:
        AnnotationError: a line that cannot be used.
    """
    for path in _files(which, gold, reports):
        if not path.is_file():
            return Missing(f"{path} is not here")
    match which.kind:
        case "written":
            return tuple(_written(which, gold))
        case "development":
            return tuple(_development(which, gold, reports))
        case "titles":
            return tuple(_by_title(which, gold, reports))


def _files(which: GoldSet, gold: Path, reports: Path) -> list[Path]:
    match which.kind:
        case "written":
            return [gold / f"{which.name}-gold.jsonl", gold / f"{which.name}.jsonl"]
        case "development":
            return [gold / f"{which.name}.jsonl", *(reports / f"{n}.jsonl" for n in DEVELOPMENT)]
        case "titles":
            return [reports / f"{which.name}.jsonl"]


def _written(which: GoldSet, gold: Path) -> Iterator[Case]:
    texts = gold / f"{which.name}.jsonl"
    reports = read_reports(texts)
    styles = {str(r.get("id")): _style(r) for _, r in read_lines(texts)}
    for line in annotated_lines(gold / f"{which.name}-gold.jsonl"):
        report = line.report(reports)
        yield Case(report, styles[report.id], line.annotation(report), which.held)


def _style(record: dict[str, Any]) -> str:
    """The kind of outlet; what is said of it after a comma or semicolon is no kind of its own."""
    return re.split("[,;]", str(record.get("style") or ""))[0].strip()


def _development(which: GoldSet, gold: Path, folder: Path) -> Iterator[Case]:
    reports = {name: read_reports(folder / f"{name}.jsonl") for name in DEVELOPMENT}
    for line in annotated_lines(gold / f"{which.name}.jsonl"):
        file = str(line.record.get("file"))
        if file not in reports:
            raise line.error(f'"file" is {file!r}; name one of {", ".join(DEVELOPMENT)}')
        report = line.report(reports[file])
        yield Case(report, file, line.annotation(report), which.held)


def _by_title(which: GoldSet, gold: Path, folder: Path) -> Iterator[Case]:
    path = folder / f"{which.name}.jsonl"
    reports = read_reports(path)
    held = _held_reports(gold)
    for _, record in read_lines(path):
        label = label_of(record)
        if label is not None:
            name = str(record["id"])
            yield Case(reports[name], which.name, label, name in held)


def _held_reports(gold: Path) -> set[str]:
    """Ids of the development reports that are held; their titles are in the files of titles too."""
    paths = [gold / f"{s.name}.jsonl" for s in SETS if s.kind == "development" and s.held]
    return {str(r.get("id")) for path in paths if path.is_file() for _, r in read_lines(path)}
