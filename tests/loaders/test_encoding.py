"""UTF-16 without a byte order mark: read right in any alphabet, never taken for what it is not."""

from __future__ import annotations

import random
import struct

import pytest

from kg.errors import UnreadableSourceError
from loaders.encoding import decode, told_by

TEXTS = (
    "Да",
    "Министр иностранных дел Норвегии прибыл в Минск.\n5 мая 2021 года, «Вечер» – 7 %.",
    "ВСТРЕЧА В МИНСКЕ",
    "The ministers met in Oslo and spoke of fish.",
    "Ο υπουργός έφτασε στην Αθήνα.",
    "وصل الوزير إلى عمان.",
    "Նախարարը ժամանեց Երևան։",
    "მინისტრი თბილისში ჩავიდა.",
    "Řád, Łódź a Kraków: ministři jednali o rybách.",
)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", TEXTS)
def test_it_is_read_right(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert decode(data, "x.txt") == text
    assert told_by(data) == encoding


def test_numbers_of_two_bytes_are_no_text() -> None:
    numbers = random.Random(3)
    for _ in range(200):
        data = struct.pack("<300H", *(numbers.randrange(1500) for _ in range(300)))
        with pytest.raises(UnreadableSourceError, match="binary file, or UTF-16 without a mark"):
            decode(data, "x.txt")


def test_what_cannot_be_told_is_refused_and_says_what_to_do() -> None:
    data = "大臣会談\n首脳会談\n外相会談".encode("utf-16-le")
    with pytest.raises(UnreadableSourceError, match="give plain text in UTF-8"):
        decode(data, "x.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r"])
def test_other_encodings_are_not_taken_for_it(encoding: str) -> None:
    text = TEXTS[1].replace("«", "").replace("»", "").replace("–", "-")
    assert told_by(text.encode(encoding)) is None


WESTERN = (
    ("mac_roman", "Foreign Minister José Mumbá met Françoise Müller’s guest in Malmö."),
    ("cp1252", "Foreign Minister José Mumbá met Françoise Müller’s guest in Malmö."),
    ("cp1250", "Premiér Miloš Šefčovič přijal Tomáše Nováka. Řekl to v Praze."),
    ("cp1252", "The minister’s guest† spoke of “fish” – and of 7‰."),
)


@pytest.mark.parametrize(("encoding", "text"), WESTERN)
def test_a_western_code_page_is_told_by_its_letters(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "x.txt") == text
