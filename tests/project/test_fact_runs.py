"""Triples that the engine writes are read as the triples that it gives one by one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import StoreError
from kg.fact_runs import Run, Text, runs_of_lines, runs_of_quads
from kg.store.base import DEFAULT_GRAPH, Change
from kg.store.oxigraph import OxigraphStore
from tests.sample import NASTY, sample

X = NamedNode("http://example.org/x")
INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
TEXTS = [
    *("", " ", ".", '"', '\\"', "\\", "\\n", "a\nb\r\tc\f\b", "\x00\x01\x7f", NASTY, "x" * 200),
    *('say "hi"@en .', '"^^<http://example.org/y> .', "a\u2028b\u0085c", "🕊️", "<b> .", "\\u0041"),
]


def store_of(*objects: NamedNode | Literal | Triple) -> OxigraphStore:
    store = OxigraphStore()
    store.engine.extend([Quad(X, X, o) for o in objects])
    return store


def one_by_one(store: OxigraphStore) -> list[Run]:
    return list(runs_of_quads(store.quads(graph=DEFAULT_GRAPH)))


def as_written(store: OxigraphStore, size: int = 1 << 20) -> list[Run]:
    whole = b"".join(store.written() or ())
    return list(runs_of_lines(whole[n : n + size] for n in range(0, len(whole), size)))


def in_order(runs: list[Run]) -> list[tuple[str, list[tuple[str, str]]]]:
    return sorted((s, sorted(zip(ps, map(repr, os_), strict=True))) for s, ps, os_ in runs)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_as_it_is(text: str) -> None:
    ways = [
        Literal(text),
        Literal(text, language="en"),
        Literal(text, language="zh-hant"),
        Literal(text, datatype=INTEGER),
        Literal(text, datatype=X),
    ]
    store = store_of(*ways)
    assert in_order(as_written(store)) == in_order(one_by_one(store))
    ((_, _, values),) = as_written(store)
    assert {v.value for v in values if isinstance(v, Text)} == {text}


def test_numbers_iris_and_statements_about_statements_are_read_as_they_are() -> None:
    about = Triple(X, X, Literal('a "quoted" one'))
    odd = NamedNode("urn:a:b#c?d=e&f='g'")
    store = store_of(Literal(7), Literal(0.5), Literal(value=True), X, odd, about)
    assert in_order(as_written(store)) == in_order(one_by_one(store))


@pytest.mark.parametrize("size", [1, 3, 64, 1 << 20])
def test_it_does_not_matter_where_blocks_are_cut(size: int) -> None:
    store = sample()
    assert in_order(as_written(store, size)) == in_order(one_by_one(store))


def test_an_empty_graph_has_no_runs() -> None:
    assert as_written(OxigraphStore()) == []


def test_who_stops_reading_leaves_nothing_open() -> None:
    store = OxigraphStore()
    quads = {Quad(X, X, Literal(f"{n}" * 50)) for n in range(20_000)}
    store.apply(Change(added=frozenset(quads)))
    before = len(os.listdir("/dev/fd"))
    for _ in range(3):
        blocks = store.written()
        assert blocks is not None
        next(blocks)
        blocks.close()  # type: ignore[attr-defined]
    assert len(os.listdir("/dev/fd")) == before


def test_damaged_files_are_said(tmp_path: Path) -> None:
    quads = {Quad(X, X, Literal(f"{n}" * 50)) for n in range(20_000)}
    with OxigraphStore(tmp_path) as store:
        store.apply(Change(added=frozenset(quads)))
    with OxigraphStore.open_read_only(tmp_path) as view:
        for file in tmp_path.rglob("*.sst"):
            content = file.read_bytes()
            file.write_bytes(b"\0" * (len(content) - 4000) + content[-4000:])
        with pytest.raises(StoreError, match="could not be read"):
            as_written(view)
