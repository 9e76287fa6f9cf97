"""Persons told in an unusual way: a known one must be found, and nobody who is not meant."""

from __future__ import annotations

import pytest

from kg.dates import When
from kg.model import Participant
from kg.resolve import Resolver
from kg.spelling import name_tokens
from ontology import lexicon


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(lexicon())


def found(resolver: Resolver, name: str, office: str | None, state: str | None, day: str) -> str:
    one = resolver.resolve(Participant(name, name, office, state), When.parse(day))
    return f"{str(one.iri).rpartition('/')[2]} {one.reason}"


@pytest.mark.parametrize(
    ("name", "office", "state", "day", "meant"),
    [
        # One word of the name of the only holder of the written post.
        ("Theresa", "Prime Minister", "GBR", "2018-01-21", "theresa-may word"),
        ("Mohammed", "Crown Prince", "ARE", "2008-01-13", "mohamed-bin-zayed-al-nahyan word"),
        ("Theresa", "Minister", "GBR", "2018-01-21", "GBR-theresa own"),
        ("Theresa", "Prime Minister", "GBR", "2021-01-21", "GBR-theresa own"),
        # A leader keeps the title for years; "former" always says who is meant.
        ("Blair", "Prime Minister", "GBR", "2008-06-15", "tony-blair former"),
        ("Blair", "Prime Minister", "GBR", "2026-06-15", "GBR-blair own"),
        ("Mulroney", "Former Prime Minister", "CAN", "2012-03-01", "brian-mulroney former"),
        ("Mulroney", "Prime Minister", "CAN", "2012-03-01", "CAN-mulroney own"),
        # Told for the state where they were met, or under an organization.
        ("Annan", "Former Secretary-General", "KEN", "2008-02-18", "kofi-annan former"),
        ("Mathias Cormann", "Secretary General", "AUS", "2022-10-05", "mathias-cormann elsewhere"),
        ("Hassanal Bolkiah", "Chair", "ASEAN", "2021-10-26", "hassanal-bolkiah elsewhere"),
        ("Mathias Cormann", "Finance Minister", "AUS", "2016-10-05", "AUS-mathias-cormann own"),
        ("Sanna Marin", "Ambassador", "AUS", "2022-10-05", "AUS-sanna-marin own"),
        # Without a state, the office to come tells.
        ("Reagan", "President-elect", None, "1980-11-20", "ronald-reagan elect"),
        ("Reagan", "President", None, "1980-11-20", "XX-reagan own"),
        # Slips, where the post has one holder on that day.
        ("Li Liqiang", "Premier", "CHN", "2014-10-14", "li-keqiang spelling"),
        ("Douglas-Hume", "Foreign Secretary", "GBR", "1972-11-05", "alec-douglas-home spelling"),
        ("al-Moualem", "Foreign Minister", "SYR", "2008-05-01", "walid-muallem spelling"),
        ("al-Tahir", "Foreign Minister", "SDN", "1978-04-13", "rashid-al-tahir-bakr word"),
        ("Faci", "Prime Minister", "XKX", "2010-10-13", "hashim-thaci spelling"),
        ("Giorgi Kirivikashvili", "Prime Minister", "GEO", "2016-07-06",
         "giorgi-kvirikashvili spelling"),
        ("Ngueyn", "Foreign Minister", "VNM", "1991-10-22", "nguyen-manh-cam word"),
        ("Li Peng", "Premier", "CHN", "2014-10-14", "li-peng former"),
        ("Brown", "Premier", "CHN", "2014-10-14", "CHN-brown own"),
        # Another spelling of somebody out of office, and somebody of the same name much earlier.
        ("Hussain Mohamad Ershad", None, "BGD", "1994-10-25", "hussain-muhammad-ershad former"),
        ("Bjarni Benediktsson", "Prime Minister", "ISL", "1969-05-02",
         "bjarni-benediktsson-born-1908 holder"),
        ("Gabriel Attal", "Prime Minister", "FRA", "1984-05-02", "FRA-gabriel-attal own"),
        # Son and father change places in no name with "bin".
        ("Salman bin Abdulaziz", "King", "SAU", "2021-07-11", "salman-bin-abdulaziz holder"),
        ("Abdulaziz bin Salman", "Minister of Energy", "SAU", "2021-07-11",
         "SAU-abdulaziz-bin-salman own"),
        ("Mohammed bin Abdulaziz Al-Khulaifi", "Minister of State", "QAT", "2024-06-01",
         "QAT-mohammed-bin-abdulaziz-al-khulaifi own"),
    ],
)  # fmt: skip
def test_the_person_meant(
    resolver: Resolver, name: str, office: str | None, state: str | None, day: str, meant: str
) -> None:
    assert found(resolver, name, office, state, day) == meant


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Benigno Aquino, 3rd", ("benigno", "aquino", "iii")),
        ("Sabah as-Salim as-Sabah", ("sabah", "al", "salim", "al", "sabah")),
        ("Rudolphus (Ruud) Lubbers", ("rudolphus", "ruud", "lubbers")),
        ("DFM Morgan", ("morgan",)),
        ("JR Smith", ("jr", "smith")),
        ("DR CHALMERS", ("chalmers",)),
    ],
)
def test_the_words_of_a_name(name: str, tokens: tuple[str, ...]) -> None:
    assert name_tokens(name) == tokens


def test_a_surer_rule_has_the_higher_score(resolver: Resolver) -> None:
    day = When.parse("2018-01-21")
    told = (
        ("Theresa May", "Prime Minister"),
        ("May", "Prime Minister"),
        ("May", None),
        ("Theresa", "Prime Minister"),
        ("Jane Aide", "Adviser"),
        ("Aide", "Adviser"),
    )
    scores = [resolver.resolve(Participant(n, n, o, "GBR"), day).score for n, o in told]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 0.99
