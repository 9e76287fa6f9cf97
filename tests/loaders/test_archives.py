"""Archives are read like folders, and what would do harm in one is refused while the rest is read."""

from __future__ import annotations

import bz2
import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from kg.model import Refusal, Report
from loaders import read_path

TEXT = "Title: Talks\nDate: 2020-01-01\nId: %s\n\nThe president met the prime minister.\n"
RECORD = (
    '{"id": "%s", "text": "The president met the prime minister.", "published": "2020-01-01"}\n'
)


def ids(path: Path) -> list[str]:
    return [item.id for item in read_path([path]) if isinstance(item, Report)]


def refused(path: Path) -> list[tuple[str, str]]:
    """Path below the archive's folder, and reason, of each refusal."""
    found = [item for item in read_path([path]) if isinstance(item, Refusal)]
    return [(str(Path(r.path).relative_to(path.parent)), r.reason) for r in found]


def the_refusal(path: Path) -> tuple[str, str]:
    (found,) = refused(path)
    return found


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(members: Iterable[tuple[str | tarfile.TarInfo, str]]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for member, content in members:
            info = tarfile.TarInfo(member) if isinstance(member, str) else member
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return packed.getvalue()


def zstandard(data: bytes) -> bytes:
    return pytest.importorskip("backports.zstd").compress(data)  # type: ignore[no-any-return]


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


TWO = {"b/two.txt": TEXT % "2", "a.txt": TEXT % "1", "b/one.jsonl": RECORD % "3" + RECORD % "4"}
PACKED: dict[str, Callable[[], bytes]] = {
    "reports.zip": lambda: zipped(TWO),
    "reports.tar": lambda: tarred(TWO.items()),
    "reports.tar.gz": lambda: gzip.compress(tarred(TWO.items())),
    "reports.tgz": lambda: gzip.compress(tarred(TWO.items())),
    "reports.tar.bz2": lambda: bz2.compress(tarred(TWO.items())),
    "reports.tar.zst": lambda: zstandard(tarred(TWO.items())),
    "REPORTS.ZIP": lambda: zipped(TWO),
    "nested.zip": lambda: zipped({"inner.zip": zipped(TWO)}),
    "nested.tgz.zip": lambda: zipped({"x.tgz": gzip.compress(tarred(TWO.items()))}),
}


@pytest.mark.parametrize("name", PACKED)
def test_an_archive_is_read_in_the_order_of_its_names(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, name, PACKED[name]())
    assert ids(path) == ["1", "3", "4", "2"]
    assert refused(path) == []


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard])
def test_a_packed_file_is_read_under_its_own_name(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    ending = {"gzip": "gz", "bz2": "bz2"}.get(pack.__module__, "zst")
    path = put(tmp_path, f"r.jsonl.{ending}", pack((RECORD % "1" + "{\n" + RECORD % "2").encode()))
    assert ids(path) == ["1", "2"]
    ((_, reason),) = refused(path)
    (first, bad, _) = read_path([path])
    assert isinstance(first, Report)
    assert (first.source.line, str(first.source)) == (1, f"{path}:1")
    assert isinstance(bad, Refusal)
    assert (bad.path, bad.line) == (str(path), 2)
    assert "not JSON" in reason


def test_a_member_is_named_after_its_archive(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", zipped({"in/empty.txt": "", "in/r.txt": TEXT % "1"}))
    assert the_refusal(path)[0] == "a.zip!in/empty.txt"
    assert ids(path) == ["1"]


def test_the_day_in_a_members_name_is_its_day_of_publication(tmp_path: Path) -> None:
    path = put(tmp_path, "2001-01-01.zip", zipped({"2019-10-25.txt": "He met her.", "b.txt": "x"}))
    published = [item.published for item in read_path([path]) if isinstance(item, Report)]
    assert published == ["2019-10-25", None]


def test_members_of_unknown_kinds_and_hidden_ones_are_skipped(tmp_path: Path) -> None:
    members = {"notes.md": "#", ".git/a.txt": "x", "__MACOSX/._r.txt": "x", "r.txt": TEXT % "1"}
    path = put(tmp_path, "a.zip", zipped(members))
    assert (ids(path), refused(path)) == (["1"], [])


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_without_anything_readable_is_refused(tmp_path: Path, name: str) -> None:
    only = {"picture.png": "x"}
    data = zipped(only) if name == "a.zip" else gzip.compress(tarred(only.items()))
    assert "holds no file that can be read" in the_refusal(put(tmp_path, name, data))[1]


def test_a_packed_file_whose_kind_is_not_told_is_refused_and_skipped_in_a_folder(
    tmp_path: Path,
) -> None:
    path = put(tmp_path, "report.gz", gzip.compress(b"x"))
    assert "report.txt.gz" in the_refusal(path)[1]
    put(tmp_path, "r.txt", (TEXT % "1").encode())
    assert refused(tmp_path) == []


FORGED = {
    "../../out.txt": "leads out",
    "in/../../out.txt": "leads out",
    "in\\..\\..\\out.txt": "leads out",
    "/etc/out.txt": "absolute",
    "C:\\out.txt": "absolute",
    "..": "leads out",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_path_that_leads_out_of_a_zip_is_refused(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, "a.zip", zipped({name: TEXT % "1", "good.txt": TEXT % "2"}))
    assert FORGED[name] in the_refusal(path)[1]
    assert ids(path) == ["2"]


@pytest.mark.parametrize("name", FORGED)
def test_a_path_that_leads_out_of_a_tar_is_refused(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, "a.tar", tarred([(name, TEXT % "1"), ("good.txt", TEXT % "2")]))
    assert FORGED[name] in the_refusal(path)[1]
    assert ids(path) == ["2"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_a_link_or_device_in_a_tar_is_not_followed(tmp_path: Path, kind: bytes) -> None:
    link = tarfile.TarInfo("link.txt")
    link.type, link.linkname = kind, "/etc/passwd"
    path = put(tmp_path, "a.tar", tarred([(link, ""), ("good.txt", TEXT % "2")]))
    assert the_refusal(path)[0] == "a.tar!link.txt"
    assert ids(path) == ["2"]


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "link" in the_refusal(put(tmp_path, "a.zip", packed.getvalue()))[1]


def test_an_encrypted_member_is_refused_with_what_to_do(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT % "1"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert "password" in the_refusal(put(tmp_path, "a.zip", bytes(data)))[1]


def test_a_name_that_a_zero_byte_cuts_short_is_refused(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT % "1", "good.txt": TEXT % "2"})
    for forged in (b"\0.txt", b"a.t\0t"):
        path = put(tmp_path, "a.zip", data.replace(b"a.txt", forged))
        assert "zero byte" in the_refusal(path)[1]
        assert ids(path) == ["2"]


def test_the_same_name_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path, "a.tar", tarred([("a.txt", TEXT % "1"), ("./a.txt", TEXT % "2")]))
    assert ids(path) == ["1"]
    assert "two members" in the_refusal(path)[1]


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.zip", "bomb.tar.gz", "bomb.txt.bz2"])
def test_a_bomb_is_refused(tmp_path: Path, name: str) -> None:
    zeros = b" " * (80 << 20)
    packed = {
        "bomb.txt.gz": lambda: gzip.compress(zeros),
        "bomb.zip": lambda: zipped({"a.txt": zeros}),
        "bomb.tar.gz": lambda: gzip.compress(tarred([("a.txt", zeros.decode())])),
        "bomb.txt.bz2": lambda: bz2.compress(zeros, 1),
    }
    path = put(tmp_path, name, packed[name]())
    assert ids(path) == []
    assert "unpacks to more than" in the_refusal(path)[1]


def overlapping(members: int, size: int) -> bytes:
    """A zip whose members are all the same bytes of the file, so that no one member is a bomb."""
    content = b" " * size
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    sizes = (zlib.crc32(content), len(packed), size)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, *sizes, 5, 0) + b"a.txt"
    central = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x21, *sizes, 5, 0, 0, 0, 0, 0, 0
        )
        + b"a.txt"
        for _ in range(members)
    )
    start = len(local) + len(packed)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, members, members, len(central), start, 0)
    return local + packed + central + end


def test_members_that_share_their_bytes_are_counted_together(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", overlapping(100, 1 << 20))
    assert ids(path) == []
    assert "unpacks to more than" in the_refusal(path)[1]


def test_bombs_packed_in_each_other_are_counted_together(tmp_path: Path) -> None:
    inner = {f"{n}.zip": zipped({"a.txt": b"x " * (4 << 20)}) for n in range(20)}
    path = put(tmp_path, "a.zip", zipped({"0.txt": TEXT % "1", **inner}))
    reasons = [reason for _, reason in refused(path)]
    assert [r for r in reasons if "unpacks to more than" in r] == reasons[-1:]
    assert ids(path)[0] == "1"


def test_packing_too_deep_is_refused_by_name(tmp_path: Path) -> None:
    data = zipped({"r.txt": TEXT % "1"})
    for _ in range(6):
        data = zipped({"a.zip": data, "r.txt": TEXT % "1"})
    found, reason = the_refusal(put(tmp_path, "a.zip", data))
    assert found == "a.zip" + "!a.zip" * 5
    assert "deep" in reason


LONG = {"a.txt": TEXT % "1", "b.txt": "".join(map(str, range(9000))), "c.txt": TEXT % "3"}
CUT: dict[str, Callable[[], bytes]] = {
    "r.jsonl.gz": lambda: gzip.compress("".join(RECORD % n for n in range(4000)).encode()),
    "a.zip": lambda: zipped(LONG),
    "a.tar": lambda: tarred(LONG.items()),
    "a.tar.gz": lambda: gzip.compress(tarred(LONG.items())),
}


@pytest.mark.parametrize("name", CUT)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_an_archive_that_is_cut_off_says_so(tmp_path: Path, name: str, share: float) -> None:
    data = CUT[name]()
    path = put(tmp_path, name, data[: int(len(data) * share)])
    assert any("cut off" in reason for _, reason in refused(path))


def test_what_stands_before_the_damage_is_read(tmp_path: Path) -> None:
    lines = "".join(RECORD % n for n in range(4000)).encode()
    path = put(tmp_path, "r.jsonl.gz", gzip.compress(lines)[:-2000])
    assert ids(path)[:3] == ["0", "1", "2"]
    path = put(tmp_path, "a.tar", tarred(TWO.items())[:1600])
    assert ids(path) == ["2"]


def test_a_damaged_member_does_not_hide_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT % "1", "b.txt": TEXT % "2"}))
    data[50] ^= 0xFF
    path = put(tmp_path, "a.zip", bytes(data))
    assert ids(path) == ["2"]
    assert the_refusal(path)[0] == "a.zip!a.txt"


@pytest.mark.parametrize(
    "name", ["a.zip", "a.tar", "a.tar.gz", "r.txt.gz", "r.txt.bz2", "r.txt.zst"]
)
@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06", bytes(2000), b"\x1f\x8b\x08"])
def test_what_is_no_archive_is_refused_in_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    if name.endswith(".zst"):
        pytest.importorskip("backports.zstd")
    _, reason = the_refusal(put(tmp_path, name, data))
    assert "\n" not in reason


def test_a_name_that_would_break_the_line_is_escaped(tmp_path: Path) -> None:
    path = put(tmp_path, "a.tar", tarred([("new\nline\x1b[31m.txt", "")]))
    bomb = put(tmp_path, "b.zip", overlapping(100, 1 << 20).replace(b"a.txt", b"a\n.tx"))
    assert all("\n" not in name for name, _ in refused(bomb))
    assert the_refusal(path)[0] == "a.tar!new\\nline\\x1b[31m.txt"


def test_a_page_that_no_article_fills_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "page.html", b"<p>x</p>" * (3 << 20))
    put(tmp_path, "r.txt", (TEXT % "1").encode())
    assert [name for name, _ in refused(tmp_path)] == [f"{tmp_path.name}/page.html"]
    assert ids(tmp_path) == ["1"]


def test_a_line_that_no_record_fills_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    lines = RECORD % "1" + '{"text": "' + "x" * (65 << 20) + '"}\n' + RECORD % "3"
    path = put(tmp_path, "r.jsonl", lines.encode())
    assert ids(path) == ["1", "3"]
    (refusal,) = (item for item in read_path([path]) if isinstance(item, Refusal))
    assert refusal.line == 2
