"""The reports with most errors, with their own words: a list to work from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benchmarks.accuracy.frozen import remark_text
from benchmarks.accuracy.outcome import Remark
from benchmarks.accuracy.summary import Scored

_WHOLE = 1500
_AROUND = 120
_GRAVE = ("missed meeting", "invented meeting", "status", "not a participant", "counterpart")


def worst(scored: Sequence[Scored], most: int, about: str = "") -> list[Scored]:
    """Those with errors, the gravest first: a wrong meeting counts as much as five details.

    Args:
        about: only errors whose kind has this word.
    """
    wrong = [one for one in scored if _remarks(one, about)]
    return sorted(wrong, key=lambda one: (-_weight(one, about), one.case.report.id))[:most]


def _remarks(one: Scored, about: str) -> list[Remark]:
    return [remark for remark in one.outcome.remarks if about in remark.what]


def _weight(one: Scored, about: str) -> int:
    return sum(5 if remark.what in _GRAVE else 1 for remark in _remarks(one, about))


def error_lines(one: Scored, about: str = "") -> Iterator[str]:
    """A report's title, its text (of a long one the words concerned), and what is wrong."""
    report = one.case.report
    yield f"-- {report.id} [{one.case.style}] published {report.published or 'unknown'}"
    if report.title:
        yield f"   title: {report.title}"
    if len(report.text) <= _WHOLE:
        yield from (f"   | {line}" for line in report.text.split("\n") if line.strip())
    meeting = None
    for remark in _remarks(one, about):
        if remark.about != meeting and (meeting := remark.about):
            yield f"   in {meeting}"
        yield f"   * {remark_text(remark)}"
        if len(report.text) > _WHOLE and (words := _words(remark, report.text)):
            yield f"       ... {words} ..."


def _words(remark: Remark, text: str) -> str | None:
    """The surroundings of what a remark is about, None where it cannot be found in the text."""
    start = remark.span[0] if remark.span else text.find(remark.wanted or "\0")
    if not 0 <= start < len(text):
        return None
    end = remark.span[1] if remark.span else start + len(remark.wanted or "")
    around = text[max(0, start - _AROUND) : min(end, start + 2 * _AROUND) + _AROUND]
    return re.sub(r"\s+", " ", around).strip()
