"""Mails: what no golden case can hold because it is too large or depends on what is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.model import Refusal, Report
from loaders import Skipped, read_path

MAIL = "From: press@ministry.example\nMessage-ID: <%s@ministry.example>\n\nThe ministers met.\n"


def read(path: Path, text: str | bytes) -> list[Report | Refusal | Skipped]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_path([path]))


def test_without_the_extra_a_mail_in_html_only_says_what_to_install_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    page = "From: a@b.example\nContent-Type: text/html\n\n<p>The ministers met.</p>\n"
    mbox = f"From x\n{page}\nFrom x\n{MAIL % 2}"
    refusal, report = read(tmp_path / "list.mbox", mbox)
    assert isinstance(refusal, Refusal)
    assert "diplomatic-meetings-kg[html]" in refusal.reason
    assert isinstance(report, Report)


def test_a_mail_in_an_mbox_that_is_too_large_is_refused_and_the_next_one_read(
    tmp_path: Path,
) -> None:
    large = MAIL % 1 + ("x" * 999 + "\n") * 68_000
    first, second = read(tmp_path / "list.mbox", f"From x\n{large}\nFrom x\n{MAIL % 2}")
    assert isinstance(first, Refusal)
    assert "larger than" in first.reason
    assert isinstance(second, Report)


def test_parts_packed_in_each_other_without_end_are_refused(tmp_path: Path) -> None:
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000)
    )
    (outcome,) = read(tmp_path / "deep.eml", head + "\nThe ministers met.\n")
    assert isinstance(outcome, Refusal)


@pytest.mark.parametrize("charset", ["zlib", "hex", "rot13", "unicode-unknown", "ascii"])
def test_a_charset_that_is_none_is_not_believed(tmp_path: Path, charset: str) -> None:
    mail = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\nDîner à Élysée.\n"
    (report,) = read(tmp_path / "m.eml", mail)
    assert isinstance(report, Report)
    assert report.text == "Dîner à Élysée.\n"


def test_a_charset_of_seven_bits_is_believed(tmp_path: Path) -> None:
    mail = b"From: a@b.example\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    (report,) = read(tmp_path / "m.eml", mail + "首脳会談".encode("iso-2022-jp") + b"\n")
    assert isinstance(report, Report)
    assert report.text == "首脳会談\n"
