"""Scoring of one annotated report: who met, in what status, in which offices.

The definitions are those of `rows.GOLD_ROWS`; topics, documents and figures are in
`score_content`, the attributes of a paired meeting in `score_meeting`.
"""

from __future__ import annotations

from benchmarks.accuracy.facts import Annotation, Meeting
from benchmarks.accuracy.matching import Matched, Meetings, matched
from benchmarks.accuracy.outcome import Book, Outcome
from benchmarks.accuracy.rows import STATUS_ROWS
from benchmarks.accuracy.score_content import score_documents, score_figures, score_topics
from benchmarks.accuracy.score_meeting import score_attributes
from benchmarks.accuracy.score_parties import score_forbidden, score_parties


def score(wanted: Annotation, found: Meetings) -> Outcome:
    """Compare what was annotated of one report with what was extracted from it."""
    book = Book()
    match = matched(wanted.meetings, found)
    _detection(book, match)
    _without_held(book, wanted.meetings, match)
    _statuses(book, match)
    for a, b in match.held:
        book.about = str(a)
        score_parties(book, a, b)
        score_attributes(book, a, b)
        score_topics(book, a, b)
    book.about = None
    for meeting in match.missed:
        score_parties(book, meeting, None)
        score_topics(book, meeting, None)
    for meeting in match.invented:
        score_parties(book, None, meeting)
        score_topics(book, None, meeting)
    score_documents(book, match.asked, match.given)
    score_figures(book, match.asked, match.given)
    score_forbidden(book, wanted.not_participants, match.asked, match.given)
    return book.closed(wanted.id)


def _detection(book: Book, match: Matched) -> None:
    pairs, invented, missed = len(match.held), len(match.invented), len(match.missed)
    book.add("held", pairs, invented, missed)
    book.add("held-remarks", pairs, invented, missed - match.remarks)
    both = match.counterpart
    spare = invented + pairs - both if pairs >= both else len(match.given) - both
    book.add("held-counterpart", both, spare, pairs + missed - both)
    for meeting in match.missed:
        book.remark("missed meeting", meeting, None)
    for meeting in match.invented:
        book.remark("invented meeting", None, meeting, meeting.span)
    for _, meeting in match.held:
        book.sure("held meetings", meeting.confidence, True)
    for meeting in match.invented:
        book.sure("held meetings", meeting.confidence, False)


def _without_held(book: Book, annotated: Meetings, match: Matched) -> None:
    if match.asked:
        return
    wrong = bool(match.given)
    book.share("false-held", wrong)
    book.share("false-held-plans" if annotated else "false-held-empty", wrong)


def _statuses(book: Book, match: Matched) -> None:
    for wanted, found in match.rest:
        _status(book, wanted, found)
    for wanted in match.rest_missed:
        if not wanted.optional:
            _status(book, wanted, None)
    for found in match.rest_invented:
        _status(book, None, found)


def _status(book: Book, wanted: Meeting | None, found: Meeting | None) -> None:
    right = wanted is not None and found is not None and wanted.status == found.status
    for status in STATUS_ROWS:
        asked, given = _has(wanted, status), _has(found, status)
        book.add(status, int(asked and given), int(given and not asked), int(asked and not given))
    if found is not None and not found.held:
        book.sure("other meetings", found.confidence, right)
    if not right and not (_has(wanted or found, "held") and not (wanted and found)):
        book.remark("status", wanted, found, found.span if found else None)


def _has(meeting: Meeting | None, status: str) -> bool:
    return meeting is not None and meeting.status == status
