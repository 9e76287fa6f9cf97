"""What a report says is the same after it went into triples and back."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.model import Extraction, Report, Source
from kg.rdf import report_node, report_quads
from kg.rdf_read import read_report
from kg.store.base import Change
from kg.store.oxigraph import OxigraphStore
from tests.core.strategies import extractions, reports


@settings(max_examples=150, deadline=None)
@given(report=reports, extraction=extractions)
def test_a_report_and_what_it_says_come_back_from_their_triples(
    report: Report, extraction: Extraction
) -> None:
    read = read_report(report_quads(report, extraction))
    assert replace(read.report, source=report.source) == report
    assert read.extraction == extraction


@settings(max_examples=40, deadline=None)
@given(report=reports, extraction=extractions)
def test_a_report_comes_back_from_a_store(report: Report, extraction: Extraction) -> None:
    store = OxigraphStore()
    store.apply(Change(added=frozenset(report_quads(report, extraction))))
    read = read_report(store.quads(graph=report_node(report)))
    assert (replace(read.report, source=report.source), read.extraction) == (report, extraction)


@settings(max_examples=40, deadline=None)
@given(report=reports, extraction=extractions)
def test_a_report_comes_back_from_an_export(report: Report, extraction: Extraction) -> None:
    quads = report_quads(report, extraction)
    store, output = OxigraphStore(), io.BytesIO()
    store.apply(Change(added=frozenset(quads)))
    store.export(output, RdfFormat.N_QUADS)
    assert set(parse(output.getvalue(), format=RdfFormat.N_QUADS)) == quads


@settings(max_examples=100, deadline=None)
@given(report=reports, extraction=extractions, where=st.text(max_size=5))
def test_the_place_a_report_was_read_from_leaves_no_trace(
    report: Report, extraction: Extraction, where: str
) -> None:
    moved = replace(report, source=Source(where, 7))
    assert report_quads(moved, extraction) == report_quads(report, extraction)
