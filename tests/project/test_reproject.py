"""Following a change gives the projection that projecting everything again gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import pytest
from pyoxigraph import Quad

from kg.project import project
from kg.property_graph import Loss, PropertyGraph
from kg.reproject import reproject
from kg.store.base import DEFAULT_GRAPH, Change
from kg.store.journal import effect
from kg.store.oxigraph import OxigraphStore
from tests.sample import load, retract, sample, told

BASE = "https://w3id.org/diplomatic-meetings/id/"


def merged(store: OxigraphStore) -> list[Quad]:
    return sorted(store.quads(graph=DEFAULT_GRAPH), key=str)


def holding(quads: Iterable[Quad]) -> OxigraphStore:
    store = OxigraphStore()
    store.apply(Change(added=frozenset(quads)))
    return store


def changed(old: list[Quad], new: list[Quad]) -> Change:
    return Change(removed=frozenset(old) - frozenset(new), added=frozenset(new) - frozenset(old))


def followed(old: PropertyGraph, store: OxigraphStore, change: Change) -> tuple[PropertyGraph, int]:
    """The old projection with the change carried out on it, and how much was looked at."""
    found = reproject(store, change)
    nodes = {n.iri: n for n in old.nodes}
    relationships = {r.identity: r for r in old.relationships}
    losses = Counter({(x.what, x.why): x.count for x in old.not_representable})
    for n in found.before.nodes:
        assert nodes.pop(n.iri) == n
    for r in found.before.relationships:
        assert relationships.pop(r.identity) == r
    losses.subtract({(x.what, x.why): x.count for x in found.before.not_representable})
    nodes |= {n.iri: n for n in found.after.nodes}
    relationships |= {r.identity: r for r in found.after.relationships}
    losses.update({(x.what, x.why): x.count for x in found.after.not_representable})
    assert min(losses.values(), default=0) >= 0
    return PropertyGraph(
        tuple(sorted(nodes.values(), key=lambda n: (n.labels, n.iri))),
        tuple(sorted(relationships.values(), key=lambda r: r.identity)),
        tuple(Loss(*x, losses[x]) for x in sorted(losses) if losses[x]),
    ), len(found.before.nodes) + len(found.before.relationships)


def check(old: list[Quad], new: list[Quad]) -> None:
    store = holding(new)
    whole = project(store)
    by_following, _ = followed(project(holding(old)), store, changed(old, new))
    assert by_following.nodes == whole.nodes
    assert by_following.relationships == whole.relationships
    assert by_following.not_representable == whole.not_representable


@pytest.mark.parametrize("n", range(len(told())))
def test_a_report_that_comes_or_goes_is_followed(n: int) -> None:
    without = merged(sample([t for i, t in enumerate(told()) if i != n]))
    everything = merged(sample())
    check(without, everything)
    check(everything, without)


@pytest.mark.parametrize("seed", range(60))
def test_any_triples_that_come_and_go_are_followed(seed: int) -> None:
    chosen, everything = random.Random(seed), merged(sample())
    size = chosen.choice([1, 1, 2, 5, 20, 100])
    here, there = (set(chosen.sample(everything, size)) for _ in range(2))
    check([q for q in everything if q not in here], [q for q in everything if q not in there])


def test_every_class_that_comes_or_goes_is_followed() -> None:
    everything = merged(sample())
    typed = [q for q in everything if q.predicate.value.endswith("#type")]
    for quad in random.Random(1).sample(typed, 40):
        check(everything, [q for q in everything if q != quad])


def test_the_cost_follows_the_change_and_not_the_graph() -> None:
    store = sample()
    old, before = merged(store), project(store)
    retract(store, [BASE + "report/tass.com/3"])
    _, looked_at = followed(before, store, changed(old, merged(store)))
    assert looked_at < len(before.nodes) / 2


def test_the_effect_of_a_change_is_what_it_does_and_not_what_it_says() -> None:
    store = sample()
    old = merged(store)
    gone, kept = old[0], old[1]
    new = Quad(old[2].subject, old[2].predicate, old[3].object)
    change = Change(removed=frozenset({gone, kept, new}), added=frozenset({kept, new}))
    noted = effect(store.engine, change)
    store.apply(change)
    assert noted is not None
    assert noted == changed(old, merged(store))


def test_a_graph_in_a_directory_tells_what_changed_since(tmp_path: object) -> None:
    with OxigraphStore(f"{tmp_path}/graph") as store:
        load(store, told())
        first, before = store.revision(), merged(store)
    with OxigraphStore(f"{tmp_path}/graph") as store:
        retract(store, [BASE + "report/tass.com/3"])
        retract(store, [BASE + "report/belta/2"])
    with OxigraphStore.open_read_only(f"{tmp_path}/graph") as reader:
        assert reader.changes_since(first) == changed(before, merged(reader))
        assert reader.changes_since(reader.revision()) == Change()
        assert reader.changes_since("0-0") is None
