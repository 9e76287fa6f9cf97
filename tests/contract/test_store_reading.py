"""What every store answers: rows, values of variables, refusals, patterns, counts."""

from __future__ import annotations

import pytest
from facts import ALL, AWKWARD, CALL, MERGED, PREFIXES, REPORTS, TALKS, TOLD, day, dm, fact, node
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from kg.errors import QuerySyntaxError, RefusedQueryError, UsageError
from kg.store import Change, Store
from kg.store.base import DEFAULT_GRAPH, Term


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply(Change(added=ALL))
    return store


def ask(store: Store, text: str, **bindings: Term) -> list[tuple[str | None, ...]]:
    answer = store.query(PREFIXES + text, bindings=bindings or None)
    assert isinstance(answer, QuerySolutions)
    return sorted(tuple(cell.value if cell else None for cell in row) for row in answer)  # type: ignore[union-attr]


class TestAnswers:
    def test_a_fact_told_by_three_reports_counts_once(self, filled: Store) -> None:
        text = "SELECT (COUNT(*) AS ?n) WHERE { ?m dm:participant id:person\\/a }"
        assert ask(filled, text) == [("2",)]

    def test_each_telling_is_found_in_its_report(self, filled: Store) -> None:
        text = "SELECT ?g WHERE { GRAPH ?g { ?m dm:participant ?p } }"
        assert ask(filled, text) == sorted((r.value,) for r in REPORTS)

    def test_forms_give_their_kind_of_answer(self, filled: Store) -> None:
        truth = filled.query(PREFIXES + 'ASK { ?m dm:format "phone" }')
        assert isinstance(truth, QueryBoolean)
        assert truth
        triples = filled.query(PREFIXES + "CONSTRUCT { ?p dm:met ?m } { ?m dm:participant ?p }")
        assert isinstance(triples, QueryTriples)
        assert len(list(triples)) == 3
        described = filled.query(f"DESCRIBE {CALL}")
        assert {t.predicate for t in described} >= {dm("date"), dm("format")}

    def test_columns_keep_the_order_of_the_query(self, filled: Store) -> None:
        answer = filled.query(PREFIXES + "SELECT ?p ?m WHERE { ?m dm:participant ?p }")
        assert isinstance(answer, QuerySolutions)
        assert [variable.value for variable in answer.variables] == ["p", "m"]

    def test_well_known_prefixes_need_no_declaration(self, filled: Store) -> None:
        answer = filled.query(
            "SELECT ?m WHERE { ?m dm:format ?f FILTER(xsd:string(?f) = 'phone') }"
        )
        assert isinstance(answer, QuerySolutions)
        assert [row["m"] for row in answer] == [CALL]

    def test_a_declaration_of_its_own_goes_before_the_well_known_one(self, filled: Store) -> None:
        assert filled.query('ASK { ?m dm:format "phone" }')
        assert not filled.query('PREFIX dm: <https://example.org/> ASK { ?m dm:format "phone" }')

    def test_comments_and_strings_may_say_anything(self, filled: Store) -> None:
        text = """ASK { # SERVICE <http://example.org/> and FROM, only said
            ?m dm:format ?f . FILTER(?f != 'SERVICE <http://example.org/> { } FROM <x>')
            FILTER(?f != \"\"\"INSERT DATA { } # "quoted" \"\"\") }"""
        assert filled.query(PREFIXES + text)

    def test_an_iri_may_hold_the_name_of_a_keyword(self, filled: Store) -> None:
        assert not filled.query("ASK { ?s <https://example.org/service#FROM> ?from }")


class TestBindings:
    def test_a_value_stands_for_its_variable(self, filled: Store) -> None:
        text = "SELECT ?m WHERE { ?m dm:participant ?person }"
        assert ask(filled, text, person=node("person/b")) == [(TALKS.value,)]

    def test_a_bound_variable_can_be_a_column(self, filled: Store) -> None:
        text = "SELECT ?person ?m WHERE { ?m dm:participant ?person } ORDER BY ?person ?m"
        expected = [(node("person/b").value, TALKS.value)]
        assert ask(filled, text, person=node("person/b")) == expected

    def test_a_variable_used_only_in_a_filter_can_be_bound(self, filled: Store) -> None:
        text = "SELECT ?m WHERE { ?m dm:date ?d FILTER(!BOUND(?since) || ?d >= ?since) }"
        assert len(ask(filled, text)) == 2
        assert ask(filled, text, since=day("2020-01-01")) == [(CALL.value,)]

    def test_a_value_reaches_sub_queries_and_exists(self, filled: Store) -> None:
        text = """SELECT ?m WHERE { ?m dm:date ?d
            { SELECT ?m WHERE { ?m dm:format ?f FILTER(!BOUND(?wanted) || ?f = ?wanted) } }
            FILTER(!BOUND($who) || EXISTS { ?m dm:participant $who }) }"""
        bound = {"wanted": Literal("phone"), "who": node("person/a")}
        assert ask(filled, text, **bound) == [(CALL.value,)]
        assert ask(filled, text, wanted=Literal("phone"), who=node("person/b")) == []

    def test_a_value_can_be_grouped_by(self, filled: Store) -> None:
        text = "SELECT ?p (COUNT(?m) AS ?n) WHERE { ?m dm:participant ?p } GROUP BY ?p"
        assert ask(filled, text, p=node("person/a")) == [(node("person/a").value, "2")]

    def test_a_graph_can_be_bound(self, filled: Store) -> None:
        text = "SELECT ?m WHERE { GRAPH ?report { ?m dm:participant ?p } }"
        assert ask(filled, text, report=REPORTS[1]) == [(TALKS.value,)]

    def test_a_variable_named_in_a_string_or_comment_is_left_alone(self, filled: Store) -> None:
        text = "SELECT ?x WHERE { # ?who\n BIND(CONCAT('?who ', STR(?who)) AS ?x) }"
        assert ask(filled, text, who=Literal("me")) == [("?who me",)]

    @pytest.mark.parametrize("text", AWKWARD)
    def test_no_value_can_become_syntax(self, filled: Store, text: str) -> None:
        answer = ask(filled, "SELECT ?v WHERE { }", v=Literal(text))
        assert answer == [(text,)]
        assert len(filled) == len(ALL)

    def test_a_name_that_the_query_lacks_is_an_error(self, filled: Store) -> None:
        with pytest.raises(UsageError, match=r"no variable \?persn; it has \?m, \?person"):
            ask(filled, "SELECT ?m WHERE { ?m dm:participant ?person }", persn=node("person/b"))

    def test_a_variable_that_the_query_sets_takes_no_value(self, filled: Store) -> None:
        for text in ("SELECT ?f { VALUES ?f { 'phone' } }", "SELECT ?f { BIND(1 AS ?f) }"):
            with pytest.raises(UsageError, match="set by the query itself"):
                ask(filled, text, f=Literal("x"))


REFUSED = [
    ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "line 1, column 12: SERVICE"),
    ("ASK {\n  ?s ?p 1service silent<http://a/>{} }", "line 2, column 10: SERVICE"),
    ("SELECT * FROM <http://a/> { ?s ?p ?o }", "line 1, column 10: FROM"),
    ("ASK from named <http://a/> { }", "line 1, column 5: FROM"),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "line 1, column 1: INSERT would write"),
    ("# read\nPREFIX a: <a:>\nDELETE WHERE { ?s ?p ?o }", "line 3, column 1: DELETE would"),
    ("LOAD <http://localhost/>", "LOAD would write"),
    ("DROP ALL", "DROP would write"),
    # What an IRI is depends on the context: here the engine sees comparisons and a comment.
    ("ASK { ?s ?p ?o FILTER(?s<?o)SERVICE#>\n<http://a/> { } }", "SERVICE"),
    ("ASK { ?s ?p ?o FILTER(?s<?o)#> '''\nSERVICE <http://a/> { } #'''\n }", "SERVICE"),
    ("ASK { ?s ?p ?o FILTER(?o<'>'||?o<'')SERVICE <http://a/> { } FILTER(''='') }", "SERVICE"),
]
UNREADABLE = [
    ("SELECT ?m WHERE {\n  ?m ?p }", "line 2, column"),
    ("SELECT ?m WHERE { ?m ?p 'open }", "line 1, column 25: a string that is not finished"),
    ("SELECT ?m WHERE { ?m ?p ?o", "line 1, column 27: '}' is missing"),
    ("SELECT ?m WHERE { ?m nope:p ?o }", "line 1, column 22: the prefix 'nope:' is not declared"),
    ("SELEKT ?m WHERE { ?m ?p ?o }", "line 1, column 1: 'SELEKT' is not a word of SPARQL"),
    ("", "the query is empty"),
    ("PREFIX a: <a:> ASK { SERVICEa:b { } }", "'SERVICEa:' is not declared"),
    ("PREFIX service: <a:> PREFIX : <a:> ASK { service:b { } }", "contains a keyword"),
    ("PREFIX a: <a:> PREFIX fromA: <a:> ASK fromA:b { }", "contains a keyword"),
    ("ASK { ?s ?p trueSERVICE <http://a/> { } }", "'trueSERVICE' is not a word"),
    ("ASK { BIND(<<(?s <http://x#> ?o)>> AS ?t) }", "triples inside triples"),
    ("ASK { ?s SERV\\u0049CE ?o }", "is not a word"),
]


class TestRefusals:
    @pytest.mark.parametrize(("text", "message"), REFUSED)
    def test_what_would_write_or_reach_out_is_refused(
        self, store: Store, text: str, message: str
    ) -> None:
        with pytest.raises(RefusedQueryError) as caught:
            store.query(text)
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize(("text", "message"), UNREADABLE)
    def test_what_cannot_be_read_says_where(self, store: Store, text: str, message: str) -> None:
        with pytest.raises(QuerySyntaxError) as caught:
            store.query(text)
        assert message in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_the_position_is_that_of_the_query_as_written(self, store: Store) -> None:
        text = "SELECT ?m ?p {\n  ?m ?p ?o . ?o ?p }"
        with pytest.raises(QuerySyntaxError, match="line 2, column 21") as unbound:
            store.query(text)
        with pytest.raises(QuerySyntaxError) as bound:
            store.query(text, bindings={"m": node("meeting/talks"), "p": dm("participant")})
        assert str(bound.value) == str(unbound.value)

    def test_a_text_as_verb_is_told_as_such(self, store: Store) -> None:
        with pytest.raises(UsageError):
            store.query("ASK { ?s ?p ?o }", bindings={"p": Literal("text")})


class TestPatterns:
    def test_no_pattern_gives_everything(self, filled: Store) -> None:
        assert set(filled.quads()) == ALL
        assert len(filled) == len(ALL)

    def test_the_default_graph_is_not_the_union(self, filled: Store) -> None:
        assert set(filled.quads(graph=DEFAULT_GRAPH)) == set(MERGED)

    def test_one_graph_gives_its_own(self, filled: Store) -> None:
        assert list(filled.quads(graph=REPORTS[0])) == [TOLD[0]]
        assert list(filled.quads(graph=node("report/none"))) == []

    def test_each_place_of_the_pattern_counts(self, filled: Store) -> None:
        assert set(filled.quads(TALKS, None, None, DEFAULT_GRAPH)) == set(MERGED[:4])
        assert len(list(filled.quads(None, dm("participant"), node("person/a")))) == 5
        assert list(filled.quads(CALL, dm("format"), Literal("phone"))) == [MERGED[6]]
        assert list(filled.quads(CALL, dm("format"), Literal("letter"))) == []

    def test_graph_names_are_those_of_graphs_with_content(self, filled: Store) -> None:
        assert set(filled.graph_names()) == set(REPORTS)
        filled.apply(Change(removed=frozenset({TOLD[0]})))
        assert set(filled.graph_names()) == set(REPORTS[1:])

    @pytest.mark.parametrize("text", AWKWARD)
    def test_every_text_comes_back_as_it_was(self, store: Store, text: str) -> None:
        told = fact(TALKS, "quote", Literal(text), REPORTS[0])
        store.apply(Change(added=frozenset({told})))
        assert list(store.quads()) == [told]
        store.apply(Change(removed=frozenset({told}), added=frozenset({MERGED[0]})))
        assert list(store.quads()) == [MERGED[0]]

    def test_iris_outside_ascii_come_back(self, store: Store) -> None:
        told = fact(NamedNode(f"{TALKS.value}/Лукашенко-ö-'x'"), "format", Literal("x"))
        store.apply(Change(dropped=frozenset(REPORTS), added=frozenset({told})))
        assert list(store.quads(told.subject)) == [told]
