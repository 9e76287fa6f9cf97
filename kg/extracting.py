"""Reports to what they say, one after the other or on several processes, in the order given.

A few chunks are held at a time, so that a stream of any length is read in constant memory. What
comes out does not depend on the number of processes.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import active_count
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import KgError, ServerError, StoreError
from kg.extract_json import extraction_json
from kg.model import Extraction, Refusal, Report
from loaders.extraction import explain, extract
from ontology.lexicon import Lexicon, extend_this_process

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_CHUNK_REPORTS = 32
_CHUNK_CHARACTERS = 500_000
_AHEAD = 3
T = TypeVar("T")


def extract_all(
    reports: Iterable[Report], *, jobs: int = 1, added: Lexicon | None = None
) -> Iterator[tuple[Report, Extraction | Refusal]]:
    """Each report with its extraction, in input order; a refusal where it cannot be read.

    Args:
        jobs: processes; 1 works in this one, unless something was added.
        added: reference data with which the texts are read, beside those that are shipped.
    """
    # spawn: forked children would share the parent's open store and its locks.
    return _in_order(_said_or_refused, reports, jobs, "spawn", added)


def extract_lines(
    reports: Iterable[Report], *, jobs: int = 1, explained: bool = False
) -> Iterator[str | Refusal]:
    """The JSON line of each report, in input order; a refusal where a report cannot be read.

    Args:
        jobs: processes; 1 works in this one.
        explained: name the patterns that each meeting rests on.
    """
    work = _explained_line if explained else _line
    return (found for _, found in _in_order(work, reports, jobs, _quickest_start()))


def _quickest_start() -> str:
    """A copy of this process has nothing to load; with a second thread in it that is unsafe."""
    return "fork" if sys.platform == "linux" and active_count() == 1 else "spawn"


# One report ---------------------------------------------------------------------------------------


def _said(report: Report) -> Extraction:
    return report.facts if report.facts is not None else extract(report)


def _said_or_refused(report: Report) -> Extraction | Refusal:
    return guarded(report, lambda: _said(report))


def _line(report: Report) -> str | Refusal:
    return guarded(report, lambda: _written(extraction_json(report, _said(report))))


def _explained_line(report: Report) -> str | Refusal:
    def row() -> str:
        return _written(
            {**extraction_json(report, _said(report)), "explain": _explanations(report)}
        )

    return guarded(report, row)


def _written(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _explanations(report: Report) -> list[dict[str, Any]]:
    return [
        {"meeting": e.meeting, "patterns": e.patterns, "rules": e.rules, "phrases": e.phrases}
        for e in explain(report)
    ]


def guarded(report: Report, work: Callable[[], T]) -> T | Refusal:
    """What `work` gives of a report, or the refusal of this one report if it fails.

    Raises:
        StoreError, ServerError: no report is to blame for those.
    """
    try:
        return work()
    except (StoreError, ServerError):
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours in one of a million reports
        reason = f"report {report.id!r} cannot be read for meetings, a fault of this program"
        words = " ".join(f"{type(error).__name__}: {error}".split())
        return Refusal(report.source.path, report.source.line, f"{reason} ({words})")


# Many reports -------------------------------------------------------------------------------------


def _in_order(
    work: Callable[[Report], T],
    reports: Iterable[Report],
    jobs: int,
    method: str,
    added: Lexicon | None = None,
) -> Iterator[tuple[Report, T]]:
    if jobs <= 1 and not added:
        yield from ((report, work(report)) for report in reports)
        return
    # Most runs work in one process: they need not wait for what others ask for.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A process that read with other reference data holds indexes of them: new ones begin afresh.
    begin = (extend_this_process, (added,)) if added else (None, ())
    pool = ProcessPoolExecutor(max(jobs, 1), get_context(method), *begin)
    try:
        yield from _pooled(pool, work, _chunks(reports), jobs * _AHEAD)
    except BrokenProcessPool as error:
        raise KgError("a process of --jobs was killed; is there too little memory?") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pooled(
    pool: ProcessPoolExecutor,
    work: Callable[[Report], T],
    chunks: Iterator[list[Report]],
    ahead: int,
) -> Iterator[tuple[Report, T]]:
    waiting: deque[tuple[list[Report], Future[list[T]]]] = deque()
    for chunk in chunks:
        waiting.append((chunk, pool.submit(_work_list, work, chunk)))
        if len(waiting) >= ahead:
            done, future = waiting.popleft()
            yield from zip(done, future.result(), strict=True)
    for done, future in waiting:
        yield from zip(done, future.result(), strict=True)


def _work_list(work: Callable[[Report], T], chunk: list[Report]) -> list[T]:
    return [work(report) for report in chunk]


def _chunks(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """A few dozen reports, or fewer long ones."""
    chunk: list[Report] = []
    characters = 0
    for report in reports:
        chunk.append(report)
        characters += len(report.text)
        if len(chunk) >= _CHUNK_REPORTS or characters >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
