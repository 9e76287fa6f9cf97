"""The graph is a pure function of the reports now in it: no order, batch or history shows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from kg.rdf import report_node
from kg.store.base import Store
from kg.store.oxigraph import OxigraphStore
from kg.validate import check_pure, validate
from tests.core.strategies import batchings, piles
from tests.sample import Told, load, retract, sample, told

SETTINGS = settings(max_examples=40, deadline=None)


def export(store: Store) -> bytes:
    """All of the graph, as bytes."""
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    return output.getvalue()


def graph_of(reports: Iterable[Told]) -> bytes:
    """The export of a graph that never had any other report."""
    return export(sample(reports))


def iri(report: Told) -> str:
    return report_node(report[0]).value


@SETTINGS
@given(data=st.data(), pile=piles(at_least=2))
def test_any_order_and_any_batches_give_the_same_graph(
    data: st.DataObject, pile: list[Told]
) -> None:
    store = OxigraphStore()
    for batch in data.draw(batchings(len(pile))):
        load(store, [pile[n] for n in batch])
    assert export(store) == graph_of(pile)


@SETTINGS
@given(data=st.data(), pile=piles())
def test_a_retracted_report_leaves_no_trace(data: st.DataObject, pile: list[Told]) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(len(pile))), min_size=1))
    store = sample(pile)
    retract(store, [iri(pile[n]) for n in sorted(gone)])
    assert export(store) == graph_of(p for n, p in enumerate(pile) if n not in gone)
    load(store, [pile[n] for n in sorted(gone)])
    assert export(store) == graph_of(pile)


@SETTINGS
@given(before=piles(), after=piles())
def test_a_changed_report_replaces_itself(before: list[Told], after: list[Told]) -> None:
    store = sample(before)
    load(store, after)
    changed = {iri(report) for report in after}
    assert export(store) == graph_of([*after, *(b for b in before if iri(b) not in changed)])


@SETTINGS
@given(pile=piles())
def test_loading_again_changes_nothing(pile: list[Told]) -> None:
    store = sample(pile)
    before, revision = export(store), store.revision()
    load(store, pile)
    assert (export(store), store.revision()) == (before, revision)


@settings(max_examples=10, deadline=None)
@given(before=piles(), after=piles())
def test_the_merged_layer_is_what_its_reports_say(before: list[Told], after: list[Told]) -> None:
    store = sample(before)
    load(store, after)
    retract(store, [iri(after[0])])
    assert check_pure(store) == []


@settings(max_examples=30, deadline=None)
@given(pile=piles())
def test_any_graph_keeps_to_its_shapes(pile: list[Told]) -> None:
    assert validate(sample(pile)) == ()


def _replaced(reports: Sequence[Told], n: int) -> list[Told]:
    report, _ = reports[n]
    return [(replace(report, text=report.text + " More."), reports[n - 1][1])]


@pytest.mark.parametrize("n", range(len(told())))
def test_each_report_of_the_sample_comes_goes_and_changes(n: int) -> None:
    reports = told()
    others = reports[:n] + reports[n + 1 :]
    store = sample(others)
    load(store, [reports[n]])
    assert export(store) == graph_of(reports)
    load(store, _replaced(reports, n))
    assert export(store) == graph_of([*others, *_replaced(reports, n)])
    retract(store, [iri(reports[n])])
    assert export(store) == graph_of(others)
