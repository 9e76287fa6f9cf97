"""How fast the extraction is beside spaCy's tokenizer and sentencizer, how much memory, how quick a start.

    python benchmarks/speed.py REPORTS.jsonl...

Both read the same texts in this process, by turns, and processor time is compared: 1.0 is as many
reports a second as `spacy.blank("en")` with only its `sentencizer`, which does no more than cut a
text into words and sentences. Without spaCy (`pip install spacy`, in an environment of its own) the
ratio is left out. Start-up and memory are those of `kg extract` in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.extract_dev import reports
from loaders.extraction import extract

ROOT = Path(__file__).resolve().parents[1]
ONE = {"id": "1", "text": "President Ann Lee of Peru met Prime Minister Bo Berg of Norway."}


def main() -> None:
    """Read the arguments and print one line a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="REPORTS.jsonl")
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    _start()  # first: a child's peak counts what this process held when it was made
    _memory(arguments.paths)
    _compare(arguments.paths, arguments.rounds)


def _compare(paths: list[Path], rounds: int) -> None:
    given = [report for path in paths for report in reports(path)]
    readers: dict[str, Callable[[], object]] = {"kg": lambda: [extract(report) for report in given]}
    tokenizer = _spacy([report.text for report in given])
    if tokenizer is not None:
        readers["spaCy"] = tokenizer
    extract(given[0])
    seconds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            began = time.process_time()
            read()
            seconds[name].append(time.process_time() - began)
    for name, spent in seconds.items():
        first, best = (len(given) / s for s in (spent[0], min(spent)))
        print(f"{name}: {best:.0f} reports a second of one core (first round {first:.0f})")
    if tokenizer is None:
        print("ratio: left out, spaCy is not installed here")
        return
    ratios = sorted(s / k for k, s in zip(seconds["kg"], seconds["spaCy"], strict=True))
    print(
        f"ratio kg / spaCy: {min(seconds['spaCy']) / min(seconds['kg']):.2f} (by round {ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


def _spacy(texts: list[str]) -> Callable[[], object] | None:
    try:
        import spacy
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = max(map(len, texts)) + 1
    nlp(texts[0])
    return lambda: [len(doc) for doc in nlp.pipe(texts)]


def _child(*paths: str, compiled: str | None = None) -> tuple[float, int]:
    """Processor seconds and peak kilobytes of `kg extract PATH...`.

    Args:
        compiled: folder in which the modules are left compiled, as an installer leaves them.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled} if compiled else {}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "kg", "extract", *paths, "-o", "/dev/null"]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | kept)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, after.ru_maxrss


def _start() -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.jsonl")
        one.write_text(json.dumps(ONE), encoding="utf-8")
        _child(str(one), compiled=folder)
        spent = min(_child(str(one), compiled=folder)[0] for _ in range(3))
    print(f"start-up: {spent:.2f} s of processor time for one sentence")


def _memory(paths: list[Path]) -> None:
    _, peak = _child(*(str(path.resolve()) for path in paths))
    print(f"memory: {peak / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
