"""What bringing in reports would change, told without changing anything.

Two layers are compared: what each report says (mention by mention, places in the text left out),
and which merged meetings would come or go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.extract_json import extraction_json
from kg.extracting import extract_all
from kg.ids import entity
from kg.model import Extraction, Refusal, Report
from kg.rdf import report_node
from kg.rdf_read import read_report
from kg.rebuild import read_from_records, read_from_text, reference_of, renewal
from kg.reference import Reference
from kg.store.base import View
from kg.terms import LABEL
from kg.update import Updater
from loaders import Skipped, knowing

Row = Mapping[str, Any]
_PLACED = ("span", "in", "confidence")
_TOLD = ("title", "published", "published_basis", "url", "language", "text")
_LIKE = 0.5
_MEETING = entity("meeting", "")


@dataclass(frozen=True, slots=True)
class MeetingDifference:
    """One meeting of one report.

    Attributes:
        change: "added", "removed" or "changed".
        meeting: day, parties and status, for reading.
        fields: of a changed one: name -> [what is stored, what would be].
    """

    change: str
    meeting: str
    fields: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """One report.

    Attributes:
        change: "new" or "changed".
        fields: what is told of it otherwise: name -> [what is stored, what would be].
    """

    report: str
    id: str
    title: str | None
    change: str
    fields: dict[str, list[Any]]
    meetings: list[MeetingDifference]


@dataclass(slots=True)
class Differences:
    """All that would change.

    Attributes:
        read: reports compared; of these `unchanged` would stay as they are.
        appear, disappear: labels of the merged meetings that would come and go; of one whose
            participants or day would be other ones, both.
    """

    read: int = 0
    unchanged: int = 0
    reports: list[ReportDifference] = field(default_factory=list)
    appear: list[str] = field(default_factory=list)
    disappear: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """As the command line prints it."""
        return asdict(self)


def differences(
    view: View,
    outcomes: Iterable[Report | Refusal | Skipped] | None = None,
    *,
    jobs: int = 1,
    reference: Reference | None = None,
) -> Differences:
    """What loading reports would change in a graph, whose texts are all read anew.

    Args:
        outcomes: what was read; None for all reports in the graph whose texts it has.
        jobs: processes for the extraction.
        reference: the reference data as they would be, if they would change too; all texts in the
            graph are then read with them.
    """
    known, found = reference_of(view), Differences()
    wanted = reference or known
    changes = wanted.files != known.files
    read = _read(view, outcomes, wanted, stored_too=changes)
    loaded = dict[str, tuple[Report, Extraction]]()
    for report, extraction in extract_all(_reports(read, found), jobs=jobs, added=wanted.added):
        if isinstance(extraction, Refusal):
            found.refused.append(extraction)
        elif one := _report(view, report, extraction):
            found.reports.append(one)
            loaded[one.report] = (report, extraction)
        else:
            found.unchanged += 1
    if changes:
        change = renewal(view, wanted, loaded=loaded)
    else:
        change = Updater(view, wanted.resolver, wanted.entities).change(loaded)
    appear = Counter(_labels(change.added - change.removed))
    disappear = Counter(_labels(change.removed - change.added))
    # A meeting takes its IRI from its earliest report: another IRI alone is no other meeting.
    found.appear = sorted((appear - disappear).elements())
    found.disappear = sorted((disappear - appear).elements())
    return found


def _read(
    view: View,
    outcomes: Iterable[Report | Refusal | Skipped] | None,
    reference: Reference,
    *,
    stored_too: bool,
) -> Iterator[Report | Refusal | Skipped]:
    """What is given, then the stored texts that were not, if they are wanted."""
    given = set[str]()
    for item in knowing(reference.lexicon, outcomes or ()):
        if isinstance(item, Report):
            given.add(report_node(item).value)
        yield item
    if stored_too or outcomes is None:
        yield from (r for r in read_from_text(view) if report_node(r).value not in given)
    if stored_too:
        made = read_from_records(view, reference.lexicon)
        yield from (r for r in made if report_node(r).value not in given)


def _reports(
    outcomes: Iterable[Report | Refusal | Skipped], found: Differences
) -> Iterator[Report]:
    for item in outcomes:
        if isinstance(item, Refusal):
            found.refused.append(item)
        elif isinstance(item, Report):
            found.read += 1
            yield item


def _report(view: View, report: Report, extraction: Extraction) -> ReportDifference | None:
    """None if the report would say what it says now."""
    iri = report_node(report).value
    quads = list(view.quads(graph=NamedNode(iri)))
    old = read_report(quads) if quads else None
    before = _rows(old.report, old.extraction) if old else []
    meetings = [*_meetings(before, _rows(report, extraction))]
    fields = _fields(old.report, report) if old else {}
    if old and not fields and not meetings and old.extraction.visits == extraction.visits:
        return None
    change = "changed" if old else "new"
    return ReportDifference(iri, report.id, report.title, change, fields, meetings)


def _fields(old: Report, new: Report) -> dict[str, list[Any]]:
    pairs = {name: [getattr(old, name), getattr(new, name)] for name in _TOLD}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _rows(report: Report, extraction: Extraction) -> list[Row]:
    return [_bare(row) for row in extraction_json(report, extraction)["meetings"]]


def _bare(value: Any) -> Any:
    """Without the places in the text, which move with every word that is put in."""
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if k not in _PLACED}
    return [_bare(v) for v in value] if isinstance(value, list) else value


def _meetings(before: Sequence[Row], after: Sequence[Row]) -> Iterator[MeetingDifference]:
    pairs = _pairs(before, after)
    for i, j in pairs:
        fields = {k: [v, after[j][k]] for k, v in before[i].items() if v != after[j][k]}
        if fields:
            yield MeetingDifference("changed", _named(before[i]), fields)
    paired_before, paired_after = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, row in enumerate(before):
        if i not in paired_before:
            yield MeetingDifference("removed", _named(row))
    for j, row in enumerate(after):
        if j not in paired_after:
            yield MeetingDifference("added", _named(row))


def _pairs(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[int, int]]:
    """Which meeting before is which one after: equal ones first, then the most alike."""
    likeness = sorted(
        (-_alike(a, b), i, j) for i, a in enumerate(before) for j, b in enumerate(after)
    )
    pairs: dict[int, int] = {}
    for less, i, j in likeness:
        if -less >= _LIKE and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def _alike(a: Row, b: Row) -> float:
    if a == b:
        return 2.0
    return SequenceMatcher(None, _key(a), _key(b), autojunk=False).ratio()


def _key(row: Row) -> list[str]:
    """What tells meetings of one report apart."""
    people = [f"{p['state']}" for p in row["participants"]]
    names = [f"{p['name']}" for p in row["participants"]]
    return [*sorted(people), *sorted(names), row["date"] or "", row["status"], row["format"]]


def _named(row: Row) -> str:
    sides = [f"{p['name'] or p['as_written']} ({p['state'] or '?'})" for p in row["participants"]]
    return f"{row['date'] or 'undated'}, {row['status']}: {' - '.join(sides)}"


def _labels(quads: Iterable[Quad]) -> Iterator[str]:
    """Labels of merged meetings among some quads."""
    for quad in quads:
        about = quad.subject
        if quad.predicate == LABEL and isinstance(about, NamedNode):
            if about.value.startswith(_MEETING) and isinstance(quad.object, Literal):
                yield quad.object.value
