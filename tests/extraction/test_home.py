"""Whose officials need no adjective, where nothing is known of the publisher. The reports are invented."""

from __future__ import annotations

import pytest

from kg.model import Report, Source
from loaders.extraction import extract


def parties(
    text: str, title: str | None = None, outlet: str | None = "The Courier"
) -> list[set[str | None]]:
    report = Report("r", text, Source("test"), title=title, published="2016-04-12", outlet=outlet)
    held = (m for m in extract(report).meetings if m.status == "held")
    return [{p.state for p in m.participants} for m in held]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("GABORONE, April 12 - Foreign Minister Kagiso Moremi received her Cuban counterpart Raul Ibarra.", None),
        ("Foreign Minister Kagiso Moremi received her Cuban counterpart Raul Ibarra, who is visiting Botswana.", None),
        ("Foreign Minister Kagiso Moremi received her Cuban counterpart Raul Ibarra on Monday.", "Botswana thanks Cuba for doctors"),
        ("Foreign Minister Kagiso Moremi received her Cuban counterpart Raul Ibarra. She said Botswana needed doctors. "
         "Ibarra thanked the people of Botswana.", None),
        ("Foreign Minister Kagiso Moremi received her Cuban counterpart Raul Ibarra. They discussed ties between Botswana and Cuba.", None),
        ("Foreign Minister Kagiso Moremi received Foreign Minister Raul Ibarra of Cuba. Botswana's minister thanked him.", None),
        ("Foreign Minister Kagiso Moremi received Foreign Minister Raul Ibarra of Cuba in Gaborone on Monday.", None),
        ("Foreign Minister Kagiso Moremi met Foreign Minister Raul Ibarra of Cuba. The Cuban ambassador to Botswana, Luis Mora, and a deputy "
         "minister were there.", None),
    ],
)  # fmt: skip
def test_an_unknown_paper_tells_of_the_state_it_was_filed_in_or_speaks_of(
    text: str, title: str | None
) -> None:
    assert parties(text, title) == [{"BWA", "CUB"}]


def test_a_state_whose_officials_are_called_by_its_name_is_not_the_papers_own() -> None:
    text = (
        "GABORONE, April 12 - President Raul Ibarra received Foreign Minister Kagiso Moremi of Botswana. "
        "Botswana is grateful to Cuba, Moremi said. Cuba has sent doctors since 1981."
    )
    assert parties(text) == [{"BWA", "CUB"}]


def test_a_known_outlet_is_believed_before_its_dateline() -> None:
    text = "GABORONE, April 12 - Foreign Minister Lia Tamm met Foreign Minister Kagiso Moremi of Botswana."
    assert parties(text, outlet="Ministry of Foreign Affairs of Estonia") == [{"EST", "BWA"}]


def test_two_officials_without_adjective_are_of_one_state() -> None:
    text = "GABORONE, April 12 - Foreign Minister Kagiso Moremi met Finance Minister Thato Seretse."
    assert parties(text) == []


def test_a_host_of_nobody_knows_where_meets_a_guest_of_another_state() -> None:
    text = "Foreign Minister Kagiso Moremi received Foreign Minister Raul Ibarra of Cuba on Monday."
    assert parties(text) == [{None, "CUB"}]


def test_an_official_told_with_the_state_meets_an_own_colleague() -> None:
    text = "Cuban President Raul Ibarra received Foreign Minister Kagiso Moremi on Monday."
    assert parties(text) == []


def test_who_wrote_the_words_that_follow_a_colon_speaks_in_them() -> None:
    text = "Cuban President Raul Ibarra wrote on his channel:\nI had a phone call with President Kagiso Moremi of Botswana."
    assert parties(text) == [{"CUB", "BWA"}]


def test_a_state_in_the_headline_is_not_the_home_of_those_whose_office_only_one_state_has() -> None:
    title = "Memorandum of Conversation: Wheat, and the situation in Cyprus"
    text = (
        "PLACE: Room 20, Washington\n\nPARTICIPANTS:\nThe Secretary of State, Mr. Walter Dunning\n"
        "Mr. Osman Kaya, Minister of Foreign Affairs of Turkey\nAmbassador Refik Alp, Turkish Embassy\n\n"
        "The Minister spoke of wheat. The Secretary listened.\n"
    )
    assert parties(text, title) == [{"USA", "TUR"}]
