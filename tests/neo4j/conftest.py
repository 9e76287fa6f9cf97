"""A live Neo4j for these tests: KG_TEST_NEO4J_URI, or one started from Maven artefacts.

A user's own NEO4J_URI is never touched, and a database that is not empty is refused.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import neo4j
import pytest

from kg.errors import ServerError
from kg.sync import Neo4jTarget, cypher_on_server
from tests.neo4j.server_process import NoServerError, Server

PASSWORD = "a secret-that `must` not $show"
SECRET = "hunter2-and-more"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"target", "guarded", "imported"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("neo4j")


def started(
    password: str | None = None,
    *,
    filled: tuple[Path, Sequence[str]] | None = None,
    certificate: Path | None = None,
) -> Server:
    """A server of our own; without one, the test is skipped or, where all is required, fails."""
    try:
        return Server(password, filled=filled, certificate=certificate)
    except NoServerError as reason:
        if os.environ.get("KG_REQUIRE_ALL") == "1":
            pytest.fail(f"no Neo4j for the tests: {reason}")
        pytest.skip(f"no Neo4j for the tests: {reason}")


@pytest.fixture(scope="session")
def process() -> Iterator[Server | None]:
    """The server started for the tests; None if one was given."""
    if os.environ.get("KG_TEST_NEO4J_URI"):
        yield None
        return
    server = started()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def target(process: Server | None) -> Neo4jTarget:
    """A database that is empty at first."""
    if process:
        return Neo4jTarget(process.uri, database="neo4j")
    own = {
        name.replace("KG_TEST_", "", 1): value
        for name, value in os.environ.items()
        if name.startswith("KG_TEST_NEO4J_")
    }
    target = Neo4jTarget.from_environment(own["NEO4J_URI"], own)
    _refuse_if_used(target)
    return target


def _refuse_if_used(target: Neo4jTarget) -> None:
    with _driver(target) as driver:
        records, _, _ = driver.execute_query(
            "MATCH (n) RETURN count(n) AS n", database_=target.database
        )
    if records[0]["n"]:
        pytest.exit(
            f"KG_TEST_NEO4J_URI names a database with {records[0]['n']} nodes; the tests empty "
            "what they use, so give them an empty one",
            returncode=2,
        )


def _driver(target: Neo4jTarget) -> neo4j.Driver:
    auth = (target.username, target.password or "") if target.username else None
    return neo4j.GraphDatabase.driver(target.uri, auth=auth)


Cypher = Callable[..., list[dict[str, object]]]


@contextmanager
def connected(target: Neo4jTarget) -> Iterator[Cypher]:
    """Runs statements past the code under test."""
    with _driver(target) as driver:

        def run(query: str, **values: object) -> list[dict[str, object]]:
            records, _, _ = driver.execute_query(query, values, database_=target.database)  # type: ignore[arg-type]
            return [record.data() for record in records]

        yield run


@pytest.fixture
def server(target: Neo4jTarget) -> Iterator[Cypher]:
    """Statements on the server, which is empty before each test."""
    with connected(target) as run:
        run("MATCH (n) DETACH DELETE n")
        yield run
        run("MATCH (n) DETACH DELETE n")


@pytest.fixture
def bare(server: Cypher) -> Cypher:
    """Like `server`, without constraints and indexes: dropping them makes the server plan
    everything anew."""
    for row in server("SHOW CONSTRAINTS YIELD name"):
        server(f"DROP CONSTRAINT {row['name']}")
    for row in server("SHOW INDEXES YIELD name, type WHERE type = 'RANGE'"):
        server(f"DROP INDEX {row['name']}")
    return server


def message(target: Neo4jTarget) -> str:
    """What a user sees; the secret is in none of it, traceback included."""
    with pytest.raises(ServerError) as failed:
        cypher_on_server(target, "RETURN 1 AS one")
    whole = "".join(traceback.format_exception(failed.value))
    for secret in (SECRET, target.password):
        assert not secret or secret not in whole
    assert "\n" not in str(failed.value)
    return str(failed.value)
