"""A server with a password and a certificate of its own: who may come in, and what is said of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import ServerError
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, cypher_on_server, sync, verify
from tests.neo4j.conftest import PASSWORD, SECRET, message, started
from tests.sample import load, sample, told


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jTarget]:
    """A server that wants a password and takes encrypted connections only."""
    folder = tmp_path_factory.mktemp("certificate")
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so there is no certificate")
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    request += ["-subj", "/CN=127.0.0.1"]
    request += ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    subprocess.run(request, check=True, capture_output=True)
    server = started(PASSWORD, certificate=folder)
    try:
        yield over("bolt+ssc", Neo4jTarget(server.uri, "neo4j", PASSWORD))
    finally:
        server.stop()


def over(scheme: str, target: Neo4jTarget) -> Neo4jTarget:
    return replace(target, uri=f"{scheme}://{target.uri.partition('://')[2]}")


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_certificate_of_its_own_is_taken_where_the_address_says_so(
    guarded: Neo4jTarget, scheme: str
) -> None:
    target, store = over(scheme, guarded), sample()
    sync(store, target)
    assert verify(store, target).equal
    assert cypher_on_server(target, "MATCH (s:State {code: 'KAZ'}) RETURN s.name AS x") == [
        {"x": "Kazakhstan"}
    ]


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt"])
def test_an_untrusted_certificate_and_a_plain_connection_are_refused_in_one_line(
    guarded: Neo4jTarget, scheme: str
) -> None:
    target = over(scheme, guarded)
    with pytest.raises(ServerError) as refused:
        sync(sample(), target)
    assert target.uri in str(refused.value)
    assert "\n" not in str(refused.value)
    assert PASSWORD not in str(refused.value)


def test_a_server_with_a_password_asked_without_one(guarded: Neo4jTarget) -> None:
    said = message(replace(guarded, username=None, password=None))
    assert "wants a user name and password" in said or "too many" in said


def test_the_password_is_in_no_file_of_the_graph(tmp_path: Path, guarded: Neo4jTarget) -> None:
    with OxigraphStore(tmp_path) as store:
        load(store, told())
    with OxigraphStore.open_read_only(tmp_path) as view:
        sync(view, guarded)
    assert guarded.password
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert any(p.parent.name == "neo4j" for p in kept)
    assert not [p for p in kept if guarded.password.encode() in p.read_bytes()]


def test_a_wrong_password_even_many_times(guarded: Neo4jTarget) -> None:
    wrong = replace(guarded, password=SECRET)
    said = {message(wrong) for _ in range(5)}
    assert any("password is wrong" in s for s in said)
    assert all(re.search("password is wrong|too many wrong passwords", s) for s in said)


def test_following_the_graph_ends_at_a_wrong_password(guarded: Neo4jTarget, tmp_path: Path) -> None:
    with OxigraphStore(tmp_path) as store:
        load(store, told())
    done = subprocess.run(
        [sys.executable, "-m", "kg", "sync", "--watch", "--db", str(tmp_path), "--neo4j", guarded.uri],
        env={**os.environ, "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": f"not {SECRET}"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    *before, last = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert "password is wrong" in last
    assert all("too many wrong passwords" in line for line in before)  # those of the test above
    assert SECRET not in done.stderr
