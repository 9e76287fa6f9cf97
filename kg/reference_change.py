"""What differs between two sets of reference data, as triples of the reference graph.

The difference is the same as that of all their triples; only what differs is described.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg import ids
from kg.entities import tenure_iri
from kg.reference import Reference
from kg.store.base import Change
from ontology.lexicon import Lexicon


def reference_change(old: Reference, new: Reference, graph: NamedNode) -> Change:
    """The change of the reference graph, and of the files kept, from `old` to `new`."""
    before = set(_told(old, new.lexicon, graph))
    after = set(_told(new, old.lexicon, graph))
    return Change(removed=frozenset(before - after), added=frozenset(after - before))


def _told(reference: Reference, other: Lexicon, graph: NamedNode) -> Iterator[Quad]:
    """The files' triples, and of all entities those of which the other data say something else."""
    for file in reference.files:
        yield from file.quads()
    yield from reference.turtle(graph)
    yield from reference.described(_differing(reference.lexicon, other), graph)


def _differing(one: Lexicon, other: Lexicon) -> Iterator[str]:
    known = set(other.tenures)
    told_anew = {t.person for t in one.tenures if t not in known}
    told_anew |= {t.person for t in known.difference(one.tenures)}
    for kind in ("state", "organization", "place", "topic", "person"):
        mine, others = getattr(one, f"{kind}s"), getattr(other, f"{kind}s")
        for key, entity in mine.items():
            same_id = one.wikidata.get(f"{kind}/{key}") == other.wikidata.get(f"{kind}/{key}")
            if others.get(key) != entity or not same_id or (kind == "person" and key in told_anew):
                yield ids.entity(kind, key)
    for tenure in one.tenures:
        if tenure not in known or _is_called_otherwise(tenure.person, tenure.state, one, other):
            yield tenure_iri(tenure)


def _is_called_otherwise(person: str, party: str, one: Lexicon, other: Lexicon) -> bool:
    """True if the names in the label of a tenure, its holder's or its party's, are not the same."""
    tables = ((one.persons, other.persons, person), (one.states, other.states, party),
              (one.organizations, other.organizations, party))  # fmt: skip
    return any(mine.get(key) != others.get(key) for mine, others, key in tables)
