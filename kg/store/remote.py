"""The graph on any server that speaks SPARQL 1.1.

What the protocol cannot give is said, not guessed: a server has no revision, so ours is new at each
call; whether one update request is atomic is the server's promise (Oxigraph, Fuseki: yes). The
server's default graph must be a graph of its own, not the union of all.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from typing import IO
from urllib.parse import urlencode

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
    serialize,
)

from kg.errors import QuerySyntaxError, ServerError, StoreError
from kg.store.base import DEFAULT_GRAPH, Answer, Change, GraphName, Object, Subject, Term
from kg.store.changes import check, in_graph, term_text, update_text
from kg.store.export import write_sorted
from kg.store.http import (
    Credentials,
    Request,
    ServerStatusError,
    check_address,
    read_all,
    send,
    without_secrets,
)
from kg.store.sparql import check_readable, one_line, read_query

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.5"
_FORMATS = {"application/n-triples": RdfFormat.N_TRIPLES, "text/turtle": RdfFormat.TURTLE}


class RemoteStore:
    """A store behind a query address, and an update address if it may be changed.

    Args:
        query_url: the server's query address.
        update_url: its update address; without one the store is for reading only.
        graph_store_url: its graph store address, for replacing one graph in one request.
        credentials: default: `KG_SPARQL_TOKEN`, or `KG_SPARQL_USER` and `KG_SPARQL_PASSWORD`.
        timeout: seconds that the server may stay silent.

    Raises:
        ServerError: an address that cannot be used.
    """

    def __init__(
        self,
        query_url: str,
        *,
        update_url: str | None = None,
        graph_store_url: str | None = None,
        credentials: Credentials | None = None,
        timeout: float = 60.0,
    ) -> None:
        self.credentials = credentials or credentials_from(os.environ)
        self.query_url = check_address(query_url, self.credentials)
        self.update_url = update_url and check_address(update_url, self.credentials)
        self.graph_store_url = graph_store_url and check_address(graph_store_url, self.credentials)
        self._timeout = timeout

    # Reading

    def query(self, sparql: str, *, bindings: Mapping[str, Term] | None = None) -> Answer:
        """See `View.query`; the answer is read and checked to its end before it is given.

        Raises:
            ServerError: the server fails, or ends before its answer does.
        """
        prepared = read_query(sparql, bindings)
        check_readable(prepared)
        if prepared.form in ("SELECT", "ASK"):
            return self._rows(prepared.standalone())
        return self._triples(prepared.standalone())

    def _rows(self, sparql: str) -> Answer:
        body, _ = self._ask(sparql, _ROWS)
        try:
            answer = parse_query_results(body, QueryResultsFormat.JSON)
            if isinstance(answer, QuerySolutions):
                for _row in answer:
                    pass  # a server that runs out of time may end early with status 200
                answer = parse_query_results(body, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._unreadable(error) from error
        return answer

    def _triples(self, sparql: str) -> Answer:
        body, media_type = self._ask(sparql, _TRIPLES)
        rdf_format = _FORMATS.get(media_type, RdfFormat.N_TRIPLES)
        try:
            triples = Store()
            triples.load(body, rdf_format, base_iri=self.query_url)
        except (SyntaxError, ValueError) as error:
            raise self._unreadable(error) from error
        return triples.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def _unreadable(self, error: Exception) -> ServerError:
        where = without_secrets(self.query_url)
        return ServerError(f"{where} gave no whole answer: {one_line(str(error))}")

    def _ask(self, sparql: str, accept: str) -> tuple[bytes, str]:
        """One query; its body and media type. Always in the body of a POST: no length limit."""
        headers = {"Accept": accept, "Content-Type": "application/sparql-query; charset=utf-8"}
        request = Request(self.query_url, sparql.encode(), headers=headers)
        try:
            response = send(request, self.credentials, self._timeout)
        except ServerStatusError as error:
            if error.status == 400:
                raise QuerySyntaxError(
                    f"the server cannot read the query: {error.detail}"
                ) from error
            raise
        kind = getattr(response, "headers", {}).get("Content-Type", "")
        body = read_all(response, self.query_url, self._timeout)
        return body, kind.partition(";")[0].strip().lower()

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """See `View.quads`; each graph's answer is complete before its first quad is given."""
        terms = {"s": subject, "p": predicate, "o": object}
        given = {name: term_text(term) for name, term in terms.items() if term is not None}  # type: ignore[arg-type]
        pattern = " ".join(given.get(name, f"?{name}") for name in "spo")
        if graph is None or isinstance(graph, DefaultGraph):
            yield from self._matches(f"{{ {pattern} }}", terms, DEFAULT_GRAPH)
        if graph is None:
            yield from self._matches(f"{{ GRAPH ?g {{ {pattern} }} }}", terms, None)
        elif isinstance(graph, NamedNode):
            text = f"{{ GRAPH {term_text(graph)} {{ {pattern} }} }}"
            yield from self._matches(text, terms, graph)

    def _matches(
        self, where: str, terms: Mapping[str, Object | None], graph: GraphName | None
    ) -> Iterator[Quad]:
        answer = self._rows(f"SELECT * WHERE {where}")
        assert isinstance(answer, QuerySolutions)
        names = {variable.value for variable in answer.variables}
        for row in answer:
            s, p, o = (row[n] if n in names else terms[n] for n in "spo")
            yield Quad(s, p, o, row["g"] if graph is None else graph)  # type: ignore[arg-type]

    def graph_names(self) -> Iterator[NamedNode]:
        """See `View.graph_names`."""
        answer = self._rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(answer, QuerySolutions)
        for row in answer:
            if isinstance(name := row["g"], NamedNode):
                yield name

    def export(
        self, output: IO[bytes], rdf_format: RdfFormat, *, graph: GraphName | None = None
    ) -> None:
        """See `View.export`."""
        names = self.graph_names() if graph is None else ()
        write_sorted(self._dump, names, output, rdf_format, graph=graph)

    def _dump(self, graph: GraphName) -> bytes:
        triples = (Triple(q.subject, q.predicate, q.object) for q in self.quads(graph=graph))
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""

    def revision(self) -> str:
        """A server may change at any time without telling: no two calls give the same."""
        return uuid.uuid4().hex

    def __len__(self) -> int:
        counts = ("{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }")
        return sum(self._count(pattern) for pattern in counts)

    def _count(self, pattern: str) -> int:
        answer = self._rows(f"SELECT (COUNT(*) AS ?n) WHERE {pattern}")
        assert isinstance(answer, QuerySolutions)
        return sum(int(row["n"].value) for row in answer)

    # Writing

    def apply(self, change: Change) -> None:
        """See `Store.apply`: one update request, as atomic as the server makes it."""
        if not change:
            return
        check(change)
        if self.update_url is None:
            raise StoreError(
                f"{without_secrets(self.query_url)} is for reading only: set KG_SPARQL_UPDATE_URL "
                "to its update address"
            )
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        request = Request(self.update_url, update_text(change).encode(), headers=headers)
        self._send(request)

    def _send(self, request: Request) -> None:
        response = send(request, self.credentials, self._timeout)
        read_all(response, request.url, self._timeout)

    def load_reference(self, graph: NamedNode, quads: Iterator[Quad]) -> None:
        """See `Store.load_reference`; one PUT where the server has a graph store address."""
        wanted = frozenset(in_graph(q, graph) for q in quads)
        change = Change(dropped=frozenset({graph}), added=wanted)
        if self.graph_store_url is None:
            self.apply(change)
            return
        check(change)
        body = serialize((quad.triple for quad in wanted), format=RdfFormat.N_TRIPLES) or b""
        url = f"{self.graph_store_url}?{urlencode({'graph': graph.value})}"
        self._send(Request(url, body, "PUT", {"Content-Type": "application/n-triples"}))

    def close(self) -> None:
        """Nothing is held between requests."""


def credentials_from(environment: Mapping[str, str]) -> Credentials:
    """Token, or user and password, from the environment."""
    return Credentials(
        environment.get("KG_SPARQL_TOKEN") or None,
        environment.get("KG_SPARQL_USER") or None,
        environment.get("KG_SPARQL_PASSWORD") or None,
    )
