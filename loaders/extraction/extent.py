"""How much of a text is read: all of any real report, the head of what is longer than a book."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Report

READ_AT_MOST = 500_000
"""Characters. The longest transcripts of press conferences have a third of that."""

_LAST_LINE = 10_000


def read_part(report: Report) -> Report:
    """The report with the text that is read: up to a line or a word near the bound.

    What is left out is at the end, so that offsets into the part are offsets into the whole.
    """
    if len(report.text) <= READ_AT_MOST:
        return report
    from_, to = READ_AT_MOST - _LAST_LINE, READ_AT_MOST
    cuts = (report.text.rfind(sign, from_, to) for sign in ("\n", ". ", " "))
    cut = next((at + 1 for at in cuts if at >= 0), READ_AT_MOST)
    return replace(report, text=report.text[:cut])


def left_out(whole: Report, part: Report, reason: str | None) -> str | None:
    """Why a report gave nothing, and what of it was not looked at."""
    if len(part.text) == len(whole.text):
        return reason
    note = f"only the first {len(part.text):,} of {len(whole.text):,} characters were read"
    return f"{reason}; {note}" if reason else note
