"""Whatever is wrong with a server is said early, in one line, and without a secret."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from kg.errors import UsageError
from kg.sync import Neo4jTarget
from tests.neo4j.conftest import PASSWORD, SECRET, message
from tests.neo4j.server_process import free_port


@contextmanager
def listening(answer: bytes | None) -> Iterator[str]:
    """A port where something else lives: it gives `answer` to everybody, or keeps silent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        kept: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                if answer is None:
                    kept.append(client)
                    continue
                with client:
                    client.recv(1024)
                    client.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        listener.close()
        for client in kept:
            client.close()


def test_nobody_is_there() -> None:
    said = message(Neo4jTarget(f"bolt://127.0.0.1:{free_port()}", "neo4j", SECRET))
    assert "no Neo4j server answers" in said


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00\x00\x00\x00", b"SSH-2.0-x\r\n", b""]
)
def test_somebody_else_is_there(answer: bytes) -> None:
    with listening(answer) as uri:
        assert uri in message(Neo4jTarget(uri, "neo4j", SECRET))


def _text(value: str) -> bytes:
    return bytes([0x80 + len(value)]) + value.encode()


@contextmanager
def introducing_itself_as(agent: str) -> Iterator[str]:
    """A port where something speaks as much Bolt 4.4 as it takes to say its name."""
    answer = b"\xb1\x70\xa2" + b"".join(map(_text, ("server", agent, "connection_id", "bolt-1")))

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                client.recv(20)
                client.sendall(b"\x00\x00\x04\x04")
                while client.recv(4096):
                    client.sendall(len(answer).to_bytes(2, "big") + answer + b"\x00\x00")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield f"bolt://127.0.0.1:{listener.getsockname()[1]}"


def test_a_server_that_is_too_old_is_said() -> None:
    with introducing_itself_as("Neo4j/4.4.1") as uri:
        said = message(Neo4jTarget(uri, "neo4j", SECRET))
    assert "Neo4j 4.4.1 is too old" in said


def test_a_server_of_somebody_else_that_speaks_bolt_is_said() -> None:
    with introducing_itself_as("Other/1.0") as uri:
        said = message(Neo4jTarget(uri, "neo4j", SECRET))
    assert "no Neo4j server" in said


def test_a_silent_port_does_not_hang() -> None:
    with listening(None) as uri:
        assert uri in message(Neo4jTarget(uri, "neo4j", SECRET))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_failure_is_one_line_of_the_command_whatever_the_driver_remarks(scheme: str) -> None:
    uri = f"{scheme}://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "kg", "import-neo4j", "--neo4j", uri]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kg: {uri}: no Neo4j server answers")
    assert done.stderr.count("\n") == 1


def test_an_encrypted_address_of_a_plain_server(target: Neo4jTarget) -> None:
    uri = target.uri.replace("bolt://", "bolt+s://")
    assert uri in message(replace(target, uri=uri))


def test_an_unknown_database(target: Neo4jTarget) -> None:
    assert "no database 'nowhere'" in message(replace(target, database="nowhere"))


def test_the_password_is_in_no_representation() -> None:
    assert PASSWORD not in repr(Neo4jTarget("bolt://localhost", "neo4j", PASSWORD))
    assert PASSWORD not in repr(Neo4jTarget("bolt://localhost", "neo4j", PASSWORD).address)


@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost:7474",
        "localhost:7687",
        "bolt://",
        "",
        "ftp://x",
        "neo4j",
        "bolt://localhost:76870",
        "bolt://localhost:port",
    ],
)
def test_an_address_of_something_else_is_a_wrong_call(uri: str) -> None:
    with pytest.raises(UsageError):
        Neo4jTarget.from_environment(uri or None, {})


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        Neo4jTarget.from_environment(f"bolt://neo4j:{SECRET}@localhost:7687", {})
    assert SECRET not in str(refused.value)


def test_the_environment_names_the_target() -> None:
    environment = {
        "NEO4J_URI": "neo4j+s://example.org",
        "NEO4J_USERNAME": "reader",
        "NEO4J_PASSWORD": SECRET,
        "NEO4J_DATABASE": "meetings",
    }
    target = Neo4jTarget.from_environment(environment=environment)
    assert target == Neo4jTarget("neo4j+s://example.org", "reader", SECRET, "meetings")
    assert Neo4jTarget.from_environment("bolt://localhost", environment).uri == "bolt://localhost"
    assert Neo4jTarget.from_environment("bolt://localhost", {}).username is None
