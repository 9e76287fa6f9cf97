"""Entities in the default graph: those that facts use, each with what its description needs."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from kg import ids
from kg.draft import Draft
from kg.entities import Entities
from kg.names import OwnEntity
from kg.resolve import Resolver
from kg.terms import DM

_OWN_KINDS = ("meeting/", "report/", "document/", "figure/", "statement/", "visit/")


def sync_entities(draft: Draft, entities: Entities, resolver: Resolver) -> None:
    """Bring in what the facts put in point at; take out what nothing points at any more."""
    used = {o for q in draft.added if (o := entity_of(q))}
    suspects = {o for q in draft.really_removed() if (o := entity_of(q))}
    done, own = _bring_in(used, draft, entities)
    own |= _drop_unused(suspects - done, draft, entities)
    for iri in sorted(own):
        _bring_in(set(OwnEntity(iri, draft, resolver).describe()), draft, entities)


def entity_of(quad: Quad) -> str | None:
    """IRI of the shared entity that a quad points at, or None."""
    if not isinstance(quad.object, NamedNode) or not quad.object.value.startswith(ids.BASE):
        return None
    tail = quad.object.value.removeprefix(ids.BASE)
    return None if tail.startswith(_OWN_KINDS) else quad.object.value


def _bring_in(iris: set[str], draft: Draft, entities: Entities) -> tuple[set[str], set[str]]:
    """Describe entities and all they need; gives those seen, and those only reports know."""
    pending, done, own = set(iris), set[str](), set[str]()
    while pending:
        iri = pending.pop()
        described = entities.describe(iri)
        done.add(iri)
        if described is None:
            own.add(iri)
        else:
            draft.add(described.quads)
            pending |= described.needs - done
    return done, own


def _drop_unused(suspects: set[str], draft: Draft, entities: Entities) -> set[str]:
    """Remove the descriptions of entities that no fact uses; gives own ones still in use."""
    still_used: set[str] = set()
    pending = set(suspects)
    while pending:
        iri = pending.pop()
        described = entities.describe(iri)
        if any(not _is_own_description(q, iri) for q in draft.pointing_at(iri)):
            if described is None:
                still_used.add(iri)
            continue
        quads = list(draft.about(iri))
        draft.remove(quads)
        pending |= {o for q in quads if (o := entity_of(q)) and o != iri}
        # Nothing points at a tenure but the person's need of it.
        pending |= described.needs if described and quads else frozenset()
    return still_used


def _is_own_description(quad: Quad, iri: str) -> bool:
    """A tenure points back at its holder: that alone keeps nobody in the graph."""
    is_self = isinstance(quad.subject, NamedNode) and quad.subject.value == iri
    return is_self or quad.predicate == DM.holder
