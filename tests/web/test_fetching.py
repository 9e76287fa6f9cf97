"""What is fetched from the web, and what is not: every refusal against a real server."""

from __future__ import annotations

import gzip
import socket
import time
from dataclasses import replace

import pytest

from loaders.web.fetch import Fetcher, Known
from loaders.web.hosts import FetchError, any_address, is_public, place_of
from loaders.web.request import USER_AGENT, Limits
from tests.web.conftest import Handler, Site

pytestmark = pytest.mark.network


def refused(fetcher: Fetcher, address: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(address)
    assert "\n" not in caught.value.reason
    return caught.value


def test_letters_that_an_address_cannot_hold_are_encoded(site: Site, fetcher: Fetcher) -> None:
    site.put("/%C3%BC?q=a%20b", "text")
    assert fetcher.get(site.url + "/ü?q=a b#part").body == b"text"


def test_a_page_comes_with_its_kind_and_marks(site: Site, fetcher: Fetcher) -> None:
    headers = {"Content_Type": "text/plain; charset=UTF-8", "ETag": '"1"'}
    answer = fetcher.get(site.put("/a", "text", **headers))
    assert (answer.body, answer.kind, answer.charset) == (b"text", "text/plain", "utf-8")
    assert answer.known == Known(etag='"1"')
    agents = {headers["user-agent"] for _, headers in site.asked}
    assert agents == {USER_AGENT}
    assert USER_AGENT.startswith("diplomatic-meetings-kg/")


def test_what_is_known_is_asked_for_only_if_it_changed(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/a", "", 304)
    known = Known('W/"x"', "Sat, 26 Oct 2019 09:00:00 GMT")
    answer = fetcher.get(address, known)
    assert (answer.body, answer.known) == (None, known)
    _, headers = site.asked[-1]
    assert headers["if-none-match"] == 'W/"x"'
    assert headers["if-modified-since"] == "Sat, 26 Oct 2019 09:00:00 GMT"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
        "2001:db8::1", "::127.0.0.1", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_an_address_inside_a_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001"])
def test_the_own_machine_is_not_fetched_from_however_it_is_written(site: Site, host: str) -> None:
    address = site.put("/a", "text").replace("127.0.0.1", host)
    error = refused(Fetcher(limits=Limits(pause=0)), address)
    assert "--allow-private" in error.reason or "no answer" in error.reason
    assert site.asked == []


def test_a_page_that_moves_to_a_private_address_is_refused(site: Site) -> None:
    inside = site.url.replace("127.0.0.1", "127.0.0.2") + "/secret"
    site.put("/secret", "secret")
    address = site.put("/a", "", 302, Location=inside)
    fetcher = Fetcher(lambda ip: ip == "127.0.0.1", Limits(pause=0))
    assert "127.0.0.2" in refused(fetcher, address).reason
    assert "/secret" not in site.paths()


def test_a_host_is_resolved_once_and_that_very_address_is_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second answer of the name server, with a private address, is never even asked for."""
    real, port = socket.getaddrinfo, int(site.url.rpartition(":")[2])
    answers = {"rebound.example": ["127.0.0.1", "127.0.0.2"]}

    def resolve(host: str, *rest: object, **more: object) -> object:
        found = answers[host].pop(0) if host in answers else host
        return real(found, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.put("/robots.txt", "", 404)
    fetcher = Fetcher(lambda ip: ip == "127.0.0.1", Limits(pause=0))
    assert "127.0.0.2" in refused(fetcher, f"http://rebound.example:{port}/a").reason
    assert answers["rebound.example"] == []
    assert site.paths() == []


@pytest.mark.parametrize(
    "address",
    [
        "ftp://host.example/a", "file:///etc/hostname", "http://", "http://user:pw@host.example/",
        "http://host.example:port/", "http://[::1/", "javascript:1", "http://-.-.\x00/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        place_of(address)
    assert "\n" not in caught.value.reason


@pytest.mark.parametrize(
    ("target", "hint"),
    [("file:///etc/hostname", "only http"), ("/a", "times"), ("http://u:p@127.0.0.1/", "user")],
)
def test_a_page_that_moves_astray_is_refused(
    site: Site, fetcher: Fetcher, target: str, hint: str
) -> None:
    assert hint in refused(fetcher, site.put("/a", "", 301, Location=target)).reason


def test_a_page_that_moved_is_found_where_it_is(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/a", "", 301, Location="/b#part")
    site.put("/b", "text")
    assert fetcher.get(address).address == site.url + "/b"


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"<item/>" * 10_000)


def dripping(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def test_a_page_without_end_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = endless
    fetcher.limits = replace(fetcher.limits, size=1 << 20)
    assert "has no end" in refused(fetcher, site.url + "/a").reason


def test_a_page_that_announces_too_much_is_refused_before_it_is_read(
    site: Site, fetcher: Fetcher
) -> None:
    address = site.put("/a", "x", Content_Length=str(1 << 40))
    assert "larger than" in refused(fetcher, address).reason


def test_a_server_that_drips_is_left_when_the_time_is_over(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = dripping
    fetcher.limits = replace(fetcher.limits, seconds=0.5)
    assert "within 0.5 s" in refused(fetcher, site.url + "/a").reason


def test_a_server_that_says_nothing_is_left(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "")
    site.pages["/a"] = lambda handler: time.sleep(3)
    fetcher.limits = replace(fetcher.limits, silence=0.3)
    assert "no answer" in refused(fetcher, site.url + "/a").reason


def test_a_page_that_is_packed_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/a", gzip.compress(b"text"), Content_Encoding="gzip")
    assert fetcher.get(address).body == b"text"


def test_a_bomb_is_refused(site: Site, fetcher: Fetcher) -> None:
    fetcher.limits = replace(fetcher.limits, size=1 << 20)
    address = site.put("/a", gzip.compress(bytes(50 << 20)), Content_Encoding="gzip")
    assert "larger than" in refused(fetcher, address).reason


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"half", {"Content_Length": "4000"}),
        (gzip.compress(b"text" * 500, mtime=0)[:-9], {"Content_Encoding": "gzip"}),
        (b"not packed", {"Content_Encoding": "gzip"}),
        (b"x", {"Content_Encoding": "br"}),
    ],
)
def test_an_answer_that_is_broken_is_refused(
    site: Site, fetcher: Fetcher, body: bytes, headers: dict[str, str]
) -> None:
    refused(fetcher, site.put("/a", body, **headers))


def test_a_page_that_robots_txt_forbids_is_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    assert "robots.txt" in refused(fetcher, site.put("/private/a", "text")).reason
    assert fetcher.get(site.put("/public", "text")).body == b"text"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/public"]


def test_rules_for_our_name_go_before_those_for_all(site: Site, fetcher: Fetcher) -> None:
    site.put(
        "/robots.txt",
        "User-agent: *\nDisallow: /\n\nUser-agent: diplomatic-meetings-kg\nAllow: /\n",
    )
    assert fetcher.get(site.put("/a", "text")).body == b"text"


@pytest.mark.parametrize("status", [404, 403])
def test_a_site_without_rules_allows_everything(site: Site, fetcher: Fetcher, status: int) -> None:
    site.put("/robots.txt", "", status)
    assert fetcher.get(site.put("/a", "text")).body == b"text"


def test_nothing_is_fetched_where_the_rules_cannot_be_had(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", "", 503, Retry_After="77")
    error = refused(fetcher, site.put("/a", "text"))
    assert error.retry_after == 77
    assert site.paths() == []


def test_a_site_is_given_the_pause_it_asks_for(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    site.put("/a", "text")
    slept: list[float] = []
    fetcher = Fetcher(any_address, Limits(pause=1), clock=lambda: 100.0, sleep=slept.append)
    for _ in range(3):
        fetcher.get(site.url + "/a")
    assert slept == [7, 7]


def test_a_site_that_wants_a_pause_of_an_hour_is_not_kept_waiting_for(
    site: Site, fetcher: Fetcher
) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n")
    assert "3600 s" in refused(fetcher, site.put("/a", "text")).reason


@pytest.mark.parametrize(
    ("status", "headers", "wait", "gone"),
    [
        (429, {"Retry_After": "120"}, 120, False),
        (503, {"Retry_After": "Sat, 26 Oct 2019 09:00:00 GMT"}, 0, False),
        (503, {"Retry_After": "99999999999"}, 7 * 86400, False),
        (503, {"Retry_After": "soon"}, None, False),
        (500, {}, None, False),
        (404, {}, None, False),
        (410, {}, None, True),
        (401, {}, None, False),
        (302, {}, None, False),
        (204, {}, None, False),
    ],
)
def test_a_server_that_refuses_says_when_to_come_again(
    site: Site, fetcher: Fetcher, status: int, headers: dict[str, str], wait: float, gone: bool
) -> None:
    error = refused(fetcher, site.put("/a", "", status, **headers))
    assert (error.retry_after, error.gone) == (wait, gone)


def test_a_port_where_nobody_listens_is_one_clear_line(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "no answer" in refused(fetcher, f"http://127.0.0.1:{port}/").reason
