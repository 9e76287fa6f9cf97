"""The same meeting told in Russian and in English is one meeting, with each person once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from queries import who_met_whom

RUSSIAN = {
    "id": "r1", "outlet": "kremlin.ru", "published": "2019-10-23", "title": "Встреча с Президентом Египта",
    "text": "В Сочи Владимир Путин встретился с Президентом Арабской Республики Египет Абдельфаттахом Сиси. "
    "Обсуждались вопросы сельского хозяйства и поставки зерна.",
}  # fmt: skip
ENGLISH = {
    "id": "e1", "outlet": "kremlin.ru", "published": "2019-10-23", "title": "Meeting with President of Egypt",
    "text": "In Sochi, Russian President Vladimir Putin met with President of Egypt Abdel Fattah el-Sisi. "
    "They discussed agriculture and grain supplies.",
}  # fmt: skip
# Two ministers whom the reference data do not know.
RUSSIAN_STRANGERS = {
    "id": "r2", "outlet": "belta.by", "published": "2021-06-02", "title": None,
    "text": "Министр сельского хозяйства Беларуси Иван Бортник 2 июня 2021 года провел в Минске переговоры с министром "
    "сельского хозяйства Сербии Драганом Петровичем.",
}  # fmt: skip
ENGLISH_STRANGERS = {
    "id": "e2", "outlet": "Tanjug", "published": "2021-06-02", "title": None,
    "text": "Serbian Minister of Agriculture Dragan Petrovic held talks in Minsk on June 2, 2021 with Belarusian Minister "
    "of Agriculture Ivan Bortnik.",
}  # fmt: skip


def load(tmp_path: Path, *reports: dict[str, str | None]) -> kg.Graph:
    path = tmp_path / "reports.jsonl"
    path.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in reports), encoding="utf-8"
    )
    graph = kg.open()
    graph.load([path])
    return graph


@pytest.mark.parametrize(
    ("one", "other"),
    [(RUSSIAN, ENGLISH), (RUSSIAN_STRANGERS, ENGLISH_STRANGERS)],
    ids=["known", "strangers"],
)
def test_one_meeting_in_two_languages_is_one(
    tmp_path: Path, one: dict[str, str | None], other: dict[str, str | None]
) -> None:
    with load(tmp_path, one, other) as graph:
        rows = who_met_whom(graph.view)
        assert [row.reports for row in rows] == [2]
        persons = graph.sparql("SELECT ?p WHERE { ?m a dm:Meeting ; dm:participant ?p }")
        assert len(list(persons)) == 2


def test_a_person_that_only_reports_know_is_called_by_the_latin_name(tmp_path: Path) -> None:
    with load(tmp_path, RUSSIAN_STRANGERS, ENGLISH_STRANGERS) as graph:
        (row,) = who_met_whom(graph.view)
        assert (row.who, row.whom) == ("Ivan Bortnik", "Dragan Petrovic")


def test_the_russian_report_alone_names_known_leaders_by_their_label(tmp_path: Path) -> None:
    with load(tmp_path, RUSSIAN) as graph:
        (row,) = who_met_whom(graph.view)
        assert {row.who, row.whom} == {"Vladimir Putin", "Abdel Fattah el-Sisi"}
        assert row.topics == ("agriculture", "grain supplies")


def test_another_surname_in_the_other_language_is_another_meeting(tmp_path: Path) -> None:
    stranger = ENGLISH_STRANGERS | {
        "text": "Serbian Minister of Agriculture Milan Jovanovic held talks in Minsk on June 2, 2021 with Belarusian "
        "Minister of Agriculture Ivan Bortnik."
    }
    with load(tmp_path, RUSSIAN_STRANGERS, stranger) as graph:
        assert [row.reports for row in who_met_whom(graph.view)] == [1, 1]
