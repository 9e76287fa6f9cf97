"""Names to IRIs: whatever a person types for a leader, a state or a topic.

An IRI, a code (`BLR`, `UN`), a label, an alias, or for persons the surname where only one person
of the graph has it. What the graph does not use, the reference graph may still know.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg import ids
from kg.errors import UnknownNameError
from kg.ids import fold
from kg.judgements import GRAPH as JUDGEMENTS
from kg.judgements import read_judgements
from kg.store.base import DEFAULT_GRAPH, GraphName, View
from kg.terms import ALT_LABEL, DM, IS_REPLACED_BY, LABEL, PREF_LABEL

_PREFIXES = {
    "person": ("person/",),
    "party": ("state/", "organization/"),
    "entity": ("state/", "organization/", "person/"),
    "topic": ("topic/",),
}
_LABELS = (LABEL, PREF_LABEL, ALT_LABEL, DM.weakName, DM.adjective)
_REFERENCE = NamedNode(ids.REFERENCE_GRAPH)
_CALLED = {"entity": "person, state or organization"}
# Two spellings of one name are this much alike; "nothing" and "North Vietnam" are not.
_ALIKE = 0.72


def find(view: View, kind: str, name: str) -> NamedNode:
    """The entity that `name` means.

    Args:
        kind: person, party, entity (a person or a party) or topic.

    Raises:
        UnknownNameError: nobody or more than one is called so; lists the nearest names.
    """
    prefixes = tuple(ids.BASE + p for p in _PREFIXES[kind])
    direct = _direct(view, name.strip(), prefixes)
    if direct:
        return direct
    wanted, called = fold(name), _CALLED.get(kind, kind)
    heard: dict[str, set[str]] = {}
    for graph in (DEFAULT_GRAPH, _REFERENCE):
        known = _names(view, prefixes, graph)
        heard |= known
        found = known.get(wanted, set()) or _by_surname(known, wanted, kind)
        if len(found) > 1:
            found = _of_best_kind(found, prefixes)
        if len(found) == 1:
            return NamedNode(next(iter(found)))
        if found:
            raise UnknownNameError(f"single {called}", name, _shown(view, found))
    raise UnknownNameError(called, name, _nearest(view, heard, wanted))


def _direct(view: View, name: str, prefixes: tuple[str, ...]) -> NamedNode | None:
    candidates = [name] if name.startswith(prefixes) else [p + name.upper() for p in prefixes[:2]]
    for iri in candidates:
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        found = judged_to_be(view, node)
        if found is not None:
            return found
    return None


def meeting_now(view: View, iri: str) -> str | None:
    """The meeting that an IRI leads to which a meeting had before another report, or a judgement,
    made it part of that one; None if no mention in the graph ever gave it.
    """
    digest = iri.rpartition("-")[2]
    for quad in view.quads(None, IS_REPLACED_BY, None, DEFAULT_GRAPH):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            if ids.digest(quad.subject.value, length=8) == digest:
                return quad.object.value
    return None


def judged_to_be(view: View, node: NamedNode) -> NamedNode | None:
    """The node itself, or the one in the graph that a person judged it to be the same as."""
    if next(iter(view.quads(subject=node)), None) is not None:
        return node
    same = read_judgements(view.quads(graph=JUDGEMENTS)).same_as(node.value)
    others = (NamedNode(iri) for iri in sorted(same - {node.value}))
    return next((o for o in others if any(view.quads(o, None, None, DEFAULT_GRAPH))), None)


def _names(view: View, prefixes: tuple[str, ...], graph: GraphName) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for label in _LABELS:
        for quad in view.quads(predicate=label, graph=graph):
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(prefixes):
                assert isinstance(quad.object, Literal)
                names.setdefault(fold(quad.object.value), set()).add(quad.subject.value)
    return names


def _by_surname(known: dict[str, set[str]], wanted: str, kind: str) -> set[str]:
    if kind not in ("person", "entity"):
        return set()
    person = ids.BASE + "person/"
    return {
        iri
        for name, iris in known.items()
        if name.endswith(" " + wanted) or name.startswith(wanted + " ")
        for iri in iris
        if iri.startswith(person)
    }


def _of_best_kind(found: set[str], prefixes: Iterable[str]) -> set[str]:
    """A state is meant before an organization, and either before a person."""
    for prefix in prefixes:
        of_kind = {iri for iri in found if iri.startswith(prefix)}
        if of_kind:
            return of_kind
    return found


def _shown(view: View, iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(label_of(view, iri) for iri in iris))[:8]


def label_of(view: View, iri: str) -> str:
    """What a person would call the entity; its last IRI segment if it has no label."""
    for graph in (DEFAULT_GRAPH, _REFERENCE):
        for predicate in (LABEL, PREF_LABEL):
            quads = view.quads(NamedNode(iri), predicate, None, graph)
            labels = sorted(
                (q.object.language not in (None, "en"), q.object.value)
                for q in quads
                if isinstance(q.object, Literal)
            )
            if labels:
                return labels[0][1]
    return iri.rsplit("/", 1)[1]


def _nearest(view: View, known: dict[str, set[str]], wanted: str) -> tuple[str, ...]:
    """Up to three labels whose whole name, or last word, is spelt much like it; the likest first."""
    spelt = {name: name for name in sorted(known)}
    for name in sorted(known):
        spelt.setdefault(name.rsplit(" ", 1)[-1], name)
    close = get_close_matches(wanted, spelt, 8, _ALIKE)
    found = dict.fromkeys(label_of(view, iri) for w in close for iri in sorted(known[spelt[w]])[:1])
    return tuple(found)[:3]
