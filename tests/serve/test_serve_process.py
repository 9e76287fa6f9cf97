"""The command itself: what it says, how it stops, and that it leaves nothing running."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.serve.client import ROOT, SILENT, Server, environment, runs, serving

pytestmark = pytest.mark.network


def refused(*options: str) -> tuple[int, str]:
    """Exit code and messages of a call that must not come to serve."""
    command = [sys.executable, "-m", "kg", "serve", *options]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(map(runs, pids)):
        assert time.monotonic() < deadline, "workers outlive their server"
        time.sleep(0.02)


def test_it_says_where_it_is(db: Path) -> None:
    with serving(db) as running:
        line = f"serving {db} at {running.address} (SPARQL: {running.endpoint}); Ctrl-C stops\n"
        assert running.said == [line]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_all_workers(db: Path, how: signal.Signals) -> None:
    with serving(db) as running:
        workers = running.workers()
        assert len(workers) >= 2
        assert running.stop(how) == 0
        wait_until_gone(workers)
        assert len(running.said) == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_the_middle_of_a_query(db: Path, how: signal.Signals) -> None:
    with serving(db, "--timeout", "600") as running:
        workers = running.workers()
        asking = threading.Thread(target=_ask_in_vain, args=(running,))
        asking.start()
        while running.get("/health").json()["workers"]["idle"] == len(workers):
            time.sleep(0.02)
        assert running.stop(how) == 0
        wait_until_gone(workers)
        asking.join(10)
        assert not any("Traceback" in line for line in running.said)


def _ask_in_vain(server: Server) -> None:
    with contextlib.suppress(OSError):
        assert server.query(SILENT).status >= 500


def test_a_killed_server_leaves_no_worker(db: Path) -> None:
    with serving(db, "--timeout", "600") as running:
        workers = running.workers()
        threading.Thread(target=_ask_in_vain, args=(running,), daemon=True).start()
        while running.get("/health").json()["workers"]["idle"] == len(workers):
            time.sleep(0.02)
        running.process.kill()
        running.process.wait(10)
        wait_until_gone(workers)


def test_a_killed_worker_is_replaced(db: Path) -> None:
    with serving(db, "--workers", "1") as running:
        (worker,) = running.workers()
        os.kill(worker, signal.SIGKILL)
        while runs(worker):
            time.sleep(0.01)
        statuses = [running.query("ASK {}").status for _ in range(2)]
        assert statuses[-1] == 200
        assert running.workers() != [worker]


def test_it_starts_again_on_the_port_that_it_left(db: Path) -> None:
    with serving(db) as running:
        running.query("ASK {}")
        running.stop()
    with serving(db, "--port", str(running.port)) as again:
        assert again.port == running.port


def test_a_port_in_use_is_one_line(db: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = refused("--db", str(db), "--port", port)
    assert code == 2
    assert said == (
        f"kg: cannot serve on 127.0.0.1: port {port} is in use; choose another with --port\n"
    )


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--port", "70000"], "'70000' is not a port: 0 to 65535"),
        (["--port", "-1"], "'-1' is not a port"),
        (["--port", "http"], "'http' is not a port"),
        (["--timeout", "0"], "'0' is not a whole number from 1"),
        (["--host", "192.0.2.1"], "192.0.2.1 is not an address of this machine"),
        (["--host", "no.such.name.invalid"], "cannot serve on no.such.name.invalid"),
        (["--token-file", "/no/such/file"], "cannot be read as a token file"),
        (["--db", "http://localhost/sparql"], "served by its own server already"),
        (["--tokenfile", "x"], "did you mean --token-file?"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(
    db: Path, options: list[str], complaint: str
) -> None:
    code, said = refused("--db", str(db), *options)
    assert code == 2
    assert complaint in said
    assert said.count("\n") == 1


def test_without_a_graph_it_says_what_to_do(tmp_path: Path) -> None:
    code, said = refused("--db", str(tmp_path / "none"))
    assert code == 2
    assert said == (f"kg: there is no graph in {tmp_path / 'none'}; load reports into it first\n")
    assert not (tmp_path / "none").exists()


def test_beyond_this_machine_it_warns_that_everybody_can_read(db: Path) -> None:
    with serving(db, "--host", "0.0.0.0") as running:
        assert running.said[0] == (
            "everybody who reaches 0.0.0.0 can read the graph; see --token-file\n"
        )


def test_ipv6(db: Path) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with serving(db, "--host", "::1") as running:
        assert running.address.startswith("http://[::1]:")
        with socket.create_connection(("::1", running.port), 10) as raw:
            raw.sendall(b"GET /health HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n")
            assert raw.recv(100).startswith(b"HTTP/1.1 200")
