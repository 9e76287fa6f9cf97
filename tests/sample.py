"""A small graph made by hand, with everything in it that can go wrong on the way to a server."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from kg.dates import When
from kg.entities import Entities
from kg.judgements import Judgements
from kg.model import (
    AgendaItem,
    Document,
    Extraction,
    Figure,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    ReportedVisit,
    Role,
    Source,
    Span,
    Statement,
)
from kg.rdf import report_node
from kg.resolve import Resolver
from kg.store.base import Store, View
from kg.store.oxigraph import OxigraphStore
from kg.update import Updater
from ontology import lexicon

# Names that break whatever pastes values into statements, file formats or error messages.
NASTY = "O'Hara `'; MATCH (n) DETACH DELETE n // \\u0027 \"$x\" \n\t🕊️ <b>&amp;"

Told = tuple[Report, Extraction]


def _who(name: str | None, office: str | None, state: str, role: Role = "principal") -> Participant:
    return Participant(name, name or "the delegation", office, state, role, Span(0, 10))


def _report(
    id: str, outlet: str | None = "Kazinform", title: str | None = "A headline", **more: str
) -> Report:
    text = f"{title}\nText of {id}, long enough for every span that points into it."
    return Report(id=id, text=text, source=Source("sample"), outlet=outlet, title=title, **more)  # type: ignore[arg-type]


_LUKASHENKO = _who("Aleksandr Lukashenko", "President", "BLR")
_TOKAYEV = _who("Kassym-Jomart Tokayev", "President", "KAZ")
_DAY = When.parse("2019-10-25")


def _meeting(
    participants: Iterable[Participant], when: When | None = _DAY, **more: object
) -> ReportedMeeting:
    settings: dict[str, object] = {
        "status": "held",
        "format": "in-person",
        "date_basis": "explicit" if when else None,
        "confidence": 0.97,
        "span": Span(0, 20),
    }
    return ReportedMeeting(when=when, participants=tuple(participants), **(settings | more))  # type: ignore[arg-type]


def _rich() -> ReportedMeeting:
    """A meeting with an agenda, a document, figures and a statement."""
    return _meeting(
        (_LUKASHENKO, _TOKAYEV, _who("Jane Aide", "Minister of Trade", "KAZ", "attendee")),
        place=MentionedPlace("Nur-Sultan", "KAZ", "dateline"),
        topics=(
            AgendaItem("trade", "mutual trade", "discussed", None, Span(0, 5)),
            AgendaItem("trade", "mutual trade", "agreed", "Aleksandr Lukashenko", Span(0, 5)),
            AgendaItem(None, "the price of yak wool", "raised", None, Span(6, 9)),
        ),
        documents=(
            Document("memorandum", f'Memorandum on "{NASTY}"', "signed", Span(3, 9)),
            Document("charter", "the Charter of the Lakes", "referred-to", Span(3, 9)),
        ),
        figures=(
            Figure("bilateral trade", 900000000, "USD", "2018", "actual", "about", Span(1, 4)),
            Figure("growth", 1.25, "percent", None, "target", None, Span(1, 4)),
        ),
        statements=(Statement("Aleksandr Lukashenko", f"We said: {NASTY}", True, Span(2, 8)),),
    )


def _same_told_elsewhere() -> ReportedMeeting:
    """The same day and pair, in another report that disagrees on the place."""
    return _meeting(
        (_LUKASHENKO, _TOKAYEV),
        place=MentionedPlace("Almaty", "KAZ", "explicit"),
        topics=(AgendaItem("trade", "exports", "discussed", None, Span(0, 5)),),
        figures=(Figure("bilateral trade", 800000000, "USD", "2018", "actual", None, Span(1, 4)),),
        span=Span(30, 44),
    )


def _visit() -> ReportedVisit:
    obama = _who("Barack Obama", "President", "USA")
    when = When.between(date(2009, 6, 5), date(2009, 6, 7))
    return ReportedVisit(obama, "FRA", when, "official", ("Paris", "Caen"), Span(0, 9))


def told() -> list[Told]:
    """Six meetings, a plan and a visit, as nine reports tell of them."""
    nasty = _who(NASTY, f"Chief {NASTY}", "FRA", "envoy")
    obama, sarkozy = _visit().visitor, _who("Nicolas Sarkozy", "President", "FRA")
    one_day = When.parse("2009-06-06")
    return [
        (_report("1", published="2019-10-25", language="en"), Extraction((_rich(),))),
        (
            _report("2", "Belta", "O'Brien `said`", published="2019-10-26"),
            Extraction((_same_told_elsewhere(),)),
        ),
        (_report("3", "tass.com", NASTY), Extraction((_meeting((nasty, _TOKAYEV)),))),
        (
            _report("4", None, None),
            Extraction((_meeting((_who(None, None, "UZB"), _TOKAYEV), When.parse("2016-05")),)),
        ),
        (
            _report("5", url="https://example.org/5?a=1&b='"),
            Extraction(
                (
                    _meeting((_who(None, "Ambassador", "UN"), sarkozy), None, multilateral=True),
                    _meeting(
                        (sarkozy, _who("Angela Merkel", "Chancellor", "DEU")),
                        When.parse("2008"),
                        format="phone",
                        sidelines_of="G20 summit",
                    ),
                )
            ),
        ),
        (
            _report("6", "Élysée"),
            Extraction((_meeting((obama, sarkozy), one_day),), (_visit(),)),
        ),
        (_report("7", "Nothing Daily"), Extraction((), (), "letter")),
        (
            _report("8", "Élysée"),
            Extraction((_meeting((_who("Obama", "President", "USA"), sarkozy), one_day),)),
        ),
        (
            _report("9", published="2019-10-23"),
            Extraction((_meeting((_LUKASHENKO, _TOKAYEV), status="planned"),)),
        ),
    ]


def load(store: Store, reports: Iterable[Told], judged: Judgements | None = None) -> None:
    """Bring the reports into the graph, as one change."""
    loaded = {report_node(r).value: (r, e) for r, e in reports}
    store.apply(_updater(store).change(loaded, judged=judged))


def retract(store: Store, iris: Iterable[str]) -> None:
    """Take the reports out again."""
    store.apply(_updater(store).change({}, retracted=list(iris)))


@cache
def _reference() -> tuple[Resolver, Entities]:
    """Made once: they remember nothing of a graph, and making them takes longer than a sample."""
    return Resolver(lexicon()), Entities(lexicon())


def _updater(view: View) -> Updater:
    return Updater(view, *_reference())


def judge(store: Store, judged: Judgements) -> None:
    """Make these all the judgements there are."""
    store.apply(_updater(store).change({}, judged=judged))


def sample(reports: Iterable[Told] | None = None) -> OxigraphStore:
    """A graph in memory with `told()`, or with other reports."""
    store = OxigraphStore()
    load(store, told() if reports is None else reports)
    return store
