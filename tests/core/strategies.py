"""Reports and what they say, made up at random.

`reports` and `extractions` take any text at all, for the way into triples and back. `piles` takes
few persons, parties and days, so that its reports often tell of the same meeting.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

from kg import model
from kg.dates import When
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
    Source,
    Span,
    Statement,
)
from tests.sample import NASTY, Told

DOCUMENT_STATUSES = ("signed", "adopted", "exchanged", "planned", "referred-to")
MODALITIES = ("actual", "target", "forecast")

# Lone surrogates are no characters: no encoding has them.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.just(NASTY)
maybe_words = st.none() | words
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
spans = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 90), st.integers(0, 9)
)
# A fact stands at a place of the text, in the title, or nowhere in particular.
anchors = st.fixed_dictionaries({"span": st.none() | spans, "in_title": st.booleans()})


def date_parts() -> st.SearchStrategy[str]:
    """A day, a month or a year, as EDTF has it."""
    return st.builds(
        lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10])
    )


def whens() -> st.SearchStrategy[When]:
    """Any date of the subset, intervals of mixed precision among them."""
    pairs = st.tuples(date_parts(), date_parts())
    intervals = pairs.map(lambda pair: "/".join(sorted(pair, key=When.parse)))
    return (date_parts() | intervals).map(When.parse)


def _with_anchor(kind: type, **fields: st.SearchStrategy) -> st.SearchStrategy:
    made = st.tuples(st.fixed_dictionaries(fields), anchors)
    return made.map(lambda both: kind(**both[0], **both[1]))


participants = _with_anchor(
    Participant,
    name=maybe_words,
    as_written=words,
    office=maybe_words,
    state=maybe_words,
    role=st.sampled_from(model.ROLES),
)
items = _with_anchor(
    AgendaItem,
    topic=maybe_words,
    text=words,
    treatment=st.sampled_from(model.TREATMENTS),
    by=maybe_words,
)
documents = _with_anchor(
    Document, type=words, title=words, status=st.sampled_from(DOCUMENT_STATUSES)
)
figures = _with_anchor(
    Figure,
    indicator=words,
    value=st.floats(allow_nan=False, allow_infinity=False),
    unit=words,
    period=maybe_words,
    modality=st.sampled_from(MODALITIES),
    comparator=maybe_words,
)
statements = _with_anchor(Statement, speaker=words, quote=words, direct=st.booleans())
places = st.builds(
    MentionedPlace,
    name=words,
    state=maybe_words,
    basis=st.sampled_from(model.PLACE_BASES),
    span=st.none() | spans,
)


def _few(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=2).map(tuple)


meetings = _with_anchor(
    ReportedMeeting,
    status=st.sampled_from(model.STATUSES),
    format=st.sampled_from(model.FORMATS),
    when=st.none() | whens(),
    date_basis=st.none() | st.sampled_from(model.DATE_BASES),
    participants=_few(participants),
    place=st.none() | places,
    sidelines_of=maybe_words,
    multilateral=st.booleans(),
    topics=_few(items),
    documents=_few(documents),
    figures=_few(figures),
    statements=_few(statements),
    confidence=st.floats(0, 1),
)
visits = st.builds(
    ReportedVisit,
    visitor=participants,
    visited=words,
    when=whens(),
    kind=st.sampled_from(model.VISIT_KINDS),
    places=_few(words),
    span=st.none() | spans,
)
extractions = st.builds(
    Extraction, meetings=_few(meetings), visits=_few(visits), skipped=maybe_words
)
reports = st.builds(
    Report,
    id=words,
    text=words,
    source=st.just(Source("made up")),
    outlet=maybe_words,
    title=maybe_words,
    published=maybe_words,
    published_basis=st.none() | st.sampled_from(["record", "header", "markup", "dateline"]),
    url=maybe_words,
    language=maybe_words,
)


# Few values, so that the reports of a pile meet in one meeting as often as not.
_SIDES = (
    Participant("Aleksandr Lukashenko", "Lukashenko", "President", "BLR"),
    Participant("Lukashenko", "Lukashenko", "President", "BLR"),
    Participant(None, "the Belarusian side", "President", "BLR"),
    Participant("Kassym-Jomart Tokayev", "Tokayev", "President", "KAZ"),
    Participant("Nursultan Nazarbayev", "Nazarbayev", "First President", "KAZ"),
    Participant("Jane Aide", "Jane Aide", "Minister of Trade", "KAZ", "attendee"),
    Participant("J. Aide", "J. Aide", "Trade Minister", "KAZ"),
    Participant("Ulla Unknown", "Unknown", None, None),
    Participant("Vladimir Putin", "Putin", "President", "RUS"),
    Participant("Vladimir Putin", "Putin", None, None),
    Participant("Nikol Pashinyan", "Pashinyan", "Prime Minister", "ARM"),
    Participant("Kassym-Jomart Tokayev", "Tokayev", "Chairman", "EAEU"),
)
_WHENS = (
    None, "2019-10-24", "2019-10-25", "2019-10-26", "2019-10-28", "2019-10", "2019",
    "2019-10-24/2019-10-26",
)  # fmt: skip
_PLACES = (
    None,
    MentionedPlace("Nur-Sultan", "KAZ", "dateline"),
    MentionedPlace("Almaty", "KAZ", "explicit"),
    MentionedPlace("Little Town", "KAZ", "explicit"),
)
_TOPICS = (
    AgendaItem("trade", "mutual trade", "discussed", None, Span(0, 5)),
    AgendaItem("trade", "trade", "agreed", "Lukashenko", Span(2, 5)),
    AgendaItem(None, "yak wool", "raised", None, Span(6, 9)),
)
_FIGURES = (
    Figure("bilateral trade", 900000000, "USD", "2018", "actual", "about", Span(1, 4)),
    Figure("Bilateral trade", 800000000, "USD", "2018", "actual", None, Span(1, 4)),
)
_DOCUMENTS = (
    Document("memorandum", "Memorandum on Wool", "signed", Span(3, 9)),
    Document("memorandum", "the memorandum on wool", "planned", Span(3, 9)),
)
_STATEMENTS = (Statement("Lukashenko", "We agree.", True, Span(2, 8)),)


def _some(values: tuple, at_most: int) -> st.SearchStrategy:
    return st.lists(st.sampled_from(values), max_size=at_most).map(tuple)


_told_meetings = st.builds(
    ReportedMeeting,
    status=st.sampled_from(("held", "held", "background", "denied", "planned")),
    format=st.sampled_from(("in-person", "unspecified", "phone")),
    when=st.sampled_from(_WHENS).map(lambda text: text and When.parse(text)),
    date_basis=st.sampled_from(model.DATE_BASES),
    participants=st.lists(st.sampled_from(_SIDES), min_size=1, max_size=4).map(tuple),
    place=st.sampled_from(_PLACES),
    sidelines_of=st.sampled_from((None, None, "the Wool Forum")),
    topics=_some(_TOPICS, 2),
    documents=_some(_DOCUMENTS, 1),
    figures=_some(_FIGURES, 1),
    statements=_some(_STATEMENTS, 1),
    span=st.sampled_from((Span(0, 20), Span(5, 30))),
)
_told_visits = st.builds(
    ReportedVisit,
    visitor=st.sampled_from((_SIDES[0], _SIDES[1], _SIDES[7])),
    visited=st.sampled_from(("KAZ", "XYZ")),
    when=st.sampled_from(("2019-10-24/2019-10-26", "2019-10-25")).map(When.parse),
    kind=st.sampled_from(("official", "working")),
    places=_some(("Nur-Sultan", "Little Town"), 2),
    span=st.just(Span(0, 9)),
)
_told = st.builds(
    Extraction,
    meetings=st.lists(_told_meetings, max_size=2).map(tuple),
    visits=st.lists(_told_visits, max_size=1).map(tuple),
)


_PUBLISHED = (
    None, "2019-10-25", "2019-10-26", "2019-10-25T23:30:00+06:00", "2019-10-25T02:00:00-04:00",
    "2019-10-14",
)  # fmt: skip


_CARRIED = (
    "MINSK (BelTA) - One text of an agency, long enough for all the spans that point into it."
)


def _report(number: int, published: str | None, carried: bool) -> Report:
    text = f"Text of report {number}, long enough for all the spans that point into it."
    text = _CARRIED if carried else text
    outlet = ("Steppe Wire", "Dvina Dispatch", None)[number % 3]
    return Report(str(number), text, Source("made up"), outlet, published=published)


@st.composite
def piles(draw: st.DrawFn, at_least: int = 1, at_most: int = 5) -> list[Told]:
    """Reports with identities of their own, and what each says."""
    size = draw(st.integers(at_least, at_most))
    published = st.sampled_from(_PUBLISHED)
    carried = st.booleans()
    return [(_report(n, draw(published), draw(carried)), draw(_told)) for n in range(size)]


@st.composite
def batchings(draw: st.DrawFn, size: int) -> list[list[int]]:
    """The numbers below `size` in any order, cut into batches anywhere."""
    order = draw(st.permutations(range(size)))
    cuts = draw(st.sets(st.integers(1, size - 1))) if size > 1 else set()
    edges = [0, *sorted(cuts), size]
    return [order[a:b] for a, b in pairwise(edges)]
