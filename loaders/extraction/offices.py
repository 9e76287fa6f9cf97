"""The phrase of an office: "First Deputy Prime Minister and Minister of Finance of Malta"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from loaders.extraction.gazetteer import Hit, gazetteer
from loaders.extraction.tokens import Tokens
from loaders.extraction.vocabulary import Vocabulary, vocabulary
from ontology.lexicon import lexicon

_REALMS = frozenset(
    [
        "republic",
        "kingdom",
        "federation",
        "government",
        "state",
        "union",
        "emirate",
        "sultanate",
        "confederation",
        "commonwealth",
        "parliament",
        "side",
        "delegation",
        "people",
        "principality",
        "authority",
        "regime",
        "administration",
    ]
)
_STACKED = 3
_RANKS = frozenset({"vice", "deputy", "co", "under", "first", "sub", "ex"})  # "Vice-Minister"
_GROUP_WORDS = 4
_LIST_OPENERS = frozenset({"-", "–", "—", ":", ",", "("})
_CLOSERS = frozenset({",", ".", ";", ")", "(", "", "who", "–", "—"})
_RESIDENT = frozenset({"ambassador", "envoy", "consul", "nuncio", "chargé", "representative"})
_BEFORE_HEADS = frozenset({"deputy", "executive", "assistant", "cardinal"})
_KINDLY = frozenset(
    {"sisterly", "brotherly", "friendly", "fraternal", "neighbouring", "neighboring"}
)
_SON_OF = frozenset({"bin", "ibn"})
_OF = frozenset({"of", "for", "to", "on", "at", "in"})
_SINGULAR = {"fms": "FM", "pms": "PM", "mps": "MP", "deputies": "deputy", "undersecretaries": "undersecretary",
             "secretaries": "secretary", "representatives": "representative", "chairmen": "chairman"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """An office read from tokens.

    Attributes:
        text: the words of the office without its state; singular.
        last: index of the first token after it.
        states: codes of the states or organizations it is an office of.
        plural: "the foreign ministers of ...".
        body: an office of something that is no state and no known organization.
        each: for a plural, one tuple of codes per holder where the phrase lists them.
        field: codes of states inside its field of work: "Minister of Indian Railways".
    """

    text: str
    last: int
    states: tuple[str, ...] = ()
    plural: bool = False
    spokesperson: bool = False
    body: bool = False
    each: tuple[tuple[str, ...], ...] = ()
    field: tuple[str, ...] = ()


def codes_of(hit: Hit) -> tuple[str, ...]:
    """Codes of the states or organizations a name may stand for."""
    return hit.entry.states or hit.entry.organizations or hit.entry.adjectives


class OfficeReader:
    """Reads offices from one sequence of tokens; `source` is the whole text."""

    __slots__ = ("_count", "_lows", "_source", "_tokens", "_words")

    def __init__(self, source: str, tokens: Tokens, words: Vocabulary) -> None:
        self._source = source
        self._tokens = tokens
        self._lows = tokens.lows
        self._count = len(tokens.lows)
        self._words = words

    def read(self, i: int, depth: int = 0, *, apposed: bool = False) -> Office | None:
        """The office whose first word is token `i`, or None; at most a few are stacked.

        Args:
            apposed: a name stands before it, so that a stack of offices ends at a mark, not at a name.
        """
        head = self._head(i)
        if head is None:
            return None
        low = self._low(head)
        plural = low in self._words.plural_heads
        spoken = low in self._words.spokespersons or self._is_first_lady(head)
        body = self._has_unknown(i, head)
        end = self._tails(head + 1)
        stop, end, states, each, foreign, field = self._complements(end, plural, low)
        text = self._text(i, stop, head, plural)
        office = Office(text, end, states, plural, spoken, body or foreign, each, field)
        return office if plural or spoken else self._stacked(office, depth, apposed)

    def ministry(self, i: int) -> Office | None:
        """ "Ministry of Foreign Affairs", "foreign ministry" at token `i`, as its head's office."""
        head = i
        while head < i + 3 and self._low(head) in self._words.modifiers:
            head += 1
        if self._low(head) not in ("ministry", "department"):
            return None
        stop, end, states, _, _, field = self._complements(head + 1, False, "minister")
        tokens = self._tokens
        before = self._source[tokens.starts[i] : tokens.starts[head]]
        after = self._source[tokens.ends[head] : tokens.ends[stop - 1]]
        return Office(" ".join(f"{before}Minister{after}".split()), end, states or field)

    def _low(self, i: int) -> str:
        return self._lows[i] if i < self._count else ""

    def _upper(self, i: int) -> bool:
        return i < self._count and self._tokens.words[i][0].isupper()

    def _is_head(self, i: int) -> bool:
        low = self._low(i)
        if self._low(i + 1) in _SON_OF:
            return False  # "Sultan bin Ahmed": a given name
        return _is_head(low) or (
            low in ("lady", "father") and (self._is_first_lady(i) or self._is_holy_father(i))
        )

    def _is_first_lady(self, i: int) -> bool:
        return self._low(i) == "lady" and i > 0 and self._low(i - 1) == "first"

    def _is_holy_father(self, i: int) -> bool:
        return self._low(i) == "father" and i > 0 and self._low(i - 1) == "holy"

    def _head(self, i: int) -> int | None:
        """Index of the noun of the office, after its modifiers."""
        unknown = 0
        for k in range(i, min(i + 9, self._count)):
            if self._is_head(k) and not (self._low(k) in _BEFORE_HEADS and self._more_head(k)):
                return k if not unknown or self._tokens.words[k][0].isupper() else None
            step = self._modifier(k, i)
            if step is None:
                return None
            unknown += step
            if unknown > 4:
                return None
        return None

    def _more_head(self, k: int) -> bool:
        return any(self._is_head(n) for n in (k + 1, k + 2, k + 3)) and self._low(k + 1) not in (
            "of", ",", "and", "to",
        )  # fmt: skip

    def _modifier(self, k: int, first: int) -> int | None:
        """0 for a known modifier, 1 for an unknown capitalised word, None if it cannot be one."""
        word, low = self._tokens.words[k], self._low(k)
        if low in self._words.modifiers or low in self._words.status:
            return 0
        if low in ("and", "&", ",", "/", "of", "for") and k > first:
            return 0 if self._joins(k) else None
        if low in self._words.portfolios and (word[0].isupper() or k > first):
            return 0
        if word[0].isupper() and low in self._words.institutions and k > first - 1:
            return 0
        known = low in self._words.stops or low in self._words.honorifics
        if word[0].isupper() and not known and k + 1 < self._count:
            return 1
        return None

    def _joins(self, k: int) -> bool:
        """ "Economy and Trade Minister": the words after the joint lead to a noun of office."""
        low = self._low(k)
        if low in ("of", "for") and self._low(k - 1) not in self._words.institutions:
            return False
        if low == "," and self._low(k + 1) == "the":
            return False  # "in the Apostolic Palace, the President ..."
        for n in range(k + 1, min(k + 6, self._count)):
            if self._is_head(n):
                return (
                    n > k + 1
                    and self._low(k - 1) in self._words.portfolios | self._words.institutions
                )
            word = self._low(n)
            if word not in self._words.portfolios and word not in ("and", ",", "&", "of"):
                return False
        return False

    def _has_unknown(self, first: int, head: int) -> bool:
        return any(self._modifier(k, first) == 1 for k in range(first, head))

    def _tails(self, i: int) -> int:
        if self._low(i) == "-" and self._low(i + 1) in self._words.tails:
            return i + 2
        while self._low(i) in self._words.tails:
            i += 1
        return i

    def _complements(
        self, i: int, plural: bool, head: str
    ) -> tuple[int, int, tuple[str, ...], tuple[tuple[str, ...], ...], bool, tuple[str, ...]]:
        """Reads "of ..." phrases: end of the office's own words, end of all, codes, list, body, field."""
        stop, foreign = i, False
        states: tuple[str, ...] = ()
        field: tuple[str, ...] = ()
        each: tuple[tuple[str, ...], ...] = ()
        own_ends = False
        while self._low(i) in _OF or (plural and self._low(i) == "from"):
            if self._low(i) in ("in", "at") and self._low(i + 1) != "charge":
                seat = self._seat(i, head)
                if seat == i:
                    break
                i, own_ends = seat, True
                continue
            joint = "of" if self._low(i) == "from" else self._low(i)
            if plural and joint == "on" and not self._upper(i + 1):
                break
            k = i + (3 if self._low(i + 1) == "charge" else 1)
            k += self._low(k) in ("the", "its", "his", "her")
            k += self._low(k) in _KINDLY
            styled = head in ("head", "heads") and self._low(k) in ("state", "government")
            found, after = self.realms(k) if joint == "of" and not styled else ((), k)
            if found and (joint == "of") and not self._portfolio_follows(k, after):
                if len(found) == 1 and self._upper(after) and self._is_head(after):
                    after = self._tails(after + 1)  # "Envoy of the UN Secretary-General for Yemen"
                states = states or found[0]
                each = found if plural and len(found) > 1 else each
                i = after
                own_ends = True
                continue
            if self._low(i) == "from":
                break
            if plural and (past := self._past_group(k)) > k:
                stop, i = (stop if own_ends else past), past
                break
            if joint in ("to", "for") and self.realm(k)[0] and self._upper(k):
                i = self.realm(k)[1]
                stop = stop if own_ends else i
                own_ends = own_ends or joint == "to"
                continue
            after, known = self._portfolio(k, head)
            if after == k:
                break
            foreign = foreign or not known
            field = field or self._state_inside(k, after, joint)
            i = after
            if not own_ends:
                stop = after
        return stop, i, states, each, foreign, field

    def _seat(self, i: int, head: str) -> int:
        """ "Paraguay's ambassador in Taipei, NAME": the index after the envoy's place of work."""
        if head not in _RESIDENT or self._low(i) != "in":
            return i
        after = self.realm(i + 1)[1]
        name = after + (self._low(after) == ",")
        led = self._upper(name) and not self._is_head(name) and after > i + 1
        return after if led and self._low(name) not in self._words.stops else i

    def _past_group(self, k: int) -> int:
        """ "foreign ministers of the Weimar Triangle - A, B and C": the index after the group's name."""
        n = k
        while n < self._count and n - k < _GROUP_WORDS and self._tokens.words[n][0].isupper():
            if self._low(n) in self._words.portfolios:
                return k
            n += 1
        return n if n > k and self._low(n) in _LIST_OPENERS else k

    def _portfolio_follows(self, k: int, after: int) -> bool:
        """ "of the Libyan Presidential Council": the state stands inside a body's name."""
        low = self._low(after)
        upper = after < self._count and self._tokens.words[after][0].isupper()
        if low == "'s":
            return after + 1 < self._count and self._institution_ahead(after + 1)
        return (
            upper
            and (low in self._words.portfolios or low in self._words.institutions)
            and (low not in _REALMS)
            and after > k
        )

    def realms(self, i: int) -> tuple[tuple[tuple[str, ...], ...], int]:
        """A list of states after "of": codes of each, and the index after it."""
        found: list[tuple[str, ...]] = []
        end = i
        while True:
            i += self._low(i) == "the"
            codes, after = self.realm(i)
            if not codes:
                return tuple(found), end
            found.append(codes)
            end = after
            i = self._separator(after)
            if i == after:
                return tuple(found), end

    def _separator(self, i: int) -> int:
        k = i + (self._low(i) == ",")
        return k + (self._low(k) in ("and", "&"))

    def realm(self, i: int) -> tuple[tuple[str, ...], int]:
        """Codes of the state, organization or region at token `i` and the index after it."""
        if i >= self._count:
            return (), i
        hit = gazetteer().at(self._tokens, i)
        if hit is None:
            return self._long_form(i)
        end = hit.last
        entry = hit.entry
        if self._low(end) in _REALMS and entry.adjectives and self._tokens.words[end][0].isupper():
            return entry.adjectives, end + 1
        if entry.states or entry.organizations:
            return entry.states or entry.organizations, end
        if entry.places:
            return tuple(sorted({lexicon().places[p].state for p in entry.places})), end
        return (entry.adjectives, end + 1) if self._low(end) in _REALMS else ((), i)

    def _long_form(self, i: int) -> tuple[tuple[str, ...], int]:
        """ "Islamic Republic of X" where only X is known."""
        for k in range(i, min(i + 4, self._count - 1)):
            if not self._tokens.words[k][0].isupper() and self._low(k) != "and":
                break
            if self._low(k) in _REALMS and self._low(k + 1) == "of":
                start = k + 2 + (self._low(k + 2) == "the")
                codes, after = self.realm(start)
                return (codes, after) if codes else ((), i)
        return (), i

    def _portfolio(self, i: int, head: str) -> tuple[int, bool]:
        """End of the field of an office at `i`, and whether its words are known."""
        k, known = i, True
        while k < self._count:
            low, word = self._low(k), self._tokens.words[k]
            if (
                (low in self._words.portfolios and (word[0].isupper() or k == i or word.islower()))
                or (
                    k > i
                    and low in ("and", "&", ",", "of", "the", "for", "with", "in")
                    and self._goes_on(k)
                )
                or (low in ("'s", "'", "’") and k > i and self._goes_on(k))
            ):
                k += 1
            elif word[0].isupper() and (self._is_adjective(k) or self._institution_ahead(k)):
                known = known and not self._institution_ahead(k)
                k += 1
            else:
                break
        return k, known

    def _goes_on(self, k: int) -> bool:
        """A joint inside a field must lead to one more word of it, not to an office."""
        n = k + 1
        if self._low(k) == "'s" and n < self._count and self._tokens.words[n][0].isupper():
            return self._institution_ahead(n)
        if self._low(k) == "of" and self.realm(n + (self._low(n) == "the"))[0]:
            return False
        while self._low(n) in ("and", "the", "of", ",", "&"):
            n += 1
        n += int(n < self._count and self._is_adjective(n))
        if (
            self._low(n) not in self._words.portfolios
            or self._tokens.words[n].islower() != self._tokens.words[k - 1].islower()
        ):
            return False
        return not any(
            self._is_head(m) for m in (n, n + 1, n + 2) if self._low(m - 1) not in ("of", "for")
        )

    def _is_adjective(self, k: int) -> bool:
        hit = gazetteer().at(self._tokens, k)
        return (
            hit is not None
            and bool(hit.entry.adjectives or hit.entry.organizations)
            and (self._low(hit.last) in self._words.portfolios)
        )

    def _institution_ahead(self, k: int) -> bool:
        for n in range(k, min(k + 6, self._count)):
            if self._low(n) in self._words.institutions and self._low(n) not in _REALMS:
                return self._tokens.words[n][0].isupper()
            joint = self._low(n) in ("of", "the", "for", "'s")
            if not self._tokens.words[n][0].isupper() and not joint:
                return False
        return False

    def _state_inside(self, first: int, last: int, joint: str) -> tuple[str, ...]:
        if joint != "of":
            return ()
        for k in range(first, last):
            hit = gazetteer().at(self._tokens, k)
            if hit is not None and codes_of(hit):
                return codes_of(hit)
        return ()

    def _text(self, first: int, stop: int, head: int, plural: bool) -> str:
        """The office's words; a plural noun is put into the singular."""
        tokens = self._tokens
        words = self._source[tokens.starts[first] : tokens.ends[stop - 1]]
        if plural:
            noun = self._source[tokens.starts[head] : tokens.ends[head]]
            single = _SINGULAR.get(noun.lower()) or noun.removesuffix("s")
            words = words.replace(
                noun, single.capitalize() if noun[0].isupper() and single.islower() else single, 1
            )
        return " ".join(words.split())

    def _stacked(self, office: Office, depth: int, apposed: bool) -> Office:
        """ "Deputy Prime Minister and Foreign Minister": two offices of one person."""
        i = office.last
        joint = self._low(i)
        if joint not in ("and", "&", "/", "–", "-", ",") or _is_head_of_state(office.text):
            if joint not in ("–", "—"):
                return office
        k = i + 1 + (self._low(i + 1) in ("and", "the") or (self._low(i + 1) == "concurrently"))
        adjective = gazetteer().at(self._tokens, k) if k < self._count else None
        if adjective is not None and adjective.entry.adjectives and apposed:
            k = adjective.last  # "director of ... and Chinese foreign minister"
        more = depth < _STACKED and k < self._count
        second = self.read(k, depth + 1, apposed=apposed) if more else None
        ended = apposed and second is not None and self._low(second.last) in _CLOSERS
        if (
            second is None
            or second.plural
            or second.spokesperson
            or not (ended if apposed else self._name_follows(second.last))
        ):
            return office
        if joint == "," and self._low(i + 1) != "and" and not second.last:
            return office
        if self._rival(office.text, second.text):
            return office
        return Office(
            f"{office.text} and {second.text}", second.last, office.states or second.states,
            body=office.body and second.body, field=office.field or second.field,
        )  # fmt: skip

    def _rival(self, first: str, second: str) -> bool:
        """Equal offices are those of two persons."""
        return first.lower() == second.lower() or _is_head_of_state(second)

    def _name_follows(self, i: int) -> bool:
        k = i + (self._low(i) == ",")
        return (
            k < self._count
            and self._tokens.words[k][0].isupper()
            and (self._low(k) not in self._words.stops)
        )


@lru_cache(maxsize=8192)
def _is_head(word: str) -> bool:
    """True for the noun of an office: "minister", "president-elect", "vice-premier"."""
    low = word.removesuffix("-designate").removesuffix("-elect")
    words = vocabulary()
    rank, _, noun = low.partition("-")
    known = low in words.heads or low in words.plural_heads or low in words.spokespersons
    return known or (rank in _RANKS and noun in words.heads)


_HEADS_OF_STATE = frozenset(
    {"president", "president of the republic", "king", "queen", "emir", "amir", "sultan", "pope", "head of state"}
)  # fmt: skip


def _is_head_of_state(office: str) -> bool:
    low = office.lower()
    return low in _HEADS_OF_STATE
