"""Questions of the catalogue, cards and counts, as JSON: what `/api` and the pages show.

The same values as `kg ask`, `kg show` and `kg stats` print. Runs in the worker processes, so a
question that takes too long ends as a query does.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg.serve.frames import Job
from kg.serve.output import LimitExceededError
from kg.store.base import View

JSON, CSV = "application/json", "text/csv"


def offers(kind: str) -> tuple[str, ...]:
    """Formats of an answer of this kind, the preferred one first."""
    return (JSON, CSV) if kind == "ask" else (JSON,)


def answer(view: View, job: Job, media_type: str) -> bytes:
    """The whole answer.

    Raises:
        UsageError: a parameter or sentence that is not understood.
        UnknownNameError: a question, person, state, topic or report that is not known.
        LimitExceededError: more rows than the job allows.
    """
    asked = json.loads(job.text)
    if job.kind == "ask":
        return _rows(view, asked["question"], asked["given"], job.max_rows, media_type)
    if job.kind == "read":
        from queries.english import read_question

        name, given = read_question(view, asked["sentence"])
        return _json({"question": name, "parameters": given})
    if job.kind == "show":
        from queries.cards import card

        return _json(card(view, asked["what"]))
    from queries.statistics import statistics

    return _json(statistics(view))


def _rows(view: View, name: str, given: Mapping[str, str], max_rows: int, media_type: str) -> bytes:
    from queries.questions import run

    found = run(name, view, **given)
    if max_rows and len(found) > max_rows:
        raise LimitExceededError(f"{max_rows} rows")
    rows = found.as_dicts()
    return _csv(found.columns, rows) if media_type == CSV else _json(rows)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
