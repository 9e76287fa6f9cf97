"""How parties are told: offices of bodies and regions, of those who serve another, of every portfolio."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.model import Report, Source
from loaders.extraction import extract
from loaders.extraction.office_kinds import kind_of

_CASES = tomllib.loads(Path(__file__).with_name("party_cases.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("phrase", "told"), _CASES["phrases"], ids=lambda p: p[:40])
def test_a_party_is_read_with_its_office_and_state(phrase: str, told: str) -> None:
    text = f"President Adela Novak of Croatia met with {phrase} in Split on Wednesday."
    report = Report(id="x", text=text, source=Source("x"), published="2022-03-10")
    others = [
        f"{p.name} | {p.office} | {p.state}"
        for m in extract(report).meetings
        for p in m.participants
        if p.name != "Adela Novak"
    ]
    assert others == [told]


@pytest.mark.parametrize(
    ("office", "kind"),
    [
        ("President of the Storting", "legislature"), ("Bundestag President", "legislature"),
        ("Governor of Texas", "regional"), ("President of Tatarstan", "regional"), ("Gazprom CEO", "company"),
        ("President", "head-of-state"), ("Ambassador to Scotland", "envoy"),
    ],
)  # fmt: skip
def test_who_heads_a_parliament_or_region_is_no_head_of_state(office: str, kind: str) -> None:
    assert kind_of(office) == kind
