"""`kg load --diff`: what a load would change, shown and not done."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.commands.output import as_text, tell_refused, write_json
from kg.commands.reading import reading

if TYPE_CHECKING:
    from kg.differences import Differences, MeetingDifference, ReportDifference

_LONGEST = 60


def show_differences(arguments: argparse.Namespace) -> int:
    """Compare and print; exit code 1 if anything was refused."""
    found = _differences(arguments)
    tell_refused(found.refused)
    if as_text(arguments.format):
        sys.stdout.write("".join(line + "\n" for line in _lines(found)))
    else:
        write_json(found.as_json())
    return 1 if found.refused else 0


def _differences(arguments: argparse.Namespace) -> Differences:
    from kg.differences import differences
    from kg.rebuild import reference_of
    from kg.reference_upkeep import with_files
    from loaders import read_path

    with reading(arguments.db) as view:
        files = [Path(name) for name in arguments.reference]
        reference, refused = with_files(reference_of(view), files)
        outcomes = read_path(
            arguments.paths,
            stdin=sys.stdin.buffer,
            mapping=arguments.mapping,
            allow_private=arguments.allow_private,
        )
        given = outcomes if arguments.paths else None
        found = differences(view, given, jobs=arguments.jobs, reference=reference)
    found.refused[:0] = refused
    return found


def _lines(found: Differences) -> Iterator[str]:
    for report in found.reports:
        yield from _report(report)
    for label in found.disappear:
        yield f"- meeting: {label}"
    for label in found.appear:
        yield f"+ meeting: {label}"
    yield (
        f"reports compared: {found.read}, of these {len(found.reports)} would change; "
        f"meetings that would come: {len(found.appear)}, go: {len(found.disappear)}; nothing was changed"
    )


def _report(report: ReportDifference) -> Iterator[str]:
    yield f"{report.change}: {report.id}{f' ({report.title})' if report.title else ''}"
    for name, (old, new) in report.fields.items():
        told = "" if name == "text" else f": {_short(old)} -> {_short(new)}"
        yield f"    {name}{told or ' differs'}"
    for meeting in report.meetings:
        yield from _meeting(meeting)


def _meeting(meeting: MeetingDifference) -> Iterator[str]:
    sign = {"added": "+", "removed": "-", "changed": "~"}[meeting.change]
    yield f"  {sign} {meeting.meeting}"
    for name, (old, new) in meeting.fields.items():
        if isinstance(old, list) and isinstance(new, list):
            yield from (f"      {name} - {_short(v)}" for v in old if v not in new)
            yield from (f"      {name} + {_short(v)}" for v in new if v not in old)
        else:
            yield f"      {name}: {_short(old)} -> {_short(new)}"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = " | ".join(str(v) for v in value.values() if v is not None)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
