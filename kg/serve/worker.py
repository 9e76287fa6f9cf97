"""A worker process: answers one job after the other from a snapshot, until its input ends.

Run as `python -m kg.serve.worker`. It is a process of its own because the engine cannot be told to
stop: a query that takes too long ends with its process, and the snapshot takes no harm.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, QueryTriples, RdfFormat

from kg.errors import DateError, KgError, UnknownNameError, UsageError
from kg.serve.frames import END, FAIL, Failure, Job, describe, frame
from kg.serve.negotiation import DATASETS, GRAPHS, ROWS, choose
from kg.serve.output import LimitExceededError, Output
from kg.store.oxigraph import OxigraphStore
from kg.store.prefixes import PREFIXES
from kg.store.sparql import Dataset, evaluate, one_line, read_query

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class JobError(Exception):
    """A job that has no answer."""

    def __init__(self, status: int, message: str) -> None:
        self.failure = Failure(status, message)
        super().__init__(message)


def _failure(error: Exception, kind: str) -> Failure:
    """What to tell the client."""
    if isinstance(error, JobError):
        return error.failure
    if isinstance(error, UnknownNameError):
        status = 404 if kind == "show" or error.kind == "question" else 400
        return Failure(status, str(error), error.nearest)
    status = 400 if isinstance(error, UsageError | DateError | LimitExceededError) else 500
    return Failure(status, one_line(str(error)))


class Worker:
    """Holds the snapshot opened last."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._opened = ""
        self._view = OxigraphStore()
        self._kinds = {"query": self._query, "dump": self._dump}

    def answer(self, job: Job) -> None:
        """Write the frames of one answer."""
        try:
            self._open(job.snapshot)
            self._kinds.get(job.kind, self._ask)(job)
            self._pipe.write(frame(END))
        except (JobError, LimitExceededError, KgError, OSError, RuntimeError, ValueError) as error:
            self._pipe.write(frame(FAIL, describe(_failure(error, job.kind))))
        self._pipe.flush()

    def _open(self, snapshot: str) -> None:
        if snapshot != self._opened:
            path = Path(snapshot)
            self._view = OxigraphStore.on_snapshot(path, path.name)
            self._opened = snapshot

    def _ask(self, job: Job) -> None:
        from kg.serve.asking import answer, offers

        media_type = _chosen(job.accept, offers(job.kind))
        output = self._output(job, media_type)
        output.write(answer(self._view, job, media_type))
        output.finish()

    def _query(self, job: Job) -> None:
        query = read_query(job.text)
        rows = query.form in ("SELECT", "ASK")
        media_type = _chosen(job.accept, tuple(ROWS if rows else GRAPHS))
        dataset = _dataset(job.dataset)
        answer = evaluate(self._view.engine, query, base_iri=job.base_iri, dataset=dataset)
        output = self._output(job, media_type)
        with _limits_of(output):
            if isinstance(answer, QueryTriples):
                answer.serialize(output.as_file(), GRAPHS[media_type])
            else:
                answer.serialize(output.as_file(), ROWS[media_type])
        output.finish()

    def _dump(self, job: Job) -> None:
        formats = DATASETS if job.text == "*" else GRAPHS
        media_type = _chosen(job.accept, tuple(formats))
        graph = None if job.text == "*" else _graph(job.text)
        if isinstance(graph, NamedNode) and not self._view.engine.contains_named_graph(graph):
            raise JobError(404, f"there is no graph {graph.value}")
        output = self._output(job, media_type)
        with _limits_of(output):
            self._view.engine.dump(
                output.as_file(),
                formats[media_type],
                from_graph=graph,
                prefixes=_prefixes(formats[media_type]),
            )
        output.finish()

    def _output(self, job: Job, media_type: str) -> Output:
        return Output(
            self._pipe,
            media_type,
            max_bytes=job.max_bytes,
            max_rows=job.max_rows if job.kind == "query" else 0,
        )


class _limits_of(contextlib.AbstractContextManager[None]):  # noqa: N801 - reads as a phrase
    """The engine hides why a write failed; the output knows."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __exit__(self, *_: object) -> None:
        self._output.check()


def _chosen(accept: str, offers: tuple[str, ...]) -> str:
    media_type = choose(accept, offers)
    if media_type is None:
        raise JobError(406, f"cannot write what is accepted; there are {', '.join(offers)}")
    return media_type


def _prefixes(rdf_format: RdfFormat) -> dict[str, str] | None:
    return dict(PREFIXES) if rdf_format in (RdfFormat.TURTLE, RdfFormat.TRIG) else None


def _graph(iri: str) -> NamedNode | DefaultGraph:
    if not iri:
        return DefaultGraph()
    return _node(iri)


def _dataset(iris: Sequence[str]) -> Dataset | None:
    if not iris:
        return None
    default, *named = iris
    return Dataset(_node(default) if default else None, tuple(map(_node, named)))


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise JobError(400, f"not an IRI: {iri}") from error


def end_with_parent(parent: int) -> None:
    """Ask the system to end this process with the server, even if the server is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(0)


def limit_memory(size: int) -> None:
    """Let a query that needs more memory end this process instead of burdening the machine."""
    import resource

    if size:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main(arguments: list[str]) -> None:
    """Arguments: process id of the server, bytes of memory (0: no limit)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    end_with_parent(int(arguments[0]))
    limit_memory(int(arguments[1]))
    worker = Worker(sys.stdout.buffer)
    for line in sys.stdin.buffer:
        worker.answer(Job.from_line(line))


if __name__ == "__main__":
    main(sys.argv[1:])
