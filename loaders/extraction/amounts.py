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
from loaders.extraction.late_pattern import late

_WORDS = {
    "a": 1.0, "an": 1.0, "the": 1.0, "that": 1.0, "another": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6,
    "m": 1e6, "mil": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "bcm": 1e9,
    "trillion": 1e12, "trln": 1e12, "tn": 1e12,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:[,.\s]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALE = r"(?:hundred|thousand|lakhs?|million|mln|mn|mil|crores?|billion|bln|bn|trillion|trln|tn)\b"
_TIGHT = r"(?:k|m|b)\b"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_SPELLED = (
    r"(?:half|a quarter|quarter|three quarters) (?:of )?an?|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten) and a half|"
    rf"(?:an?|{_TENS}(?:-{_ONES})?|{_ONES}|ten|eleven|twelve|fifteen)"
    rf"(?: hundred(?: and (?:{_TENS}|{_ONES}|ten))?)?|(?:the|that|another)"
)
_DIGIT = re.compile(r"\d")
_SCALE_PARTS = ("illion", "crore", "bln", "percent", "hundred", "thousand")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_MARK = late(r"[\s-]*(?:dollars?)?[\s-]*(?:mark|threshold|milestone|target|goal)\b", re.IGNORECASE)
_ENDS = late(
    rf"{_MARK.pattern}|\s*(?:[.,;:)–]|\Z)|\s(?:by|in|this|last|next|from|within|over|and|a\syear|annually)\b", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit.

    Attributes:
        kind: "money", "percent", "volume", "doses", "companies", "people", "things" or "times".
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
    return _DIGIT.search(text, start, end) is not None or holds_any(text, start, end, _SCALE_PARTS)


def holds_any(text: str, start: int, end: int, parts: tuple[str, ...]) -> bool:
    """True if any of the strings stands in `text[start:end]`."""
    within = text[start:end]
    for part in parts:  # a loop, not any(): this runs for every sentence
        if part in within:
            return True
    return False


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
        rf"(?:(?P<digits>{_DIGITS})(?:(?<!\b19\d\d)(?<!\b20\d\d) ?(?:-|–|to) ?(?:{before})? ?(?P<upper>{_DIGITS}))?"
        rf"(?:[\s-]?(?P<scale>{_SCALE})|(?P<tight>{_TIGHT}))?"
        rf"|(?P<spelled>{_SPELLED})[\s-](?P<scale2>{_SCALE}))",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    code: str
    kind: str
    after: re.Pattern[str]
    factor: float


@cache
def _money_names() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What may stand behind a sum of money, one group for each currency, and their codes.

    A name that several states share is its own code until it is known whose it is.
    """
    rows = table("figures")
    names = [(r["code"], r["after"]) for r in rows["currency"] if r.get("after")]
    names += [(r["id"], r["pattern"]) for r in rows["shared"]]
    groups = "|".join(f"(?P<c{number}>{after})" for number, (_, after) in enumerate(names))
    pattern = compile_pattern(rf"(?:[\s-]|(?<=\d))?(?:{groups})(?![\w-])", re.IGNORECASE)
    return pattern, tuple(code for code, _ in names)


@cache
def _units() -> tuple[_Unit, ...]:
    """All units but money, in the order of their rows."""
    mods = {0: "", 2: r"(?:[\w’'-]+ ){0,2}?", 3: r"(?:[\w’'-]+,? ){0,3}?"}
    return tuple(
        _Unit(
            r["code"], r["kind"],
            compile_pattern(
                rf"[\s-]?(?P<mods>{mods[int(r.get('mods', 0))]})(?:{r['after']})(?!\w)", re.IGNORECASE
            ),
            r.get("factor", 1.0),
        )
        for r in table("figures")["unit"]
    )  # fmt: skip


def settled_unit(unit: str, states: frozenset[str | None]) -> str:
    """The currency that a shared name such as "pounds" means among `states`; other units as they are.

    Without a state that has a currency of that name it is the row's default.
    """
    row = _shared_names().get(unit)
    if row is None:
        return unit
    held = dict(pair.split("=") for pair in row["holders"].split())
    codes = sorted({held[s] for s in states if s in held})
    return codes[0] if len(codes) == 1 else row["default"]


@cache
def _shared_names() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in table("figures")["shared"]}


_LINKS = late(
    r"\b(?:in|of|for|to|from|at|by|with|on|the|a|worth|that|who|were|was|were|have|has)\b"
)


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """The amounts of `text[start:end]`, in order."""
    at = start
    money, people = "", ""
    while (found := _next_number(text, at, end)) is not None:
        amount = _amount(text, found, end, money) or _of_them(text, found, end, people)
        if amount:
            money = amount.unit if amount.kind == "money" else money
            people = amount.noun if amount.kind == "people" else people
            yield amount
        at = max(found.end(), amount.end if amount else 0)


def _next_number(text: str, at: int, end: int) -> re.Match[str] | None:
    """The first number from `at`; most of a sentence is far from any digit or scale."""
    near = _NEAR_NUMBER.search(text, at, end)
    if near is None:
        return None
    first = max(at, near.start() - _LONGEST_SIGN) if near[0].isdecimal() else at
    return _number().search(text, first, end)


# What every number holds: a digit, or behind words a scale.
_NEAR_NUMBER = re.compile(rf"[\d\s-](?:(?<=\d)|(?i:{_SCALE}))")
_LONGEST_SIGN = 24  # of a currency, with the blank behind it


def _of_them(text: str, found: re.Match[str], end: int, people: str) -> Amount | None:
    """ "96,000 of them", "120,000 stayed": people like those counted before in the sentence.

    Args:
        people: the noun of the people counted last, if any.
    """
    scale = found["scale"] or found["tight"] or found["scale2"]
    value = _value(found, scale)
    near = max(0, found.start() - _REACH_PART)
    told = text.find("of whom", near, found.start()) >= 0
    before = _OF_WHOM.search(text, near, found.start()) if told else None
    if before and value and value >= _FEWEST and before["noun"] not in _NOT_COUNTED:
        return Amount(value, "people", "people", _start(found), found.end(), noun=before["noun"])
    compared = (
        people and value and _COMPARED.search(text, max(0, found.start() - 24), found.start())
    )
    if compared and not _UNIT_BEHIND.match(text, found.end(), end):
        return Amount(value or 0.0, "people", "people", _start(found), found.end(), noun=people)
    if not people or value is None or value < _FEWEST or not _THEY.match(text, found.end(), end):
        return _numbered(text, found, end, value)
    return Amount(value, "people", "people", _start(found), found.end(), noun=people)


def _numbered(text: str, found: re.Match[str], end: int, value: float | None) -> Amount | None:
    """ "The number of students has grown to 1,200", "Cuban troops number 35,000": people counted before."""
    if value is None or found["before"] or not _CLOSES.match(text, found.end(), end):
        return None
    before = _NUMBER_OF.search(text, max(0, found.start() - _REACH_NUMBER), found.start())
    if before is None or _YEAR.match(found["digits"] or ""):
        return None
    noun = before["noun"] or before["counted"] or before["grown"]
    unit = next(
        (
            u
            for u in _units()
            if u.kind in ("people", "things") and u.after.fullmatch(f" {noun.lower()}")
        ),
        None,
    )
    if unit is None:
        return None
    code = unit.code if unit.kind == "people" else noun.lower()
    return Amount(value, code, unit.kind, _start(found), found.end(), noun=noun)


_REACH_NUMBER = 120
_NUMBER_OF = late(
    r"(?:\bnumber of (?:(?!and\b)[\w’'-]+ ){0,3}?(?P<noun>[A-Za-z]+(?:s|men|people))\b[^.;:,]*?\b(?:to|at|reached|was|is|stands|stood|exceeds?|exceeded|totall?ed|totals)"
    r"|\b(?P<counted>[A-Za-z]+(?:s|men))\b[^.;:,]{0,30}? (?:number(?:s|ed|ing)?|totall?(?:ed|ing))"
    r"|\b(?P<grown>[A-Za-z]+(?:s|men))\b[^.;:,]{0,40}? (?:rose|risen|grew|grown|increased|climbed|jumped|fell|fallen|dropped|declined|doubled) to)(?: (?:about|around|some|over|more than|nearly|almost|only|roughly))?\s\Z"
)
_CLOSES = late(
    r"\s?(?:[.,;)]|\b(?:in|by|from|at|this|last|and|of them|against|compared|today|now)\b)"
)
_COMPARED = late(
    r"\b(?:(?:down|up|dropped|fallen|risen)\s)?(?:from|against|than(?:\sthe)?|compared\s(?:with|to)(?:\sthe)?|versus)\s(?:(?:about|around|some|over|nearly|almost|only)\s)?\Z"
)
_UNIT_BEHIND = late(
    r"\s?(?:%|per\b|percent|countries|states|years?|months?|days?|hours?|[A-Z]|[–-]\d)|\s(?:[\w-]+\s)?(?:km|kilomet|miles|villages|towns|places|nations|sites|ships|firms|companies)"
)


_FEWEST = 100
_OF_WHOM = re.compile(r"\b(?P<noun>[a-z]+s|people), of whom (?:[\w’'-]+ ){0,5}\Z")
_NOT_COUNTED = frozenset({"delegates", "participants", "members", "ministers", "guests"})
_THEY = late(
    r"\sof\s(?:them|whom|these)\b|\s(?:(?:have|had)\s)?(?:stayed|remained|crossed|fled|returned|arrived|moved|settled|went)\b"
)


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
    at, upper = _start(found), bool(found["upper"])
    if _PER.search(text, max(0, at - 5), at):
        return None
    if found["before"]:
        if found["before"].strip() in _scaled_signs() and scale is None:
            return None
        tail = _tail(text, found.end(), end)
        return Amount(value, _code_before(found["before"]), "money", at, tail, upper)
    names, codes = _money_names()
    if named := names.match(text, found.end(), end):
        code = codes[int((named.lastgroup or "c0")[1:])]
        return Amount(value, code, "money", at, named.end(), upper)
    counted = _counted(text, found, end, value)
    if strong := _STRONG.match(text, found.end(), end):
        return Amount(value, "people", "people", at, strong.end(), noun=strong["noun"])
    if counted is None and scale and _is_bare_money(text, found, end, money):
        return Amount(value, money or "USD", "money", at, found.end())
    return counted


_PER = re.compile(r"\bper\s\Z")  # "per 1,000 cubic metres" is no amount of gas


_STRONG = late(
    r"-strong (?:(?!(?:team|delegation|group|party|crew|crowd)\b)[\w’'-]+ ){0,2}?(?P<noun>community|minority|force|contingent|army|garrison|diaspora|corps)\b"
)


def _is_bare_money(text: str, found: re.Match[str], end: int, money: str) -> bool:
    """True for "the two billion mark", and beside a sum for "of which 300 million are for ports"."""
    if (_ENDS if money else _MARK).match(text, found.end(), end):
        return True
    part = money and _PART.search(text, max(0, found.start() - _REACH_PART), found.start())
    return bool(part) and _SPENT.match(text, found.end(), end) is not None


_PART = re.compile(r"\bof which\b[^.;]*\Z", re.IGNORECASE)
_SPENT = re.compile(r"\s(?:is|are|was|were|would|will|for|to|went|goes|go|had|has|have|came)\b")
_REACH_PART = 90


def _counted(text: str, found: re.Match[str], end: int, value: float) -> Amount | None:
    """The amount whose unit is no money: "20 million tonnes", "2,000 Afghan refugees"."""
    for unit in _units():
        after = unit.after.match(text, found.end(), end)
        if after is None or _LINKS.search(after["mods"] or ""):
            continue
        if unit.kind in ("people", "things") and _YEAR.match(
            found["upper"] or found["digits"] or ""
        ):
            return None
        noun = " ".join(after[0].strip(" -").split())
        code = unit.code if unit.kind != "things" else noun.split(" of ")[0].split()[-1]
        return Amount(
            round(value * unit.factor, 2), code, unit.kind, _start(found), after.end(),
            bool(found["upper"]), noun,
        )  # fmt: skip
    return None


@cache
def _scaled_signs() -> frozenset[str]:
    """Signs such as the `R` of rands, which mean money only before "million" and the like."""
    return frozenset(
        sign for row in table("figures")["currency"] for sign in row.get("scaled", "").split()
    )


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
    first, _, rest = words.partition(" ")
    base = sum(_WORDS[part] for part in first.split("-"))
    if words.endswith("and a half"):
        return base + 0.5
    if rest.startswith("hundred"):
        base = base * 100 + _WORDS.get(rest.rpartition(" ")[2], 0.0)
    return base


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
