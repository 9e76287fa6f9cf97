"""How the time to read a text grows with its length, for shapes that break careless readers.

    python benchmarks/hostile.py [--start 250000] [SHAPE...]

For each shape the text is read at n, 2n and 4n characters, a sentence on a meeting before it and
after it so that all steps have work: twice the time for twice the text is linear. Every span of the
result is checked against the text. `growth` is the exponent between the first and the last size:
1.0 is linear, 2.0 quadratic.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.model import Report, Source, Span
from loaders.extraction import extract

MEETING = "President Ann Lee of Peru met Prime Minister Bo Berg of Norway in Lima on 3 May 2021. "
_NAMES = ("Ann Lee", "Bo Berg", "Carlos Ruiz", "Dora Novak", "Emil Haas", "Farid Aliyev", "Greta Lind", "Hugo Maas")  # fmt: skip


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _numbered(unit: str) -> Callable[[int], str]:
    """Each repetition has a number of its own, so that no two are equal."""

    def text(size: int) -> str:
        parts: list[str] = []
        length = 0
        while length < size:
            parts.append(unit.format(n=_letters(len(parts))))
            length += len(parts[-1])
        return "".join(parts)

    return text


def _letters(number: int) -> str:
    name = ""
    while number or not name:
        number, digit = divmod(number, 26)
        name += chr(ord("a") + digit)
    return name.capitalize()


SHAPES: dict[str, Callable[[int], str]] = {
    "one line of words": _repeated("nothing was said of it and "),
    "plain sentences": _repeated("Nothing was said of it. "),
    "meetings": _repeated(MEETING),
    "meetings, one a line": _repeated(MEETING + "\n"),
    "meetings of others": _numbered("President {n}son of Peru met Prime Minister {n}berg of Norway in Lima. "),
    "talks of others": _numbered("Talks between {n}son Lee and {n}berg Maas took place. "),
    "nothing but names": lambda size: " ".join(name for name, _ in zip(cycle(_NAMES), range(size // 9)))[:size],
    "names of their own": _numbered("{n}son {n}berg, "),
    "namesakes": _numbered("President Ann{n} Lee of Peru spoke. "),
    "ministers of everything": _numbered("The Minister of {n} Affairs met the President. "),
    "he and she": _repeated("He met her and she met him. They met the ministers. "),
    "two leaders": _repeated("The two leaders discussed trade. The sides met. "),
    "visits": _numbered("On {n} Monday President Lee visited {n}town and met President Maas. "),
    "documents": _numbered("The Agreement on {n} Trade between Peru and Norway was signed. "),
    "titles in a chain": _repeated("the President of "),
    "offices in a chain": _repeated("Minister of Foreign Affairs and "),
    "lists": _repeated("Ann Lee, Bo Berg and "),
    "brackets": _repeated("("),
    "square brackets": _repeated("["),
    "quotes": _repeated('"'),
    "curly quotes": _repeated("“"),
    "apostrophes": _repeated("’"),
    "quoted talk": _repeated('"We met," he said. '),
    "capital letters": _repeated("A"),
    "capitals and spaces": _repeated("A "),
    "initials": _repeated("A. "),
    "commas": _repeated(","),
    "full stops": _repeated("."),
    "honorific and stops": _repeated("Mr" + "." * 2000 + " "),
    "dashes": _repeated("— "),
    "hyphens": _repeated("a-"),
    "digits": _repeated("7"),
    "dates": _repeated("3 May 2021, "),
    "numbers": _repeated("1,000.5 "),
    "spaces": _repeated(" "),
    "empty lines": _repeated("\n"),
    "spaces and lines": _repeated("  \n \t\r\n"),
    "colons": _repeated("A: "),
    "speakers": _numbered("MR {n}SON: We met the President. "),
    "headers": _repeated("Title: x\n"),
    "stars": _repeated("* "),
    "mixed scripts": _repeated("Президент met 大統領 και ο πρωθυπουργός رئيس. "),
    "right-to-left marks": _repeated("\u200fPresident\u200e Lee\u202e met\u202c him. "),
    "combining marks": _repeated("e\u0301\u0302\u0303"),
    "HTML left-overs": _repeated("<p class=\"x\">&nbsp;<a href='#'>met</a> &amp; "),
    "OCR noise": _repeated("Pres1dent L€e m&t th~ K|ng 0f N0rway; l1 "),
    "with with with": _repeated("met with "),
    "talks with": _repeated("talks with "),
    "talks between": _repeated("talks between "),
    "and and and": _repeated("and "),
    "who met": _repeated("President Lee, who met "),
    "signed": _repeated("They signed a memorandum of understanding on trade. "),
    "figures": _repeated("Trade rose by 12.5 percent to $900 million in 2018. "),
}  # fmt: skip


def main() -> None:
    """Read the arguments, print a line a shape; exit code 1 if one grows faster than the text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help="part of a name; default: all")
    parser.add_argument("--start", type=int, default=250_000, help="characters of the first size")
    arguments = parser.parse_args()
    extract(Report("warm", MEETING, Source("warm")))
    print(f"{'shape':24}{'n':>9}{'2n':>9}{'4n':>9}  growth   MB/s")
    slow = [
        name
        for name, make in SHAPES.items()
        if not arguments.shapes or any(part in name for part in arguments.shapes)
        if _line(name, make, arguments.start) > 1.3
    ]
    sys.exit(f"faster than linear: {', '.join(slow)}" if slow else 0)


def _line(name: str, make: Callable[[int], str], start: int) -> float:
    seconds = [_seconds(MEETING + make(start * factor) + MEETING) for factor in (1, 2, 4)]
    growth = math.log2(max(seconds[2], 1e-9) / max(seconds[0], 0.02)) / 2
    times = "".join(f"{s:9.2f}" for s in seconds)
    print(
        f"{name:24}{times}  {growth:6.2f} {start * 4 / 1e6 / max(seconds[2], 1e-9):6.1f}",
        flush=True,
    )
    return growth


def _seconds(text: str) -> float:
    report = Report("hostile", text, Source("hostile"))
    began = time.process_time()
    found = extract(report)
    seconds = time.process_time() - began
    for span in spans(found):
        assert 0 <= span.start < span.end <= len(text), span
    return seconds


def spans(value: object) -> Iterator[Span]:
    """All spans of an extraction."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from spans(getattr(value, field.name))


if __name__ == "__main__":
    main()
