"""The report of a record that is kept, made again with the reference data at hand."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Report
from loaders.meeting_record import MeetingRecord, meeting_report
from loaders.record_json import record_fields
from loaders.visit_record import VisitRecord, visit_report

_EMPTY = {"office": "", "state": "", "places": (), "met": ()}


def remade(report: Report) -> Report:
    """The report that its record makes now.

    Raises:
        RecordError: the reference data no longer know a state that the record names.
    """
    said = record_fields(report.record or "{}")
    if "visited" in said:
        made = visit_report(VisitRecord(**(_EMPTY | said)), report.source)
    else:
        made = meeting_report(MeetingRecord(**({"id": "", "when": None} | said)), report.source)
    return replace(made, language=made.language or report.language)
