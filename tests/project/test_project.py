"""Nothing of the merged graph gets lost silently on the way to a property graph."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.model import Span
from kg.project import project
from kg.property_graph import Node, PropertyGraph, Relationship
from kg.property_mapping import RESERVED, names, parse, property_mapping
from kg.terms import ALT_LABEL, DM, LABEL, PREF_LABEL, RDF_TYPE, XSD_DECIMAL
from ontology.vocabulary import NAMESPACE, TERMS
from tests.sample import NASTY, sample, told

BASE = "https://w3id.org/diplomatic-meetings/id/"
TOML = Path(__file__).parents[2] / "ontology" / "property_graph.toml"


class Quads:
    """The default graph as a view, from any quads."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads = list(quads)

    def quads(self, *pattern: object, graph: object = None) -> Iterator[Quad]:
        return iter(self._quads)


def merged() -> list[Quad]:
    return list(sample().quads(graph=Quad(DM.Meeting, DM.date, DM.date).graph_name))


QUADS = merged()


def projected(quads: Iterable[Quad]) -> PropertyGraph:
    return project(Quads(quads))  # type: ignore[arg-type]


GRAPH = projected(QUADS)


def node(ending: str, graph: PropertyGraph = GRAPH) -> Node:
    (found,) = (n for n in graph.nodes if n.iri.endswith(ending))
    return found


def relationships(kind: str, graph: PropertyGraph = GRAPH) -> list[Relationship]:
    return [r for r in graph.relationships if r.type == kind]


# ------------------------------------------------------------------------------ the declaration


@pytest.mark.parametrize("term", sorted(TERMS))
def test_every_term_has_a_place_or_a_reason_for_having_none(term: str) -> None:
    mapping, iri = property_mapping(), NAMESPACE + term
    assert (iri in mapping.terms()) != (iri in mapping.unmapped)


def test_the_declaration_names_no_term_that_the_ontology_lacks() -> None:
    mapping = property_mapping()
    ours = {t for t in {*mapping.terms(), *mapping.unmapped} if t.startswith(NAMESPACE)}
    assert {t.removeprefix(NAMESPACE) for t in ours} <= TERMS


def test_labels_types_and_properties_come_from_the_declaration_alone() -> None:
    mapping = property_mapping()
    properties = mapping.node_properties()
    types: dict[str, set[str]] = {}
    for rule in mapping.relationships:
        types.setdefault(rule.type, set()).update(names(rule.properties))
    for n in GRAPH.nodes:
        assert {*n.properties} <= properties[n.labels[-1]]
    for r in GRAPH.relationships:
        assert {*r.properties} <= types[r.type]


@pytest.mark.parametrize("name", ["n`ode", "na me", "1st", "", *sorted(RESERVED)])
def test_a_name_that_would_need_quoting_is_refused(name: str) -> None:
    text = TOML.read_text(encoding="utf-8").replace('when = "dm:when"', f'"{name}" = "dm:when"')
    with pytest.raises(ValueError, match="cannot be"):
        parse(text)


def test_an_unknown_setting_is_refused() -> None:
    text = TOML.read_text(encoding="utf-8").replace("keyed = true", "keyd = true", 1)
    with pytest.raises(ValueError, match="keyd"):
        parse(text)


def test_an_unknown_prefix_is_refused() -> None:
    text = TOML.read_text(encoding="utf-8").replace('"dm:when"', '"xx:when"', 1)
    with pytest.raises(ValueError, match="xx:when"):
        parse(text)


# --------------------------------------------------------------------------------- nothing lost


def test_the_sample_uses_every_relationship_but_these() -> None:
    declared = {r.type for r in property_mapping().relationships}
    assert declared - {r.type for r in GRAPH.relationships} == {
        "PART_OF",
        "FORMER_NAME_OF",
        "IN_CITY",
    }


def test_each_triple_shows_in_the_graph_or_in_the_loss_report() -> None:
    """Take any triple away, and the projection is another one.

    Two kinds of triples say again what others say: short paths, and that a leader is a person.
    """
    short = {NamedNode(p) for p in property_mapping().short_paths}
    silent = [
        quad
        for quad in QUADS
        if quad.predicate not in short
        and quad.object != DM.Person
        and projected(q for q in QUADS if q is not quad) == GRAPH
    ]
    assert silent == []


def test_a_short_path_is_lost_without_its_full_form() -> None:
    kept = [q for q in QUADS if q.predicate != DM.participation]
    losses = {loss.what: loss for loss in projected(kept).not_representable}
    short = sum(q.predicate == DM.participant for q in QUADS)
    assert losses["dm:Meeting dm:participant"].count == short
    assert "full form" in losses["dm:Meeting dm:participant"].why


def test_what_nobody_declared_is_counted() -> None:
    meeting = NamedNode(node("92fd9486").iri)
    odd = [
        Quad(meeting, NamedNode("https://example.org/mood"), Literal("good")),
        Quad(meeting, NamedNode("https://example.org/mood"), Literal("bad")),
        Quad(NamedNode("https://example.org/x"), DM.status, Literal("held")),
        Quad(meeting, RDF_TYPE, NamedNode("https://example.org/Thing")),
        Quad(meeting, DM.place, NamedNode(BASE + "place/nowhere")),
        Quad(meeting, DM.text, Literal("t")),
    ]
    extra = {
        (loss.what, loss.count): loss.why
        for loss in projected([*QUADS, *odd]).not_representable
        if loss not in GRAPH.not_representable
    }
    assert dict(extra.keys()) == {
        "dm:Meeting https://example.org/mood": 2,
        "dm:status": 1,
        "dm:Meeting rdf:type": 1,
        "dm:Meeting dm:place": 1,
        "dm:Meeting dm:text": 1,
    }
    assert "does not describe" in extra["dm:Meeting dm:place", 1]
    assert "graph of its report" in extra["dm:Meeting dm:text", 1]


def test_a_second_value_and_a_strange_language_are_counted() -> None:
    state = NamedNode(BASE + "state/BLR")
    more = [
        Quad(state, DM.iso3, Literal("ZZZ")),
        Quad(state, LABEL, Literal("Bélarus", language="fr")),
    ]
    graph = projected([*QUADS, *more])
    assert node("state/BLR", graph) == node("state/BLR")
    counted = {(loss.what, loss.count) for loss in graph.not_representable}
    assert {("dm:State dm:iso3", 1), ("dm:State rdfs:label", 1)} <= counted


def test_a_number_beyond_64_bits_is_counted_as_rounded() -> None:
    figure = NamedNode(node("4c2bf7cf978a").iri)
    exact = Literal("12345678901234567890.123456789", datatype=XSD_DECIMAL)
    kept = [q for q in QUADS if not (q.subject == figure and q.predicate == DM.value)]
    graph = projected([*kept, Quad(figure, DM.value, exact)])
    assert [x.why for x in graph.not_representable if x.what == "dm:Figure dm:value"] == [
        "kept rounded: a property graph has 64-bit numbers"
    ]


def test_a_further_place_in_the_same_report_is_counted() -> None:
    (report, extraction), *_ = told()
    (meeting,) = extraction.meetings
    again = replace(meeting, status="background", span=Span(25, 31), topics=())
    twice = sample([(report, replace(extraction, meetings=(again, meeting)))])
    graph = project(twice)
    (told_in,) = relationships("REPORTED_IN", graph)
    assert (told_in.properties["start"], told_in.properties["end"]) == (0, 20)
    mentions = told_in.properties["mentions"]
    assert isinstance(mentions, tuple)
    assert len(mentions) == 2
    losses = {loss.what: loss.count for loss in graph.not_representable}
    assert losses["dm:Span dm:start"] == losses["dm:Span dm:end"] == losses["dm:span"] == 1


# -------------------------------------------------------------------------------- what it makes


def test_the_order_of_triples_does_not_matter() -> None:
    for seed in range(5):
        shuffled = random.Random(seed).sample(QUADS, len(QUADS))
        assert projected(shuffled) == GRAPH


def test_an_empty_graph_gives_an_empty_one() -> None:
    assert projected([]) == PropertyGraph((), (), ())


def test_a_leader_is_a_person_too() -> None:
    assert node("person/barack-obama").labels == ("Person", "Leader")
    assert node("person/KAZ-jane-aide").labels == ("Person",)


def test_names_keep_their_languages() -> None:
    state = node("state/BLR").properties
    assert state["name"] == "Belarus"
    pairs = zip(state["names"], state["nameLanguages"], strict=True)  # type: ignore[call-overload]
    assert set(pairs) == {("Belarus", "en"), ("Беларусь", "ru")}


def test_one_text_in_two_languages_stays_two() -> None:
    place = NamedNode(BASE + "place/KAZ-almaty")
    more = [Quad(place, PREF_LABEL, Literal("Алматы", language=x)) for x in ("ru", "kk")]
    more.append(Quad(place, ALT_LABEL, Literal("Верный")))
    properties = node("place/KAZ-almaty", projected([*QUADS, *more])).properties
    assert properties["names"] == ("Almaty", "Алматы", "Алматы")
    assert properties["nameLanguages"] == ("en", "kk", "ru")
    assert properties["aliasLanguages"] == ("en", "en", "")


def test_partial_dates_stay_text_with_real_first_and_last_days() -> None:
    month = node("2016-05-01-KAZ-UZB-fa85a4b3").properties
    assert month["when"] == "2016-05"
    assert (month["date"], month["endDate"]) == ("2016-05-01", "2016-05-31")
    assert (month["dateFrom"], month["dateTo"]) == (date(2016, 5, 1), date(2016, 5, 31))


def test_who_attended_says_for_whom_and_by_which_report() -> None:
    (aide,) = (r for r in relationships("ATTENDED") if "jane-aide" in r.start)
    assert aide.properties == {
        "office": "Minister of Trade",
        "onBehalfOf": "KAZ",
        "role": "attendee",
        "personName": "Jane Aide",
        "resolution": "own",
        "reason": "own",
        "score": 0.6,
        "sources": (BASE + "report/kazinform/1",),
    }


def test_an_unnamed_side_is_represented() -> None:
    unnamed = {r.start.removeprefix(BASE): r.properties for r in relationships("REPRESENTED_AT")}
    assert unnamed["organization/UN"]["office"] == "Ambassador"
    assert "state/UZB" in unnamed


def test_words_without_a_topic_stand_at_the_meeting() -> None:
    assert node("92fd9486").properties["unmappedTopics"] == ("the price of yak wool",)


def test_every_treatment_is_discussed_and_only_agreements_are_agreed_on() -> None:
    treatments = sorted(str(r.properties["treatment"]) for r in relationships("DISCUSSED"))
    assert treatments == ["agreed", "discussed"]
    (agreed,) = relationships("AGREED_ON")
    assert agreed.properties["by"] == "Aleksandr Lukashenko"


def test_a_party_has_the_reports_of_all_its_representatives() -> None:
    sources = {
        r.start.removeprefix(BASE): r.properties["sources"]
        for r in relationships("PARTY_TO")
        if r.end.endswith("92fd9486")
    }
    assert sources["state/KAZ"] == (BASE + "report/belta/2", BASE + "report/kazinform/1")


def test_a_claim_points_at_each_report_that_makes_it() -> None:
    said = {(r.properties["value"], r.end.rsplit("/", 2)[1]) for r in relationships("CLAIMED")}
    assert {("KAZ-almaty", "belta"), ("KAZ-astana", "kazinform")} <= said


def test_texts_come_through_unchanged() -> None:
    assert node("tass.com/3").properties["title"] == NASTY
    named = [n for n in GRAPH.nodes if n.label == "Person" and n.properties["name"] == NASTY]
    assert len(named) == 1


def test_the_projection_reads_the_default_graph_only() -> None:
    store = Store()
    for quad in sample().quads():
        store.add(quad)

    class View:
        def quads(self, *pattern: object, graph: object = None) -> Iterator[Quad]:
            return store.quads_for_pattern(None, None, None, graph)

    assert project(View()) == GRAPH  # type: ignore[arg-type]
