"""The run: read the sets, extract, score, and say in lines of text what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.calibration import reliability
from benchmarks.accuracy.cases import Case, GoldSet, Missing, load_cases
from benchmarks.accuracy.changes import change_lines, changes
from benchmarks.accuracy.extractors import Predictor, Record
from benchmarks.accuracy.frozen import frozen_case, read_frozen, write_frozen
from benchmarks.accuracy.matching import Meetings
from benchmarks.accuracy.reading import annotation
from benchmarks.accuracy.summary import Scored, Summary, score_case, summary
from benchmarks.accuracy.tables import reliability_lines, summary_lines
from benchmarks.accuracy.worst import error_lines, worst


@dataclass(frozen=True, slots=True)
class Settings:
    """What to score and what to tell.

    Attributes:
        gold: folder of the annotations.
        reports: folder of the development reports.
        frozen: folder of the committed results.
        errors: how many of the worst reports to list instead of the tables; None for the tables.
        about: of these only the errors whose kind has this word, such as "topic".
        changes: how many changed reports to list of each set.
        write: renew the committed results.
        show_held: tell differences of held reports too.
    """

    sets: tuple[GoldSet, ...]
    gold: Path
    reports: Path
    frozen: Path
    errors: int | None = None
    about: str | None = None
    changes: int = 40
    write: bool = False
    show_held: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A scored set."""

    summary: Summary
    scored: tuple[Scored, ...]

    def hidden(self, settings: Settings) -> frozenset[str]:
        """The reports whose differences are not told."""
        held = (one.case.report.id for one in self.scored if one.case.held)
        return frozenset() if settings.show_held else frozenset(held)


def run(settings: Settings, extract: Predictor) -> Iterator[str]:
    """The lines of the report; the committed results are renewed on the way if asked for.

    Raises:
        AnnotationError: a set, report or result file that cannot be used.
        ExtractorError: the extractor does not keep its contract.
        OSError: the results cannot be written.
    """
    results: list[Result] = []
    for which in settings.sets:
        result = _result(which, settings, extract)
        if isinstance(result, Missing):
            yield f"== {which.name}: skipped, {result.reason}"
        else:
            results.append(result)
            yield from (
                _errors(result, settings) if settings.errors else summary_lines(result.summary)
            )
        yield ""
    if not settings.errors:
        yield from _confidence(results)
        yield from _changes(results, settings)
    if settings.write:
        write_frozen(settings.frozen, [(result.summary, result.scored) for result in results])
        yield f"results renewed in {settings.frozen}"


def _result(which: GoldSet, settings: Settings, extract: Predictor) -> Result | Missing:
    """A scored set; a report without a prediction counts as one of which nothing was found."""
    cases = load_cases(which, settings.gold, settings.reports)
    if isinstance(cases, Missing):
        return cases
    found = extract([case.report for case in cases])
    if not any(record is not None for record in found):
        return Missing("there is no prediction for any of its reports")
    scored = tuple(map(_scored, cases, found))
    return Result(summary(which, scored), scored)


def _scored(case: Case, record: Record | None) -> Scored:
    return score_case(case, _meetings(record) if record is not None else ())


def _meetings(record: Mapping[str, object]) -> Meetings:
    return annotation(record).meetings


def _errors(result: Result, settings: Settings) -> Iterator[str]:
    hidden = result.hidden(settings)
    open_to_view = [one for one in result.scored if one.case.report.id not in hidden]
    listed = worst(open_to_view, settings.errors or 0, settings.about or "")
    yield f"== {result.summary.which.name}: {len(listed)} worst of {len(result.scored)} reports"
    for one in listed:
        yield from error_lines(one, settings.about or "")


def _confidence(results: Sequence[Result]) -> Iterator[str]:
    for title, held in (("look sets", False), ("held sets", True)):
        chosen = [r.summary for r in results if r.summary.which.held == held]
        trust = [trust for summary in chosen for trust in summary.trust]
        for table in reliability(trust):
            yield from reliability_lines(title, table)
            yield ""


def _changes(results: Sequence[Result], settings: Settings) -> Iterator[str]:
    before = read_frozen(settings.frozen)
    yield "== changes against the committed results"
    for result in results:
        which = result.summary.which
        now = {one.case.report.id: frozen_case(which, one) for one in result.scored}
        found = changes(which, before.get(which.name, {}), now)
        yield from change_lines(which, found, hidden=result.hidden(settings), most=settings.changes)
