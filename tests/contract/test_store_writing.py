"""What every store promises of a change: whole or not at all, seen, and kept."""

from __future__ import annotations

import pytest
from conftest import Bench
from facts import ALL, CALL, MERGED, REPORTS, TALKS, TOLD, fact, node
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import StoreError
from kg.store import Change, Store


class TestChanges:
    def test_dropping_comes_first_then_removing_then_adding(self, store: Store) -> None:
        store.apply(Change(added=ALL))
        change = Change(
            dropped=frozenset({REPORTS[0]}),
            removed=frozenset({MERGED[0]}),
            added=frozenset({TOLD[0], MERGED[0]}),
        )
        store.apply(change)
        assert set(store.quads()) == ALL

    def test_what_is_not_there_is_removed_without_error(self, store: Store) -> None:
        store.apply(Change(added=frozenset(MERGED)))
        gone = Change(dropped=frozenset(REPORTS), removed=frozenset(TOLD))
        store.apply(gone)
        store.apply(gone)
        assert set(store.quads()) == set(MERGED)

    def test_a_report_is_replaced_in_one_step(self, store: Store) -> None:
        store.apply(Change(added=ALL))
        new = fact(CALL, "format", Literal("video"), REPORTS[2])
        store.apply(Change(dropped=frozenset({REPORTS[2]}), added=frozenset({new})))
        assert list(store.quads(graph=REPORTS[2])) == [new]
        assert len(store) == len(ALL)

    def test_adding_twice_is_adding_once(self, store: Store) -> None:
        store.apply(Change(added=ALL))
        store.apply(Change(added=ALL))
        assert len(store) == len(ALL)

    @pytest.mark.parametrize("size", [5_000, 25_000])
    def test_a_large_change_is_made_whole(self, bench: Bench, size: int) -> None:
        store = bench.new()
        many = frozenset(fact(node(f"meeting/{n}"), "order", Literal(n)) for n in range(size))
        store.apply(Change(added=many))
        assert len(store) == size
        again = bench.again()
        assert len(again) == size
        again.close()


REFUSED = [
    Quad(BlankNode("b"), NamedNode("a:p"), Literal("x")),
    Quad(TALKS, NamedNode("a:p"), BlankNode("b")),
    Quad(TALKS, NamedNode("a:p"), Literal("x"), BlankNode("b")),
    *parse("<a:s> <a:p> <a:o}\\u003E> .", RdfFormat.N_TRIPLES, lenient=True),
    *parse("<a:s> <a:p> <a:o> ; DROP ALL> .".replace("o>", "o"), RdfFormat.N_TRIPLES, lenient=True),
]


class TestAtomicity:
    @pytest.mark.parametrize("bad", REFUSED)
    def test_a_change_with_one_bad_quad_changes_nothing(self, store: Store, bad: Quad) -> None:
        store.apply(Change(added=ALL))
        before = store.revision()
        with pytest.raises(StoreError):
            store.apply(Change(dropped=frozenset({REPORTS[0]}), added=frozenset({bad, TOLD[0]})))
        assert set(store.quads()) == ALL
        if not bench_is_remote(store):
            assert store.revision() == before

    def test_an_empty_change_is_no_change(self, store: Store) -> None:
        before = store.revision()
        store.apply(Change())
        assert bench_is_remote(store) or store.revision() == before


def bench_is_remote(store: Store) -> bool:
    return type(store).__name__ == "RemoteStore"


class TestRevision:
    def test_every_change_gives_a_new_revision(self, store: Store) -> None:
        seen = {store.revision()}
        for quad in MERGED[:3]:
            store.apply(Change(added=frozenset({quad})))
            assert store.revision() not in seen
            seen.add(store.revision())

    def test_a_revision_stays_while_nothing_changes(self, bench: Bench) -> None:
        store = bench.new()
        if bench_is_remote(store):
            pytest.skip("a server cannot tell whether it changed: each call gives a new revision")
        store.apply(Change(added=ALL))
        before = store.revision()
        list(store.quads())
        again = bench.again()
        assert again.revision() == before
        again.close()

    def test_two_stores_never_share_a_revision(self, bench: Bench) -> None:
        seen = set()
        for _ in range(2):
            store = bench.new()
            store.apply(Change(added=ALL))
            seen.add(store.revision())
            store.close()
        assert len(seen) == 2


class TestReference:
    def test_a_graph_is_replaced_as_a_whole(self, store: Store) -> None:
        graph = node("graph/reference")
        store.apply(Change(added=ALL))
        store.load_reference(graph, iter(MERGED))
        assert {q.triple for q in store.quads(graph=graph)} == {q.triple for q in MERGED}
        store.load_reference(graph, iter(MERGED[:2]))
        assert {q.triple for q in store.quads(graph=graph)} == {q.triple for q in MERGED[:2]}
        assert len(store) == len(ALL) + 2

    def test_equal_content_is_no_change(self, store: Store) -> None:
        if bench_is_remote(store):
            pytest.skip("a server cannot tell whether it changed: each call gives a new revision")
        store.load_reference(node("graph/reference"), iter(MERGED))
        before = store.revision()
        store.load_reference(node("graph/reference"), iter(MERGED))
        assert store.revision() == before


class TestClosing:
    def test_closing_twice_is_no_error(self, bench: Bench) -> None:
        store = bench.new()
        store.close()
        store.close()

    def test_content_outlives_the_process_that_wrote_it(self, bench: Bench) -> None:
        bench.new().apply(Change(added=ALL))
        again = bench.again()
        assert set(again.quads()) == ALL
        again.close()
