"""What `kg validate` checks beside its shapes, and that it never passes over a shape."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import validate as module
from kg.store.base import DEFAULT_GRAPH, Change
from kg.terms import DM, IS_REPLACED_BY
from kg.validate import check_pure, validate
from ontology import turtle
from tests.sample import sample


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b"sh:nodeKind sh:IRI", b"sh:minLength 3", "minLength"),
        (b"sh:targetClass dm:Meeting", b"sh:targetClass dm:Meeting ; sh:closed true", "closed"),
        (b"sh:minCount 1", b"sh:minCount 2", "minCount"),
    ],
)
def test_a_shape_that_is_not_understood_is_an_error(
    monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes, named: str
) -> None:
    text = turtle("shapes.ttl").replace(old, new, 1)
    monkeypatch.setattr(module, "turtle", lambda name: text)
    module._compiled.cache_clear()
    try:
        with pytest.raises(ValueError, match=named):
            validate(sample())
    finally:
        module._compiled.cache_clear()


def test_a_mention_that_leads_to_no_meeting_is_found() -> None:
    store = sample()
    link = min(store.quads(None, IS_REPLACED_BY, None, DEFAULT_GRAPH), key=str)
    store.apply(Change(removed=frozenset([link])))
    assert {(v.focus, v.constraint) for v in validate(store)} >= {
        (link.subject.value, "mention")  # type: ignore[union-attr]
    }


def test_the_merged_layer_computed_again_shows_what_was_tampered_with() -> None:
    store = sample()
    assert check_pure(store) == []
    gone = min(store.quads(None, DM.status, None, DEFAULT_GRAPH), key=str)
    assert isinstance(gone.subject, NamedNode)
    added = Quad(gone.subject, DM.status, Literal("denied"), DEFAULT_GRAPH)
    store.apply(Change(removed=frozenset([gone]), added=frozenset([added])))
    found = {(v.focus, v.value, v.constraint) for v in check_pure(store)}
    assert found == {
        (gone.subject.value, "held", "missing"),
        (gone.subject.value, "denied", "extra"),
    }
