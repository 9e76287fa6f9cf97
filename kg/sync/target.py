"""Which server and database, and a connection to it that fails early and in one line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

import neo4j
from neo4j.exceptions import ConfigurationError

from kg.errors import RefusedByServerError, UsageError
from kg.sync.failures import Address, as_server_errors
from kg.version import __version__

OLDEST = (5, 7)
DYNAMIC = (5, 26)
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True, slots=True)
class Neo4jTarget:
    """A database of a Neo4j server.

    Attributes:
        uri: for example `bolt://localhost:7687`; without a user name or password in it.
        database: None for the one that the server takes as the user's home.

    Raises:
        UsageError: the URI is none of Neo4j's, or holds a password.
    """

    uri: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    database: str | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.uri)
        if parts.username or parts.password or "@" in parts.netloc:
            raise UsageError(
                "a Neo4j address holds no user name or password: "
                "put them into NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        if parts.scheme not in SCHEMES or not parts.hostname or not _has_a_port(parts):
            raise UsageError(
                f"{self.uri!r} is no address of a Neo4j server such as bolt://localhost:7687"
            )

    @classmethod
    def from_environment(
        cls, uri: str | None = None, environment: Mapping[str, str] | None = None
    ) -> Neo4jTarget:
        """The target of NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.

        Args:
            uri: goes before NEO4J_URI.
            environment: instead of the process's own.

        Raises:
            UsageError: no address is given, or it is none of Neo4j's.
        """
        given = os.environ if environment is None else environment
        address = uri or given.get("NEO4J_URI")
        if not address:
            raise UsageError("no Neo4j server is named: give --neo4j URI or set NEO4J_URI")
        password = given.get("NEO4J_PASSWORD")
        user = given.get("NEO4J_USERNAME") or ("neo4j" if password else None)
        return cls(address, user, password, given.get("NEO4J_DATABASE") or None)

    @property
    def address(self) -> Address:
        """What may be said of it in messages."""
        return Address(self.uri, self.database, self.username is not None, self.password)


def _has_a_port(address: SplitResult) -> bool:
    """Whether its port is a number that a port can have, or is not named."""
    try:
        return address.port != 0
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Connection:
    """An open driver and the name of the database that it is used for.

    Attributes:
        version: of the server: year or major number, then what follows; as much as it tells.
    """

    driver: neo4j.Driver
    database: str
    version: tuple[int, ...] = ()

    @property
    def knows_dynamic_labels(self) -> bool:
        """Whether labels and types can be parameters of what a statement creates."""
        return self.version >= DYNAMIC

    @contextmanager
    def session(self, *, writing: bool = False, fetch_size: int = 5000) -> Iterator[neo4j.Session]:
        """A session of the database; the server refuses writes in a reading one.

        Args:
            fetch_size: how many rows are asked for at a time; -1: all, so that the server works on
                while the rows that have come are looked at.
        """
        mode = neo4j.WRITE_ACCESS if writing else neo4j.READ_ACCESS
        with self.driver.session(
            database=self.database, default_access_mode=mode, fetch_size=fetch_size
        ) as session:
            yield session


@contextmanager
def connect(target: Neo4jTarget) -> Iterator[Connection]:
    """An open connection that has answered one real query.

    Raises:
        ServerError: in one line, and without any secret: the server is not there, is no Neo4j,
            refuses the password, has no such database, or fails later inside the `with` block.
    """
    with (
        as_server_errors(target.address),
        _driver(target, notifications_min_severity="OFF") as driver,
    ):
        # Fails at once where a managed transaction would try again and again.
        version = _checked(target.uri, _agent(driver, target))
        yield Connection(driver, _answering(driver, target), version)


def _driver(target: Neo4jTarget, **more: Any) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        target.uri,
        auth=(target.username, target.password or "") if target.username else None,
        user_agent=f"diplomatic-meetings-kg/{__version__}",
        connection_timeout=5.0,
        connection_acquisition_timeout=10.0,
        # A dead server must not be asked in silence for half a minute.
        max_transaction_retry_time=10.0,
        telemetry_disabled=True,
        **more,
    )


def _agent(driver: neo4j.Driver, target: Neo4jTarget) -> str:
    """What a server calls itself."""
    try:
        return driver.get_server_info().agent
    except ConfigurationError:
        # An old server cannot be told to keep its notifications; which one it is can be asked.
        with _driver(target) as plain:
            return plain.get_server_info().agent


def _checked(uri: str, agent: str) -> tuple[int, ...]:
    """The version: only a Neo4j that knows the statements of a sync will do."""
    name, _, version = agent.partition("/")
    if name != "Neo4j":
        raise RefusedByServerError(f"{uri} is no Neo4j server: it says {agent!r}")
    numbers = tuple(int(n) for n in version.split(".")[:2] if n.isdecimal())
    if numbers and numbers < OLDEST:
        raise RefusedByServerError(f"{uri}: Neo4j {version} is too old; 5.7 or newer is needed")
    return numbers


def _answering(driver: neo4j.Driver, target: Neo4jTarget) -> str:
    """Name of the database, from one real query: an expired password passes all before it."""
    with driver.session(database=target.database) as session:
        summary = session.run("RETURN 1 AS one").consume()
    return summary.database or target.database or "neo4j"
