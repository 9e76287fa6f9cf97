"""Web archives: pages that are too large, bombs inside them, heads without end."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.model import Refusal, Report
from loaders import Skipped, read_path

PAGE = b"<html><article><p>%s</p></article></html>" % (b"The ministers met in Oslo today. " * 9)


def record(address: str, block: bytes, *, length: int | None = None) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
    head += f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n".encode() + body


def read(tmp_path: Path, *records: bytes) -> list[Report | Refusal | Skipped]:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(records))
    return list(read_path([path]))


@pytest.mark.parametrize(
    ("more", "body"),
    [
        pytest.param("", PAGE + b" " * (17 << 20), id="plain"),
        pytest.param(
            "Content-Encoding: gzip\r\n", gzip.compress(PAGE + b" " * (17 << 20)), id="packed"
        ),
    ],
)
def test_a_page_that_no_article_fills_is_refused_and_the_next_one_read(
    tmp_path: Path, more: str, body: bytes
) -> None:
    pytest.importorskip("trafilatura")
    first = record("https://a.example/1", answer(body, more))
    refusal, report = read(tmp_path, first, record("https://a.example/2", answer(PAGE)))
    assert isinstance(refusal, Refusal)
    assert refusal.path.endswith("a.warc!https://a.example/1")
    assert "larger than" in refusal.reason
    assert isinstance(report, Report)
    assert (report.url, report.outlet) == ("https://a.example/2", "a.example")


@pytest.mark.parametrize("more", ["Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n"])
def test_a_page_that_the_crawler_unpacked_already_is_read(tmp_path: Path, more: str) -> None:
    pytest.importorskip("trafilatura")
    (report,) = read(tmp_path, record("https://a.example/1", answer(PAGE, more)))
    assert isinstance(report, Report)


@pytest.mark.parametrize(
    "records",
    [
        (record("https://a.example/1", answer(PAGE), length=99_999_999),),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n",),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000,),
        (record("https://a.example/1", b"not HTTP", length=4),),
    ],
)
def test_a_record_that_lies_about_itself_is_refused_in_one_line(
    tmp_path: Path, records: tuple[bytes, ...]
) -> None:
    refusals = [o for o in read(tmp_path, *records) if isinstance(o, Refusal)]
    assert len(refusals) == 1
    assert "\n" not in refusals[0].reason
