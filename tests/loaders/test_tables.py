"""Tables with anybody's columns: in any of ten encodings, by a mapping beside them or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import main
from kg.model import Refusal, Report
from loaders import read_path
from loaders.csv_rows import rows
from loaders.mapping import MappingError, read_mapping

WORDS = {
    "utf-8": "Élysée, Łódź, Кремль, 首脳",
    "utf-8-sig": "Élysée, Łódź, Кремль, 首脳",
    "utf-16": "Élysée, Łódź, Кремль, 首脳",
    "utf-32": "Élysée, Łódź, Кремль, 首脳",
    "cp1252": "Le président français a été reçu à l'Élysée",
    "cp1251": "Президент принял министра в Кремле вечером",
    "koi8-r": "Президент принял министра в Кремле вечером",
    "cp1250": "Premier przyjął ministra w Łodzi, mówiąc o węglu",
    "cp1253": "Ο πρωθυπουργός συναντήθηκε με τον πρόεδρο στην Αθήνα",
    "cp1254": "Cumhurbaşkanı görüştü, dışişleri bakanı da katıldı",
    "gb18030": "国家主席会见了总统双方就贸易问题交换了意见",
    "big5": "國家主席會見了總統雙方就貿易問題交換了意見",
}


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def one(path: Path, mapping: Path | None = None) -> Report:
    (report,) = read_path([path], mapping=mapping)
    assert isinstance(report, Report), report
    return report


@pytest.mark.parametrize("encoding", WORDS)
def test_a_table_says_the_same_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    words = WORDS[encoding]
    path = put(tmp_path / "t.csv", f'id,text\n1,"{words}"\n', encoding)
    mapping = put(tmp_path / "m.toml", f'encoding = "{encoding}"\n[columns]\ntext = "text"\n')
    assert one(path, mapping).text == words


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"]
)
def test_a_table_without_a_mapping_is_known_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    words = "Президент принял министра, обсуждались поставки зерна и газа"
    assert one(put(tmp_path / "t.csv", f'id,text\n1,"{words}"\n', encoding)).text == words


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_table_is_recognised_however_it_is_divided(
    tmp_path: Path, delimiter: str, newline: str
) -> None:
    lines = (delimiter.join(cells) for cells in (("id", "text"), ("7", '"They met, at last; so"')))
    report = one(put(tmp_path / "t.csv", newline.join(lines) + newline))
    assert (report.id, report.text) == ("7", "They met, at last; so")


def test_a_spreadsheets_first_line_names_the_delimiter(tmp_path: Path) -> None:
    put(tmp_path / "t.toml", '[columns]\ntext = "Body"\n')
    assert one(put(tmp_path / "t.csv", "sep=|\nNo|Body\n1|They met.\n")).source.line == 3


def test_a_cell_may_hold_a_whole_report(tmp_path: Path) -> None:
    words = "They met. " * 60_000
    assert one(put(tmp_path / "t.csv", f'text\n"{words}"\n')).text == words.strip()


def test_a_row_is_named_by_the_line_it_starts_on() -> None:
    text = 'a,b\n"1\n1",2\n\n"3,4\n5,6\n'
    found = [(row.line, row.cells, bool(row.broken)) for row in rows(text, ",")]
    assert found == [
        (1, ("a", "b"), False),
        (2, ("1\n1", "2"), False),
        (5, (), True),
        (6, ("5", "6"), False),
    ]


def test_the_mapping_that_is_named_goes_before_the_one_beside(tmp_path: Path) -> None:
    path = put(tmp_path / "t.csv", "A,B\none,two\n")
    put(tmp_path / "t.toml", '[columns]\ntext = "A"\n')
    other = put(tmp_path / "other.toml", '[columns]\ntext = "B"\n')
    assert one(path).text == "one"
    assert one(path, other).text == "two"


def test_a_named_mapping_reaches_tables_in_archives_and_folders(tmp_path: Path) -> None:
    from tests.loaders.test_archives import zipped

    (tmp_path / "a.zip").write_bytes(zipped({"t.csv": "A\none\n"}))
    mapping = put(tmp_path / "m.toml", '[columns]\ntext = "A"\n')
    reports = [item for item in read_path([tmp_path], mapping=mapping) if isinstance(item, Report)]
    assert [report.text for report in reports] == ["one"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "names neither"),
        ("[columns]\ntitle = 'T'\n", "names neither"),
        ("[columns]\ntext = 3\n", "text is needed"),
        ("[columns]\ntext = 'T'\ntitel = 'X'\n", "did you mean title?"),
        ("[columns]\ntext = 'T'\ntitle = ['A', 'B']\n", "only text may join"),
        ("columns = 'T'\n", "write [columns]"),
        ("dates = 'english'\n[columns]\ntext = 'T'\n", "day-first"),
        ("delimiter = '::'\n[columns]\ntext = 'T'\n", "known are"),
        ("[values]\nformat = 'x'\n[columns]\ntext = 'T'\n", "[values.format]"),
        ("[columns\n", "cannot be read"),
    ],
)
def test_a_slip_in_a_mapping_is_one_clear_line(tmp_path: Path, text: str, hint: str) -> None:
    path = put(tmp_path / "m.toml", text)
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_named_mapping_that_is_wrong_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path / "t.csv", "A\none\n")
    code = main(["extract", str(path), "--mapping", str(tmp_path / "none.toml")])
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_mapping_beside_that_is_wrong_refuses_only_its_table(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", "A\none\n")
    put(tmp_path / "a.toml", "[columns\n")
    put(tmp_path / "b.csv", "text\ntwo\n")
    outcomes = list(read_path([tmp_path]))
    assert [type(o) for o in outcomes] == [Refusal, type(outcomes[1]), Report]
