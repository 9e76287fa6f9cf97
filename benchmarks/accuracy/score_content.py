"""Scoring of what was on the table: topics of each meeting, documents and figures of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from benchmarks.accuracy.agreement import same_figure, same_title, topic_pairs
from benchmarks.accuracy.facts import Instrument, Meeting, Quantity, Topic
from benchmarks.accuracy.matching import Meetings
from benchmarks.accuracy.outcome import Book
from benchmarks.accuracy.pairing import Pairs, pair_up
from benchmarks.accuracy.words import dice, fold

T = TypeVar("T")


def score_topics(book: Book, wanted: Meeting | None, found: Meeting | None) -> None:
    """Topics found, invented and missed; one side is None where a meeting has no partner."""
    asked = wanted.topics if wanted else ()
    given = found.topics if found else ()
    pairs = topic_pairs(wanted, found) if wanted and found else ()
    missed = [t for t in _unused(asked, [i for i, _ in pairs]) if not t.optional]
    invented = _unused(given, [j for _, j in pairs])
    hits = sum(not asked[i].optional for i, _ in pairs)
    book.add("topics", hits, len(invented), len(missed))
    if not (wanted and found):
        return
    book.add("topics-within", hits, len(invented), len(missed))
    _treatments(book, asked, given, pairs)
    for topic in missed:
        book.remark("missed topic", topic.text, None, topic.span)
    for topic in invented:
        book.remark("invented topic", None, topic.text, topic.span)


def _treatments(
    book: Book, asked: tuple[Topic, ...], given: tuple[Topic, ...], pairs: Pairs
) -> None:
    for i, j in pairs:
        a, b = asked[i].treatment, given[j].treatment
        book.share("treatment", a == b)
        book.share("agreed-or-not", (a == "agreed") == (b == "agreed"))
        if a != b:
            book.remark("treatment", f"{asked[i].text}: {a}", b, given[j].span)
    book.add("agreed", *_agreed(asked, given, pairs))


def _agreed(
    asked: tuple[Topic, ...], given: tuple[Topic, ...], pairs: Pairs
) -> tuple[int, int, int]:
    """Agreed topics: found as agreed, wrongly said to be agreed, missed as agreed."""
    wanted = {i for i, topic in enumerate(asked) if topic.treatment == "agreed"}
    claimed = {j for j, topic in enumerate(given) if topic.treatment == "agreed"}
    partner = {i: j for i, j in pairs if j in claimed}
    hits = len(wanted & partner.keys())
    excused = sum(asked[i].optional for i in partner.keys() - wanted)
    missed = sum(not asked[i].optional for i in wanted - partner.keys())
    return hits, len(claimed) - hits - excused, missed


def score_documents(book: Book, asked: Meetings, given: Meetings) -> None:
    """Documents of all held meetings of a report; older ones that are only mentioned do not count."""
    wanted = _distinct([d for m in asked for d in m.documents], _one_title)
    found = _distinct([d for m in given for d in m.documents], _one_title)
    pairs = pair_up(wanted, found, _document_weight)
    firm = {i for i, j in pairs if not found[j].referred_to}
    missed = [d for i, d in enumerate(wanted) if i not in firm and not d.referred_to]
    invented = [d for d in _unused(found, [j for _, j in pairs]) if not d.referred_to]
    hits = sum(not wanted[i].referred_to for i in firm)
    book.add("documents", hits, len(invented), len(missed))
    for i, j in pairs:
        if not wanted[i].referred_to:
            book.share("document-status", wanted[i].status == found[j].status)
    for document in missed:
        book.remark("missed document", document.title, None, document.span)
    for document in invented:
        book.remark("invented document", None, document.title, document.span)


def _one_title(a: Instrument, b: Instrument) -> bool:
    return fold(a.title) == fold(b.title)


def _document_weight(a: Instrument, b: Instrument) -> float | None:
    if not same_title(a, b):
        return None
    return 1 + dice(a.title, b.title) - (0.4 if a.referred_to else 0)


def score_figures(book: Book, asked: Meetings, given: Meetings) -> None:
    """Figures of all held meetings of a report."""
    wanted = _distinct([f for m in asked for f in m.figures], same_figure)
    found = _distinct([f for m in given for f in m.figures], same_figure)
    pairs = pair_up(wanted, found, _figure_weight)
    missed = _unused(wanted, [i for i, _ in pairs])
    invented = _unused(found, [j for _, j in pairs])
    book.add("figures", len(pairs), len(invented), len(missed))
    for figure in missed:
        book.remark("missed figure", figure.written, None, figure.span)
    for figure in invented:
        book.remark("invented figure", None, figure.written, figure.span)


def _figure_weight(a: Quantity, b: Quantity) -> float | None:
    return 1 + dice(a.indicator, b.indicator) if same_figure(a, b) else None


def _distinct(items: Sequence[T], same: Callable[[T, T], bool]) -> list[T]:
    """The first of each; the same document told of two meetings is one."""
    kept: list[T] = []
    for item in items:
        if not any(same(item, other) for other in kept):
            kept.append(item)
    return kept


def _unused(items: Sequence[T], used: list[int]) -> list[T]:
    return [item for k, item in enumerate(items) if k not in used]
