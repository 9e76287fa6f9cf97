"""An encrypted server with a certificate of its own is served where the address says so."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kg.errors import ServerError
from kg.sync import Neo4jTarget, cypher_on_server, sync, verify
from tests.neo4j.conftest import PASSWORD, started
from tests.sample import sample


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jTarget]:
    """A server that takes encrypted connections only."""
    folder = tmp_path_factory.mktemp("certificate")
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so there is no certificate")
    files = ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    subprocess.run(
        [
            *[
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
            ],
            *files,
        ],
        check=True,
        capture_output=True,
    )
    server = started(PASSWORD, certificate=folder)
    try:
        yield Neo4jTarget(server.uri, "neo4j", PASSWORD)
    finally:
        server.stop()


def over(scheme: str, target: Neo4jTarget) -> Neo4jTarget:
    return replace(target, uri=target.uri.replace("bolt://", f"{scheme}://"))


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_certificate_of_its_own_is_taken_where_the_address_says_so(
    encrypted: Neo4jTarget, scheme: str
) -> None:
    target, store = over(scheme, encrypted), sample()
    sync(store, target)
    assert verify(store, target).equal
    assert cypher_on_server(target, "MATCH (s:State {code: 'KAZ'}) RETURN s.name AS x") == [
        {"x": "Kazakhstan"}
    ]


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt"])
def test_an_untrusted_certificate_and_a_plain_connection_are_refused_in_one_line(
    encrypted: Neo4jTarget, scheme: str
) -> None:
    target = over(scheme, encrypted)
    with pytest.raises(ServerError) as refused:
        sync(sample(), target)
    assert target.uri in str(refused.value)
    assert "\n" not in str(refused.value)
    assert PASSWORD not in str(refused.value)
