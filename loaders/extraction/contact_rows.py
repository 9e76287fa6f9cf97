"""The rows of `contacts.toml` as patterns, each with what it asks of a sentence before it is tried."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loaders.extraction.alternation import by_first_letter
from loaders.extraction.led_pattern import LedPattern
from loaders.extraction.needs import Needs, Sieve, needs_of, ways_of
from loaders.extraction.sketch import MANY, PERSONS, SINGLE, STATES

_FORMS = ("base", "present", "past", "participle", "ing")
_NOUN_WORDS = (
    r"(?:[Tt]alks?|[Mm]eetings?|[Nn]egotiations?|[Cc]onsultations?|[Ss]ummits?|[Dd]iscussions?|[Rr]ounds? of talks"
    r"|[Ee]ncounters?|[Tt]rilaterals?|[Bb]ilaterals?|[Cc]onversations?|[Ii]nteractions?|[Ss]essions?|[Pp]ull-asides?|[Ss]it-downs?"
    r"|[Tt][êe]te-[àa]-t[êe]te|[Ee]xchange of views|[Ee]xchanges?(?= (?:of (?:opinions|ideas|thoughts)|(?:(?:on \w+day|today|yesterday) )?(?:with|between))\b)|[Dd]eliberations|[Pp]arleys?|[Oo]ne-(?:to|on)-ones?|[Aa]udience|[Dd]ialogues?|[Ee]ngagements?|[Cc]ontacts?)"
)
_CALL_WORDS = (
    r"(?:[Cc]alls?|[Pp]hone ?calls?|(?:[Tt]ele)?[Pp]hone (?:[Cc]onversations?|[Tt]alks?|[Dd]iscussions?|[Cc]onsultations?)"
    r"|[Tt]elephone [Cc]alls?|(?:[Vv]ideo|[Oo]nline|[Vv]irtual) ?(?:[Cc]onferences?|[Cc]alls?|[Mm]eetings?|[Tt]alks?|[Cc]onversations?|[Ss]ummits?)"
    r"|[Vv]ideoconferences?|[Tt]eleconferences?|[Tt]ele-?(?:conversations?|talks?)|[Cc]onversations? by (?:tele)?phone)"
)
# What may stand between commas behind a party.
_APART = rf"(?:, (?:[^{PERSONS}.;]{{1,60}}|(?:who|accompanied|flanked|joined|assisted|ahead of|back (?:in|from)|fresh from|after|following|hours after|a day after|in \w+ ahead of|on behalf of|representing|standing in for|speaking for|acting for) [^.;]{{1,130}}?|with (?:the )?[{PERSONS}] (?:at (?:his|her) side|in attendance|in tow|beside (?:him|her))),)?"
_MACROS = {
    "A": rf"(?P<a>[{PERSONS}{STATES}]){_APART}",
    "AS": rf"(?P<a>[{SINGLE}]){_APART}",
    "AP": rf"(?P<a>[{PERSONS}]){_APART}",
    "AA": rf"(?P<a>[{MANY}\uf400-\uf7ff])(?:, (?:[^{PERSONS}.;]{{1,60}}|who [^.;]{{1,90}}?),| [–—-] [^.;–—]{{1,60}} [–—-])?",
    "B": rf"(?P<b>[{PERSONS}])",
    "BB": rf"(?P<b>[{MANY}\uf400-\uf7ff])",
    "BS": rf"(?P<b>[{PERSONS}{STATES}])",
    "P": PERSONS,
    "S": STATES,
    "aux": rf"(?P<aux>[^{PERSONS}.;:\"“«”»]{{0,80}}?)\b(?<!-)",
    "gap": rf"[^{PERSONS}.;:\"“«]{{0,90}}?",
    "adv": r"(?:,? (?:today|yesterday|separately|also|briefly|virtually|remotely|privately|bilaterally|informally|again|later|earlier|"
    r"together|individually|first|then|here|jointly|on \w+day|(?:late |early )?\w+day|this (?:morning|afternoon|evening|week)|by (?:tele)?phone),?)*",
    "ins": rf"(?:, (?:[^{PERSONS}.;:,\"“«]|, (?=\w+day)){{1,60}},)?",
    "pp": rf"(?:(?: (?:on|in(?! mind\b)|at|this|late|early|over|via|from) [^{PERSONS}.;:,\"“«]{{1,50}}?| today| yesterday| here),?){{0,3}}?",
    "meal": r"(?:[Ll]unch(?:eon)?|[Dd]inner|[Bb]reakfast|[Ss]upper|[Cc]offee|[Tt]ea|[Ii]ftar|[Bb]anquet)",
    "adj": r"(?:(?!(?:for|on|in|at|with|to|by|from|as (?:the|an?|his|her|their)|out|off|that|which|when|before|after|following|during|since|not|never|amid|ahead|prior|postponed|cancelled|canceled)\b(?!-))[\"“”(]?[\w’'\u2024+-]+[\"”)]?,? ){0,8}?",
    "talks": _NOUN_WORDS,
    "call": _CALL_WORDS,
}  # fmt: skip
_STEMS = {name: needs_of(_MACROS[name], {})[0] for name in ("talks", "call", "meal")}
_MACRO = re.compile(r"\{(v:[a-z|]+|[A-Za-z]+)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `contacts.toml`; see there."""

    id: str
    pattern: LedPattern
    format: str
    strength: str
    status: str | None
    role: str
    nominal: bool
    passive: bool
    headline: bool
    possessive: bool
    by_sentence: bool
    words: frozenset[str]
    least: int
    alone: bool
    apart: bool
    listed: bool
    ways: tuple[Needs, ...]
    sides: int
    several: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rows and the forms of the verbs."""

    rows: tuple[Row, ...]
    forms: dict[str, frozenset[str]]
    any_trigger: re.Pattern[str]
    sieve: Sieve


def table(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads(files("loaders.extraction").joinpath(name).read_text(encoding="utf-8"))


@cache
def grammar() -> Grammar:
    """The shipped grammar of contacts."""
    contacts = table("contacts.toml")
    verbs = {name: forms.split() for name, forms in contacts["verbs"].items()}
    rows = tuple(_row(raw, verbs) for raw in contacts["pattern"])
    forms: dict[str, set[str]] = {}
    for spelled in verbs.values():
        for form, word in zip(_FORMS, spelled, strict=True):
            forms.setdefault(word, set()).add(form)
    frozen = {word: frozenset(kinds) for word, kinds in forms.items()}
    every = {
        w for name, spelled in verbs.items() if name not in contacts["common"] for w in spelled
    }
    trigger = re.compile(rf"\b{by_first_letter('|'.join([*sorted(every), *contacts['triggers']]))}")
    return Grammar(rows, frozen, trigger, Sieve([(r.words, r.ways) for r in rows]))


def _row(raw: dict[str, Any], verbs: dict[str, list[str]]) -> Row:
    def expand(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("v:"):
            words = {w for verb in name[2:].split("|") for w in verbs[verb]}
            return r"(?P<v>" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + r")\b"
        return _MACROS[name] if name in _MACROS else found[0]

    source = _unique_groups(_MACRO.sub(expand, raw["pattern"]))
    return Row(
        id=raw["id"], pattern=LedPattern(source), format=raw.get("format", ""), strength=raw.get("strength", "strong"),
        status=raw.get("status"), role=raw.get("role", "principal"), nominal=raw.get("nominal", False),
        passive=raw.get("passive", False), headline=raw.get("headline", False), possessive=raw.get("possessive", False),
        by_sentence=raw.get("subject") == "sentence", words=_words(raw["pattern"], verbs),
        least=raw.get("least", 0), alone=raw.get("alone", False), apart=raw.get("apart", False),
        listed=raw.get("listed", False),
        ways=ways_of(raw["pattern"], _STEMS), sides=_sides(raw["pattern"]),
        several=any(m in raw["pattern"] for m in ("{AA}", "{BB}")),
    )  # fmt: skip


def _unique_groups(source: str) -> str:
    """Names of groups may recur in alternatives: later ones get a number."""
    seen: dict[str, int] = {}

    def rename(found: re.Match[str]) -> str:
        name = found[1]
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{'' if seen[name] == 1 else seen[name]}>"

    return re.sub(r"\(\?P<([a-z]+)>", rename, source)


def _words(pattern: str, verbs: dict[str, list[str]]) -> frozenset[str]:
    """Lower-case words one of which a sentence must hold for a row to be worth trying; empty: any."""
    named = re.findall(r"\{v:([a-z|]+)\}", pattern)
    return frozenset(w for group in named for verb in group.split("|") for w in verbs[verb])


def _sides(pattern: str) -> int:
    """How many signs of parties every match of a row holds."""
    subject = any(m in pattern for m in ("{A}", "{AS}", "{AA}", "(?P<a>"))
    return subject + any(m in pattern for m in ("{B}", "{BB}", "{BS}", "(?P<b>"))
