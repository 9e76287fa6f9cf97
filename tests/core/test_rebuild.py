"""A graph that an older version made becomes the one that this version makes."""

from __future__ import annotations

import io
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kg import ids
from kg.judgements import GRAPH, Judgement
from kg.pipeline import Pipeline
from kg.rebuild import renewal
from kg.store.base import DEFAULT_GRAPH, Change
from kg.store.oxigraph import OxigraphStore
from kg.terms import DM, LABEL, VERSION_INFO
from kg.validate import check_pure
from tests.sample import sample

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = [GOLDEN / "facts" / "utf-8-mark", GOLDEN / "visits_xml" / "visits"]
LATER = GOLDEN / "travels_xml" / "trips"
REFERENCE = NamedNode(ids.REFERENCE_GRAPH)


def export(store: OxigraphStore) -> bytes:
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    return output.getvalue()


def older(store: OxigraphStore) -> None:
    """What a version with other reference data, other keys and another label left behind."""
    stamps = set(store.quads(REFERENCE, VERSION_INFO, None, REFERENCE))
    keys = set(store.quads(predicate=DM.block))
    state = NamedNode(ids.state("TUR"))
    labels = set(store.quads(state, LABEL, None, DEFAULT_GRAPH))
    assert stamps and keys and labels
    store.apply(
        Change(
            removed=frozenset(stamps | keys | labels),
            added=frozenset(
                [
                    Quad(REFERENCE, VERSION_INFO, Literal("before"), REFERENCE),
                    Quad(state, LABEL, Literal("Turkiye", language="en"), DEFAULT_GRAPH),
                ]
            ),
        )
    )


def test_an_older_graph_becomes_that_of_today_when_it_is_changed() -> None:
    store, fresh = OxigraphStore(), OxigraphStore()
    Pipeline(store).load(FILES)
    older(store)
    Pipeline(store).load([LATER])
    Pipeline(fresh).load([*FILES, LATER])
    assert export(store) == export(fresh)
    older(store)
    for graph in (store, fresh):
        Pipeline(graph).retract("visits/9101")
    assert export(store) == export(fresh)
    assert not renewal(fresh), "a graph of today is left alone"


def test_judgements_are_no_difference() -> None:
    store = sample()
    one, other = sorted(q.subject.value for q in store.quads(predicate=DM.monthBlock))[:2]  # type: ignore[union-attr]
    judgement = Judgement.of(False, [one], [other])
    store.apply(Change(added=frozenset(judgement.quads())))
    assert not any(q.graph_name == GRAPH for q in renewal(store).removed)
    store.apply(renewal(store))
    assert check_pure(store) == []
