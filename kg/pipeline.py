"""The corridor from a path to the graph: read, extract, merge, apply.

Reports are taken in batches, and each batch is one atomic change: whatever interrupts a load, the
graph holds whole reports and the meetings that follow from them, and the next load goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar

from pyoxigraph import Literal, NamedNode

from kg import ids
from kg.errors import ServerError, StoreError, UnknownNameError
from kg.extracting import extract_all, guarded
from kg.judging import Judging
from kg.model import Extraction, Refusal, Report
from kg.rdf import report_node, report_quads, text_hash
from kg.rebuild import read_from_records, read_from_text, reference_of, renewal
from kg.reference import Reference
from kg.reference_change import reference_change
from kg.reference_upkeep import with_files, without
from kg.store.base import DEFAULT_GRAPH, Change, Store, View
from kg.terms import DM, IDENTIFIER, RDF_TYPE, VERSION_INFO
from kg.update import Updater
from loaders import Skipped, knowing, read_path
from queries.lookup import find

BATCH = 250
T = TypeVar("T")
Progress = Callable[[int], None]


@dataclass(slots=True)
class LoadSummary:
    """What a load did.

    Attributes:
        read: reports read, whatever became of them.
        skipped: files in folders whose kind no loader knows.
        reference: names of the files that users added to the reference data, now in the graph.
        meetings: meetings in the graph afterwards.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    refused: list[Refusal] = field(default_factory=list)
    meetings: int = 0
    reference: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def as_json(self) -> dict[str, object]:
        """The summary as the command line prints it."""
        return asdict(self)


@dataclass(slots=True)
class _Call:
    """One load under way.

    Attributes:
        anew: also what has not changed is read for what it says.
        seen: IRIs of the reports read.
        stored: IRIs of those that the graph has in another form.
        same: IRIs of those that the graph has as they are.
    """

    anew: bool = False

    summary: LoadSummary = field(default_factory=LoadSummary)
    seen: set[str] = field(default_factory=set)
    stored: set[str] = field(default_factory=set)
    same: set[str] = field(default_factory=set)


class Pipeline:
    """Loads into and retracts from one store.

    Attributes:
        left_as_read: how many reports kept the facts that came with them when reference data were
            added or taken out: entities, whose files are not there to be read again, and rows of a
            state that is not known any more.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.left_as_read = 0
        self._use(reference_of(store))

    def _use(self, reference: Reference) -> None:
        self._reference = reference
        self._updater = Updater(self._store, reference.resolver, reference.entities)

    @property
    def judging(self) -> Judging:
        """Judgements of people on what is the same. See `kg.judging.Judging`."""

        def person(view: View, name: str) -> str:
            return find(view, "person", name).value

        known = self._reference
        return Judging(self._store, known.resolver, known.entities, person, self._renew)

    def load(
        self,
        paths: Iterable[str | Path],
        *,
        stdin: IO[bytes] | None = None,
        jobs: int = 1,
        progress: Progress | None = None,
        mapping: str | Path | None = None,
        allow_private: bool = False,
        reference: Sequence[str | Path] = (),
        anew: bool = False,
    ) -> LoadSummary:
        """Bring everything at `paths` into the graph. See `kg.graph.Graph.load`."""
        found = read_path(list(paths), stdin=stdin, mapping=mapping, allow_private=allow_private)
        began, refused = time.monotonic(), self.add_reference(reference, jobs=jobs)
        summary = self.take(found, jobs=jobs, progress=progress, anew=anew)
        summary.refused[:0] = refused
        summary.seconds = round(time.monotonic() - began, 3)
        return summary

    def take(
        self,
        outcomes: Iterable[Report | Refusal | Skipped],
        *,
        jobs: int = 1,
        progress: Progress | None = None,
        anew: bool = False,
    ) -> LoadSummary:
        """Bring reports into the graph, however they were read.

        Args:
            anew: also read again for what they say those that have not changed.
        """
        began, call = time.monotonic(), _Call(anew)
        self._ensure_reference()
        reports = self._wanted(knowing(self._reference.lexicon, outcomes), call)
        said = extract_all(reports, jobs=jobs, added=self._reference.added)
        for batch in _batches(said, BATCH):
            self._bring_in(batch, call)
            if progress:
                progress(len(batch))
        summary = call.summary
        summary.meetings = count_of_type(self._store, DM.Meeting)
        summary.reference = [file.name for file in self._reference.files]
        summary.seconds = round(time.monotonic() - began, 3)
        return summary

    def texts(self) -> Iterator[Report]:
        """The reports in the graph whose texts can be read anew for what they say."""
        return read_from_text(self._store)

    def retract(self, report: str) -> str:
        """Take one report or reference file out. See `kg.graph.Graph.retract`."""
        self._renew()
        file = next((f for f in self._reference.files if report in (f.name, f.node.value)), None)
        if file:
            self._change_reference(without(self._reference, file))
            return file.node.value
        iri = find_report(self._store, report)
        self._store.apply(self._updater.change({}, retracted=[iri]))
        return iri

    # Reference data

    def add_reference(self, paths: Sequence[str | Path], *, jobs: int = 1) -> list[Refusal]:
        """Add files of office holders, states, places to the reference data of this graph.

        A file replaces the one of its name. What is in the graph is made again with them.
        """
        wanted, refused = with_files(self._reference, [Path(path) for path in paths])
        if wanted.files != self._reference.files:
            self._change_reference(wanted, jobs=jobs)
        return refused

    def _change_reference(self, wanted: Reference, *, jobs: int = 1) -> None:
        self._ensure_reference()
        read = extract_all(self.texts(), jobs=jobs, added=wanted.added)
        said = {report_node(report).value: found for report, found in read}
        made = read_from_records(self._store, wanted.lexicon)
        tables = {report_node(r).value: (r, r.facts or Extraction()) for r in made}
        self.left_as_read = count_of_type(self._store, DM.Report) - len(said.keys() | tables.keys())
        anew = {iri: found for iri, found in said.items() if isinstance(found, Extraction)}
        change = renewal(self._store, wanted, anew, tables)
        graph = NamedNode(ids.REFERENCE_GRAPH)
        data = reference_change(self._reference, wanted, graph)
        self._store.apply(
            Change(removed=change.removed | data.removed, added=change.added | data.added)
        )
        self._use(wanted)

    def _renew(self) -> None:
        """What an older version made is made as by this one."""
        if self._has_reference():
            self._ensure_reference()

    def _ensure_reference(self) -> None:
        """The reference graph is there, and is the one of this version, as is all made with it."""
        graph = NamedNode(ids.REFERENCE_GRAPH)
        if not self._has_reference(self._reference.stamp):
            # First what follows from it, so that what is broken off here is done again.
            self._store.apply(renewal(self._store))
            self._store.load_reference(graph, self._reference.quads(graph))

    def _has_reference(self, stamp: Literal | None = None) -> bool:
        """True if there are reference data, or those with a stamp."""
        graph = NamedNode(ids.REFERENCE_GRAPH)
        found = self._store.quads(graph, VERSION_INFO, stamp, graph)
        return next(iter(found), None) is not None

    def _bring_in(self, batch: list[tuple[Report, Extraction | Refusal]], call: _Call) -> None:
        """One step of the graph; a report that cannot be brought in is refused, the others are."""
        told = [(r, e) for r, e in batch if isinstance(e, Extraction)]
        call.summary.refused += (e for _, e in batch if isinstance(e, Refusal))
        try:
            self._apply(told, call)
        except (StoreError, ServerError):
            raise
        except Exception:  # noqa: BLE001 - a fault of ours in one of them: which one, shows by itself
            for one in told:
                if refusal := guarded(one[0], partial(self._apply, [one], call)):
                    call.summary.refused.append(refusal)

    def _apply(self, told: list[tuple[Report, Extraction]], call: _Call) -> None:
        loaded = {report_node(r).value: (r, e) for r, e in told}
        for iri in sorted(loaded.keys() & call.same):
            if self._says_what_is_stored(iri, *loaded[iri]):
                call.summary.unchanged += 1
                del loaded[iri]
        self._store.apply(self._updater.change(loaded))
        changed = len(loaded.keys() & (call.stored | call.same))
        call.summary.changed += changed
        call.summary.new += len(loaded) - changed

    def _wanted(self, items: Iterable[Report | Refusal | Skipped], call: _Call) -> Iterator[Report]:
        """The reports that have to be extracted; counts all the others."""
        summary = call.summary
        for item in items:
            if isinstance(item, Refusal):
                summary.refused.append(item)
            elif isinstance(item, Skipped):
                summary.skipped += 1
            else:
                summary.read += 1
                if self._is_wanted(item, call):
                    yield item

    def _is_wanted(self, report: Report, call: _Call) -> bool:
        iri = report_node(report).value
        if iri in call.seen:
            call.summary.refused.append(_twice(report))
            return False
        call.seen.add(iri)
        stored = self._stored_hash(iri)
        if stored == text_hash(report) and not call.anew:
            call.summary.unchanged += 1
            return False
        if stored is not None:
            (call.same if stored == text_hash(report) else call.stored).add(iri)
        return True

    def _says_what_is_stored(self, iri: str, report: Report, extraction: Extraction) -> bool:
        return report_quads(report, extraction) == set(self._store.quads(graph=NamedNode(iri)))

    def _stored_hash(self, iri: str) -> str | None:
        node = NamedNode(iri)
        found = next(iter(self._store.quads(node, DM.textHash, None, node)), None)
        return found.object.value if found and isinstance(found.object, Literal) else None


def _twice(report: Report) -> Refusal:
    where = report.outlet or "an unknown outlet"
    reason = f"the report {report.id!r} of {where} was read before in this call; give it its own id"
    return Refusal(report.source.path, report.source.line, reason)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def count_of_type(view: View, cls: NamedNode) -> int:
    """How many entities of a class the default graph holds."""
    return sum(1 for _ in view.quads(None, RDF_TYPE, cls, DEFAULT_GRAPH))


def find_report(view: View, name: str) -> str:
    """IRI of a report by IRI or by an id that only one report has.

    Raises:
        UnknownNameError: none or several.
    """
    if name.startswith(ids.BASE):
        if next(iter(view.quads(graph=NamedNode(name))), None) is None:
            raise UnknownNameError("report", name)
        return name
    quads = view.quads(None, IDENTIFIER, Literal(name), DEFAULT_GRAPH)
    found = sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError("single report", name, tuple(found[:5]))
    raise UnknownNameError("report", name, _nearest_ids(view, name))


def _nearest_ids(view: View, name: str) -> tuple[str, ...]:
    quads = view.quads(None, IDENTIFIER, None, DEFAULT_GRAPH)
    known = sorted({q.object.value for q in quads if isinstance(q.object, Literal)})
    return tuple(get_close_matches(name, known, 3, 0.7))


__all__ = ["Extraction", "LoadSummary", "Pipeline", "Progress", "find_report"]
