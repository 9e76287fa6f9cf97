"""Russian texts made to break a reader give valid spans, the same twice, and no error."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Extraction, Span
from tests.languages.conftest import said

PIECES = (
    "Президент", "России", "Турции", "С.В.", "Лавров", "встретился", "с", "со", "и", "не", "в", "Москве", "16", "марта",
    "31 февраля", "2021", "года", "состоялась", "встреча", "переговоры", "между", "обсудили", "что", ",", ".", "«", "»",
    "(", "—", "\n\n", "г.", "министром", "иностранных", "дел", "его", "коллега", "подписан", "меморандум", "$", "5,5",
    "млрд", "долларов", "товарооборот", "А.", "Глава", "отменена", "ё", "Ё", "\u0301", "\u00a0", "МИД", "из", "дневника",
)  # fmt: skip


def spans(found: Extraction) -> list[Span]:
    facts = [
        fact
        for m in found.meetings
        for fact in (
            m,
            m.place,
            *m.participants,
            *m.topics,
            *m.documents,
            *m.figures,
            *m.statements,
        )
    ]
    return [fact.span for fact in facts if fact is not None and fact.span is not None]


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_heap_of_words_is_read_with_spans_inside_it(pieces: list[str], titled: bool) -> None:
    text = "По данным, которые были в МИД на этот год: " + " ".join(pieces)
    found = said(text, title=text if titled else None)
    assert all(0 <= span.start < span.end <= len(text) for span in spans(found))
    assert said(text, title=text if titled else None) == found


@given(st.text(alphabet="абвИЙёЁ .,-«»\n1", max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_letters_are_read(letters: str) -> None:
    text = "В Москве президент Турции и министр на этой встрече с ним были. " + letters
    assert all(0 <= span.start < span.end <= len(text) for span in spans(said(text)))


def test_a_page_without_a_full_stop_is_read() -> None:
    text = "В Москве президент Турции встретился с президентом Ирана и " + "Иван Петров и " * 20_000
    assert said(text).meetings


def test_many_meetings_are_bounded() -> None:
    line = (
        "{} июня министр обороны Турции Али Озкан встретился с министром спорта Ирана Хасаном{}. "
    )
    text = "".join(line.format(n % 28 + 1, "а" * n) for n in range(300))
    assert 0 < len(said(text).meetings) <= 200
