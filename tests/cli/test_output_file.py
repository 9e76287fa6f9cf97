"""`-o FILE`: the file is there whole or as it was; a command can read the file it replaces."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.commands.output_file import binary_output
from kg.errors import UsageError
from tests.cli.conftest import Run

RECORD = json.dumps(
    {"id": "a", "text": "Ann Lee met Bo Berg.", "published": "2021-05-04"}, ensure_ascii=False
)


def test_extract_may_replace_the_file_that_it_reads(kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text(RECORD + "\n")
    assert kg("extract", str(file), "-o", str(file)).code == 0
    assert json.loads(file.read_text())["published"] == "2021-05-04"
    assert [p.name for p in tmp_path.glob("*records*")] + [
        p.name for p in tmp_path.glob(".*records*")
    ] == ["records.jsonl"]


def test_a_failing_export_leaves_the_old_file(kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("old")
    assert kg("export", "--to", "ttl", "-o", str(file), "--db", "nowhere").code == 2
    assert file.read_text() == "old"


def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half way"), binary_output(str(tmp_path / "x")) as out:
        out.write(b"half")
        raise ValueError("half way")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="cannot be written: No such file"),
        binary_output(str(tmp_path / "no" / "x")),
    ):
        pass


def test_devices_and_links_are_written_through(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with binary_output(str(link)) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    with binary_output("/dev/null") as out:
        out.write(b"gone")
    assert Path("/dev/null").is_char_device()


def test_an_interrupted_stream_keeps_what_was_done(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "extract", "-", "-o", str(file)],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    ) as run:  # fmt: skip
        assert run.stdin is not None
        run.stdin.write(RECORD + "\n")
        run.stdin.write(RECORD.replace('"a"', '"b"') + "\n")
        run.stdin.flush()
        part = tmp_path / ".out.jsonl.part"
        deadline = time.monotonic() + 60
        while not (part.exists() and part.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert str(part) in said
    assert json.loads(part.read_text().splitlines()[0])["id"] == "a"
    assert not file.exists()
