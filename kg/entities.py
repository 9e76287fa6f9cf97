"""Reference entities as triples: what the default graph says of a state, a person, a topic.

Each description is a pure function of the reference data. `describe` also names the entities that
the description itself needs (the broader topic, the state of a place), so that a fact's whole
chain can be brought in and taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg import ids
from kg.dates import When
from kg.errors import DateError
from kg.ids import fold
from kg.namesakes import read_back
from kg.rdf import GraphWriter, boolean
from kg.terms import (
    ALT_LABEL,
    BROADER,
    DM,
    LABEL,
    PREF_LABEL,
    RDF_TYPE,
    SAME_AS,
    WIKIDATA,
    XSD_DATE,
)
from ontology.lexicon import Lexicon, Place, Tenure

_LEADER_POSTS = frozenset({"HOS", "HOG", "HOS+HOG"})


@dataclass(frozen=True, slots=True)
class Description:
    """Triples about one entity (default graph) and the IRIs of the entities they need."""

    quads: frozenset[Quad]
    needs: frozenset[str]


def _text(value: str, language: str = "en") -> Literal:
    return Literal(value, language=language)


class Entities:
    """Describes and finds the entities of one set of reference data."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._topics = {t.label: slug for slug, t in lexicon.topics.items()}
        self._tenures: dict[str, list[Tenure]] = {}
        for tenure in lexicon.tenures:
            self._tenures.setdefault(tenure.person, []).append(tenure)
        self._by_iri: dict[str, dict[str, Tenure]] = {}
        self._places: dict[str, list[Place]] = {}
        for place in lexicon.places.values():
            for name in {fold(n) for n in (*place.names, *place.weak, *place.ru)}:
                self._places.setdefault(name, []).append(place)
        self._memo: dict[str, Description | None] = {}
        self._describers: dict[str, Callable[[str, str, GraphWriter], set[str]]] = {
            "state": self._state,
            "organization": self._organization,
            "person": self._person,
            "place": self._place,
            "topic": self._topic,
            "tenure": self._tenure,
            "post": self._post,
            "name": self._name,
        }

    def party(self, code: str) -> str:
        """IRI of a party by its code; an unknown code is taken for a state's."""
        return ids.organization(code) if code in self._lexicon.organizations else ids.state(code)

    def is_organization(self, code: str) -> bool:
        """True for the code of an organization or forum."""
        return code in self._lexicon.organizations

    def party_label(self, code: str) -> str:
        """Readable name of a party."""
        known = self._lexicon.states.get(code) or self._lexicon.organizations.get(code)
        return known.label if known else code

    def topic(self, label: str | None) -> str | None:
        """IRI of a topic by its preferred label; None where the tree has no such topic."""
        slug = self._topics.get(label or "")
        return ids.entity("topic", slug) if slug else None

    def place(self, name: str, state: str | None, when: When | None) -> str:
        """IRI of a place as named on a day: renamed towns are told apart by date."""
        found = [p for p in self._places.get(fold(name), ()) if state in (None, p.state)]
        if len(found) > 1 and when:
            found = [p for p in found if _existed(p, when)] or found
        if found:
            return ids.entity("place", min(p.slug for p in found))
        return ids.entity("place", f"{state or 'XX'}-{ids.slug(name)}")

    def present_name(self, place_iri: str) -> str:
        """IRI of the same town under its present name; of a venue, of its town."""
        place = self._lexicon.places.get(place_iri.rsplit("/", 1)[1])
        if place is None:
            return place_iri
        further = place.former_name_of or place.city
        return ids.entity("place", further) if further else place_iri

    def town(self, place_iri: str) -> str | None:
        """Slug of the town that a place of the reference data is or lies in, under its present
        name; None where they do not say."""
        slug = self.present_name(self.present_name(place_iri)).rsplit("/", 1)[1]
        place = self._lexicon.places.get(slug)
        return slug if place is not None and place.kind == "city" else None

    def describe(self, iri: str) -> Description | None:
        """What the reference data say of an entity; None if they do not know it."""
        if iri not in self._memo:
            self._memo[iri] = self._describe(iri)
        return self._memo[iri]

    def _describe(self, iri: str) -> Description | None:
        kind, _, key = iri.removeprefix(ids.BASE).partition("/")
        describer = self._describers.get(kind)
        if describer is None:
            return None
        writer = GraphWriter(None)
        needs = describer(iri, key, writer)
        if writer.quads and (known := self._lexicon.wikidata.get(f"{kind}/{key}")):
            writer.add(NamedNode(iri), SAME_AS, NamedNode(WIKIDATA + known))
        return Description(frozenset(writer.quads), frozenset(needs)) if writer.quads else None

    def _named(self, w: GraphWriter, node: NamedNode, cls: str, label: str) -> None:
        w.add(node, RDF_TYPE, DM[cls])
        w.add(node, LABEL, _text(label))
        w.add(node, PREF_LABEL, _text(label))

    def _state(self, iri: str, code: str, w: GraphWriter) -> set[str]:
        state, node = self._lexicon.states.get(code), NamedNode(iri)
        self._named(w, node, "State", state.label if state else code)
        w.add(node, DM.code, code)
        if state is None:
            return set()
        w.add(node, DM.iso3, code)
        for name in state.ru_names[:1]:
            w.add(node, PREF_LABEL, _text(name, "ru"))
        for name in sorted({*state.names} - {state.label}):
            w.add(node, ALT_LABEL, _text(name))
        return set()

    def _organization(self, iri: str, code: str, w: GraphWriter) -> set[str]:
        known, node = self._lexicon.organizations.get(code), NamedNode(iri)
        self._named(w, node, "Organization", known.label if known else code)
        w.add(node, DM.code, code)
        for name in sorted({*known.names} - {known.label}) if known else ():
            w.add(node, ALT_LABEL, _text(name))
        return set()

    def _person(self, iri: str, slug: str, w: GraphWriter) -> set[str]:
        person, node = self._lexicon.persons.get(slug), NamedNode(iri)
        if person is None:
            return set()
        self._named(w, node, "Person", person.label)
        for name in person.names:
            w.add(node, ALT_LABEL, name)
        tenures = self._tenures.get(slug, ())
        if any(t.post in _LEADER_POSTS for t in tenures):
            w.add(node, RDF_TYPE, DM.Leader)
        return {tenure_iri(t) for t in tenures}

    def _place(self, iri: str, slug: str, w: GraphWriter) -> set[str]:
        place, node = self._lexicon.places.get(slug), NamedNode(iri)
        if place is None:
            return set()
        self._named(w, node, "Place", place.label)
        for name in sorted({*place.names} - {place.label}):
            w.add(node, ALT_LABEL, _text(name))
        needs = {ids.state(place.state)}
        w.add(node, DM.inState, NamedNode(ids.state(place.state)))
        w.add(node, DM.placeKind, place.kind)
        for prop, other in ((DM.inCity, place.city), (DM.formerNameOf, place.former_name_of)):
            if other:
                needs.add(ids.entity("place", other))
                w.add(node, prop, NamedNode(ids.entity("place", other)))
        return needs

    def _topic(self, iri: str, slug: str, w: GraphWriter) -> set[str]:
        topic, node = self._lexicon.topics.get(slug), NamedNode(iri)
        if topic is None:
            return set()
        self._named(w, node, "Topic", topic.label)
        for name in topic.names:
            w.add(node, ALT_LABEL, _text(name))
        if topic.generic:
            w.add(node, DM.generic, boolean(True))
        if topic.broader is None:
            return set()
        w.add(node, BROADER, NamedNode(ids.entity("topic", topic.broader)))
        return {ids.entity("topic", topic.broader)}

    def _tenure(self, iri: str, key: str, w: GraphWriter) -> set[str]:
        node = NamedNode(iri)
        slug = key.split("--")[0]
        tenure = self._held_by(slug).get(iri)
        if tenure is None:
            return set()
        post = post_iri(tenure)
        w.add(node, RDF_TYPE, DM.Tenure)
        w.add(node, LABEL, _text(self._tenure_label(tenure)))
        w.add(node, DM.holder, NamedNode(ids.entity("person", slug)))
        w.add(node, DM.post, NamedNode(post))
        w.add(node, DM.office, tenure.title)
        w.add(node, DM.tenureStatus, tenure.status)
        w.add(node, DM["from"], _first_day(tenure.from_))
        w.add(node, DM.until, _first_day(tenure.until))
        return {post}

    def _held_by(self, slug: str) -> dict[str, Tenure]:
        """A person's tenures by their IRIs."""
        if slug not in self._by_iri:
            held = reversed(self._tenures.get(slug, ()))
            self._by_iri[slug] = {tenure_iri(t): t for t in held}  # of several, the first
        return self._by_iri[slug]

    def _tenure_label(self, t: Tenure) -> str:
        person = self._lexicon.persons[t.person].label
        return f"{person}, {t.title} ({self.party_label(t.state)}), {t.from_} – {t.until or ''}"

    def _post(self, iri: str, key: str, w: GraphWriter) -> set[str]:
        node, (code, _, post) = NamedNode(iri), key.partition("-")
        party = self.party(code)
        w.add(node, RDF_TYPE, DM.Post)
        w.add(node, LABEL, _text(f"{_POST_LABELS.get(post, post)}, {self.party_label(code)}"))
        w.add(node, DM.postOf, NamedNode(party))
        return {party}

    def _name(self, iri: str, _: str, w: GraphWriter) -> set[str]:
        """A name that a report has of somebody whom only reports know."""
        for key in read_back(iri).keys:
            w.add(NamedNode(iri), DM.nameKey, key)
        return set()

    def all_reference(self) -> Iterator[str]:
        """IRIs of every entity of the reference data."""
        for kind, table in (
            ("state", self._lexicon.states),
            ("organization", self._lexicon.organizations),
            ("place", self._lexicon.places),
            ("topic", self._lexicon.topics),
            ("person", self._lexicon.persons),
        ):
            for key in table:
                yield ids.entity(kind, key)
        for tenure in self._lexicon.tenures:
            yield tenure_iri(tenure)


_POST_LABELS = {
    "HOS": "Head of state",
    "HOG": "Head of government",
    "HOS_HOG": "Head of state and government",
    "FM": "Foreign minister",
    "HEAD": "Head",
    "OTHER": "Other office",
}


@lru_cache(maxsize=16384)
def tenure_iri(tenure: Tenure) -> str:
    """IRI of a tenure: holder, party, post and first day."""
    post = tenure.post.replace("+", "_")
    tail = f"-{ids.slug(tenure.title)}" if tenure.post == "OTHER" else ""
    return ids.entity("tenure", f"{tenure.person}--{tenure.state}-{post}{tail}-{tenure.from_}")


def post_iri(tenure: Tenure) -> str:
    """IRI of a post: party and kind of post."""
    return ids.entity("post", f"{tenure.state}-{tenure.post.replace('+', '_')}")


def _existed(place: Place, when: When) -> bool:
    day = when.first.isoformat()
    return (place.from_ or "") <= day < (place.until or "9999")


def _first_day(text: str | None) -> Literal | None:
    if not text:
        return None
    try:
        return Literal(When.parse(text).first.isoformat(), datatype=XSD_DATE)
    except DateError:
        return None
