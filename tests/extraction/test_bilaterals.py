"""Meetings that one sentence tells of together and the next ones one by one. The reports are invented."""

from __future__ import annotations

from kg.model import Report, Source
from loaders.extraction import extract

LEAD = "Foreign Minister Lia Tamm of Estonia met with Foreign Minister Juris Ozols and Prime Minister Anna Krievs of Latvia in Riga. "


def held(
    text: str, outlet: str = "Ministry of Foreign Affairs of Estonia"
) -> list[set[str | None]]:
    report = Report("r", text, Source("test"), published="2016-04-12", outlet=outlet)
    return [
        {p.name for p in m.participants} for m in extract(report).meetings if m.status == "held"
    ]


def test_two_who_are_then_told_one_by_one_were_met_one_by_one() -> None:
    text = LEAD + (
        "At the meeting with Foreign Minister Ozols, Tamm discussed rail. "
        "During her talks with Prime Minister Krievs, Tamm spoke of power grids."
    )
    assert held(text) == [{"Lia Tamm", "Juris Ozols"}, {"Lia Tamm", "Anna Krievs"}]


def test_two_of_whom_one_alone_is_told_again_stay_one_meeting() -> None:
    text = LEAD + "At the meeting with Foreign Minister Ozols, Tamm discussed rail."
    assert held(text) == [{"Lia Tamm", "Juris Ozols", "Anna Krievs"}]


def test_a_trilateral_meeting_is_not_taken_apart() -> None:
    text = (
        "Foreign Minister Lia Tamm of Estonia held a trilateral meeting with Foreign Minister Juris Ozols of Latvia and Foreign "
        "Minister Ona Rudys of Lithuania. At the meeting with Ozols, Tamm discussed rail. Speaking with Rudys, Tamm raised gas."
    )
    assert {"Lia Tamm", "Juris Ozols", "Ona Rudys"} in held(text)


def test_two_whom_the_report_names_together_had_their_talks() -> None:
    text = (
        "President Kagiso Moremi of Botswana and his Cuban counterpart Raul Ibarra announced a partnership. "
        "The announcement came after their talks in Gaborone. Both presidents left after their talks."
    )
    assert held(text) == [{"Kagiso Moremi", "Raul Ibarra"}]


def test_a_minister_without_adjective_who_signs_with_a_guest_is_the_papers_own() -> None:
    text = (
        "Foreign Minister Lia Tamm received Foreign Minister Raul Ibarra of Cuba. Earlier the same day, Ibarra and Minister of "
        "Construction Mart Kask signed the minutes of a commission."
    )
    assert held(text) == [{"Lia Tamm", "Raul Ibarra"}, {"Raul Ibarra", "Mart Kask"}]
