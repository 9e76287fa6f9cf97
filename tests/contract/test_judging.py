"""Judgements on every store: kept, listed again after reopening, and taken back without a trace."""

from __future__ import annotations

import io

from conftest import Bench
from pyoxigraph import NamedNode, RdfFormat

from kg.ids import BASE
from kg.judgements import GRAPH
from kg.pipeline import Pipeline
from kg.store import Store
from kg.store.base import DEFAULT_GRAPH
from kg.terms import IS_REPLACED_BY
from tests.sample import load, told


def _export(store: Store) -> bytes:
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    return output.getvalue()


def _meetings(store: Store) -> set[str]:
    quads = store.quads(None, IS_REPLACED_BY, None, DEFAULT_GRAPH)
    found = {q.object.value for q in quads if isinstance(q.object, NamedNode)}
    return {iri for iri in found if iri.startswith(BASE + "meeting/")}


def test_a_judgement_is_kept_and_taken_back(bench: Bench) -> None:
    store = bench.new()
    load(store, told())
    before, meetings = _export(store), sorted(_meetings(store))
    judgement, new = Pipeline(store).judging.judge("same", meetings[0], meetings[1])
    assert new
    assert len(_meetings(store)) == len(meetings) - 1
    again = bench.again()
    (listed,) = Pipeline(again).judging.all()
    assert (listed.number, listed.judgement) == (1, judgement)
    assert {q.subject for q in again.quads(graph=GRAPH)} == {NamedNode(judgement.iri)}
    Pipeline(again).judging.undo(1)
    assert _export(again) == before
    again.close()
