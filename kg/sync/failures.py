"""What the driver raises, as one clear line that never holds a secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from kg.errors import KgError, RefusedByServerError, ServerError

_DATABASE_CODES = ("Neo.ClientError.Database.DatabaseNotFound",)
_EXPIRED = "Neo.ClientError.Security.CredentialsExpired"
_LIMIT = "Neo.ClientError.Security.AuthenticationRateLimit"
_FORBIDDEN = "Neo.ClientError.Security.Forbidden"
_READ_ONLY = ("ReadOnly", "NotALeader", "AccessMode")
_SCHEMA = "Neo.ClientError.Schema."


@dataclass(frozen=True, slots=True)
class Address:
    """The server as messages name it; the password is here only to be taken out of them."""

    uri: str
    database: str | None
    has_user: bool
    secret: str | None = field(default=None, repr=False)

    def clean(self, text: object) -> str:
        """One line, with the password taken out wherever it stands."""
        line = " ".join(str(text).split())
        return line.replace(self.secret, "***") if self.secret else line


@contextmanager
def as_server_errors(address: Address) -> Iterator[None]:
    """Turn every failure of the driver or the server into a `ServerError`.

    The chain of causes is cut: a traceback of the driver may show what was sent.
    """
    try:
        yield
    except KgError:
        raise
    except (DriverError, Neo4jError, OSError, ValueError) as error:
        kind = RefusedByServerError if _is_lasting(error) else ServerError
        failure = kind(f"{address.uri}: {address.clean(_reason(error, address))}")
    else:
        return
    raise failure from None


def _is_lasting(error: Exception) -> bool:
    """True if the same call will fail the same way until a person changes something."""
    if isinstance(error, Neo4jError):
        code = error.code or ""
        refused = isinstance(error, AuthError) and code != _LIMIT
        return refused or code in (_EXPIRED, _FORBIDDEN, *_DATABASE_CODES)
    return isinstance(error, ConfigurationError | ValueError)


def _reason(error: Exception, address: Address) -> str:
    if isinstance(error, Neo4jError):
        return _server_reason(error, address)
    if isinstance(error, IncompleteCommit):
        return "the connection broke while a change was being made; run the same command again"
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return f"no Neo4j server answers ({error})"
    if isinstance(error, ConfigurationError | ValueError):
        return f"the connection cannot be set up ({error})"
    return f"the driver failed ({error})"


def _server_reason(error: Neo4jError, address: Address) -> str:
    code = error.code or ""
    if code == _LIMIT:
        return "too many wrong passwords; the server asks to wait some seconds"
    if code == _EXPIRED:
        return "the password has expired and must be changed on the server first"
    if any(word in code for word in _READ_ONLY):
        return "the database can only be read here"
    if code == _FORBIDDEN:
        return f"the user may not do this ({error.message})"
    if isinstance(error, AuthError):
        return (
            "the user name or password is wrong (NEO4J_USERNAME, NEO4J_PASSWORD)"
            if address.has_user
            else "the server wants a user name and password (NEO4J_USERNAME, NEO4J_PASSWORD)"
        )
    if code in _DATABASE_CODES:
        return f"the server has no database {address.database!r} (NEO4J_DATABASE)"
    if isinstance(error, ClientError) and code.startswith(_SCHEMA):
        return f"a constraint or index of the database is in the way: {error.message}"
    return f"the server says: {error.message}"
