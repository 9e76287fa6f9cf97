"""Pieces of the phrases that name somebody: states, styles, names, appositions."""

from __future__ import annotations

import re

from loaders.extraction.affiliation import past_house
from loaders.extraction.gazetteer import Hit, gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Mention
from loaders.extraction.names import HONOURABLE, read_name, skip_honorifics
from loaders.extraction.offices import OfficeReader
from loaders.extraction.tokens import Tokens, tokenize
from loaders.extraction.vocabulary import vocabulary

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff]")
# Letters behind a full name that are no part of it: "T.D.", "M.P.", "PhD".
_LETTERS = late(
    r"(?<=\w\w) (?:(?:[A-Z]\.){2,}|MP|MEP|TD|PhD|KC|QC|PC|CB|CMG|KCMG|DBE|SAN|OBE|MBE|CBE|GCSK|GCMG|SC|AO|Esq)\Z"
)
COUNTERPARTS = frozenset(
    [
        "counterpart",
        "counterparts",
        "colleague",
        "colleagues",
        "peer",
        "peers",
        "homologue",
        "homologues",
        "vis-a-vis",
        "vis-à-vis",
    ]
)
STYLES = frozenset(
    [
        "his",
        "her",
        "their",
        "hh",
        "he",
        "h.e.",
        "h.h.",
        "hrh",
        "hm",
        "h.m.",
        "h.r.h.",
        "excellency",
        "majesty",
        "highness",
        "royal",
        "holiness",
        "eminence",
        "beatitude",
        "grace",
        "mr.",
        "mr",
        "mrs.",
        "madam",
    ]
)
# "the special American envoy", "the deputy Dutch premier": they belong to the office behind the state.
_RANKED = frozenset(
    {
        "special",
        "chief",
        "deputy",
        "vice",
        "senior",
        "top",
        "assistant",
        "lead",
        "permanent",
        "principal",
    }
)
_ADVERBS = frozenset(
    [
        "in",
        "at",
        "on",
        "during",
        "for",
        "to",
        "today",
        "yesterday",
        "here",
        "via",
        "by",
        "over",
        "from",
    ]
)
_NEWLY = frozenset(
    {"appointed", "elected", "accredited", "named", "arrived", "installed", "inaugurated"}
)
_RANKS = frozenset(
    [
        "ambassador",
        "cardinal",
        "archbishop",
        "prince",
        "princess",
        "senator",
        "king",
        "queen",
        "secretary",
        "minister",
    ]
)
_DELEGATION_DID = frozenset(
    ["also", "called", "conferred", "discussed", "exchanged", "had", "held", "later", "met", "paid", "raised", "reaffirmed",
     "received", "spoke", "stressed", "thanked", "then", "toured", "underscored", "visited", "was", "will"]
)  # fmt: skip
_MEETS_SIDE = frozenset({"with", "and", "by", "met", "received", "welcomed", "hosted"})
_BEHIND_SIDE = frozenset(
    {".", ",", ";", "", "at", "in", "on", "for", "to", "today", "yesterday", "held", "met", "discussed", "began", "also", "about"}
)  # fmt: skip
_SEATS = frozenset({"mp", "mep", "td"})
_RETIRED = frozenset({"retd", "rtd", "ret", "ret'd", "retired", "phd"})
# Behind an office these are given names: "Foreign Minister Amir Khan Muttaqi".
_TITLES_AND_NAMES = frozenset({"amir", "emir", "sultan"})


class PhraseReader:
    """Reads the pieces of one sentence by the index of their first word."""

    __slots__ = (
        "_count",
        "_gazetteer",
        "_low",
        "_lows",
        "_offices",
        "_source",
        "_tokens",
        "_words",
    )

    def __init__(self, source: str, start: int, end: int) -> None:
        self._source = source
        self._tokens: Tokens = tokenize(source, start, end)
        self._lows = self._tokens.lows
        self._low = self._tokens.low
        self._count = len(self._lows)
        self._words = vocabulary()
        self._gazetteer = gazetteer()
        self._offices = OfficeReader(source, self._tokens, self._words)

    def _upper(self, i: int) -> bool:
        return i < self._count and self._tokens.words[i][0].isupper()

    def _past_style(self, i: int) -> int:
        """ "HH the Amir", "His Excellency the President": index of what the style belongs to."""
        k = i
        while self._low(k) in STYLES and not (
            self._low(k) in ("his", "her") and self._low(k + 1) not in STYLES
        ):
            if self._tokens.words[k] in ("he", "He") or self._tokens.words[k][0].islower():
                break
            k += 1
        named = self._low(k) == "the" or self._low(k) in self._words.heads
        named = named or (k > i and self._tokens.words[k - 1] in ("HE", "HH", "HRH", "HM"))
        return k if k > i and (named or (k > i + 1 and self._upper(k))) else i

    def _status(self, i: int) -> tuple[int, str]:
        """ "Acting Haitian Prime Minister": the word of status before the state belongs to the office."""
        low = self._low(i)
        ranked = low in _RANKED or (low in self._words.status and low != "then")
        if ranked and self._hit(i + 1) is not None:
            return i + 1, self._tokens.words[i]
        return i, ""

    def _adjuncts(self, i: int) -> int:
        if self._low(i) == "newly" and self._low(i + 1) in _NEWLY:
            i += 2
        while self._low(i) in self._words.adjuncts and i + 1 < self._count and self._hit(i) is None:
            i += 1
        return self._past_honours(i)

    def _past_honours(self, i: int) -> int:
        """ "the Rt. Hon. Prime Minister": a style before an office is no part of a name."""
        k = i
        while self._low(k) in HONOURABLE:
            k += 1
        opens = self._low(k) in self._words.heads | self._words.modifiers and self._upper(k)
        return k if k > i and opens else i

    def _adjectives(self, i: int) -> tuple[list[tuple[str, ...]], int]:
        """States before an office: "Turkish", "Canada's", "French and German"; their codes."""
        found: list[tuple[str, ...]] = []
        while (hit := self._hit(i)) is not None:
            found.append(self._adjective_codes(hit))
            i = hit.last + (self._low(hit.last) == "'s")
            i += 3 * (
                self._low(i) == "("
                and self._low(i + 2) == ")"
                and self._tokens.words[i + 1].isupper()
            )
            if self._low(hit.last) == "'" and self._low(hit.last + 1) not in (",", "."):
                i = hit.last + 1
            joint = i + (self._low(i) == ",")
            joint += self._low(joint) in ("and", "&", "/")
            if joint == i or self._hit(joint) is None or not self._plural_ahead(joint):
                break
            i = joint
        return found, past_house(self._tokens, i) if found else i

    def _adjective_codes(self, hit: Hit) -> tuple[str, ...]:
        entry = hit.entry
        known = entry.adjectives or entry.states or entry.organizations
        return known or (("@" + entry.places[0],) if entry.places else ())

    def _hit(self, i: int) -> Hit | None:
        if not self._upper(i):
            return None
        hit = self._gazetteer.at(self._tokens, i)
        if hit is None or self._in_compound(hit) or hit.entry.only_institution:
            return None
        return hit

    def _institution(self, i: int) -> Hit | None:
        """ "Knesset Speaker", "Tatarstan's President": a body or region before its office."""
        hit = self._gazetteer.at(self._tokens, i) if self._upper(i) else None
        if hit is None or not hit.entry.only_institution or self._in_compound(hit):
            return None
        after = hit.last + (self._low(hit.last) == "'s")
        office = self._offices.read(after)
        return hit if office is not None and (after > hit.last or not office.body) else None

    def _in_compound(self, hit: Hit) -> bool:
        """ "U.S.-Russia", "post-Soviet": part of a hyphenated word."""
        tokens = self._tokens
        after = (
            hit.last < len(tokens)
            and tokens.words[hit.last] in "-–"
            and (tokens.starts[hit.last] == tokens.ends[hit.last - 1])
        )
        before = (
            hit.first > 0
            and tokens.words[hit.first - 1] in "-–"
            and (tokens.starts[hit.first] == tokens.ends[hit.first - 1])
        )
        return after or before

    def _plural_ahead(self, i: int) -> bool:
        """A list of adjectives must lead to a plural noun of office."""
        for k in range(i, min(i + 12, self._count)):
            low = self._low(k)
            opposite = low == "opposite" and self._low(k + 1) == "numbers"
            if low in self._words.plural_heads or low in COUNTERPARTS or opposite:
                return low != "officials"
            if low in (".", ";", "(") or low in self._words.heads:
                return False
        return False

    def _is_delegation(self, i: int) -> bool:
        """ "The delegation met": those who came with whom the report is about, and himself."""
        return self._low(i) == "delegation" and self._low(i + 1) in _DELEGATION_DID

    def _is_met_side(self, i: int, at: int) -> bool:
        """ "met with the Norwegian delegation": whoever of that state is spoken of, and those with him."""
        told = self._low(at) in ("delegation", "side") and self._low(i - 1) in _MEETS_SIDE
        return told and self._low(at + 1) in _BEHIND_SIDE

    def _make(self, first: int, last: int, **fields: object) -> Mention:
        tokens = self._tokens
        contracted = fields.get("kind") == "pronoun"  # "he's": he is, or he has
        possessive = (self._low(last) == "'s" and not contracted) or (
            self._low(last) in ("'", "’") and tokens.words[last - 1].endswith("s")
        )
        start, end = tokens.starts[first], tokens.ends[last - 1]
        return Mention(start, end, possessive=possessive, **fields)  # type: ignore[arg-type]

    def _state_after_name(
        self, codes: tuple[str, ...], name: tuple[str | None, int, int, bool]
    ) -> tuple[tuple[str, ...], tuple[str | None, int, int, bool]]:
        """ "President Putin of Russia", "Catherine Colonna (France)", "Tsai Ing-wen (蔡英文)"."""
        if self._low(name[1]) == "(" and self._low(name[1] + 2) == ")":
            if self._tokens.words[name[1] + 1][0].isalpha() and not _LATIN.search(
                self._tokens.words[name[1] + 1]
            ):
                name = (name[0], name[1] + 3, name[2], name[3])
        past = name[1]
        if self._low(past) == "(" and self._low(past + 1) in _RETIRED:
            past += 3 + (self._low(past + 2) == ".")
        past = self._past_alias(past)
        if self._has_letters(past):
            past += 2
        if past > name[1]:
            name = (name[0], past, name[2], name[3])
        if self._low(name[1]) == "(":
            found, after = self._offices.realm(name[1] + 1 + (self._low(name[1] + 1) == "the"))
            if found and self._low(after) == ")":
                return codes or found, (name[0], after + 1, name[2], name[3])
        if self._low(name[1]) == "of":
            found, after = self._offices.realm(name[1] + 1 + (self._low(name[1] + 1) == "the"))
            if found and self._low(after) not in (
                "'s",
                "-",
            ):  # not "assured NAME of Malta's support"
                return codes or found, (name[0], after, name[2], name[3])
        return codes, name

    def _has_letters(self, i: int) -> bool:
        """ "Prof. Ade Bello, SAN,": letters of an honour between commas."""
        word = self._tokens.words[i + 1] if i + 2 < self._count else ""
        closed = self._low(i) == "," == self._low(i + 2)
        letters = 1 < len(word) < 6 and word.isupper() and word.isalpha()
        return closed and letters and self._hit(i + 1) is None and self._offices.read(i + 1) is None

    def _past_alias(self, i: int) -> int:
        """ "Mahmoud Abbas (Abu Mazen)": the index after another name in brackets."""
        if self._low(i) != "(" or self._hit(i + 1) is not None:
            return i
        end = read_name(self._tokens, i + 1, self._words)
        bare = self._offices.read(i + 1) is None
        return end + 1 if end > i + 2 and bare and self._low(end) == ")" else i

    def _is_institution(self, name: str) -> bool:
        return not self._words.institutions.isdisjoint(name.lower().split())

    def _name(self, i: int, apposed: bool) -> tuple[str | None, int, int, bool]:
        """Name at token `i`: its text, the index after it, its offset, whether a title led it."""
        if i >= self._count:
            return None, i, -1, False
        quoted = self._words
        styled = i + (self._low(i) == "the" and self._low(i + 1) in HONOURABLE)
        first = skip_honorifics(self._tokens, styled, quoted)
        honoured = first > styled
        if self._low(first) in _RANKS or (self._low(first) in quoted.heads and honoured):
            first += self._upper(first + 1)  # "His Majesty King Abdullah"
        titular = not (honoured or apposed) and self._low(first) in _TITLES_AND_NAMES
        opening = first + (titular and self._upper(first + 1))
        last = read_name(self._tokens, opening, quoted)
        if last == opening:
            return None, i, -1, False
        last += self._low(last) in _SEATS and not self._upper(last + 1)
        text = self._source[self._tokens.starts[first] : self._tokens.ends[last - 1]]
        if apposed and not self._may_be_apposed(first, last, honoured, text):
            return None, i, -1, False
        if self._is_institution(text):
            return None, i, -1, False
        return _LETTERS.sub("", " ".join(text.split())), last, self._tokens.starts[first], honoured

    def _may_be_apposed(self, first: int, last: int, honoured: bool, text: str) -> bool:
        """ "the Crown Prince, Sheikh X,": after a comma only a full name stands for the office."""
        if last - first < 2 and not honoured:
            return False
        following = self._low(last)
        if self._hit(first) is not None and self._hit(first).last >= last:  # type: ignore[union-attr]
            return False
        closed = (
            following in ("", ",", ".", ";", ")", "(", "who", "–", "—", "-", "?", "!")
            or following in _ADVERBS
        )
        return (closed or honoured) and not self._is_institution(text)

    def _names(self, i: int) -> tuple[list[tuple[str, int, int, tuple[str, ...]]], int]:
        """A list of names with states: "A of X, B of Y and C": (name, first, last, codes)."""
        found: list[tuple[str, int, int, tuple[str, ...]]] = []
        end = i
        at = i + (self._low(i) in (",", ":", "-", "–", "—"))
        adjectives, k = self._adjectives(at)
        if adjectives and self._offices.read(k) is not None:
            return [], i  # "her counterparts: French Minister A"
        while True:
            name = self._name(at, False)
            if name[0] is None:
                return found, end
            codes, read = self._state_after_name((), name)
            found.append((name[0], at, read[1], codes))
            end = read[1]
            at = end + (self._low(end) == ",")
            at += self._low(at) in ("and", "&")
            if at == end or self._offices.read(at) is not None:
                return found, end

    def _finish(
        self, first: int, last: int, name: tuple[str | None, int, int, bool], office: str | None,
        states: tuple[str, ...], kind: str, definite: bool,
    ) -> Mention:  # fmt: skip
        return self._make(
            first, last, name=name[0], office=office, states=states, kind=kind, definite=definite,
            honorific=name[3], name_start=name[2],
        )  # fmt: skip

    def _is_venue(self, i: int, at: int, codes: tuple[str, ...]) -> bool:
        """ "received at Gudaibiya Palace Croatian Minister A": where it was, and then somebody."""
        led = self._low(i - 1) in ("at", "in", "to") or self._low(i - 2) in ("at", "in", "to")
        known = led and codes[:1] != () and codes[0].startswith("@")
        other = self._hit(at)
        return known and other is not None and bool(other.entry.adjectives)
