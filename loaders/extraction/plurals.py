"""Phrases for several persons, and for one by another: "the two leaders", "his Turkish counterpart"."""

from __future__ import annotations

from loaders.extraction.appositions import AppositionReader
from loaders.extraction.mention import Mention
from loaders.extraction.names import is_name_word
from loaders.extraction.office_kinds import one_by_one
from loaders.extraction.offices import Office

_POSSESSIVES = frozenset(["his", "her", "its", "their", "our", "my"])
_GATHERINGS = frozenset(
    ["meeting", "summit", "dialogue", "retreat", "forum", "conference", "consultation", "consultations", "council", "session"]
)  # fmt: skip
NOMINALS = frozenset(
    [
        "leaders",
        "presidents",
        "ministers",
        "sides",
        "parties",
        "interlocutors",
        "diplomats",
        "officials",
        "heads",
        "statesmen",
        "premiers",
        "countries",
        "states",
        "men",
        "women",
        "pair",
        "duo",
        "counterparts",
        "delegations",
        "secretaries-general",
    ]
)
# "The two spoke by telephone": no noun behind the number.
_AFTER_THE_TWO = frozenset(
    ["met", "meet", "spoke", "talked", "discussed", "agreed", "also", "had", "then", "were", "retired", "withdrew", "began", "opened", "ended", "concluded", "issued", "announced", "shook", "decided", "pledged", "vowed", "appeared", "emerged", "walked", "chatted", "conversed", "lunched", "headed", "witnessed", "pledged", "have", "held", "reviewed", "exchanged", "sat", "conferred", "will", "was", "touched", "shared", "signed", "stressed", "reaffirmed", "noted", "considered", "explored", "addressed", "concurred", "underlined", "underscored", "dined", "came", "last", "first", "next", "who", ",", "later", "expressed", "planned", "arranged", "are", "reportedly", "went", "took", "did", "may", "might", "would", "could", "should", "can", "must", "never", "inaugurated", "visited", "toured", "attended", "saw", "spent", "phoned", "telephoned", "called"]
)  # fmt: skip
OF_GUESTS = frozenset(
    {"visiting", "distinguished", "foreign", "high", "dear", "good", "african", "asian", "european", "arab", "caribbean"}
)  # fmt: skip
OFFICIALS = frozenset({"official", "diplomat", "politician", "emissary"})
BEHIND_OFFICIAL = frozenset(
    {"is", "was", "will", "would", "has", "had", "also", "then", "later", "met", "held", "said", "told", "who", "arrived", "left",
     "called", "paid", "thanked", "stressed", "noted", "expressed", "conveyed", "praised", "invited", "on", "for", ",", "."}
)  # fmt: skip
NUMBERS = frozenset({"two", "three", "four", "five", "both", "six", "seven"})
_FEW = frozenset({"two", "three", "both"})  # "the leaders of the five states": not those who met
# "Golding said": no verb form at the head of a sentence.
_BEHIND_NAMES = frozenset({",", "said", "met", "told", "also", "was", "is", "has", "had", "will"})
_PAIR_NOUNS = frozenset(["talks", "summit", "negotiations", "consultations", "meeting"])
_PAIR_EVENTS = frozenset({"dialogue", "consultation", "consultations", "commission", "committee"})
_LONGEST_EVENT = 8  # words of the name of an event: "Human Rights Consultations"
_PAIR_ADJECTIVES = frozenset(
    ["high-level", "bilateral", "ministerial", "presidential", "political", "consular", "economic", "trade", "strategic",
     "security", "defence", "defense", "foreign", "office", "ministry", "interministerial", "inter-ministerial", "expert", "diplomatic"]
)  # fmt: skip
_MEETING = frozenset(
    {"meet", "met", "meets", "meeting", "meetings", "talks", "consultations", "consult", "consulted", "discussions", "engage"}
)  # fmt: skip
_HOUSES = frozenset(
    {"office", "offices", "palace", "residence", "house", "mansion", "villa", "chancery", "cabinet"}
)


class PluralReader(AppositionReader):
    """Reads the phrases that count on a list of states or on somebody named before."""

    __slots__ = ()

    def _nominal(self, i: int, at: int) -> tuple[list[Mention], int] | None:
        """ "the two leaders", "both ministers", "the sides", "the heads of state"."""
        k = at
        counted = self._low(at) in NUMBERS or self._low(i) == "both"
        while self._low(k) in NUMBERS or self._low(k) in ("foreign", "prime", "top", "parties'"):
            k += 1
        noun = self._low(k)
        if noun == "of" and self._low(k + 1) == "them" and k == at + counted and counted:
            return [self._make(i, k + 2, kind="nominal", plural=True, definite=True)], k + 2
        if counted and k == at + 1 and self._low(i) in ("the", "these") and noun in _AFTER_THE_TWO:
            if self._low(i - 1) in ("of", "by", "for"):
                return None
            return [self._make(i, k, kind="nominal", plural=True, definite=True)], k
        if noun not in NOMINALS or not (counted or self._low(i) == "the"):
            return None
        if (
            noun in ("heads", "leaders", "presidents", "ministers", "premiers")
            and self._low(k + 1) == "of"
        ):
            if self._low(k + 2) not in ("state", "government", "both") and not (
                self._low(k + 2) == "the" and self._low(k + 3) in _FEW
            ):
                return None
            k = self._past_of(k + 2)
            if self._low(k + 1) == "of" and self._low(k + 2) not in ("the",):
                return None
        if noun in ("pair", "duo") and self._low(i) != "the":
            return None
        if (
            self._upper(k + 1)
            and noun not in ("pair", "duo")
            and is_name_word(self._tokens.words[k + 1], self._words)
        ):
            return None
        return [self._make(i, k + 1, kind="nominal", plural=True, definite=True)], k + 1

    def _past_of(self, k: int) -> int:
        while self._low(k) in (
            "the",
            "both",
            "state",
            "government",
            "countries",
            "nations",
            "and",
            "or",
            "states",
        ) or (self._low(k) in NUMBERS):
            k += 1
        return k - 1

    def _counterpart(
        self, i: int, at: int, adjectives: list[tuple[str, ...]]
    ) -> tuple[list[Mention], int]:
        end = at + 1
        plural = self._low(at).endswith("s")
        codes = adjectives[0] if adjectives else ()
        if self._low(end) in ("from", "of", "in") and not codes:
            each = self._each_named(i, end + 1) if plural else None
            if each:
                return each
            listed, after = self._offices.realms(end + 1)
            if plural and len(listed) > 1:
                return self._plural_counterparts(i, after, list(listed))
            found, after = self._offices.realm(end + 1 + (self._low(end + 1) == "the"))
            codes, end = (found, after) if found else (codes, end)
        elif self._low(end) == "from":
            _, end = self._offices.realm(end + 1 + (self._low(end + 1) == "the"))
        if plural:
            return self._plural_counterparts(i, end, adjectives or ([codes] if codes else []))
        if not codes and self._low(i) not in _POSSESSIVES:
            return [], at + 1
        office, own, end = self._inner_office(end)
        name = self._name(end + (self._low(end) == ","), apposed=self._low(end) == ",")
        codes = codes or own
        if name[0] and not codes:
            codes, name = self._state_after_name(codes, name)
        return [self._finish(i, max(end, name[1]), name, office, codes, "counterpart", True)], max(
            end, name[1]
        )

    def _each_named(self, i: int, at: int) -> tuple[list[Mention], int] | None:
        """ "his counterparts from Malta (NAME), Peru (NAME) and Fiji (NAME)"."""
        made: list[Mention] = []
        start = i
        while True:
            codes, after = self._offices.realm(at + (self._low(at) == "the"))
            name = self._name(after + 1, False) if codes and self._low(after) == "(" else None
            if name is None or name[0] is None or self._low(name[1]) != ")":
                return (made, at) if len(made) > 1 else None
            end = name[1] + 1
            made.append(self._finish(start, end, name, None, codes, "counterpart", True))
            at = self._past_joint(end)
            if at == end:
                return (made, end) if len(made) > 1 else None
            at += self._low(at) == "and"
            start = at

    def _inner_office(self, i: int) -> tuple[str | None, tuple[str, ...], int]:
        """ "his Turkish counterpart, Foreign Minister X", "his counterpart, Maltese Premier X"."""
        k = i + (self._low(i) in (",", "and"))
        adjectives, k = self._adjectives(k) if k < self._count else ([], k)
        office = self._offices.read(k) if k < self._count and self._upper(k) else None
        if office is None or office.plural:
            return None, (), i
        return office.text, office.states or (adjectives[0] if adjectives else ()), office.last

    def _plural_counterparts(
        self, i: int, end: int, adjectives: list[tuple[str, ...]]
    ) -> tuple[list[Mention], int]:
        names, after = self._names(end)
        if not names and not adjectives:
            return [self._make(i, end, kind="counterpart", plural=True, definite=True)], end
        return self._zipped(i, end, after, names, adjectives, None, "counterpart"), after

    def _plural_office(
        self, i: int, office: Office, adjectives: list[tuple[str, ...]]
    ) -> tuple[list[Mention], int]:
        if self._names_gathering(office.last):
            return [], office.last
        states = list(office.each) or ([office.states] if office.states else adjectives)
        paired = self._paired(i, office) or (None if states else self._dealt_out(i, office))
        if paired:
            return paired
        names, after = self._names(office.last)
        if office.states and len(names) > 1:
            names = [names[0], *(self._behind_state(name) for name in names[1:])]
        if office.states and len(names) == 1 and self._lows[after : after + 2] == ["and", "of"]:
            codes, at = self._offices.realm(after + 2 + (self._low(after + 2) == "the"))
            name = self._name(at, False) if codes else None
            if name is not None and name[0] is not None:  # "of Malta Ann Lee and of Peru Luis Paz"
                names, after = [*names, (name[0], at, name[1], codes)], name[1]
        if not names and not states:
            if self._are_hosts(i, office):
                told = self._make(i, office.last, kind="role", plural=True, office=office.text)
                return [told], office.last
            if office.body or self._low(i) not in ("the", "both", "their", "our", "his", "her"):
                return [], office.last
            return [
                self._make(
                    i, office.last, kind="nominal", plural=True, office=office.text, definite=True
                )
            ], office.last
        after = max(after, office.last)
        return self._zipped(i, office.last, after, names, states, office.text, "role"), after

    def _are_hosts(self, i: int, office: Office) -> bool:
        """ "will meet with senior government officials": those of the country where that is."""
        met = self._low(i - 1) in ("meet", "met", "meets") or (
            self._low(i - 1) == "with" and self._low(i - 2) in _MEETING
        )
        official = office.text.lower().partition(" of ")[0].endswith("official")
        return met and official and self._low(office.last) not in ("from", "of", "at")

    def _behind_state(
        self, name: tuple[str, int, int, tuple[str, ...]]
    ) -> tuple[str, int, int, tuple[str, ...]]:
        """ "Presidents of Malta Ann Lee and Peru Luis Paz": the second is Luis Paz, of Peru."""
        codes, at = self._offices.realm(name[1])
        told = self._name(at, False) if codes and at < name[2] else None
        if told is None or told[0] is None or " " not in told[0]:
            return name
        return told[0], at, told[1], codes

    def _names_gathering(self, at: int) -> bool:
        """ "the Annual Leaders' Meeting": the name of an event, not those who come to it."""
        at += self._low(at) in ("'s", "'", "’")
        return self._upper(at) and self._low(at) in _GATHERINGS

    def _paired(self, i: int, office: Office) -> tuple[list[Mention], int] | None:
        """ "the Heads of State of X, NAME, of Y, NAME, and of Z, NAME": each name behind its state."""
        made: list[Mention] = []
        codes, start, at = office.states, i, office.last
        while codes and self._low(at) in (",", "("):
            name = self._name(at + 1, False)
            if name[0] is None or self._low(name[1]) == "of":
                break  # "of the OSCE Group, A of X, B of Y": each name before its state
            made.append(self._finish(start, name[1], name, office.text, codes, "person", True))
            parted = self._low(name[1]) == ";"  # "of X, NAME; Y, NAME; and Z, NAME"
            at = name[1] + (self._low(name[1]) in (",", ")", ";"))
            at += self._low(at) in (",", "and")
            at += self._low(at) == "and"
            following = self._offices.realm(at + (self._low(at) == "the"))
            named = following[0] and self._low(following[1]) in (",", "(")
            if self._low(at) != "of" and not (named or (parted and self._offices.realm(at)[0])):
                break
            start = at
            at += self._low(at) == "of"
            codes, at = self._offices.realm(at + (self._low(at) == "the"))
            at += 3 * (self._low(at) == "(" and self._low(at + 2) == ")")
        if len(made) < 2:
            return None
        end = next(k for k in range(at, i, -1) if self._tokens.ends[k - 1] <= made[-1].end)
        return made, end

    def _dealt_out(self, i: int, office: Office) -> tuple[list[Mention], int] | None:
        """ "Prime Ministers A, B and C of X, Y and Z": the first of the first, and so on."""
        names: list[tuple[str, int, int, tuple[str, ...]]] = []
        at = office.last
        while (name := self._name(at, False))[0] is not None:
            names.append((name[0] or "", at, name[1], ()))
            at = self._past_joint(name[1])
            if at == name[1]:
                break
        if len(names) < 2 or self._low(names[-1][2]) != "of":
            return None
        states, after = self._offices.realms(names[-1][2] + 1)
        if len(states) != len(names):
            return None
        return self._zipped(i, office.last, after, names, list(states), office.text, "role"), after

    def _past_joint(self, i: int) -> int:
        k = i + (self._low(i) == ",")
        return k + (self._low(k) in ("and", "&"))

    def _is_opening_word(self, i: int, name: tuple[str | None, int, int, bool]) -> bool:
        """ "Taking part", "Separately, ...": a capital at the head of a sentence that is a verb or adverb."""
        if i or name[1] != 1:
            return False
        verb = self._low(0).endswith(("ing", "ed")) and not self._upper(1)
        verb = verb and self._low(1) not in _BEHIND_NAMES
        return verb or (self._low(0).endswith("ly") and self._low(1) == ",")

    def _ends_a_place(self, i: int, name: tuple[str | None, int, int, bool]) -> bool:
        """ "on the South Lawn": one word behind a capital that no name holds."""
        if name[1] != i + 1 or name[3] or i < 2 or not self._upper(i - 1):
            return False
        return self._low(i - 1) in self._words.stops and self._low(i - 2) in ("the", "in", "at")

    def _pair(self, i: int) -> tuple[list[Mention], int]:
        """ "Russian-Indian talks", "the U.S.-EU Energy Dialogue": two parties joined by a hyphen; none: `i`."""
        word = self._tokens.words[i]
        if word in ("U.S.", "U.K."):
            return self._pair_of_dotted(i)
        behind = self._past_event(i + 1) if "-" in word[1:] and word[0].isupper() else 0
        if not behind:
            return [], i
        entries = [self._gazetteer.exact(part) for part in word.replace("–", "-").split("-")]
        codes = [e.adjectives or e.states or e.organizations for e in entries if e is not None]
        if len(codes) != len(entries) or not all(codes):
            return [], i
        return [self._make(i, i + 1, kind="state", states=c) for c in codes], behind

    def _pair_of_dotted(self, i: int) -> tuple[list[Mention], int]:
        """ "U.S.-EU", "U.S.-Republic of Korea (ROK)": the tokens part behind the full stop."""
        first = self._gazetteer.at(self._tokens, i)
        joined = self._tokens.words[i + 1 : i + 2] in (["-"], ["–"])
        if first is None or not joined or self._tokens.starts[i + 1] != self._tokens.ends[i]:
            return [], i
        other = self._gazetteer.at(self._tokens, i + 2)
        codes = other.entry.states or other.entry.organizations if other is not None else ()
        if other is None or not codes:
            return [], i
        last = other.last + 3 * (self._low(other.last) == "(" and self._low(other.last + 2) == ")")
        behind = self._past_event(last)
        if not behind:
            return [], i
        parties = (self._adjective_codes(first), codes)
        return [self._make(i, last, kind="state", states=c) for c in parties], behind

    def _past_event(self, i: int) -> int:
        """Behind "talks", "high-level consultations", "Civil Space Dialogue" at `i`; 0 if none is there."""
        for k in range(i, min(i + _LONGEST_EVENT, self._count)):
            if self._low(k) in _PAIR_NOUNS or self._low(k) in _PAIR_EVENTS:
                return k + 1
            if not (self._upper(k) or self._low(k) in _PAIR_ADJECTIVES or self._low(k) in "/-"):
                return 0
        return 0

    def _is_house_of(self, i: int, office: Office) -> bool:
        """ "at the Office of the President", "at the Prime Minister's residence": a place, nobody."""
        after = office.last
        inside = self._low(i - 1) == "of" and self._low(i - 2) in _HOUSES and self._upper(i - 2)
        if inside or office.text.split()[0].lower() in _HOUSES:
            return True
        behind = self._low(after) == "'s" and self._low(after + 1) in _HOUSES
        at = self._low(i - 1) in ("at", "in", "to", "outside")
        return behind and at

    def _zipped(
        self, i: int, end: int, after: int, names: list[tuple[str, int, int, tuple[str, ...]]],
        states: list[tuple[str, ...]], office: str | None, kind: str,
    ) -> list[Mention]:  # fmt: skip
        """Names and states of a plural phrase, matched in order where the counts agree."""
        if not names:
            offices = one_by_one(office) if office and len(states) == 1 else (office,)
            return [
                self._make(i, end, kind=kind, office=one, states=codes, definite=True)
                for codes in states
                for one in offices
            ]
        made: list[Mention] = []
        for n, (name, first, last, codes) in enumerate(names):
            own = codes or (
                states[n] if len(states) == len(names) else states[0] if len(states) == 1 else ()
            )
            start = i if n == 0 else first
            made.append(
                self._make(
                    start, last, kind="person" if kind == "role" else kind, name=name, office=office,
                    states=own, name_start=self._tokens.starts[first],
                )
            )  # fmt: skip
        return made
