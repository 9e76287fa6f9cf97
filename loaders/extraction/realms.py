"""What follows the noun of an office: its field of work, whom it serves, the states it is an office of."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from loaders.extraction.gazetteer import Hit, gazetteer
from loaders.extraction.tokens import Tokens
from loaders.extraction.vocabulary import Vocabulary, vocabulary
from ontology.lexicon import lexicon

_REALMS = frozenset(
    {"republic", "kingdom", "federation", "government", "state", "union", "emirate", "sultanate", "confederation",
     "commonwealth", "parliament", "side", "delegation", "people", "principality", "authority", "regime",
     "administration"}
)  # fmt: skip
_STAFFS = frozenset(
    {
        "office",
        "administration",
        "chancellery",
        "secretariat",
        "cabinet",
        "diwan",
        "court",
        "protocol",
    }
)
_HERE = frozenset({"country", "republic", "kingdom", "sultanate"})
FIELDED = frozenset(
    {"minister", "secretary", "undersecretary", "director", "adviser", "advisor", "chief", "head"}
)
_GROUP_WORDS = 4
_LIST_OPENERS = frozenset({"-", "–", "—", ":", ",", "("})
_MEMBERS = frozenset({"nations", "countries", "states", "members"})
_RESIDENT = frozenset(
    {
        "ambassador",
        "envoy",
        "consul",
        "nuncio",
        "chargé",
        "representative",
        "manager",
        "head",
        "coordinator",
        "director",
    }
)
_CHAMBERS = frozenset({"representatives", "deputies"})
_SUPERIORS = frozenset(
    {"president", "premier", "chancellor", "king", "queen", "emir", "amir", "sultan", "prince", "secretary-general",
     "majesty", "highness"}
)  # fmt: skip
_OFFICIAL_OF = frozenset({"of", "from", "for", "in", "at", "who", "with", "and"})
_BODIES = frozenset(
    ["government", "parliament", "army", "cabinet", "military", "diplomacy", "junta", "council", "presidency",
     "administration", "legislature", "mission", "delegation", "office", "bureau", "wing", "movement", "politburo", "navy", "police", "armed", "senate", "judiciary",
     "committee", "commission", "session"]
)  # fmt: skip
_NAMED_BODY = frozenset(
    {"communist", "workers", "workers'", "workers’", "socialist", "democratic", "conservative", "liberal", "labour", "labor", "republican",
     "nationalist", "national", "people's", "people’s", "green", "revolutionary", "islamic", "ruling", "governing", "opposition"}
)  # fmt: skip
_SECTIONS = frozenset(
    {"department", "division", "directorate", "desk", "section", "bureau", "session"}
)  # fmt: skip
_LOCAL = frozenset(
    ["provincial", "regional", "municipal", "city", "district", "county", "prefectural"]
)
_LOCAL_BODIES = frozenset(["committee", "government", "council", "congress", "assembly"])
_MINISTERS = frozenset({"minister", "ministers", "secretary"})
_DOUBTFUL_HEADS = frozenset({"official", "marshal", "shah", "charge", "lady", "father"})
_SON_OF = frozenset({"bin", "ibn"})
_RANKS = frozenset({"vice", "deputy", "co", "under", "first", "sub", "ex"})  # "Vice-Minister"

_MISSIONS = frozenset(
    {"mission", "delegation", "office", "representation", "bureau", "team", "programme", "program"}
)
_MISSION_OF = frozenset(
    {"country", "liaison", "regional", "observer", "monitoring", "field", "special", "support"}
)
_HEADS_OF_MISSIONS = frozenset({"head", "chief", "director", "leader", "coordinator", "member"})


def codes_of(hit: Hit) -> tuple[str, ...]:
    """Codes of the states or organizations a name may stand for."""
    entry = hit.entry
    return entry.states or entry.organizations or entry.adjectives or entry.institutions


class RealmReader:
    """Reads states and fields of work from one sequence of tokens; `source` is the whole text."""

    __slots__ = ("_count", "_heads", "_low", "_lows", "_source", "_tokens", "_words")

    def __init__(self, source: str, tokens: Tokens, words: Vocabulary) -> None:
        self._source = source
        self._tokens = tokens
        self._lows = tokens.lows
        self._low = tokens.low
        self._count = len(tokens.lows)
        self._words = words
        self._heads = [k for k, low in enumerate(self._lows) if _may_be_head(low)]

    def _upper(self, i: int) -> bool:
        return i < self._count and self._tokens.words[i][0].isupper()

    def _is_of_state(self, i: int) -> bool:
        """ "Malta's health minister", "the Maltese health minister": a field in small letters."""
        behind = i > 0 and (self._low(i - 1) == "'s" or self._upper(i - 1))
        return behind and not _MINISTERS.isdisjoint(self._lows[i + 1 : i + 4])

    def _head_within(self, i: int, reach: int) -> bool:
        """True if one of the words from `i` on may be the noun of an office."""
        at = bisect_left(self._heads, i)
        return at < len(self._heads) and self._heads[at] < i + reach

    def _is_head(self, i: int) -> bool:
        low = self._low(i)
        if not _may_be_head(low):
            return False  # as most words are
        if low == "officer":
            return (
                self._low(i - 1) == "presiding"
            )  # of a parliament; others are officers of somebody
        known = _is_head(low)
        if low == "official" and self._low(i + 1).isalpha() and not self._upper(i + 1):
            return self._low(i + 1) in _OFFICIAL_OF  # "an official visit" is nobody
        if self._low(i + 1) in _SON_OF:
            return False  # "Sultan bin Ahmed": a given name
        if (
            low in _CHAMBERS
            and self._low(i - 1) == "of"
            and self._low(i - 2) in ("house", "chamber")
        ):
            return False  # "Speaker of the House of Representatives"
        if low in ("marshal", "shah"):  # of a parliament, of Iran; else a rank or a name
            alone = low == "shah" and self._low(i - 1) == "the" and not self._upper(i + 1)
            return alone or self._low(i + 1) == "of"
        if low == "charge":
            return self._low(i + 1) in ("d'affaires", "d’affaires")
        return known or (
            low in ("lady", "father") and (self._is_first_lady(i) or self._is_holy_father(i))
        )

    def _is_matter(self, k: int) -> bool:
        """ "the dialogue President A opened": a word in small letters is none of a ruler's title."""
        low = self._low(k)
        return (
            self._tokens.words[k].islower()
            and low not in self._words.modifiers
            and low not in self._words.status
        )

    def _in_brackets(self, k: int, first: int) -> bool:
        """ "Armed Forces (LAF) Commander": the letters of the body, inside its head's office."""
        if "(" not in self._lows[max(first, k - 2) : k + 1]:
            return False
        return any(
            first < n
            and self._low(n) == "("
            and self._low(n + 2) == ")"
            and self._tokens.words[n + 1].isupper()
            for n in (k, k - 1, k - 2)
        )

    def _is_first_lady(self, i: int) -> bool:
        return self._low(i) == "lady" and i > 0 and self._low(i - 1) == "first"

    def _is_holy_father(self, i: int) -> bool:
        return self._low(i) == "father" and i > 0 and self._low(i - 1) == "holy"

    def _superior(self, i: int, k: int, head: str) -> tuple[tuple[str, ...], int]:
        """ "Adviser to the President of Iraq", "Office of His Majesty": codes and the index after whom they serve."""
        if self._low(i) not in ("of", "to") or k == i + 1 or head in _SUPERIORS:
            return (), k
        hit = gazetteer().at(self._tokens, k) if self._upper(k) else None
        n = hit.last if hit is not None and hit.entry.adjectives else k
        codes = hit.entry.adjectives if hit is not None and n > k else ()
        n += self._low(n) in ("prime", "crown", "vice", "foreign", "federal")
        staffed = self._low(n + 1) == "'s" or self._low(n - 1) == "prime"
        if (self._low(n) == "minister" and staffed) or self._low(n) in _SUPERIORS:
            found, after = (
                self.realm(n + 2 + (self._low(n + 2) == "the"))
                if self._low(n + 1) == "of"
                else ((), n)
            )
            named = 3 if self._low(n + 2) in ("diplomatic", "private", "political") else 2
            n += named * (self._low(n + 1) == "'s" and self._low(n + named) in _STAFFS)
            return (codes or found, after) if found else (codes, n + 1)
        return (), k

    def _seat(self, i: int, head: str) -> int:
        """ "Paraguay's ambassador in Taipei, NAME": the index after the envoy's place of work."""
        if head not in _RESIDENT or self._low(i) != "in":
            return i
        after = self.realm(i + 1)[1]
        name = after + (self._low(after) == ",")
        led = self._upper(name) and not self._is_head(name) and after > i + 1
        return after if led and self._low(name) not in self._words.stops else i

    def _past_members(self, i: int) -> int:
        """ "of the ASEAN nations", "of the ASEAN member states": the index after the noun."""
        k = i + (self._low(i) in ("member", "participating", "partner"))
        return k + 1 if self._low(k) in _MEMBERS else i

    def _past_here(self, i: int, head: str) -> int:
        """ "the Ambassador of Slovenia to our country, NAME": the index after where he serves."""
        here = self._low(i) == "to" and self._low(i + 1) in ("our", "the", "this")
        return i + 3 if here and head in _RESIDENT and self._low(i + 2) in _HERE else i

    def _is_envoy_to(self, k: int, head: str, joint: str) -> bool:
        """ "Envoy for Syria", not "Minister for EU Affairs": the state is whom one deals with."""
        if joint not in ("to", "for") and (joint != "on" or head not in _RESIDENT):
            return False
        codes, after = self.realm(k) if self._upper(k) else ((), k)
        field = self._upper(after) and self._low(after) in self._words.portfolios
        return bool(codes) and not (field and head in FIELDED)

    def _is_institution_at(self, k: int) -> bool:
        """True if the realm at `k` is a body or region of `institutions.toml`."""
        hit = gazetteer().at(self._tokens, k) if k < self._count else None
        return hit is not None and hit.entry.only_institution

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
            if self._past_own_body(after) > after:
                return False
            return after + 1 < self._count and self._institution_ahead(after + 1)
        return (
            upper
            and (low in self._words.portfolios or low in self._words.institutions)
            and (low not in _REALMS)
            and after > k
        )

    def _past_own_body(self, i: int) -> int:
        """ "head of Libya's UN-recognised government": the index after the body at the possessive `i`."""
        for n in range(i + 1, min(i + 5, self._count)):
            if self._low(n) in _BODIES and not self._upper(n):
                return n + 1
            if self._low(n) in _NAMED_BODY and self._low(n + 1) in ("party", "movement", "front"):
                return n + 2  # "of Vietnam's Communist party"
            if self._low(n) in ("social", "christian"):
                continue
            if self._tokens.words[n][0].isupper() and "-" not in self._tokens.words[n]:
                return i
        return i

    def _past_local_body(self, i: int) -> int:
        """ "of the Guangdong *provincial Party Committee*": the index after a region's own body."""
        k = i + (self._low(i) in _LOCAL)
        k += self._low(k) in ("party", "people")
        k += self._low(k) == "'s"
        found = k > i and self._low(k) in _LOCAL_BODIES and self._upper(k)
        return k + 1 if found else i

    def _past_session(self, k: int) -> int:
        """ "President of the *77th session of the* General Assembly": the index of the body."""
        if self._low(k + 1) != "session" or self._low(k + 2) != "of" or not self._is_ordinal(k):
            return k
        return k + 3 + (self._low(k + 3) == "the")

    def _is_ordinal(self, k: int) -> bool:
        low = self._low(k)
        return low.endswith(("st", "nd", "rd", "th", "first", "second", "third", "current"))

    def _past_section(self, i: int) -> int:
        """ "director of the ministry's *Africa department*": the index after a part of a house at the possessive `i`."""
        if self._low(i) != "'s":
            return i
        for n in range(i + 1, min(i + 6, self._count)):
            if self._low(n) in _SECTIONS:
                return n + 1
            if not (self._tokens.words[n][0].isalpha() or self._low(n) in ("&", "-")):
                return i
        return i

    def _past_mission(self, i: int, head: str) -> int:
        """ "head of the EU *delegation to Ghana*": the index after the mission that an organization sent."""
        k = i + (self._low(i) in _MISSION_OF)
        if head not in _HEADS_OF_MISSIONS or self._low(k) not in _MISSIONS:
            return i
        if self._low(k + 1) in ("to", "in", "for", "at"):
            found, after = self.realms(k + 2 + (self._low(k + 2) == "the"))
            return after if found else k + 1
        return k + 1

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
        if entry.adjectives and not entry.states and self._is_institution_at(end):
            own = gazetteer().at(self._tokens, end)  # "of the Swedish Riksdag"
            return entry.adjectives, own.last if own is not None else end
        if entry.states or entry.organizations:
            return entry.states or entry.organizations, end
        if entry.places:
            return tuple(sorted({lexicon().places[p].state for p in entry.places})), end
        if entry.institutions:  # "of the Scottish *Parliament*"
            return entry.institutions, end + (self._low(end) in _REALMS and self._upper(end))
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

    def _is_field(self, low: str) -> bool:
        """ "security", "political-security"."""
        known = self._words.portfolios
        return low in known or ("-" in low and known.issuperset(low.split("-")))

    def _institution_ahead(self, k: int) -> bool:
        for n in range(k, min(k + 6, self._count)):
            if self._low(n) in self._words.institutions and self._low(n) not in _REALMS:
                return self._tokens.words[n][0].isupper()
            joint = self._low(n) in ("of", "the", "for", "'s", "'", "’")
            joint = joint or (self._low(n) == "and" and self._low(n - 1) in self._words.portfolios)
            if not self._tokens.words[n][0].isupper() and not joint:
                return False
        return False


@lru_cache(maxsize=8192)
def _may_be_head(word: str) -> bool:
    return word in _DOUBTFUL_HEADS or _is_head(word)


@lru_cache(maxsize=8192)
def _is_head(word: str) -> bool:
    """True for the noun of an office: "minister", "president-elect", "vice-premier"."""
    low = word
    for ending in ("-designate", "-elect", "-delegate", "-at-large"):
        low = low.removesuffix(ending)
    words = vocabulary()
    rank, _, noun = low.partition("-")
    known = low in words.heads or low in words.plural_heads or low in words.spokespersons
    return known or (rank in _RANKS and noun in words.heads)
