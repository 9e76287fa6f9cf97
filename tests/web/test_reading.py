"""Files, pages and feeds of the web become the reports that they are on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Refusal, Report
from loaders import LOADERS, read_path
from loaders.web.fetch import Fetcher
from loaders.web.pages import read_address
from tests.loaders.test_archives import zipped
from tests.web.conftest import Site

pytestmark = pytest.mark.network
GOLDEN = Path(__file__).parent.parent / "golden"
RECORD = '{"id": "1", "text": "The ministers met.", "published": "2020-01-01"}\n'
FEED = (GOLDEN / "feed" / "rss" / "news.rss").read_bytes()


def read(site: Site, fetcher: Fetcher, path: str) -> list[Report | Refusal]:
    found = read_address(site.url + path, fetcher, LOADERS)
    return [item for item in found if isinstance(item, Report | Refusal)]


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/r.jsonl", "application/octet-stream", RECORD.encode()),
        ("/r.jsonl", "text/plain", RECORD.encode()),
        ("/records", "application/x-ndjson", RECORD.encode()),
        ("/r?format=jsonl", "application/jsonl; charset=utf-8", RECORD.encode()),
        ("/all.zip", "application/zip", zipped({"r.jsonl": RECORD})),
        ("/download", "application/zip", zipped({"r.jsonl": RECORD})),
        ("/a.txt", "", b"Id: 1\nDate: 2020-01-01\n\nThe ministers met.\n"),
        ("/t", "text/csv", b"id,text,published\n1,The ministers met.,2020-01-01\n"),
    ],
)
def test_a_file_is_known_by_its_kind_or_its_name(
    site: Site, fetcher: Fetcher, path: str, kind: str, body: bytes
) -> None:
    site.put(path, body, **({"Content_Type": kind} if kind else {}))
    (report,) = read(site, fetcher, path)
    assert isinstance(report, Report)
    assert (report.id, report.published) == ("1", "2020-01-01")


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html", "text/plain", ""])
def test_a_feed_is_known_by_what_is_in_it(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.put("/feed", FEED, **({"Content_Type": kind} if kind else {}))
    found = read(site, fetcher, "/feed")
    on_disk = list(read_path([GOLDEN / "feed" / "rss" / "news.rss"]))
    assert [o.id for o in found if isinstance(o, Report)] == [
        o.id for o in on_disk if isinstance(o, Report)
    ]


def test_a_page_belongs_where_it_was_found(site: Site, fetcher: Fetcher) -> None:
    pytest.importorskip("trafilatura")
    words = "<p>The ministers of both states met in Oslo and spoke of trade at length.</p>" * 3
    site.put(
        "/a/b", f"<html><body><article>{words}</article></body></html>", Content_Type="text/html"
    )
    (report,) = read(site, fetcher, "/a/b")
    assert isinstance(report, Report)
    assert (report.url, report.outlet) == (site.url + "/a/b", "127.0.0.1")


def test_the_servers_word_for_the_encoding_is_heard(site: Site, fetcher: Fetcher) -> None:
    text = "Переговоры: Łódź".encode("utf-16-le")
    site.put("/a", text, Content_Type="text/plain; charset=utf-16-le")
    (report,) = read(site, fetcher, "/a")
    assert isinstance(report, Report)
    assert report.text == "Переговоры: Łódź"


def test_what_is_no_kind_of_file_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.put("/a.png", b"\x89PNG", Content_Type="image/png")
    (refusal,) = read(site, fetcher, "/a.png")
    assert isinstance(refusal, Refusal)
    assert "image/png" in refusal.reason


def test_a_page_of_a_hundred_megabytes_is_refused_and_the_rest_is_loaded(
    site: Site, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.cli import main

    site.put("/large.html", b"x", Content_Length=str(100 << 20), Content_Type="text/html")
    site.put("/r.jsonl", RECORD)
    addresses = [site.url + "/large.html", site.url + "/r.jsonl"]
    code = main(["load", *addresses, "--db", str(db), "--allow-private"])
    done = capsys.readouterr()
    summary = json.loads(done.out)
    assert (code, summary["new"]) == (1, 1)
    assert [r["path"] for r in summary["refused"]] == addresses[:1]
    assert done.err.count("\n") == 1


def test_nothing_private_is_fetched_unless_that_is_said(site: Site) -> None:
    site.put("/r.jsonl", RECORD)
    (refusal,) = read_path([site.url + "/r.jsonl"])
    assert isinstance(refusal, Refusal)
    assert "--allow-private" in refusal.reason
    (report,) = read_path([site.url + "/r.jsonl"], allow_private=True)
    assert isinstance(report, Report)
    assert site.paths() == ["/r.jsonl"]
