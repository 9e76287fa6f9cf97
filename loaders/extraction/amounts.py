"""Amounts: numbers with what is counted, as newsrooms write them.

"$3.4bn", "USD 3.4 bln", "900 million dollars", "half a billion euros", "the one-billion mark", "5-6 billion yuan",
"2.5 million safe vaccine doses". A number without a unit is no amount, unless a scale makes it a sum of money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.extraction.content_tables import compile_pattern, table

_WORDS = {
    "a": 1.0, "an": 1.0, "the": 1.0, "that": 1.0, "another": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "hundred": 100.0,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6,
    "m": 1e6, "mil": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "bcm": 1e9,
    "trillion": 1e12, "trln": 1e12, "tn": 1e12,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:[,.\s]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALE = r"(?:hundred|thousand|lakhs?|million|mln|mn|mil|crores?|billion|bln|bn|trillion|trln|tn)\b"
_TIGHT = r"(?:k|m|b)\b"
_SPELLED = (
    r"(?:half|a quarter|quarter|three quarters) (?:of )?an?|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten) and a half|"
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)"
    r"(?: hundred)?|(?:the|that|another)"
)
_DIGIT = re.compile(r"\d")
_SCALE_PARTS = ("illion", "crore", "bln", "percent")
_MARK = re.compile(
    r"[\s-]*(?:dollars?)?[\s-]*(?:mark|threshold|milestone|target|goal)\b", re.IGNORECASE
)
_ENDS = re.compile(
    rf"{_MARK.pattern}|\s*(?:[.,;:)–]|\Z)|\s(?:by|in|this|last|next|from|within|over|and|a\syear|annually)\b", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit.

    Attributes:
        kind: "money", "percent", "volume", "doses", "companies", "people" or "times".
        start, end: offsets of number and unit, without words between sentences.
        upper: the number is the upper end of a range.
        noun: the words that name what is counted, for people and things.
    """

    value: float
    unit: str
    kind: str
    start: int
    end: int
    upper: bool = False
    noun: str = ""


def may_hold(text: str, start: int, end: int) -> bool:
    """True if a sentence can hold an amount at all."""
    return _DIGIT.search(text, start, end) is not None or any(
        text.find(word, start, end) >= 0 for word in _SCALE_PARTS
    )


@cache
def _currencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["code"], compile_pattern(f"(?:{row['before']})", re.IGNORECASE))
        for row in table("figures")["currency"]
    )


@cache
def _number() -> re.Pattern[str]:
    """A number with a currency before it, a scale behind it, or both."""
    before = "|".join(row["before"] for row in table("figures")["currency"])
    return compile_pattern(
        rf"(?<![\w.,$€£-])(?P<before>{before})? ?"
        rf"(?:(?P<digits>{_DIGITS})(?: ?(?:-|–|to) ?(?:{before})? ?(?P<upper>{_DIGITS}))?"
        rf"(?:[\s-]?(?P<scale>{_SCALE})|(?P<tight>{_TIGHT}))?"
        rf"|(?P<spelled>{_SPELLED})[\s-](?P<scale2>{_SCALE}))",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    code: str
    kind: str
    after: re.Pattern[str]


@cache
def _units() -> tuple[_Unit, ...]:
    """All units, those with longer names before those with shorter."""
    rows = table("figures")
    money = [
        _Unit(r["code"], "money", compile_pattern(rf"(?:[\s-]|(?<=\d))?(?:{r['after']})(?![\w-])", re.IGNORECASE))
        for r in rows["currency"]
    ]  # fmt: skip
    others = [
        _Unit(
            r["code"], r["kind"],
            compile_pattern(
                rf"[\s-]?(?:(?P<mods>(?:[\w’'-]+,? ){{0,3}}?))(?:{r['after']})(?!\w)"
                if r.get("mods") else rf"[\s-]?(?P<mods>)(?:{r['after']})(?!\w)",
                re.IGNORECASE,
            ),
        )
        for r in rows["unit"]
    ]  # fmt: skip
    return (*money, *others)


_LINKS = re.compile(
    r"\b(?:in|of|for|to|from|at|by|with|on|the|a|worth|that|who|were|was|were|have|has)\b"
)


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """The amounts of `text[start:end]`, in order."""
    at = start
    money = ""
    while (found := _number().search(text, at, end)) is not None:
        amount = _amount(text, found, end, money)
        if amount:
            money = amount.unit if amount.kind == "money" else money
            yield amount
        at = max(found.end(), amount.end if amount else 0)


def _start(found: re.Match[str]) -> int:
    """Where the sign or the number begins; the pattern may open with a blank."""
    return found.start() + len(found[0]) - len(found[0].lstrip())


def _amount(text: str, found: re.Match[str], end: int, money: str) -> Amount | None:
    """The amount of a match; a bare "two billion" is money like the amount before it.

    Args:
        money: the currency last named in the sentence, if any.
    """
    scale = found["scale"] or found["tight"] or found["scale2"]
    value = _value(found, scale)
    if value is None:
        return None
    if found["before"]:
        code = _code_before(found["before"])
        tail = _tail(text, found.end(), end)
        return Amount(value, code, "money", _start(found), tail, bool(found["upper"]))
    for unit in _units():
        after = unit.after.match(text, found.end(), end)
        if after and not (unit.kind != "money" and _LINKS.search(after["mods"] or "")):
            noun = after[0].strip(" -") if unit.kind != "money" else ""
            return Amount(
                value, unit.code, unit.kind, _start(found), after.end(), bool(found["upper"]), noun
            )
    if scale and (_ENDS if money else _MARK).match(text, found.end(), end):
        return Amount(value, money or "USD", "money", _start(found), found.end())
    return None


def _tail(text: str, at: int, end: int) -> int:
    """Past "US dollars" that repeats the sign before the number."""
    again = re.compile(r"\s(?:US )?dollars?\b").match(text, at, end)
    return again.end() if again else at


def _code_before(sign: str) -> str:
    """The longest currency sign wins: `A$` is not `$`."""
    fitting = [(len(m[0]), code) for code, p in _currencies() if (m := p.fullmatch(sign.strip()))]
    return max(fitting)[1] if fitting else "USD"


def _value(found: re.Match[str], scale: str | None) -> float | None:
    factor = _SCALES[scale.lower()] if scale else 1.0
    if found["spelled"]:
        base = _spelled(found["spelled"].lower())
    else:
        base = _digits(found["upper"] or found["digits"], scale is not None)
    value = base * factor
    return round(value, 2) if 0 < value < 1e16 else None


def _spelled(words: str) -> float:
    if words.startswith("half"):
        return 0.5
    if words.startswith(("a quarter", "quarter")):
        return 0.25
    if words.startswith("three quarters"):
        return 0.75
    parts = words.split()
    base = _WORDS[parts[0]]
    if words.endswith("and a half"):
        return base + 0.5
    return base * 100 if parts[-1] == "hundred" and len(parts) > 1 else base


def _digits(written: str, scaled: bool) -> float:
    """1,200.5 and 1.200,5 and 2,5: the last mark is decimal unless three digits follow each."""
    plain = re.sub(r"\s", "", written)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return float(plain)
    tail = re.split(r"[.,]", plain)[-1]
    grouped = len(tail) == 3 and (len(marks) > 1 or marks[-1] == "," or not scaled)
    if grouped and len(set(marks)) == 1 and not (scaled and plain[:1] == "0"):
        return float(re.sub(r"[.,]", "", plain))
    whole, _, fraction = plain.rpartition(marks[-1])
    return float(re.sub(r"[.,]", "", whole) + "." + fraction)
