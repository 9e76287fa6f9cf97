"""The pages for people: every link leads somewhere, everything from a report is text, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.serve.examples import queries
from kg.serve.links import to_card
from kg.store import open_store
from queries import catalogue
from queries.english import forms
from tests.sample import NASTY, load, told
from tests.serve.client import Reply, Server, serving

pytestmark = pytest.mark.network

VOID = {"meta", "link", "input", "br"}
TEXT = {"title", "h1", "h2", "h3", "p", "a", "code", "pre", "span", "small", "figure", "figcaption"}
PARTS = {"html", "head", "body", "header", "main", "footer", "div", "blockquote"}
LISTS = {"ul", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"}
FORMS = {"form", "label", "textarea", "button", "select", "option"}
KNOWN = VOID | TEXT | PARTS | LISTS | FORMS
# Attributes that make a browser fetch or do something.
ADDRESSES = {"href", "src", "action", "data", "poster", "srcset", "formaction", "background"}


class Page(HTMLParser):
    """A page as read by a strict reader: unknown tags and unbalanced ones are errors."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        assert reply.kind == "text/html"
        self.open: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(reply.text)
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KNOWN, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name != "style"
            if name in ADDRESSES:
                self.addresses.append(value or "")
            if (tag, name) == ("a", "href"):
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def read(server: Server, target: str, status: int = 200) -> Page:
    reply = server.get(target)
    assert reply.status == status, (target, reply.text)
    return Page(reply)


@pytest.fixture(scope="module")
def start(server: Server) -> Page:
    return read(server, "/")


@pytest.fixture(scope="module")
def crawled(server: Server) -> dict[str, Page]:
    """Every page that can be reached, up to a number that holds all kinds of them."""
    return crawl(server, 250)


class TestTheStartPage:
    def test_it_counts_what_is_there(self, server: Server, start: Page) -> None:
        counts = server.get("/api/stats").json()
        for name in (
            "meetings",
            "persons",
            "states",
            "organizations",
            "visits",
            "topics",
            "reports",
        ):
            assert f"{name} {counts[name]}" in start.text, name

    def test_it_lists_the_newest_meetings_with_who_and_where(self, start: Page) -> None:
        newest = start.text.partition("Held meetings, newest first")[2]
        assert newest.index("2019-10-25") < newest.index("2016-05") < newest.index("2008")
        assert "Aleksandr Lukashenko (BLR)" in newest
        assert "Kassym-Jomart Tokayev (KAZ)" in newest

    def test_it_lists_every_question(self, start: Page) -> None:
        for question in catalogue().values():
            assert question.title in start.text
            assert f"/ask/{question.name}" in start.links

    @pytest.mark.parametrize("name", catalogue())
    def test_every_question_has_an_example_that_this_graph_answers(
        self, server: Server, start: Page, name: str
    ) -> None:
        (example,) = [a for a in start.links if a.startswith(f"/ask/{name}?")]
        assert re.search(r"\d rows?\b", read(server, example).text)

    @pytest.mark.parametrize("title", [title for title, _ in queries()])
    def test_every_query_offered_has_an_answer(
        self, server: Server, start: Page, title: str
    ) -> None:
        text = dict(queries())[title]
        target = "/query?" + urlencode({"query": text})
        assert target in start.links
        found = read(server, target).text
        assert "0 rows" not in found
        assert "Answer" in found

    def test_it_is_made_again_when_the_graph_changes(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "db") as store:
            load(store, told()[:1])
        with serving(tmp_path / "db") as running:
            assert "meetings 1" in read(running, "/").text
            with open_store(tmp_path / "db") as store:
                load(store, told()[1:])
            assert "meetings 7" in read(running, "/").text

    def test_an_empty_graph_says_what_to_do(self, tmp_path: Path) -> None:
        open_store(tmp_path / "db").close()
        with serving(tmp_path / "db") as running:
            found = read(running, "/")
            assert "kg load PATH" in found.text
            for address in found.links:
                if address.startswith("/"):
                    assert running.get(address).status in (200, 303), address


class TestEveryPage:
    def test_every_link_leads_somewhere(self, crawled: dict[str, Page]) -> None:
        kinds = {target.split("/")[1].partition("?")[0] for target in crawled}
        assert kinds == {"", "ask", "show", "query"}
        assert len(crawled) > 60

    def test_nothing_is_loaded_from_elsewhere(self, crawled: dict[str, Page]) -> None:
        for target, found in crawled.items():
            local = [a for a in found.addresses if a not in found.links]
            assert all(a.startswith("/") and not a.startswith("//") for a in local), target

    def test_hostile_words_stay_words(self, crawled: dict[str, Page]) -> None:
        """Tags are checked while reading; here, that the words were there at all."""
        shown = "<b>&amp;"
        assert shown in NASTY
        assert sum(shown in found.text for found in crawled.values()) > 3


def crawl(server: Server, most: int) -> dict[str, Page]:
    found: dict[str, Page] = {}
    waiting = ["/"]
    while waiting and len(found) < most:
        target = waiting.pop(0)
        if target in found:
            continue
        found[target] = read(server, target)
        waiting += [a for a in found[target].links if is_page(a)]
    return found


def is_page(address: str) -> bool:
    """Whether it is one of ours for people, and not the place of a page."""
    programs = ("/api", "/sparql", "/data", "/#", "/?")
    return address.startswith("/") and not address.startswith(programs)


class TestAQuestion:
    def test_the_answer_has_links_to_meetings_persons_and_states(self, server: Server) -> None:
        found = read(server, "/ask/who-met-whom?person=Lukashenko")
        assert any(a.startswith("/show/meeting/2019-10-25-BLR-KAZ") for a in found.links)
        assert "/show/KAZ" in found.links
        assert "/show/Kassym-Jomart%20Tokayev" in found.links
        assert "1 row" in found.text

    def test_it_shows_the_same_for_the_command_line_and_for_programs(self, server: Server) -> None:
        found = read(server, "/ask/pair-history?" + urlencode({"a": "BLR", "b": "it's"}), 400)
        assert """kg ask pair-history --a=BLR --b='it'"'"'s'""" in found.text
        found = read(server, "/ask/pair-history?a=BLR&b=KAZ")
        assert "/api/ask/pair-history.csv?a=BLR&b=KAZ" in found.links

    def test_what_is_needed_is_asked_for_with_an_example(self, server: Server) -> None:
        found = read(server, "/ask/pair-history")
        assert "a (needed)" in found.text
        assert "/ask/pair-history?a=BLR&b=KAZ" in found.links

    def test_no_row_is_said_in_words(self, server: Server) -> None:
        found = read(server, "/ask/calls?since=2030")
        assert "The graph knows of none." in found.text

    @pytest.mark.parametrize(
        ("target", "status", "complaint"),
        [
            ("/ask/none", 404, "There is no question 'none'."),
            ("/ask/calls?party=Kazakhstn", 400, "did you mean"),
            ("/ask/calls?since=soon", 400, "soon"),
            ("/ask/calls?colour=red", 400, "has no parameter 'colour'"),
            ("/ask?q=what+is+love", 400, "What is understood"),
            ("/show/Lukashenk", 404, "did you mean"),
            ("/query?query=SELECT", 400, "line 1"),
            ("/query?query=CLEAR+ALL", 400, "would write"),
        ],
    )
    def test_an_error_is_a_page_that_helps(
        self, server: Server, target: str, status: int, complaint: str
    ) -> None:
        assert complaint in read(server, target, status).text

    def test_the_form_keeps_what_was_filled_in(self, server: Server) -> None:
        text = server.get("/ask/who-met-whom?person=Lukashenko&format=phone&agreed=true").text
        assert 'value="Lukashenko"' in text
        assert "<option selected>phone</option>" in text
        assert 'value="true" checked' in text


class TestEnglish:
    def test_a_sentence_leads_to_its_question(self, server: Server) -> None:
        reply = server.get("/ask?" + urlencode({"q": "Who met Lukashenko on trade?"}))
        assert reply.status == 303
        assert reply.headers["location"] == "/ask/who-met-whom?person=Lukashenko&topic=trade"

    def test_without_a_sentence_there_is_the_start(self, server: Server) -> None:
        assert server.get("/ask?q=").headers["location"] == "/"

    def test_what_is_not_understood_shows_what_is(self, server: Server) -> None:
        found = read(server, "/ask?q=what+is+love", 400)
        assert all(form.example in found.text for form in forms())


class TestACard:
    def test_a_meeting_shows_the_words_and_where_they_stand(self, server: Server) -> None:
        row = server.get("/api/ask/who-met-whom?person=Lukashenko").json()[0]
        found = read(server, "/show/" + quote(row["meeting"], safe=""))
        assert "The words it rests on" in found.text
        assert "characters" in found.text
        assert "/show/report/kazinform/1" in found.links

    def test_names_that_were_perhaps_meant_are_links(self, server: Server) -> None:
        found = read(server, "/show/Lukashenk", 404)
        assert any(a.startswith("/show/") for a in found.links)

    def test_a_name_with_everything_in_it_has_a_card(self, server: Server) -> None:
        found = read(server, to_card(NASTY))
        assert found.text.count("O'Hara `'; MATCH (n) DETACH DELETE n") >= 1
        assert "/show/KAZ" in found.links


class TestAnAnswer:
    @pytest.mark.parametrize(
        ("query", "said"), [("ASK {}", "Yes."), ("ASK { <urn:x> ?p ?o }", "No.")]
    )
    def test_ask(self, server: Server, query: str, said: str) -> None:
        assert said in read(server, "/query?" + urlencode({"query": query})).text

    def test_many_rows_are_cut_with_the_number_of_all(self, server: Server) -> None:
        text = "SELECT ?s ?o { ?s ?p ?o . ?t ?q ?u } LIMIT 1200"
        found = read(server, "/query?" + urlencode({"query": text}))
        assert "The first 500 of 1,200 rows" in found.text

    def test_the_query_is_there_to_be_changed(self, server: Server) -> None:
        text = "SELECT ('</textarea><script>' AS ?x) {}"
        reply = server.get("/query?" + urlencode({"query": text}))
        assert "<script" not in reply.text
        assert text in Page(reply).text

    def test_an_address_of_a_report_is_a_link_only_if_it_is_safe(self, server: Server) -> None:
        text = "SELECT (<javascript:alert(1)> AS ?x) (<data:text/html,x> AS ?y) {}"
        found = read(server, "/query?" + urlencode({"query": text}))
        assert not [a for a in found.links if not a.startswith(("/", "#"))]

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
    @pytest.mark.parametrize("target", ["/", "/query", "/ask/calls", "/show/BLR", "/style.css"])
    def test_pages_are_only_read(self, server: Server, method: str, target: str) -> None:
        assert server.send(method, target).status == 405


def test_the_style_and_the_icon_are_served(server: Server) -> None:
    for target, kind in (("/style.css", "text/css"), ("/icon.svg", "image/svg+xml")):
        reply = server.get(target)
        assert (reply.status, reply.kind) == (200, kind)
        assert "http" not in reply.text.replace("http://www.w3.org/2000/svg", "")


@pytest.fixture(scope="module", autouse=True)
def _quiet(server: Server) -> Iterator[None]:
    """No page makes the server complain."""
    before = len(server.said)
    yield
    assert server.said[before:] == []
