"""Lines of annotation files: read, checked, and joined with the reports they speak of.

An annotation that cannot be right (an unknown status, words outside the text, a text that is not
the annotated one) is refused with file and line, so that no score rests on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.accuracy.errors import AnnotationError
from benchmarks.accuracy.facts import Annotation, Meeting
from benchmarks.accuracy.reading import Words, annotation
from kg.model import FORMATS, STATUSES, TREATMENTS, Refusal, Report
from loaders import read_path


@dataclass(frozen=True, slots=True)
class AnnotatedLine:
    """One line of an annotation file."""

    path: Path
    number: int
    record: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Of the report it speaks of."""
        return str(self.record.get("id") or "")

    def error(self, reason: str) -> AnnotationError:
        """The error that names this line."""
        return AnnotationError(self.path, self.number, f"{self.id}: {reason}")

    def report(self, reports: Mapping[str, Report]) -> Report:
        """The report it speaks of.

        Raises:
            AnnotationError: there is none, or its text is not the one that was annotated.
        """
        found = reports.get(self.id)
        if found is None:
            raise self.error("no report has this id; mend the id or add the report")
        digest = self.record.get("text_sha256")
        if digest and hashlib.sha256(found.text.encode()).hexdigest() != digest:
            raise self.error("the text is not the one that was annotated; get the same release")
        return found

    def annotation(self, report: Report) -> Annotation:
        """What the line says.

        Raises:
            AnnotationError: a value outside its closed list, or a span outside the text.
        """
        try:
            said = annotation(self.record, Words(report.text, report.title or ""))
            for meeting in said.meetings:
                _check(meeting)
        except (ValueError, TypeError, AttributeError) as error:
            raise self.error(str(error)) from error
        return said


def _check(meeting: Meeting) -> None:
    lists = (
        ("status", (meeting.status, *meeting.statuses), STATUSES),
        ("format", meeting.formats, FORMATS),
        ("treatment", tuple(t.treatment for t in meeting.topics), TREATMENTS),
    )
    for what, values, allowed in lists:
        for value in values:
            if value not in allowed:
                raise ValueError(f"{what} is {value!r}; write one of {', '.join(allowed)}")


def annotated_lines(path: Path) -> Iterator[AnnotatedLine]:
    """The lines of an annotation file.

    Raises:
        AnnotationError: a line without an id, or a report annotated twice.
    """
    seen: set[str] = set()
    for number, record in read_lines(path):
        line = AnnotatedLine(path, number, record)
        if not line.id or line.id in seen:
            raise line.error("annotated twice; keep one" if line.id else 'no "id"')
        seen.add(line.id)
        yield line


def read_reports(path: Path) -> dict[str, Report]:
    """The reports of a JSON Lines file by id, as `kg` itself reads them.

    Raises:
        AnnotationError: a record that `kg` refuses, or one id twice.
    """
    found: dict[str, Report] = {}
    for item in read_path([path]):
        if isinstance(item, Refusal):
            raise AnnotationError(item.path, item.line, item.reason)
        if isinstance(item, Report):
            if item.id in found:
                raise AnnotationError(path, item.source.line, f"a second report {item.id!r}")
            found[item.id] = item
    return found


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Objects of a JSON Lines file with the number of their line.

    Raises:
        AnnotationError: the file cannot be read, or a line is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(path, None, f"cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(line, path, number)


def _object(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise AnnotationError(
            path, number, f"not JSON at column {error.colno} ({error.msg})"
        ) from error
    if not isinstance(value, dict):
        raise AnnotationError(path, number, "not an object; write one report a line")
    return value
