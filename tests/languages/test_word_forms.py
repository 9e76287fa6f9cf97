"""Words in their cases: what is found in every form, and how names come back to the nominative."""

from __future__ import annotations

import pytest

from loaders.extraction.languages.engine import engine
from loaders.extraction.languages.words import words_of
from tests.languages.conftest import said

STATES = frozenset({"state"})


def state(text: str) -> tuple[str, ...] | None:
    own = engine("ru")
    hit = own.lexis.at(words_of(text, 0, len(text), own.pack), 0, STATES)
    return hit.meaning.codes if hit is not None and hit.last == len(text.split()) else None


@pytest.mark.parametrize(
    ("forms", "code"),
    [
        (("Россия", "России", "Россию", "Россией"), "RUS"),
        (("Турция", "Турции", "Турцией"), "TUR"),
        (("Узбекистан", "Узбекистана", "Узбекистану", "Узбекистаном", "Узбекистане"), "UZB"),
        (("Республика Беларусь", "Республики Беларусь", "Республикой Беларусь"), "BLR"),
        (
            ("Саудовская Аравия", "Саудовской Аравии", "Саудовскую Аравию", "Саудовской Аравией"),
            "SAU",
        ),
        (
            (
                "Соединённые Штаты Америки",
                "Соединенных Штатов Америки",
                "Соединёнными Штатами Америки",
            ),
            "USA",
        ),
        (("Израиль", "Израиля", "Израилем"), "ISR"),
        (("Чили",), "CHL"),
        (("США",), "USA"),
    ],
    ids=lambda v: v if isinstance(v, str) else v[0],
)
def test_a_state_is_found_in_all_its_forms(forms: tuple[str, ...], code: str) -> None:
    assert {form: state(form) for form in forms} == dict.fromkeys(forms, (code,))


@pytest.mark.parametrize("text", ["сша", "Сшами", "Россиянин", "Чилийка", "республика беларусь"])
def test_what_only_resembles_a_state_is_none(text: str) -> None:
    assert state(text) is None


@pytest.mark.parametrize(
    ("written", "cases", "name"),
    [
        ("Сергеем Лавровым", "i", "Сергей Лавров"),
        ("С.В.Лаврова", "ga", "С.В.Лавров"),
        ("Марии Захаровой", "gdp", "Мария Захарова"),
        ("Хаканом Фиданом", "i", "Хакан Фидан"),
        ("Дмитрию Козинскому", "d", "Дмитрий Козинский"),
        ("Ангелой Меркель", "i", "Ангела Меркель"),
        ("Касым-Жомарта Токаева", "ga", "Касым-Жомарт Токаев"),
        ("Си Цзиньпином", "i", "Си Цзиньпин"),
        ("Ильхаму Алиеву", "d", "Ильхам Алиев"),
        ("Ильёй Черёмухиным", "i", "Илья Черёмухин"),
        ("Андреем Вержбицким", "i", "Андрей Вержбицкий"),
        ("Игорем Додоном", "i", "Игорь Додон"),
        ("Чон Ый Ёном", "i", "Чон Ый Ён"),
        ("Синго Хаясаки", "ga", "Синго Хаясаки"),
        ("Петером Сийярто", "i", "Петер Сийярто"),
        ("Сергея Викторовича Лаврова", "ga", "Сергей Викторович Лавров"),
        ("Тарека эль-Вакиля", "ga", "Тарек эль-Вакиль"),
        ("Хансом ван Дерлином", "i", "Ханс ван Дерлин"),
        ("Абдельфаттахом Сиси", "i", "Абдельфаттах Сиси"),
        ("Садыр Жапаров", "n", "Садыр Жапаров"),
    ],
    ids=lambda v: v,
)
def test_a_name_comes_back_to_the_nominative(written: str, cases: str, name: str) -> None:
    assert engine("ru").people.nominative(written, cases, frozenset()) == name


def test_a_name_the_report_has_in_the_nominative_decides() -> None:
    """Both "Вейла" and "Вейл" have the genitive "Вейлы" or "Вейла"."""
    text = "Министр культуры Чехии Вера Вейла прибыла в Москву. Состоялась встреча министра культуры Чехии Веры Вейлы с министром культуры России."
    (meeting,) = said(text).meetings
    assert "Вера Вейла" in {p.name for p in meeting.participants}
