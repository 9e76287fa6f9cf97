"""Judgements are data: no order shows, what is taken back leaves no trace, rules yield to them."""

from __future__ import annotations

import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat

from kg.ids import BASE
from kg.judgements import GRAPH, Judgement, Judgements, read_judgements
from kg.rdf import meeting_names, report_node
from kg.store.base import DEFAULT_GRAPH, Store
from kg.store.oxigraph import OxigraphStore
from kg.terms import IS_REPLACED_BY
from kg.validate import check_pure, validate
from tests.core.strategies import batchings, piles
from tests.sample import Told, judge, load, retract, sample

SETTINGS = settings(max_examples=80, deadline=None)
PERSONS = tuple(
    f"{BASE}person/{tail}"
    for tail in ("aleksandr-lukashenko", "kassym-jomart-tokayev", "KAZ-jane-aide", "KAZ-j.-aide",
                 "XX-ulla-unknown")
)  # fmt: skip
VISITS = (
    f"{BASE}visit/aleksandr-lukashenko-KAZ-2019-10-24",
    f"{BASE}visit/aleksandr-lukashenko-KAZ-2019-10-25",
)


def export(store: Store) -> bytes:
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    return output.getvalue()


def mentions(pile: Sequence[Told]) -> list[str]:
    return [
        f"{report_node(report).value}#{name}"
        for report, told in pile
        for name in meeting_names(told.meetings)
    ]


def _sides(iris: Sequence[str], most: int) -> st.SearchStrategy:
    few = st.lists(st.sampled_from(sorted(iris)), min_size=2, max_size=most, unique=True)
    return few.map(lambda drawn: (drawn[:1], drawn[1:]))


@st.composite
def judged_piles(draw: st.DrawFn, at_least: int = 2) -> tuple[list[Told], Judgements]:
    """Reports, and judgements on what they tell that do not contradict each other."""
    pile = draw(piles(at_least=at_least))
    kinds = [_sides(PERSONS, 2), _sides(VISITS, 2)]
    if len(mentions(pile)) > 1:
        kinds = [_sides(mentions(pile), 3)] * 3 + kinds
    known = Judgements()
    for same, sides in draw(st.lists(st.tuples(st.booleans(), st.one_of(kinds)), max_size=4)):
        judgement = Judgement.of(same, *sides)
        if known.contradicted_by(judgement) is None:
            known = Judgements((*known, judgement))
    return pile, known


def meeting_of(store: Store, mention: str) -> str:
    quads = store.quads(NamedNode(mention), IS_REPLACED_BY, None, DEFAULT_GRAPH)
    return str(next(iter(quads)).object)


@SETTINGS
@given(data=st.data(), judged=judged_piles())
def test_no_order_of_reports_and_judgements_shows(
    data: st.DataObject, judged: tuple[list[Told], Judgements]
) -> None:
    pile, judgements = judged
    expected = OxigraphStore()
    load(expected, pile, judgements)
    steps = data.draw(st.permutations(judgements.all))
    batches = data.draw(batchings(len(pile)))
    store, made = OxigraphStore(), Judgements()
    for n in range(max(len(steps), len(batches))):
        if n < len(steps):
            made = Judgements((*made, steps[n]))
            judge(store, made)
        if n < len(batches):
            load(store, [pile[i] for i in batches[n]])
    assert export(store) == export(expected)


@SETTINGS
@given(judged=judged_piles(), gone=st.integers(0, 3))
def test_a_judgement_taken_back_leaves_no_trace(
    judged: tuple[list[Told], Judgements], gone: int
) -> None:
    pile, judgements = judged
    store = sample(pile)
    judge(store, judgements)
    kept = Judgements(j for n, j in enumerate(judgements) if n != gone)
    judge(store, kept)
    never = OxigraphStore()
    load(never, pile, kept)
    assert export(store) == export(never)
    judge(store, Judgements())
    assert export(store) == export(sample(pile))


@SETTINGS
@given(data=st.data(), judged=judged_piles())
def test_judgements_survive_that_a_report_goes_and_comes_back(
    data: st.DataObject, judged: tuple[list[Told], Judgements]
) -> None:
    pile, judgements = judged
    store = OxigraphStore()
    load(store, pile, judgements)
    before = export(store)
    gone = data.draw(st.sets(st.sampled_from(range(len(pile))), min_size=1))
    retract(store, [report_node(pile[n][0]).value for n in sorted(gone)])
    never = OxigraphStore()
    load(never, [p for n, p in enumerate(pile) if n not in gone], judgements)
    assert export(store) == export(never)
    load(store, [pile[n] for n in sorted(gone)])
    assert export(store) == before


@SETTINGS
@given(judged=judged_piles())
def test_rules_yield_to_judgements_on_mentions(judged: tuple[list[Told], Judgements]) -> None:
    pile, judgements = judged
    store = OxigraphStore()
    load(store, pile, judgements)
    told = {m: meeting_of(store, m) for m in mentions(pile)}
    for judgement in judgements:
        for a in judgement.one:
            for b in judgement.other:
                if a in told and b in told:
                    assert (told[a] == told[b]) is judgement.same


@settings(max_examples=25, deadline=None)
@given(judged=judged_piles())
def test_a_judged_graph_is_pure_and_keeps_to_its_shapes(
    judged: tuple[list[Told], Judgements],
) -> None:
    pile, judgements = judged
    store = sample(pile)
    judge(store, judgements)
    assert check_pure(store) == []
    assert validate(store) == ()
    assert read_judgements(store.quads(graph=GRAPH)).all == judgements.all


def test_a_contradiction_names_the_judgement_that_says_the_opposite() -> None:
    ab, bc = Judgement.of(True, ["a"], ["b"]), Judgement.of(True, ["b"], ["c"])
    apart = Judgement.of(False, ["a"], ["c"])
    assert Judgements([ab, bc]).contradicted_by(apart) in (ab, bc)
    assert Judgements([ab, apart]).contradicted_by(bc) == apart
    assert Judgements([ab]).contradicted_by(apart) is None
    assert Judgements([apart]).contradicted_by(ab) is None
