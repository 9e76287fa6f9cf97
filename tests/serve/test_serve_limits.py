"""What one client can cost the others: time, rows, bytes, a worker, a connection."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.serve.client import ENDLESS, SILENT, Server, runs, serving, serving_limited

pytestmark = pytest.mark.network

ROWS = "SELECT ?s ?p ?o ?s2 { ?s ?p ?o . ?s2 ?p2 ?o2 } LIMIT "
PATIENCE = 30
"""Seconds after which a test gives up waiting for what must come."""


@pytest.fixture(scope="module")
def quick(db: Path) -> Iterator[Server]:
    """Two workers, one second for a query."""
    with serving(db, "--timeout", "1", "--workers", "2") as running:
        yield running


@pytest.fixture(scope="module")
def narrow(db: Path) -> Iterator[Server]:
    """Few rows, few bytes, and clients that must not dawdle."""
    with serving_limited(db, max_rows=2000, max_bytes=300_000, stall=1.0) as running:
        yield running


def answers(server: Server) -> bool:
    return bool(server.query("ASK { ?s ?p ?o }").json()["boolean"])


def wait_until(condition: object, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def idle(server: Server) -> int:
    found: int = server.get("/health").json()["workers"]["idle"]
    return found


class TestTime:
    def test_a_query_that_has_said_nothing_ends_with_504(self, quick: Server) -> None:
        reply = quick.query(SILENT)
        assert reply.status == 504
        assert reply.text == "the query took longer than 1 s and was stopped\n"

    @pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
    def test_an_answer_that_has_begun_is_cut_off_visibly(self, quick: Server, accept: str) -> None:
        reply = quick.query(ENDLESS, accept)
        assert reply.status == 200
        assert len(reply.body) > 1 << 16
        assert reply.headers["transfer-encoding"] == "chunked"
        assert not reply.whole

    def test_http_1_0_has_no_chunks_and_gets_no_half_answer(self, quick: Server) -> None:
        with socket.create_connection(("127.0.0.1", quick.port), PATIENCE) as raw:
            target = "/sparql?" + urlencode({"query": ENDLESS})
            raw.sendall(f"GET {target} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            answer = b"".join(iter(lambda: raw.recv(1 << 16), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.split()[1] == b"504"
        assert body.startswith(b"the query took longer")

    def test_the_next_query_is_answered_by_the_other_worker_meanwhile(self, quick: Server) -> None:
        with ThreadPoolExecutor(1) as threads:
            slow = threads.submit(quick.query, SILENT)
            wait_until(lambda: idle(quick) < 2, "the slow query did not start")
            assert answers(quick)
            assert slow.result().status == 504

    def test_more_runaways_than_workers_are_all_ended_and_then_all_is_well(
        self, quick: Server
    ) -> None:
        with ThreadPoolExecutor(4) as threads:
            statuses = [r.status for r in threads.map(quick.query, [SILENT] * 4)]
        assert set(statuses) <= {503, 504}
        assert 504 in statuses
        assert answers(quick)
        wait_until(lambda: idle(quick) == 2, "a worker did not come back")

    def test_a_killed_worker_is_gone(self, quick: Server) -> None:
        before = quick.workers()
        quick.query(SILENT)
        wait_until(lambda: idle(quick) == 2, "the worker was not replaced")
        after = quick.workers()
        assert len(before) == len(after) == 2
        gone = set(before) - set(after)
        assert len(gone) == 1
        assert not runs(gone.pop())


class TestSize:
    def test_a_query_in_the_body_has_at_most_a_quarter_of_a_megabyte(self, server: Server) -> None:
        assert server.post("ASK {} #" + "x" * 200_000).status == 200
        reply = server.post("ASK {} #" + "x" * 300_000)
        assert reply.status == 413
        assert reply.text == "a query has at most 262144 bytes\n"

    def test_a_long_query_in_the_address_is_refused_not_cut(self, server: Server) -> None:
        answer = b""
        with server.connect_raw() as raw, contextlib.suppress(ConnectionError):
            raw.sendall(b"GET /sparql?query=ASK%20%7B%7D%20%23" + b"x" * 200_000)
            raw.sendall(b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answer = raw.recv(1 << 16)
        assert answer == b"" or answer.split()[1] == b"400"
        assert answers(server)

    def test_deep_brackets_are_an_error_and_not_the_end(self, server: Server) -> None:
        deep = "ASK { " + "{ " * 20_000 + "}" * 20_000 + " }"
        assert server.post(deep).status in (400, 500)
        assert answers(server)

    def test_an_answer_within_the_limits_is_whole(self, narrow: Server) -> None:
        reply = narrow.query(ROWS + "500")
        assert reply.whole
        assert len(reply.rows) == 500

    @pytest.mark.parametrize(
        "accept", ["application/sparql-results+json", "text/csv", "application/sparql-results+xml"]
    )
    def test_more_rows_are_cut_off_visibly(self, narrow: Server, accept: str) -> None:
        reply = narrow.query("SELECT ?p { ?s ?p ?o . ?s2 ?p2 ?o2 } LIMIT 40000", accept)
        assert reply.status == 400 or not reply.whole

    def test_more_bytes_are_cut_off_visibly(self, narrow: Server) -> None:
        reply = narrow.query(ROWS + "1900")
        assert not reply.whole
        assert len(reply.body) <= 300_000
        construct = narrow.query(
            "CONSTRUCT { ?s ?p2 ?o2 } { ?s ?p ?o . ?s2 ?p2 ?o2 } LIMIT 90000", "text/turtle"
        )
        assert not construct.whole

    def test_too_many_rows_in_a_small_answer_are_a_clear_error(self, db: Path) -> None:
        with serving(db, "--max-rows", "10", "--workers", "1") as running:
            reply = running.query(ROWS + "11")
            assert reply.status == 400
            assert reply.text.startswith("the answer has more than 10 rows; ")
            assert len(running.query(ROWS + "10").rows) == 10


class TestMemory:
    def test_a_query_that_needs_too_much_ends_its_worker_only(self, db: Path) -> None:
        query = "SELECT DISTINCT ?a ?c ?d ?f ?g ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
        with serving_limited(db, memory=3 << 29, timeout=600.0) as running:
            reply = running.query(query)
            assert reply.status == 500
            assert "too much memory" in reply.text
            assert answers(running)


class TestManyClients:
    def test_forty_at_once_all_get_their_own_answer(self, server: Server) -> None:
        def ask(number: int) -> str:
            return server.query(f"SELECT ({number} AS ?n) {{ ?m ?p ?o }} LIMIT 1").rows[0]["n"]

        with ThreadPoolExecutor(40) as threads:
            assert list(threads.map(ask, range(120))) == [str(n) for n in range(120)]

    def test_two_large_answers_at_once_are_both_whole(self, server: Server) -> None:
        with ThreadPoolExecutor(4) as threads:
            replies = list(threads.map(server.query, [ROWS + "20000"] * 4))
        assert all(reply.whole and len(reply.rows) == 20_000 for reply in replies)

    def test_a_connection_is_kept_for_the_next_query(self, server: Server) -> None:
        connection = server.connect()
        for _ in range(3):
            connection.request("GET", "/sparql?query=" + quote("ASK {}"))
            assert b"true" in connection.getresponse().read()
        connection.close()


class TestClientsThatGo:
    def test_one_that_leaves_while_it_waits_frees_the_worker(self, db: Path) -> None:
        with serving(db, "--timeout", "600", "--workers", "1") as running:
            leave_early(running, SILENT, read=0)
            wait_until(lambda: idle(running) == 1, "the worker is still at work")
            assert answers(running)

    def test_one_that_leaves_in_mid_answer_frees_the_worker(self, db: Path) -> None:
        with serving(
            db, "--timeout", "600", "--workers", "1", "--max-rows", "999999999"
        ) as running:
            leave_early(running, ENDLESS, read=1 << 17)
            wait_until(lambda: idle(running) == 1, "the worker is still at work")
            assert answers(running)

    def test_one_that_stops_reading_is_given_up(self, db: Path) -> None:
        """Its worker comes back, though the connection stays open."""
        limits = {"stall": 1.0, "timeout": 600.0, "max_rows": 0}
        with serving_limited(db, **limits) as running, running.connect_raw() as raw:
            send_query(raw, ENDLESS)
            raw.recv(100)
            wait_until(lambda: idle(running) == 2, "the worker waits for a sleeper")


class TestSlowRequests:
    def test_others_are_answered_while_heads_drip_in(self, server: Server) -> None:
        raws = [server.connect_raw() for _ in range(50)]
        for raw in raws:
            raw.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: localhost\r\nX: ")
        assert answers(server)
        assert idle(server) >= 1
        for raw in raws:
            raw.close()

    def test_a_head_that_does_not_end_is_given_up(self, narrow: Server) -> None:
        with narrow.connect_raw() as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            assert hangs_up(raw)

    def test_a_second_head_that_does_not_end_is_given_up(self, narrow: Server) -> None:
        with narrow.connect_raw() as raw:
            raw.sendall(b"OPTIONS /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert raw.recv(1 << 16).startswith(b"HTTP/1.1 204")
            raw.sendall(b"GET / HTTP/1.1\r\nHo")
            assert hangs_up(raw)

    def test_a_body_that_does_not_end_is_408(self, narrow: Server) -> None:
        with narrow.connect_raw() as raw:
            raw.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK"
            )
            assert raw.recv(1 << 16).split()[1] == b"408"
        assert idle(narrow) == 2

    def test_a_body_that_is_never_finished_takes_no_worker(self, server: Server) -> None:
        with server.connect_raw() as raw:
            raw.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 600\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK"
            )
            assert answers(server)
        assert answers(server)


def hangs_up(raw: socket.socket) -> bool:
    """Whether the other side closes the connection."""
    try:
        return raw.recv(1 << 16) == b""
    except ConnectionResetError:
        return True


def send_query(raw: socket.socket, query: str) -> None:
    target = "/sparql?" + urlencode({"query": query})
    raw.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


def leave_early(server: Server, query: str, *, read: int) -> None:
    """Ask, wait until the worker is at it, read some bytes, and hang up."""
    with server.connect_raw() as raw:
        send_query(raw, query)
        wait_until(lambda: idle(server) == 0, "the query did not start")
        while read > 0:
            read -= len(raw.recv(read))


ODD = [
    "GET /%00%0a%ff HTTP/1.1",
    "GET /sparql?query=%ff HTTP/1.1",
    "GET /sparql?query=ASK%20%7B%7D&default-graph-uri=%00 HTTP/1.1",
    "GET /show/%E2%80%A8%00 HTTP/1.1",
    "GET /show/state/BL|R HTTP/1.1",
    "GET /api/show/../../etc/passwd HTTP/1.1",
    "GET /ask/%2e%2e?a=%00 HTTP/1.1",
    "GET /data?graph=%3C%3E HTTP/1.1",
    "TRACE / HTTP/1.1",
    "get / HTTP/1.1",
    "POST /sparql HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded;charset=\r\nContent-Length: 7\r\n\r\nquery=%",
    "GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nAccept: ;;;q=,*\r\nIf-None-Match: W/,\"",
    "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade",
    "GET / HTTP/1.1\r\nRange: bytes=0-5",
    "GET / HTTP/1.1\r\nExpect: 100-continue",
]  # fmt: skip


@pytest.mark.parametrize("host", ["localhost", "[::1", "a b", "localhost:port", "", "x" * 3000])
@pytest.mark.parametrize("request_head", ODD)
def test_no_request_is_an_error_of_the_server(
    for_others: Server, request_head: str, host: str
) -> None:
    first, _, rest = request_head.partition("\r\n")
    head = f"{first}\r\nHost: {host}\r\nConnection: close\r\n{rest}"
    with for_others.connect_raw() as raw:
        raw.sendall(head.encode() + (b"" if "\r\n\r\n" in head else b"\r\n\r\n"))
        answer = raw.recv(1 << 16)
    assert answer.split()[1][:1] in (b"2", b"3", b"4"), answer


@pytest.fixture(scope="module")
def for_others(db: Path) -> Iterator[Server]:
    """A server that takes any `Host`."""
    with serving(db, "--host", "0.0.0.0") as running:
        yield running
        assert answers(running)
        assert not any("Traceback" in line for line in running.said)
