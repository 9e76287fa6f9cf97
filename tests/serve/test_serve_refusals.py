"""What an endpoint for strangers must not do: write, or reach out to other addresses and files."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.serve.client import Server

pytestmark = pytest.mark.network

UPDATES = [
    "INSERT DATA { <urn:s> <urn:p> <urn:o> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP GRAPH <urn:g>",
    "CREATE GRAPH <urn:g>",
    "COPY DEFAULT TO <urn:g>",
    "MOVE DEFAULT TO <urn:g>",
    "ADD DEFAULT TO <urn:g>",
    "WITH <urn:g> DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "PREFIX x: <urn:x> # SELECT\nINSERT DATA { x:s x:p x:o }",
    "BASE <http://e/> LOAD <x>",
]


class Canary:
    """Listens on the loopback interface and remembers who called."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    bird = Canary()
    yield bird
    bird.close()


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_in_the_place_of_a_query_is_refused(server: Server, text: str) -> None:
    for reply in (server.query(text), server.post(text)):
        assert reply.status == 400
        assert "would write" in reply.text


@pytest.mark.parametrize("text", UPDATES)
def test_the_update_operation_is_refused(server: Server, text: str) -> None:
    direct = server.send("POST", "/sparql", text, content_type="application/sparql-update")
    form = server.send(
        "POST",
        "/sparql",
        urlencode({"update": text}),
        content_type="application/x-www-form-urlencoded",
    )
    by_get = server.get("/sparql?" + urlencode({"update": text}))
    assert [r.status for r in (direct, form, by_get)] == [403, 403, 403]
    assert "kg load" in direct.text


def test_an_update_hidden_beside_a_query_is_refused(server: Server) -> None:
    both = urlencode({"query": "ASK {}", "update": "CLEAR ALL"})
    assert server.get(f"/sparql?{both}").status == 403
    assert server.post("ASK {}", target="/sparql?update=CLEAR%20ALL").status == 403
    assert server.query("ASK {} ; CLEAR ALL").status == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("target", ["/data?default", "/data?graph=urn:g", "/data"])
def test_graphs_cannot_be_written(server: Server, method: str, target: str) -> None:
    body = "<urn:s> <urn:p> <urn:o> ."
    reply = server.send(method, target, body, content_type="text/turtle")
    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"


def test_after_all_this_the_graph_is_what_it_was(server: Server) -> None:
    for text in UPDATES:
        server.post(text)
        server.send("POST", "/sparql", text, content_type="application/sparql-update")
    assert server.query("SELECT (COUNT(*) AS ?n) { ?m ?p ?o }").rows != [{"n": "0"}]
    assert not server.query(
        "ASK { { <urn:s> ?p ?o } UNION { GRAPH <urn:g> { ?s ?p ?o } } }"
    ).json()["boolean"]


REACHING = [
    "SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{there}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service<{there}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ SeRvIcE\t\r\n# <urn:x>\n<{there}>{{}} }}",
    "PREFIX x: <{there}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
    "BASE <{there}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{there}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?e {{ <{there}> }} SERVICE SILENT ?e {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT ?s {{ SERVICE <{there}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{there}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ OPTIONAL {{ SERVICE <{there}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER(1 <2) SERVICE <{there}> {{ }} FILTER(2> 1) }}",
    "ASK {{ ?s ?p '#' SERVICE <{there}> {{ ?s ?p '#' }} }}",
    "ASK {{ ?s ?p '''a''b''' . SERVICE <{there}> {{ }} }}",
    "ASK {{ ?s ?p 'it\\'s' . SERVICE <{there}> {{ }} }}",
    "ASK {{ FILTER(true)SERVICE <{there}> {{ }} }}",
    "PREFIX a: <urn:a> ASK {{ ?s a:SERVICE ?o . SERVICE <{there}> {{ }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s WHERE {{ SERVICE <{there}> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{there}> {{ ?s ?p ?o }}",
    "LOAD <{there}>",
    "LOAD SILENT <{there}> INTO GRAPH <urn:g>",
    "ASK {{}} ; LOAD <{there}>",
]


@pytest.mark.parametrize("template", REACHING)
def test_nothing_reaches_out(server: Server, canary: Canary, template: str) -> None:
    text = template.format(there=canary.address)
    replies = [server.query(text, "*/*"), server.post(text, "*/*")]
    assert [r.status for r in replies] == [400, 400]
    assert canary.calls == 0


def test_a_file_of_the_machine_cannot_be_named(server: Server, tmp_path: Path) -> None:
    secret = tmp_path / "secret.nt"
    secret.write_text("<urn:s> <urn:p> 'secret' .\n")
    for text in (
        f"SELECT * {{ SERVICE <file://{secret}> {{ ?s ?p ?o }} }}",
        f"LOAD <file://{secret}>",
    ):
        reply = server.query(text, "*/*")
        assert reply.status == 400
        assert "secret'" not in reply.text
    assert not server.query("ASK { ?s <urn:p> ?o }").json()["boolean"]


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(STRLEN('SERVICE <http://e/> { }') > 1) }",
        'ASK { FILTER(CONTAINS("a SERVICE for LOAD and CLEAR ALL", "SERVICE")) }',
        "ASK { # SERVICE <http://e/> { }\n }",
        "ASK { FILTER(STR(<http://e/SERVICE>) = 'http://e/SERVICE') }",
        "PREFIX load: <http://e/> ASK { FILTER(STR(load:SERVICE) = 'http://e/SERVICE') }",
        "ASK { BIND(1 AS ?service) BIND(2 AS ?LOAD) FILTER(?service < ?LOAD) }",
        "ASK { FILTER('''long # 'SERVICE' ''' != '') }",
    ],
)
def test_the_words_alone_are_harmless(server: Server, text: str) -> None:
    reply = server.query(text)
    assert (reply.status, reply.json()["boolean"]) == (200, True)
