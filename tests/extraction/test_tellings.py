"""Plain tellings of a meeting that was held, and sentences and headlines that only look like one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.model import Report, Source
from loaders.extraction import extract

_CASES = tomllib.loads(Path(__file__).with_name("trap_cases.toml").read_text(encoding="utf-8"))
_TOLD = tomllib.loads(Path(__file__).with_name("plain_tellings.toml").read_text(encoding="utf-8"))
_BARE = "The offices of Croatian President Adela Novak and Norwegian Prime Minister Jon Berg gave no details on Tuesday."


def held(text: str, title: str | None = None) -> list[str]:
    report = Report(
        "x", f"ZAGREB, March 9 (Hina) - {text}", Source("x"), title=title, published="2022-03-09", outlet="hina.hr"
    )  # fmt: skip
    return [m.status for m in extract(report).meetings if m.status == "held"]


@pytest.mark.parametrize("sentence", _CASES["sentences"])
def test_a_sentence_of_plans_doubts_or_memories_gives_no_held_meeting(sentence: str) -> None:
    parties = {"{A}": "President Adela Novak", "{B}": "Norwegian Prime Minister Jon Berg"}
    for sign, party in parties.items():
        sentence = sentence.replace(sign, party)
    assert held(sentence) == []


@pytest.mark.parametrize("title", _CASES["titles"])
def test_a_headline_of_what_is_not_yet_gives_no_held_meeting(title: str) -> None:
    assert held(_BARE, title) == []


@pytest.mark.parametrize("sentence", _TOLD["sentences"])
def test_a_plain_telling_gives_one_held_meeting_of_the_two(sentence: str) -> None:
    text = sentence.replace("{A}", "Adela Novak").replace(
        "{B}", "Norwegian Prime Minister Jon Berg"
    )
    report = Report(
        "x", f"ZAGREB, March 9 (Hina) - {text}", Source("x"), published="2022-03-09", outlet="hina.hr"
    )  # fmt: skip
    found = [m for m in extract(report).meetings if m.status != "background"]
    assert [(m.status, {(p.name, p.state) for p in m.participants}) for m in found] == [
        ("held", {("Adela Novak", "HRV"), ("Jon Berg", "NOR")})
    ]
