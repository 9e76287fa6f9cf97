"""The errors a caller may meet, one tree under one root.

The command line turns each of them into one line on standard error and an exit code; a library
user catches the root or the built-in that fits.
"""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors raised on purpose by this project; its text is one clear line.

    Attributes:
        exit_code: of a command that it stops; 1 is for commands that went on and refused something.
    """

    exit_code = 2


class UsageError(KgError, ValueError):
    """The call itself was wrong: an unknown option value, a malformed query, a missing name."""


class UnknownNameError(UsageError, LookupError):
    """A person, state, topic or report that the graph does not know; lists the nearest names."""

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, nearest
        hint = f"; did you mean {', '.join(map(repr, nearest))}?" if nearest else ""
        super().__init__(f"no {kind} is known as {name!r}{hint}")


class QuerySyntaxError(UsageError):
    """SPARQL or Cypher that cannot be read; the text names line and column."""


class RefusedQueryError(UsageError):
    """A query that would write, or reach outside the graph, where only reading is allowed."""


class UnreadableSourceError(KgError, ValueError):
    """A file or record that cannot be turned into a report; says where and what to do."""

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        where = f"{path}:{line}" if line is not None else path
        super().__init__(f"{where}: {reason}")


class DateError(KgError, ValueError):
    """A text that is not a date in the EDTF subset of :mod:`kg.dates`."""


class StoreError(KgError, OSError):
    """The graph's directory or endpoint cannot be opened, read or written."""


class MissingExtraError(KgError, ImportError):
    """A feature needs an optional part of the installation; the text says which."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the extra '{extra}': pip install 'diplomatic-meetings-kg[{extra}]'"
        )


class ServerError(KgError, ConnectionError):
    """A Neo4j or SPARQL server that does not answer as it must; never holds a secret."""


class RefusedByServerError(ServerError):
    """A server that will say the same again: a wrong password, no such database, no Neo4j at all."""


class BusyServerError(ServerError):
    """Another sync of the same graph is at work on the same database."""

    exit_code = 1
