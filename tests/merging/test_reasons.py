"""Every decision leaves why and how sure: who is meant, and why reports tell of one meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from pyoxigraph import NamedNode

from kg.joined import SURE as JOINED_BY
from kg.judgements import Judgement, Judgements
from kg.resolved import SURE
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import DM, IS_REPLACED_BY, RDF_TYPE
from tests.core.strategies import piles
from tests.merging.test_rules import ANNA, JOINED, ONE, Told, graph, who
from tests.sample import judge, sample


def value(view: View, node: object, prop: NamedNode) -> str | None:
    assert isinstance(node, NamedNode)
    found = [q.object.value for q in view.quads(node, prop, None, DEFAULT_GRAPH)]  # type: ignore[union-attr]
    assert len(found) < 2
    return found[0] if found else None


def reasons(view: View) -> list[str]:
    """Why mentions of meetings are one, with the score."""
    links = sorted({str(q.subject): q.subject for q in view.quads(None, IS_REPLACED_BY)}.items())
    return [
        f"{why} {value(view, node, DM.score)}"
        for _, node in links
        if (why := value(view, node, DM.reason))
    ]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("the same day", ["same-day 0.95"]),
        ("a format not given", ["same-day 0.92"]),
        ("a side without a name", ["same-day 0.9"]),
        ("initials", ["same-day 0.95"]),
        ("the day after, without a day of its own", ["told-later 0.85"]),
        ("a month", ["within 0.8"]),
        ("the days of a trip", ["within 0.8"]),
        ("clocks that are hours apart", ["clocks 0.85"]),
        ("two items of one evening", ["one-evening 0.8"]),
        ("two outlets a day apart on a talk at one place", ["slip 0.75"]),
        ("a post in an organization", ["other-parties 0.7"]),
        ("a summit told with three of four", ["other-parties 0.75"]),
    ],
)
def test_a_mention_says_why_it_tells_of_the_meeting(case: str, expected: list[str]) -> None:
    assert reasons(graph(JOINED[case])) == expected


def test_a_meeting_told_once_has_nothing_to_decide() -> None:
    assert reasons(graph([ONE])) == []


def test_what_a_person_judged_says_so() -> None:
    store = graph([ONE, replace(ONE, day="2019-06-20")])
    assert reasons(store) == []
    mentions = sorted(str(q.subject.value) for q in store.quads(None, IS_REPLACED_BY))  # type: ignore[union-attr]
    judge(store, Judgements((Judgement.of(True, {mentions[0]}, {mentions[1]}),)))
    assert reasons(store) == ["judgement 1"]
    judge(store, Judgements(()))
    assert reasons(store) == []


@pytest.mark.parametrize(
    ("office", "reason"), [("Foreign Minister", "same-post"), ("Minister", "fuller")]
)
def test_a_surname_that_another_report_names_in_full_says_by_whom_it_was_told(
    office: str, reason: str
) -> None:
    told = Told(people=(ANNA, who("Balogh", "HUN", office)))
    store = graph([ONE, told])
    (decision,) = (q.subject for q in store.quads(None, RDF_TYPE, DM.Decision, DEFAULT_GRAPH))
    assert value(store, decision, DM.reason) == reason
    assert value(store, decision, DM.personName) == "Balogh"
    about = NamedNode(str(value(store, decision, DM.decides)))
    assert (value(store, about, DM.reason), value(store, about, DM.score)) == ("own", "0.6")
    assert value(store, about, DM.personName) == "Bela Balogh"


@given(piles())
@settings(max_examples=40, deadline=None)
def test_no_decision_is_without_reason_and_score(told: list) -> None:
    store = sample(told)
    for quad in store.quads(None, DM.person, None, DEFAULT_GRAPH):
        assert value(store, quad.subject, DM.reason) in SURE
        assert 0 < float(value(store, quad.subject, DM.score) or 0) <= 1
    by_meeting: dict[str, list[str | None]] = {}
    for quad in store.quads(None, IS_REPLACED_BY, None, DEFAULT_GRAPH):
        if "/meeting/" in str(quad.object):
            why = value(store, quad.subject, DM.reason)
            by_meeting.setdefault(str(quad.object), []).append(why)
    for whys in by_meeting.values():
        assert whys.count(None) == 1
        assert {why for why in whys if why} <= JOINED_BY.keys()
