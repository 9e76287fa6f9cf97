"""Typed rows that turn into what people work with: a pandas frame, a networkx graph, a table."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kg.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    import networkx
    import pandas

R = TypeVar("R")


class Rows(Sequence[R], Generic[R]):
    """An answer: an immutable sequence of frozen rows.

    Args:
        row_type: dataclass of the rows, so that an empty answer still has its columns.
        edges: names of two columns that make an edge, for `to_networkx`.
    """

    def __init__(
        self, row_type: type[R], rows: Sequence[R], edges: tuple[str, str] | None = None
    ) -> None:
        self._type, self._rows, self._edges = row_type, tuple(rows), edges

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, as in `as_dicts`."""
        return tuple(f.name.rstrip("_") for f in fields(self._type))  # type: ignore[arg-type]

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {self._type.__name__}>"

    def as_dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries, tuples as lists: what JSON output prints."""
        return [_plain(asdict(row)) for row in self._rows]  # type: ignore[call-overload]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a frame with one column per field.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtraError("to_pandas()", "pandas") from error
        return pandas.DataFrame(self.as_dicts(), columns=list(self.columns))

    def to_networkx(self) -> networkx.MultiGraph[Any]:
        """The rows as edges, with the row's other columns as attributes.

        Raises:
            UsageError: the rows of this question have no two ends.
        """
        import networkx

        if self._edges is None:
            raise UsageError(f"rows of {self._type.__name__} are no edges")
        one, other = self._edges
        graph: networkx.MultiGraph[Any] = networkx.MultiGraph()
        for row in self.as_dicts():
            ends = row.pop(one) or row.get("who_state"), row.pop(other) or row.get("whom_state")
            graph.add_edge(*ends, **row)
        return graph

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(c)}</th>" for c in self.columns)
        body = "".join(_html_row(row) for row in self.as_dicts())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k.rstrip("_"): list(v) if isinstance(v, tuple) else v for k, v in row.items()}


def _html_row(row: dict[str, Any]) -> str:
    cells = (", ".join(v) if isinstance(v, list) else v for v in row.values())
    return "<tr>" + "".join(f"<td>{_shown(c)}</td>" for c in cells) + "</tr>"


def _shown(cell: object) -> str:
    return "" if cell is None else html.escape(str(cell))


Reader = Callable[[Any], Any]
