"""The graph computed again from what its reports say, as if all had just been loaded.

`kg validate --full` compares the store with it; a graph that an older version made is brought to
it before anything is added. What was extracted then is kept: texts are not read again.
"""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from kg import ids
from kg.entities import Entities
from kg.judgements import GRAPH, read_judgements
from kg.rdf_read import read_report
from kg.resolve import Resolver
from kg.store.base import DEFAULT_GRAPH, Change, GraphName, View
from kg.store.oxigraph import OxigraphStore
from kg.terms import DM, RDF_TYPE
from kg.update import Updater
from ontology import lexicon

_NOT_OURS = frozenset({NamedNode(ids.REFERENCE_GRAPH), GRAPH})


def computed(view: View) -> frozenset[Quad]:
    """The report graphs and the merged layer as this version's rules and reference data have them."""
    reports = sorted(str(q.subject.value) for q in _reports(view))  # type: ignore[union-attr]
    reads = {iri: read_report(view.quads(graph=NamedNode(iri))) for iri in reports}
    updater = Updater(OxigraphStore(), Resolver(lexicon()), Entities(lexicon()))
    told = {iri: (read.report, read.extraction) for iri, read in reads.items()}
    change = updater.change(told, judged=read_judgements(view.quads(graph=GRAPH)))
    return frozenset(q for q in change.added if q.graph_name not in _NOT_OURS)


def renewal(view: View) -> Change:
    """The change that makes a graph what `computed` gives; empty if it is that already.

    The hash of what was read stays: it was taken from the source, which is not there now.
    """
    wanted, stored = computed(view), frozenset(_stored(view))
    hashes = {q for q in wanted ^ stored if q.predicate == DM.textHash}
    return Change(removed=stored - wanted - hashes, added=wanted - stored - hashes)


def merged(quads: frozenset[Quad]) -> frozenset[Quad]:
    """Those of the default graph."""
    return frozenset(q for q in quads if q.graph_name == DEFAULT_GRAPH)


def _reports(view: View) -> list[Quad]:
    return list(view.quads(None, RDF_TYPE, DM.Report, DEFAULT_GRAPH))


def _stored(view: View) -> list[Quad]:
    named: list[GraphName] = [g for g in view.graph_names() if g not in _NOT_OURS]
    return [quad for graph in (DEFAULT_GRAPH, *named) for quad in view.quads(graph=graph)]
