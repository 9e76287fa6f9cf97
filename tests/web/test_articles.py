"""`kg watch --articles`: what a feed only announces is fetched once, and no entry is lost by it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.articles import MOST
from kg.ledger import Ledger
from kg.pipeline import LoadSummary, Pipeline
from kg.store.oxigraph import OxigraphStore
from kg.terms import DM, IDENTIFIER
from kg.watch import Watch
from loaders.web.fetch import Fetcher
from loaders.web.hosts import any_address
from loaders.web.request import Limits
from tests.web.conftest import Site

pytestmark = pytest.mark.network
_TESTS = itertools.count()
PAGE = (
    "<html><head><title>Talks</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Talks</h1>"
    "<p>President Aleksandr Lukashenko met President Kassym-Jomart Tokayev in Nur-Sultan on Friday.</p>"
    "<p>The two presidents discussed mutual trade, and signed a memorandum on customs.</p></article></body></html>"
)


class Feed:
    """A feed of one test, whose ids no other test has."""

    def __init__(self, site: Site) -> None:
        self.test, self.site, self.host = next(_TESTS), site, site.url

    def id(self, n: int) -> str:
        return f"article-{self.test}-{n}"

    def put(
        self, *numbers: int, summary: str = "Two presidents met.", kind: str = "description"
    ) -> str:
        items = "".join(
            f"<item><guid isPermaLink='false'>{self.id(n)}</guid><title>Talks</title><link>{self.url(n)}</link>"
            f"<pubDate>Sat, 26 Oct 2019 09:00:00 +0200</pubDate><{kind}>{summary}</{kind}></item>"
            for n in numbers
        )  # fmt: skip
        head = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>T</title>"
        return self.site.put("/feed", head + items + "</channel></rss>")

    def url(self, n: int) -> str:
        return f"{self.host}/{self.id(n)}"

    def put_page(self, n: int, body: str = PAGE, status: int = 200) -> None:
        self.site.put(f"/{self.id(n)}", body, status, Content_Type="text/html")

    def asked(self) -> list[str]:
        return [path for path in self.site.paths() if path != "/feed"]


@pytest.fixture
def feed(site: Site) -> Feed:
    return Feed(site)


Watching = Callable[..., Watch]


@pytest.fixture
def watching(tmp_path: Path, shared_store: OxigraphStore) -> Watching:
    def take(outcomes: Any) -> LoadSummary:
        return Pipeline(shared_store).take(outcomes)

    def made(now: float = 1e6, allow: Callable[[str], bool] = any_address) -> Watch:
        fetcher = Fetcher(allow, Limits(pause=0))
        return Watch(Ledger(tmp_path / "watched"), fetcher, take, 600.0, lambda: now, articles=True)

    return made


def text_of(store: OxigraphStore, report_id: str) -> str:
    (node,) = {q.subject for q in store.quads(predicate=IDENTIFIER) if q.object.value == report_id}  # type: ignore[union-attr]
    (quad,) = store.quads(node, DM.text)
    return str(quad.object.value)  # type: ignore[union-attr]


def test_the_article_takes_the_place_of_its_summary(
    feed: Feed, watching: Watching, shared_store: OxigraphStore
) -> None:
    feed.put_page(1)
    look = watching().look(feed.put(1))
    assert look.summary and (look.summary.new, look.summary.refused) == (1, [])
    assert "memorandum on customs" in text_of(shared_store, feed.id(1))
    assert "Home" not in text_of(shared_store, feed.id(1))


def test_an_article_is_asked_for_once_and_again_only_when_its_entry_has_changed(
    feed: Feed, watching: Watching
) -> None:
    for n in (1, 2):
        feed.put_page(n)
    watching().look(feed.put(1))
    look = watching().look(feed.put(2, 1))
    assert look.summary and (look.summary.new, look.summary.unchanged) == (1, 1)
    assert feed.asked() == [f"/{feed.id(1)}", f"/{feed.id(2)}"]
    watching().look(feed.put(2, 1, summary="Two presidents met and signed."))
    assert len(feed.asked()) == 4


def test_an_entry_with_its_whole_text_is_left_alone(feed: Feed, watching: Watching) -> None:
    feed.put_page(1)
    watching().look(feed.put(1, kind="content:encoded"))
    watching().look(feed.put(1, summary="Two presidents met. " * 60))
    assert feed.asked() == []


def test_of_an_article_that_cannot_be_had_the_entry_is_loaded_and_it_is_told(
    feed: Feed, watching: Watching, shared_store: OxigraphStore
) -> None:
    feed.put_page(1, "", 503)
    look = watching().look(feed.put(1))
    assert look.summary and look.summary.new == 1
    assert [r.path for r in look.summary.refused] == [feed.url(1)]
    assert text_of(shared_store, feed.id(1)) == "Two presidents met.\n"
    feed.put_page(1)
    feed.put_page(2)
    watching().look(feed.put(2, 1))
    assert feed.asked().count(f"/{feed.id(1)}") == 1, "its pause is not over"
    watching(2e6).look(feed.put(2))
    watching(2e6).look(feed.put(1, 2))
    assert "memorandum" in text_of(shared_store, feed.id(1))


def test_an_article_in_the_graph_outlives_its_page(
    feed: Feed, watching: Watching, shared_store: OxigraphStore
) -> None:
    feed.put_page(1)
    watching().look(feed.put(1))
    feed.put_page(1, "", 404)
    watching().look(feed.put(1, summary="Two presidents met, and more."))
    assert "memorandum" in text_of(shared_store, feed.id(1))


def test_articles_inside_a_private_network_and_forbidden_ones_are_not_fetched(
    feed: Feed, site: Site, watching: Watching
) -> None:
    site.put("/robots.txt", f"User-agent: *\nDisallow: /{feed.id(1)}\n")
    look = watching().look(feed.put(1))
    assert look.summary and "robots.txt" in look.summary.refused[0].reason
    feed.host = site.url.replace("127.0.0.1", "127.0.0.2")
    look = watching(allow=lambda ip: ip == "127.0.0.1").look(feed.put(2))
    assert look.summary and look.summary.new == 1
    assert "private" in look.summary.refused[0].reason or "not" in look.summary.refused[0].reason
    assert feed.asked() == []


def test_a_page_that_is_no_article_leaves_the_entry(feed: Feed, watching: Watching) -> None:
    feed.put_page(1, "<html><body><a href='x'>Read on</a></body></html>")
    look = watching().look(feed.put(1))
    assert look.summary and look.summary.new == 1
    assert "only leads to another" in look.summary.refused[0].reason


def test_a_feed_that_announces_without_end_is_gone_through_in_parts(
    feed: Feed, watching: Watching
) -> None:
    numbers = range(MOST + 2)
    for n in numbers:
        feed.put_page(n)
    address = feed.put(*numbers)
    first = watching().look(address)
    assert first.summary and (first.summary.new, len(feed.asked())) == (MOST, MOST)
    second = watching().look(address)
    assert second.summary and (second.summary.new, second.summary.unchanged) == (2, MOST)
