"""The pages in a real browser: readable, quiet, without script, on a desk and on a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Extraction, ReportedMeeting, Span
from kg.store import open_store
from tests.contract.servers import missing
from tests.sample import Told, load, told
from tests.serve.browser import Browser, browsing, find_chromium
from tests.serve.client import Server, serving

pytestmark = [pytest.mark.network, pytest.mark.browser]

EVIL = "<script>alert('here')</script><img src=x onerror=alert(1)>"
# Where pictures go that a person may want to look at.
PICTURES = os.environ.get("KG_TEST_PICTURES")


def hostile() -> list[Told]:
    """The sample, and a report that would like to be a program."""
    (report, extraction), *rest = told()
    meeting: ReportedMeeting = extraction.meetings[0]
    first, second, *_ = meeting.participants
    evil = replace(first, name=EVIL, as_written=EVIL, office=EVIL, span=Span(0, 10))
    told_evil = Extraction((replace(meeting, participants=(evil, second), topics=()),))
    evil_report = replace(report, id="evil", title=EVIL, outlet=EVIL, text=EVIL * 2)
    return [(report, extraction), *rest, (evil_report, told_evil)]


@pytest.fixture(scope="module")
def page_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("browser") / "db"
    with open_store(path) as store:
        load(store, hostile())
    with serving(path) as running:
        yield running


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        missing("no chromium")
    with browsing(program, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, page_server: Server) -> Iterator[Browser]:
    """A wide window on the start page; at the end it must have complained of nothing."""
    browser.complaints.clear()
    browser.requested.clear()
    browser.resize(1200, 900)
    browser.open(page_server.address)
    yield browser
    assert browser.complaints == []
    elsewhere = [u for u in browser.requested if not u.startswith(page_server.address)]
    assert elsewhere == []


def keep(browser: Browser, name: str, where: Path) -> None:
    """A picture of the page."""
    folder = Path(PICTURES) if PICTURES else where
    browser.picture(folder / f"{name}.png")
    assert (folder / f"{name}.png").stat().st_size > 5000


def test_the_start_page_says_what_is_there_and_what_can_be_asked(
    tab: Browser, tmp_path: Path
) -> None:
    assert "8 meetings" in tab.text or "meetings 8" in tab.text
    assert "Who met whom, when, where and on what?" in tab.text
    assert "Newest meetings" in tab.text
    keep(tab, "start", tmp_path)


def test_the_style_is_applied(tab: Browser) -> None:
    family = tab.value("getComputedStyle(document.body).fontFamily")
    assert "system-ui" in family
    assert tab.value("document.body.getBoundingClientRect().width") < 1200


def test_a_question_is_followed_to_a_meeting_and_its_words(tab: Browser, tmp_path: Path) -> None:
    tab.click("a[href^='/ask/pair-history?']")
    assert "/ask/pair-history?" in tab.address
    keep(tab, "question", tmp_path)
    tab.click("table a[href^='/show/meeting/']")
    assert "The words it rests on" in tab.text
    keep(tab, "card", tmp_path)
    tab.click("a[href^='/show/report/']")
    assert "tells of" in tab.text.lower()


def test_a_form_is_filled_in_and_answered(tab: Browser, page_server: Server) -> None:
    tab.open(page_server.address + "ask/who-met-whom")
    tab.type("input[name=person]", "Merkel")
    tab.click("form.fields button")
    assert "person=Merkel" in tab.address
    assert "Nicolas Sarkozy" in tab.text


def test_a_sentence_typed_is_answered(tab: Browser) -> None:
    tab.type("#q", "Who met Lukashenko on trade?")
    tab.click("form.english button")
    assert "/ask/who-met-whom?person=Lukashenko&topic=trade" in tab.address
    assert "Kassym-Jomart Tokayev" in tab.text


def test_a_query_typed_is_answered(tab: Browser, tmp_path: Path) -> None:
    tab.type("#query", "SELECT (40 + 2 AS ?sum) ('é <b>' AS ?text) {}")
    tab.click("form.sparql button")
    assert "1 row" in tab.text
    assert "42" in tab.text
    assert "é <b>" in tab.text
    assert tab.value("document.querySelector('#query').value").startswith("SELECT (40 + 2")
    keep(tab, "answer", tmp_path)


def test_hostile_words_are_words(tab: Browser, page_server: Server, tmp_path: Path) -> None:
    assert EVIL in tab.text
    tab.open(page_server.address + "ask/who-met-whom")
    assert EVIL in tab.text
    tab.click("table a[href*='/show/meeting/2019-10-25']")
    addresses = [page_server.address + "show/report/" + r for r in _evil_reports(page_server)]
    assert addresses
    for address in addresses:
        tab.open(address)
        assert EVIL in tab.text
        assert tab.value("document.querySelectorAll('script, img, iframe, object').length") == 0
    keep(tab, "hostile", tmp_path)


def _evil_reports(server: Server) -> list[str]:
    query = "SELECT ?r { ?r <http://purl.org/dc/terms/identifier> 'evil' }"
    return [row["r"].partition("/report/")[2] for row in server.query(query).rows]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "target",
    ["", "ask/who-met-whom", "show/KAZ", "show/Lukashenko", "query?query=DESCRIBE%20?s%20{?s%20?p%20?o}"],
)  # fmt: skip
def test_a_phone_never_scrolls_sideways(
    tab: Browser, page_server: Server, target: str, dark: bool, tmp_path: Path
) -> None:
    tab.resize(360, 740, dark=dark)
    tab.open(page_server.address + target)
    assert tab.value("document.documentElement.scrollWidth") <= 360
    name = (target.partition("?")[0].replace("/", "-") or "start") + ("-dark" if dark else "")
    keep(tab, f"phone-{name}", tmp_path)


def test_everything_can_be_reached_with_the_keyboard(tab: Browser) -> None:
    names = tab.value(
        "[...document.querySelectorAll('input, textarea, select, button')].map(e => "
        "e.labels && e.labels.length ? e.labels[0].innerText : e.innerText)"
    )
    assert all(name.strip() for name in names)
    assert tab.value("document.querySelectorAll('h1').length") == 1
    assert tab.value("document.documentElement.lang") == "en"
    assert tab.value("document.querySelector('a').className") == "skip"
