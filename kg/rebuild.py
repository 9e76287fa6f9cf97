"""The graph computed again from what its reports say, as if all had just been loaded.

`kg validate --full` compares the store with it; a graph that an older version made is brought to
it before anything is added. What was extracted then is kept, unless it is given anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg import ids
from kg.judgements import GRAPH, read_judgements
from kg.model import Extraction, Report
from kg.rdf import text_hash
from kg.rdf_read import read_report
from kg.reference import Reference
from kg.reference_files import GRAPH as FILES
from kg.store.base import DEFAULT_GRAPH, Change, GraphName, View
from kg.store.oxigraph import OxigraphStore
from kg.terms import DM, RDF_TYPE
from kg.update import Updater
from loaders.fact_text import RecordError
from loaders.remade import remade
from ontology.lexicon import Lexicon, reading_with

_NOT_OURS = frozenset({NamedNode(ids.REFERENCE_GRAPH), GRAPH, FILES})
Said = Mapping[str, Extraction]
Loaded = Mapping[str, tuple[Report, Extraction]]


def reference_of(view: View) -> Reference:
    """The reference data that a graph is made with."""
    return Reference.stored(view.quads(graph=FILES))


def computed(
    view: View,
    reference: Reference | None = None,
    anew: Said | None = None,
    loaded: Loaded | None = None,
) -> frozenset[Quad]:
    """The report graphs and the merged layer as this version's rules and reference data have them.

    Args:
        reference: if other than those stored.
        anew: what reports say, by their IRIs, where it is not what is stored of them.
        loaded: reports that come or replace, by their IRIs.
    """
    reference, anew = reference or reference_of(view), anew or {}
    reports = sorted(q.subject.value for q in _reports(view) if isinstance(q.subject, NamedNode))
    reads = {iri: read_report(view.quads(graph=NamedNode(iri))) for iri in reports}
    updater = Updater(OxigraphStore(), reference.resolver, reference.entities)
    told = {iri: (read.report, anew.get(iri, read.extraction)) for iri, read in reads.items()}
    change = updater.change(
        {**told, **(loaded or {})}, judged=read_judgements(view.quads(graph=GRAPH))
    )
    return frozenset(q for q in change.added if q.graph_name not in _NOT_OURS)


def renewal(
    view: View,
    reference: Reference | None = None,
    anew: Said | None = None,
    loaded: Loaded | None = None,
) -> Change:
    """The change that makes a graph what `computed` gives; empty if it is that already.

    The hash of what was read stays, but of what is loaded: it was taken from the source, which is
    not there now.
    """
    wanted, stored = computed(view, reference, anew, loaded), frozenset(_stored(view))
    told = {NamedNode(iri) for iri in loaded or ()}
    hashes = {q for q in wanted ^ stored if q.predicate == DM.textHash and q.graph_name not in told}
    return Change(removed=stored - wanted - hashes, added=wanted - stored - hashes)


def read_from_text(view: View) -> Iterator[Report]:
    """The stored reports whose text was read for what it says; those of tables and registers, whose
    facts came with them, are left out."""
    for iri in sorted(q.subject.value for q in _reports(view) if isinstance(q.subject, NamedNode)):
        node = NamedNode(iri)
        report = read_report(view.quads(graph=node)).report
        if next(iter(view.quads(node, DM.textHash, Literal(text_hash(report)), node)), None):
            yield report


def read_from_records(view: View, lexicon: Lexicon) -> Iterator[Report]:
    """The stored reports of tables and registers, made again of their records with these reference
    data; left out are those whose record names a state that they do not know."""
    kept = view.quads(None, DM.record)
    for iri in sorted({q.graph_name.value for q in kept if isinstance(q.graph_name, NamedNode)}):
        stored = read_report(view.quads(graph=NamedNode(iri))).report
        with reading_with(lexicon):
            try:
                made = remade(stored)
            except RecordError:
                continue
        yield made


def merged(quads: frozenset[Quad]) -> frozenset[Quad]:
    """Those of the default graph."""
    return frozenset(q for q in quads if q.graph_name == DEFAULT_GRAPH)


def _reports(view: View) -> list[Quad]:
    return list(view.quads(None, RDF_TYPE, DM.Report, DEFAULT_GRAPH))


def _stored(view: View) -> list[Quad]:
    named: list[GraphName] = [g for g in view.graph_names() if g not in _NOT_OURS]
    return [quad for graph in (DEFAULT_GRAPH, *named) for quad in view.quads(graph=graph)]
