"""The graph handle that a Python user holds: a store, with what can be asked of it.

`kg.open("kg-data")` gives one. Reading goes through `view`; `load` and `retract` change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from kg.judging import Numbered
from kg.pipeline import LoadSummary, Pipeline, Progress
from kg.store import open_store
from kg.store.base import Answer, Store, Term, View

if TYPE_CHECKING:
    import rdflib


class Graph:
    """One knowledge graph; a context manager that closes its store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: str | Path | None = None, *, read_only: bool = False) -> Graph:
        """See `kg.open`."""
        return cls(open_store(path, read_only=read_only))

    @property
    def view(self) -> View:
        """The read-only side, which `queries.*` take."""
        return self._store

    def load(
        self,
        paths: Iterable[str | Path],
        *,
        jobs: int = 1,
        progress: Progress | None = None,
        mapping: str | Path | None = None,
        allow_private: bool = False,
        reference: Sequence[str | Path] = (),
        anew: bool = False,
    ) -> LoadSummary:
        """Read, extract and merge everything at `paths`; loading twice changes nothing.

        A graph with reference files of its own reads texts in other processes: a script that loads
        into it needs the usual `if __name__ == "__main__":`, as with `jobs`.

        Args:
            paths: files, folders, addresses of the web.
            mapping: a file that says what the columns of tables mean.
            allow_private: fetch from addresses inside a private network too.
            reference: files of office holders (.csv) or of states, places and so on (.ttl), in the
                form of those under `ontology/`; the graph keeps them.
            anew: read also what has not changed again for what it says.

        Raises:
            MappingError: the mapping cannot be used.
            StoreError: the store could not be written; what was written before stays whole.
        """
        return Pipeline(self._store).load(
            paths, jobs=jobs, progress=progress, mapping=mapping, allow_private=allow_private,
            reference=reference, anew=anew,
        )  # fmt: skip

    def retract(self, report: str) -> str:
        """Take one report or reference file out, as if it had never been loaded; gives its IRI.

        Args:
            report: its IRI, or its id where that is unique; or the name of a reference file.

        Raises:
            UnknownNameError: no report, or more than one, has that id.
        """
        return Pipeline(self._store).retract(report)

    def judge(self, verdict: Literal["same", "different"], a: str, b: str) -> str:
        """Decide that two meetings, persons or visits are the same, or are not; gives the IRI of
        the judgement. `undo_judgement` takes it back.

        Args:
            a, b: IRI of a meeting, a mention, a person or a visit; id of a report that tells of
                one meeting; name of a person.

        Raises:
            UnknownNameError: the graph knows nothing of that name.
            UsageError: they cannot be compared, are one already, or a judgement says the opposite.
        """
        return Pipeline(self._store).judging.judge(verdict, a, b)[0].iri

    def judgements(self) -> list[Numbered]:
        """The judgements there are, each with its number."""
        return Pipeline(self._store).judging.all()

    def undo_judgement(self, number: int) -> str:
        """Take back the judgement of this number; gives its IRI.

        Raises:
            UsageError: there is no such judgement.
        """
        return Pipeline(self._store).judging.undo(number).iri

    def sparql(self, query: str, **bindings: Term) -> Answer:
        """Answer a SPARQL query; keyword arguments bind its variables."""
        return self._store.query(query, bindings=bindings or None)

    def cypher(self, query: str, **parameters: object) -> list[Mapping[str, object]]:
        """Answer a Cypher query with the embedded engine (extra `cypher`)."""
        from kg.cypher import run

        return run(self._store, query, parameters)

    def rdflib(self) -> rdflib.Dataset:
        """The same graph as an rdflib dataset, without a copy."""
        from kg.store.rdflib_view import as_dataset

        return as_dataset(self._store)

    def __len__(self) -> int:
        return len(self._store)

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the store."""
        self._store.close()
