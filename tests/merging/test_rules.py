"""Each rule of merging, by reports that it joins and by the nearest ones that it must not join."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pytest
from pyoxigraph import Literal, NamedNode

from kg.dates import When
from kg.model import (
    Extraction,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    Source,
    Span,
)
from kg.rdf import report_node
from kg.store.base import DEFAULT_GRAPH
from kg.store.oxigraph import OxigraphStore
from kg.terms import DM, IS_REPLACED_BY, LABEL
from tests.sample import sample

_TEXT = "They spoke on Monday {when}. "


def who(
    name: str | None, state: str | None, office: str | None = "Foreign Minister"
) -> Participant:
    return Participant(name, name or "the minister", office, state, span=Span(0, 4))


ANNA, BELA, CARL = who("Anna Aalto", "FIN"), who("Bela Balogh", "HUN"), who("Carl Conti", "ITA")
DORA, EMIL = who("Dora Dahl", "NOR"), who("Emil Ek", "SWE")
OSLO, BERGEN = (
    MentionedPlace("Oslo", "NOR", "explicit"),
    MentionedPlace("Bergen", "NOR", "explicit"),
)


@dataclass(frozen=True)
class Told:
    """One meeting as one outlet tells it."""

    day: str | None = "2019-05-06"
    basis: str = "explicit"
    people: tuple[Participant, ...] = (ANNA, BELA)
    form: str = "in-person"
    status: str = "held"
    place: MentionedPlace | None = None
    published: str | None = "2019-05-07"
    outlet: str | None = None
    words: str = "morning"
    extra: dict[str, object] = field(default_factory=dict)

    def as_report(self, n: int) -> tuple[Report, Extraction]:
        outlet = self.outlet if self.outlet is not None else f"Outlet {n}"
        text = _TEXT.format(when=self.words)
        report = Report(str(n), text, Source("made up"), outlet, published=self.published)
        codes = {p.state for p in self.people}
        meeting = ReportedMeeting(
            self.status,  # type: ignore[arg-type]
            self.form,  # type: ignore[arg-type]
            When.parse(self.day) if self.day else None,
            self.basis if self.day else None,  # type: ignore[arg-type]
            self.people,
            self.place,
            multilateral=len(codes) > 2,
            span=Span(0, 10),
            **self.extra,  # type: ignore[arg-type]
        )
        return report, Extraction((meeting,))


def graph(told: Iterable[Told]) -> OxigraphStore:
    return sample([t.as_report(n) for n, t in enumerate(told)])


def meetings(store: OxigraphStore) -> int:
    quads = store.quads(None, IS_REPLACED_BY, None, DEFAULT_GRAPH)
    return len({str(q.object) for q in quads})


ONE = Told()
CALL = Told(form="phone")
THREE = replace(ONE, people=(ANNA, BELA, CARL))
FOUR = replace(ONE, people=(ANNA, BELA, CARL, DORA))
WEAK = replace(ONE, basis="publication")
TODAY = replace(ONE, basis="relative")

JOINED = {
    "the same day": (ONE, ONE),
    "a format not given": (ONE, replace(ONE, form="unspecified")),
    "a background paragraph": (ONE, replace(ONE, status="background")),
    "a side without a name": (ONE, replace(ONE, people=(ANNA, who(None, "HUN", None)))),
    "a post without a name": (
        replace(ONE, people=(ANNA, replace(BELA, office="Minister of Foreign Affairs"))),
        replace(ONE, people=(ANNA, who(None, "HUN", "Minister of Foreign Affairs"))),
    ),
    "initials": (ONE, replace(ONE, people=(ANNA, who("B. Balogh", "HUN")))),
    "two transliterations": (
        replace(ONE, people=(ANNA, who("Murad Orazov", "TKM"))),
        replace(ONE, people=(ANNA, who("Myrat Orazov", "TKM"))),
    ),
    "the day after, without a day of its own": (ONE, replace(WEAK, day="2019-05-07")),
    "the day after by the words of a call": (CALL, replace(CALL, day="2019-05-07", basis="publication")),
    "a month": (ONE, replace(ONE, day="2019-05")),
    "the days of a trip": (ONE, replace(ONE, day="2019-05-04/2019-05-08")),
    "clocks that are hours apart": (
        replace(CALL, published="2019-05-06T20:00:00-04:00"),
        replace(CALL, day="2019-05-07", published="2019-05-07T11:00:00+09:00"),
    ),
    "clocks that are hours apart, and a third outlet": (
        replace(CALL, published="2019-05-06T20:00:00-04:00"),
        replace(CALL, day="2019-05-07", published="2019-05-07T11:00:00+09:00"),
        replace(CALL, day="2019-05-07"),
    ),
    "two items of one evening": (
        replace(WEAK, published="2019-05-06T23:40:00Z", outlet="Palace"),
        replace(WEAK, day="2019-05-07", published="2019-05-07T01:05:00Z", outlet="Palace"),
    ),
    "an item that came out when the next day had begun elsewhere": (
        replace(WEAK, published="2019-05-07T01:45:00Z", outlet="Ministry"),
        replace(TODAY, day="2019-05-07", published="2019-05-07T13:20:00Z", outlet="Ministry"),
    ),
    "two outlets a day apart on a talk at one place": (
        replace(ONE, place=OSLO),
        replace(ONE, day="2019-05-07", place=OSLO),
    ),
    "two outlets that give no day": (WEAK, replace(WEAK, day="2019-05-07")),
    "a state left out": (ONE, replace(ONE, people=(ANNA, who("Bela Balogh", None)))),
    "a post in an organization": (ONE, replace(ONE, people=(ANNA, who("Bela Balogh", "UN")))),
    "a summit told with three of four": (replace(FOUR, place=OSLO), replace(THREE, place=OSLO)),
    "morning here and evening there": (
        replace(CALL, published="2019-05-06T20:00:00-04:00", words="morning"),
        replace(CALL, published="2019-05-06T20:00:00+04:00", words="evening"),
    ),
}  # fmt: skip
APART = {
    "other persons of the same states": (ONE, replace(ONE, people=(ANNA, who("Zita Zsolt", "HUN")))),
    "a call and a visit on one day": (ONE, CALL),
    "a plan and its event": (ONE, replace(ONE, status="planned")),
    "a denial": (ONE, replace(ONE, status="denied")),
    "the week after": (ONE, replace(ONE, day="2019-05-13")),
    "calls of two days": (CALL, replace(CALL, day="2019-05-07")),
    "calls of today and of yesterday's report": (
        replace(CALL, basis="relative"),
        replace(CALL, day="2019-05-07", basis="relative"),
    ),
    "calls of two days in one palace, known by publication": (
        replace(CALL, basis="publication", outlet="Palace"),
        replace(CALL, basis="publication", day="2019-05-07", outlet="Palace"),
    ),
    "clocks apart in the wrong direction": (
        replace(CALL, published="2019-05-06T20:00:00+09:00"),
        replace(CALL, day="2019-05-07", published="2019-05-07T11:00:00-04:00"),
    ),
    "calls of two days told in places of the same clocks": (
        replace(CALL, published="2019-05-06T20:00:00-04:00"),
        replace(CALL, day="2019-05-07", published="2019-05-07T11:00:00-04:00"),
    ),
    "talks of two days, told on each by one ministry": (
        replace(WEAK, published="2019-05-06T19:30:00Z", outlet="Ministry"),
        replace(TODAY, day="2019-05-07", published="2019-05-07T11:50:00Z", outlet="Ministry"),
    ),
    "two days of talks, told as two by one outlet": (
        replace(ONE, place=OSLO, outlet="Fjord Post"),
        replace(ONE, day="2019-05-07", place=OSLO, outlet="Fjord Post"),
    ),
    "two days of talks at two places": (
        replace(ONE, place=OSLO),
        replace(ONE, day="2019-05-07", place=BERGEN),
    ),
    "a bilateral and the trilateral of that day": (ONE, THREE),
    "two bilaterals of one summit": (ONE, replace(ONE, people=(ANNA, CARL))),
    "two trilaterals of one summit": (THREE, replace(ONE, people=(ANNA, BELA, DORA))),
    "a trilateral and four of that day": (THREE, FOUR),
    "a shared member of two circles": (FOUR, replace(ONE, people=(ANNA, BELA, DORA, EMIL))),
    "a trip with two meetings": (ONE, replace(ONE, day="2019-05-08"), replace(ONE, day="2019-05")),
    "a state left out on another day": (
        ONE, replace(ONE, day="2019-05-07", people=(ANNA, who("Bela Balogh", None))),
    ),
    "a namesake with a third state's unnamed side": (
        ONE, replace(ONE, people=(ANNA, BELA, who(None, "ITA"))),
    ),
    "calls of morning and evening": (CALL, replace(CALL, words="evening")),
}  # fmt: skip


@pytest.mark.parametrize("told", JOINED.values(), ids=list(JOINED))
def test_reports_of_one_meeting_are_joined(told: tuple[Told, ...]) -> None:
    assert meetings(graph(told)) == 1


def test_of_two_meetings_on_a_trip_the_one_at_its_place_is_meant() -> None:
    trip = replace(ONE, day="2019-05-04/2019-05-09", place=OSLO)
    there, elsewhere = replace(ONE, place=OSLO), replace(ONE, day="2019-05-08", place=BERGEN)
    assert meetings(graph((there, elsewhere, trip))) == 2


@pytest.mark.parametrize("told", APART.values(), ids=list(APART))
def test_reports_of_several_meetings_stay_apart(told: tuple[Told, ...]) -> None:
    assert meetings(graph(told)) == len(told)


def _links(store: OxigraphStore) -> set[tuple[str, str]]:
    """Status of a meeting and of what it was announced as."""
    status = {
        q.subject: q.object.value
        for q in store.quads(None, DM.status, None, DEFAULT_GRAPH)
        if isinstance(q.object, Literal)
    }
    quads = store.quads(None, DM.announcedAs, None, DEFAULT_GRAPH)
    return {(status[q.subject], status[q.object]) for q in quads}  # type: ignore[index]


PLAN = replace(ONE, status="planned", published="2019-05-01")
LINKED = {
    "its day": (PLAN, ONE),
    "the day after": (PLAN, replace(ONE, day="2019-05-07")),
    "a week": (replace(PLAN, day="2019-05-05/2019-05-11"), ONE),
    "two weeks from the announcement": (replace(PLAN, day=None), ONE),
    "one of several persons": (replace(PLAN, people=(ANNA, BELA, who("Zita Zsolt", "HUN"))), ONE),
}
LOOSE = {
    "another person": (PLAN, replace(ONE, people=(ANNA, who("Zita Zsolt", "HUN")))),
    "a call instead": (PLAN, CALL),
    "a week later": (PLAN, replace(ONE, day="2019-05-14")),
    "long after the announcement": (replace(PLAN, day=None), replace(ONE, day="2019-05-20")),
    "before the announcement": (replace(PLAN, day=None), replace(ONE, day="2019-04-20")),
}


@pytest.mark.parametrize("told", LINKED.values(), ids=list(LINKED))
def test_a_plan_is_linked_to_what_came_of_it(told: tuple[Told, ...]) -> None:
    assert _links(graph(told)) == {("held", "planned")}


@pytest.mark.parametrize("told", LOOSE.values(), ids=list(LOOSE))
def test_a_plan_is_not_linked_to_something_else(told: tuple[Told, ...]) -> None:
    assert _links(graph(told)) == set()


def test_a_plan_that_was_called_off_is_linked_to_that() -> None:
    assert _links(graph((PLAN, replace(ONE, status="cancelled")))) == {("cancelled", "planned")}


def test_of_two_days_the_planned_one_answers_the_plan() -> None:
    store = graph((PLAN, ONE, replace(ONE, day="2019-05-07")))
    (link,) = store.quads(None, DM.announcedAs, None, DEFAULT_GRAPH)
    (day,) = store.quads(link.subject, DM.when, None, DEFAULT_GRAPH)
    assert str(day.object) == '"2019-05-06"'


def _persons(store: OxigraphStore) -> list[str]:
    found = {q.object for q in store.quads(None, DM.participant, None, DEFAULT_GRAPH)}
    quads = (q for p in found for q in store.quads(p, LABEL, None, DEFAULT_GRAPH))  # type: ignore[arg-type]
    return sorted(q.object.value for q in quads if isinstance(q.object, Literal))


@pytest.mark.parametrize(
    "other",
    [who("B. Balogh", "HUN"), who("Balogh", "HUN"), who("Bela Balogh", None), who(None, "HUN")],
    ids=["initial", "surname", "no state", "no name"],
)
def test_one_person_has_one_seat_in_a_meeting(other: Participant) -> None:
    store = graph((ONE, replace(ONE, people=(ANNA, other))))
    assert _persons(store) == ["Anna Aalto", "Bela Balogh"]


def test_dates_that_differ_are_kept_with_who_says_them() -> None:
    told = (replace(ONE, place=OSLO), replace(ONE, day="2019-05-07", place=OSLO))
    store = graph(told)
    claims = {q.subject for q in store.quads(None, DM.about, Literal("date"), DEFAULT_GRAPH)}
    said = {
        (str(v.object), str(r.object))
        for c in claims
        for v in store.quads(c, DM.claimedValue, None, DEFAULT_GRAPH)
        for r in store.quads(c, DM.reportedIn, None, DEFAULT_GRAPH)
    }
    reports = [str(NamedNode(report_node(t.as_report(n)[0]).value)) for n, t in enumerate(told)]
    assert said == {('"2019-05-06"', reports[0]), ('"2019-05-07"', reports[1])}
