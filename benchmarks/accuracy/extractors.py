"""Whose extraction is scored: the project's own, somebody's function, or a file of results.

The contract of a function: it takes a `kg.model.Report` and gives a `kg.model.Extraction`, the same
for the same report. It is imported by the name `module:function`, nothing is searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.accuracy.annotations import read_lines
from benchmarks.accuracy.errors import AnnotationError, ExtractorError
from kg.extract_json import extraction_json
from kg.extracting import extract_all
from kg.model import Extraction, Refusal, Report

BUILT_IN = "built-in"
Record = Mapping[str, Any]
Predictor = Callable[[Sequence[Report]], list[Record | None]]
"""Reports to what was extracted of each, as `kg extract` writes it; None where nothing is known."""


def predictor(name: str = BUILT_IN, *, jobs: int = 1) -> Predictor:
    """The extractor of that name.

    Raises:
        ExtractorError: it cannot be imported or is no function.
    """
    if name == BUILT_IN:
        return lambda reports: [
            None if isinstance(said, Refusal) else extraction_json(report, said)
            for report, said in extract_all(reports, jobs=jobs)
        ]
    function = _imported(name)
    return lambda reports: list(_each(name, function, reports))


def _imported(name: str) -> Callable[[Report], object]:
    module, colon, function = name.partition(":")
    if not (module and colon and function):
        raise ExtractorError(f"{name!r} is no extractor; write {BUILT_IN} or module:function")
    try:
        found = getattr(import_module(module), function, None)
    except ImportError as error:
        raise ExtractorError(f"extractor {name}: {error}") from error
    if not callable(found):
        raise ExtractorError(f"extractor {name}: {module} has no function {function!r}")
    return found  # type: ignore[no-any-return]


def _each(
    name: str, function: Callable[[Report], object], reports: Iterable[Report]
) -> Iterator[Record]:
    for report in reports:
        try:
            said = function(report)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise ExtractorError(f"extractor {name} failed on {report.id!r}: {reason}") from error
        if not isinstance(said, Extraction):
            kind = type(said).__name__
            raise ExtractorError(
                f"extractor {name} gave {kind} for {report.id!r}; give a kg.model.Extraction"
            )
        yield extraction_json(report, said)


def ready(paths: Sequence[Path]) -> Predictor:
    """Results that are already there, as `kg extract` writes them, by id.

    Raises:
        AnnotationError: a line without an id, or one id twice.
    """
    known: dict[str, Record] = {}
    for path in paths:
        for line, record in read_lines(path):
            name = str(record.get("id") or "")
            if not name or name in known:
                raise AnnotationError(
                    path, line, f"{'a second' if name else 'no'} id {name}".strip()
                )
            known[name] = record
    return lambda reports: [known.get(report.id) for report in reports]
