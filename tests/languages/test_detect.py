"""The language of a report is told by its text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.extraction.languages import language_of, pack_of
from loaders.jsonl import JsonLinesLoader
from tests.languages.conftest import report

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Президент России в Москве встретился с министром обороны Индии, и они обсудили поставки.",
            "ru",
        ),
        ("The President of Peru met the Prime Minister of Norway in Lima on Monday.", "en"),
        (
            "Президент України зустрівся з міністром оборони Польщі та обговорив із ним постачання.",
            None,
        ),
        ("Президентът на България се срещна в София с министъра на отбраната на Гърция.", None),
        ("Қазақстан Президенті Қасым-Жомарт Тоқаев Түркия сыртқы істер министрін қабылдады.", None),
        (
            "Le président du Pérou a rencontré le premier ministre norvégien à Lima lundi dernier.",
            None,
        ),
        (
            "El presidente de Perú se reunió con el primer ministro de Noruega en Lima el lunes.",
            None,
        ),
        ("", None),
        ("12.10.2021", None),
    ],
)
def test_a_language_is_told_by_its_letters_and_small_words(text: str, code: str | None) -> None:
    assert language_of(report(text)) == code


def test_an_english_report_that_quotes_russian_is_english() -> None:
    text = "The President of Peru met the Prime Minister of Norway in Lima. The song was “Подмосковные вечера”."
    assert language_of(report(text)) == "en"
    assert pack_of(report(text)) is None


@pytest.mark.parametrize("name", ["russian-look", "russian-held"])
def test_the_russian_reports_are_known_as_russian(name: str) -> None:
    texts = [json.loads(line) for line in (GOLD / f"{name}.jsonl").open(encoding="utf-8")]
    assert {language_of(report(t["text"], t["title"])) for t in texts} == {"ru"}


def test_nearly_all_english_reports_are_known_as_english() -> None:
    texts = [json.loads(line) for line in (GOLD / "written-look.jsonl").open(encoding="utf-8")]
    told = [language_of(report(t["text"], t["title"])) for t in texts]
    assert set(told) <= {"en", None} and told.count("en") > 0.97 * len(told)


def test_a_report_keeps_the_language_that_its_source_states(tmp_path: Path) -> None:
    from loaders import read_path

    path = tmp_path / "r.jsonl"
    rows = [
        {"id": "1", "text": "Президент Перу встретился в Лиме с послом Индии.", "language": "uk"}
    ]
    rows.append({"id": "2", "text": "Президент Перу встретился в Лиме с послом Индии."})
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    assert JsonLinesLoader().name == "jsonl"
    assert [getattr(r, "language", None) for r in read_path([path])] == ["uk", "ru"]
