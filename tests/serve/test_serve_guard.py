"""Who may read: names of this machine, other origins, holders of a token."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.serve.tokens import SCOPES, read_tokens
from tests.serve.client import Server, serving

ASK = "/sparql?query=ASK%20%7B%7D"
PAGES = ("/", "/query?query=ASK%20%7B%7D", ASK, "/data?default", "/sparql", "/style.css", "/none")


def write_tokens(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.fixture(scope="module")
def open_to_one(db: Path) -> Iterator[Server]:
    """A server that the pages of one origin may read."""
    with serving(db, "--allow-origin", "https://page.example") as running:
        yield running


@pytest.fixture(scope="module")
def closed(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that two holders of tokens may read."""
    digest = sha256(b"hashed-secret").hexdigest()
    text = f"# who may\n\nada read plain-secret\nbo admin sha256:{digest}  # Bo\n"
    path = write_tokens(tmp_path_factory.mktemp("tokens") / "tokens", text)
    with serving(db, "--token-file", str(path)) as running:
        yield running


@pytest.mark.network
class TestTheHostHeader:
    @pytest.mark.parametrize(
        "host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8000", "[::1]:8000", "localhost."]
    )  # fmt: skip
    def test_names_of_this_machine_are_answered(self, server: Server, host: str) -> None:
        assert server.get(ASK, host=host).status == 200

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "evil:80",
         "localhost@evil.example", "[::1", "", "0.0.0.0"],
    )  # fmt: skip
    @pytest.mark.parametrize("target", PAGES)
    def test_a_name_that_is_bound_to_this_machine_is_not(
        self, server: Server, host: str, target: str
    ) -> None:
        reply = server.get(target, host=host)
        assert reply.status == 403
        assert "localhost" in reply.text

    def test_a_server_for_others_is_reached_under_any_name(self, db: Path) -> None:
        with serving(db, "--host", "0.0.0.0") as running:
            assert running.get(ASK, host="graph.example").status == 200


@pytest.mark.network
class TestOtherOrigins:
    def test_by_default_none_reads(self, server: Server) -> None:
        reply = server.get(ASK, origin="https://page.example")
        assert "access-control-allow-origin" not in reply.headers
        preflight = server.send(
            "OPTIONS", "/sparql", origin="https://page.example", access_control_request_method="GET"
        )
        assert "access-control-allow-origin" not in preflight.headers

    def test_one_that_is_allowed_reads_and_others_do_not(self, open_to_one: Server) -> None:
        friend = open_to_one.get(ASK, origin="https://page.example")
        assert friend.headers["access-control-allow-origin"] == "https://page.example"
        assert "Origin" in friend.headers["vary"]
        stranger = open_to_one.get(ASK, origin="https://page.example.evil")
        assert "access-control-allow-origin" not in stranger.headers
        assert "Origin" in stranger.headers["vary"]

    def test_errors_can_be_read_too(self, open_to_one: Server) -> None:
        reply = open_to_one.get("/sparql?query=no", origin="https://page.example")
        assert reply.status == 400
        assert reply.headers["access-control-allow-origin"] == "https://page.example"

    def test_a_preflight_tells_what_may_be_sent(self, open_to_one: Server) -> None:
        reply = open_to_one.send(
            "OPTIONS",
            "/sparql",
            origin="https://page.example",
            access_control_request_method="POST",
            access_control_request_headers="content-type",
        )
        assert reply.status == 204
        assert "POST" in reply.headers["access-control-allow-methods"]
        assert "Content-Type" in reply.headers["access-control-allow-headers"]

    def test_all_may_be_let_in(self, db: Path) -> None:
        with serving(db, "--allow-origin", "*") as running:
            reply = running.get(ASK, origin="https://page.example")
            assert reply.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in reply.headers


@pytest.mark.network
@pytest.mark.parametrize("target", PAGES)
def test_every_answer_has_the_headers_that_keep_browsers_safe(server: Server, target: str) -> None:
    headers = server.get(target).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.network
class TestTokens:
    @pytest.mark.parametrize("target", [p for p in PAGES if p != "/style.css"])
    def test_without_a_token_nothing_is_told(self, closed: Server, target: str) -> None:
        reply = closed.get(target)
        assert reply.status == 401
        assert "Bearer" in reply.headers["www-authenticate"]
        assert reply.text == "a token is needed: Authorization: Bearer TOKEN\n"

    @pytest.mark.parametrize("token", ["plain-secret", "hashed-secret"])
    def test_each_scope_reads(self, closed: Server, token: str) -> None:
        for target in ("/", ASK, "/data?default"):
            assert closed.get(target, authorization=f"Bearer {token}").status == 200

    @pytest.mark.parametrize(
        "sent",
        ["Bearer wrong", "Bearer", "Bearer ada", "plain-secret", "Digest plain-secret", "Bearer é",
         f"Bearer sha256:{sha256(b'hashed-secret').hexdigest()}", "Basic !", "Basic YWRh"],
    )  # fmt: skip
    def test_what_is_no_token_does_not(self, closed: Server, sent: str) -> None:
        assert closed.get(ASK, authorization=sent).status == 401

    @pytest.mark.parametrize(
        ("name", "token", "status"),
        [("ada", "plain-secret", 200), ("bo", "hashed-secret", 200), ("bo", "plain-secret", 401)],
    )
    def test_a_browser_sends_name_and_token(
        self, closed: Server, name: str, token: str, status: int
    ) -> None:
        sent = base64.b64encode(f"{name}:{token}".encode()).decode()
        assert closed.get("/", authorization=f"Basic {sent}").status == status

    def test_health_tells_whether_it_lives_and_nothing_more(self, closed: Server) -> None:
        assert closed.get("/health").status == 200

    def test_the_server_does_not_warn_where_there_are_tokens(
        self, db: Path, tmp_path: Path
    ) -> None:
        path = write_tokens(tmp_path / "tokens", "ada read secret\n")
        with serving(db, "--host", "0.0.0.0", "--token-file", str(path)) as running:
            assert running.get(ASK).status == 401
            assert not any("everybody" in line for line in running.said)


class TestTheTokenFile:
    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("", "names nobody"),
            ("# only a remark\n", "names nobody"),
            ("ada read\n", ":1: a line is NAME SCOPE TOKEN, this one has 2 words"),
            ("\nada read a b\n", ":2: a line is NAME SCOPE TOKEN, this one has 4 words"),
            ("ada write secret\n", ":1: 'write' is none of read, annotate, load, admin"),
            ("ada read sha256:12\n", ":1: sha256: needs 64 hexadecimal digits"),
            ("ada read s1\nada read s2\n", ":2: ada has a token already"),
            ("a:b read s1\n", ":1: the name 'a:b' must not contain a colon"),
        ],
    )
    def test_a_wrong_file_is_one_line_that_says_where(
        self, tmp_path: Path, text: str, complaint: str
    ) -> None:
        path = write_tokens(tmp_path / "tokens", text)
        with pytest.raises(UsageError) as error:
            read_tokens(path)
        assert str(error.value).startswith(str(path))
        assert complaint in str(error.value)
        assert "secret" not in str(error.value)

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
    def test_a_file_that_others_may_read_is_refused(self, tmp_path: Path, mode: int) -> None:
        path = write_tokens(tmp_path / "tokens", "ada read secret\n", mode)
        with pytest.raises(UsageError, match="others may read it; first: chmod 600"):
            read_tokens(path)

    def test_a_file_that_is_not_there_is_one_line(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be read as a token file"):
            read_tokens(tmp_path / "none")

    def test_a_higher_scope_includes_the_lower_ones(self, tmp_path: Path) -> None:
        lines = "".join(f"{scope} {scope} secret-{scope}\n" for scope in SCOPES)
        tokens = read_tokens(write_tokens(tmp_path / "tokens", lines))
        for height, scope in enumerate(SCOPES):
            holder = tokens.holder(f"Bearer secret-{scope}")
            assert holder is not None
            assert [holder.may(s) for s in SCOPES] == [n <= height for n in range(len(SCOPES))]
