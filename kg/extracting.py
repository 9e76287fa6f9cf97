"""Reports to what they say, one after the other or on several processes, in the order given."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from kg.model import Extraction, Report
from loaders.extraction import extract

_CHUNK = 16
_AHEAD = 4


def extract_all(reports: Iterable[Report], *, jobs: int = 1) -> Iterator[tuple[Report, Extraction]]:
    """Each report with its extraction, in input order, holding only a few chunks at a time.

    Args:
        jobs: processes; 1 works in this one. The result does not depend on it.
    """
    if jobs <= 1:
        yield from _chunk(reports)
        return
    # spawn: forked children would share the parent's open store and its locks.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from _in_order(pool, iter(reports), jobs * _AHEAD)


def _in_order(
    pool: ProcessPoolExecutor, reports: Iterator[Report], ahead: int
) -> Iterator[tuple[Report, Extraction]]:
    waiting: deque[Future[list[tuple[Report, Extraction]]]] = deque()
    while True:
        while len(waiting) < ahead and (chunk := list(islice(reports, _CHUNK))):
            waiting.append(pool.submit(_extract_list, chunk))
        if not waiting:
            return
        yield from waiting.popleft().result()


def _extract_list(reports: list[Report]) -> list[tuple[Report, Extraction]]:
    return list(_chunk(reports))


def _chunk(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction]]:
    for report in reports:
        yield report, report.facts if report.facts is not None else extract(report)
