"""The phrase of an office: "First Deputy Prime Minister and Minister of Finance of Malta"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.extraction.complements import Complements
from loaders.extraction.fields import FieldReader
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.houses import past_own_house, state_of_house
from loaders.extraction.office_kinds import OF_ORGANIZATIONS, is_plain_ruler, two_heads
from loaders.extraction.values import quickly_made

_STACKED = 3
_LONGEST_OFFICE = 9  # words before its noun, and that
_CLOSERS = frozenset({",", ".", ";", ")", "(", "", "who", "–", "—"})
_BEFORE_HEADS = frozenset(
    {"deputy", "executive", "assistant", "cardinal", "chief", "plenipotentiary", "justice"}
)
# Behind them a comma ends the phrase: "at the Munich Security Conference, Foreign Minister ..."
_EVENTS = frozenset(
    {"conference", "forum", "summit", "assembly", "dialogue", "palace", "house", "session", "meeting", "council", "ceremony"}
)  # fmt: skip
_MEMBERS = frozenset(
    {"nations", "countries", "states", "members", "member"}
)  # "of the ASEAN nations"
_RULERS = frozenset(
    {"president", "premier", "chancellor", "king", "queen", "emir", "sultan", "pope"}
)
_LINKS = frozenset({"to", "for", "at"})
_SEATS = frozenset({"mp", "mep"})
_OF_STATE = frozenset({"secretary", "secretaries", "minister", "ministers"})
_OUR_STATE = re.compile(r"^([Hh]ead) of (?:our|the) [Ss]tate\Z")
_SECTIONS = frozenset(
    {"department", "division", "desk", "directorate", "section", "unit", "sector"}
)
_LOCAL = frozenset({"country", "mission"})  # "World Bank Country Director"
_LOCALLY = frozenset({"director", "manager", "representative", "coordinator", "head"})
_HOUSES_OF_SEVERAL = frozenset(
    {"parliaments", "assemblies", "senates", "legislatures", "chambers", "governments", "committees"}
)  # fmt: skip
_OF = frozenset({"of", "for", "to", "on", "at", "in"})
_PROVISIONAL = frozenset(
    {"caretaker", "interim", "transitional", "provisional", "outgoing", "coalition"}
)
_SINGULAR = {"fms": "FM", "pms": "PM", "mps": "MP", "deputies": "deputy", "undersecretaries": "undersecretary",
             "secretaries": "secretary", "representatives": "representative", "chairmen": "chairman"}  # fmt: skip


@quickly_made
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


class OfficeReader(FieldReader):
    """Reads offices from one sequence of tokens; `source` is the whole text."""

    __slots__ = ()

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
        more = self._complements(end, plural, low)
        text = self._text(i, more.stop, head, plural)
        body = body or more.foreign
        office = Office(text, more.end, more.states, plural, spoken, body, more.each, more.field)
        return office if plural or spoken else self._stacked(office, depth, apposed)

    def ministry(self, i: int) -> Office | None:
        """ "Ministry of Foreign Affairs", "foreign ministry" at token `i`, as its head's office."""
        head = i
        while head < i + 3 and self._low(head) in self._words.modifiers:
            head += 1
        if self._low(head) not in ("ministry", "department"):
            return None
        more = self._complements(head + 1, False, "minister")
        tokens = self._tokens
        before = self._source[tokens.starts[i] : tokens.starts[head]]
        after = self._source[tokens.ends[head] : tokens.ends[more.stop - 1]]
        return Office(
            " ".join(f"{before}Minister{after}".split()), more.end, more.states or more.field
        )

    def _head(self, i: int) -> int | None:
        """Index of the noun of the office, after its modifiers."""
        unknown = 0
        if not self._head_within(i, _LONGEST_OFFICE):
            return None  # as before most names
        for k in range(i, min(i + _LONGEST_OFFICE, self._count)):
            if self._is_head(k) and not (self._low(k) in _BEFORE_HEADS and self._more_head(k)):
                if k > i and self._is_matter(k - 1) and self._low(k) in _RULERS and self._upper(k):
                    return None
                known = not unknown or self._tokens.words[k][0].isupper()
                known = known and not (unknown and self._low(k) in _SEATS)  # "Ann Lee MP"
                known = known or (unknown == 1 and k == i + 1 and self._of_realm(k + 1))
                return k if known else None
            step = self._modifier(k, i)
            if step is None:
                return None
            unknown += step
            if unknown > 4:
                return None
        return None

    def _of_realm(self, i: int) -> bool:
        """ "the Peshmerga minister of the Kurdistan Regional Government": an office, whatever its field."""
        return self._low(i) == "of" and bool(self.realm(i + 1 + (self._low(i + 1) == "the"))[0])

    def _more_head(self, k: int) -> bool:
        for n in (k + 1, k + 2, k + 3):
            if self._low(n) in ("of", ",", "and", "to"):
                return False
            if self._is_head(n):
                return True
        return False

    def _modifier(self, k: int, first: int) -> int | None:
        """0 for a known modifier, 1 for an unknown capitalised word, None if it cannot be one."""
        word, low = self._tokens.words[k], self._low(k)
        if low == "the":
            return None  # "at the Savoy Hotel the High Commissioner": two phrases
        if low in self._words.modifiers or low in self._words.status or self._in_brackets(k, first):
            return 0
        if low in ("and", "&", ",", "/", "of", "for") and k > first:
            return 0 if self._joins(k) else None
        if low in self._words.portfolios and (
            word[0].isupper() or k > first or self._is_of_state(k)
        ):
            return 0
        if word[0].isupper() and low in self._words.institutions and k > first - 1:
            return 0
        known = low in self._words.stops or low in self._words.honorifics
        if word[0].isupper() and (not known or low in _LOCAL) and k + 1 < self._count:
            return 1
        local = low == "country" and self._low(k + 1) in _LOCALLY
        return 0 if local else None

    def _joins(self, k: int) -> bool:
        """ "Economy and Trade Minister": the words after the joint lead to a noun of office."""
        low = self._low(k)
        if low in ("of", "for") and self._low(k - 1) not in self._words.institutions:
            return False
        if low == "," and (self._low(k + 1) == "the" or self._low(k - 1) in _EVENTS):
            return False  # "in the Apostolic Palace, the President ..."
        for n in range(k + 1, min(k + 6, self._count)):
            if self._is_head(n):
                before = self._low(k - 1)
                known = before in self._words.portfolios or before in self._words.institutions
                return n > k + 1 and known
            word = self._low(n)
            known = word in self._words.portfolios or word in self._words.modifiers
            if not known and word not in ("and", ",", "&", "of"):
                return False
        return False

    def _has_unknown(self, first: int, head: int) -> bool:
        return any(self._modifier(k, first) == 1 for k in range(first, head))

    def _tails(self, i: int) -> int:
        if self._low(i) == "-" and self._low(i + 1) in self._words.tails:
            return i + 2
        while self._low(i) in self._words.tails and self._low(i - 1) != "commander":
            i += 1
        if self._low(i) == "at" and self._low(i + 1) == "large":
            return i + 2
        return self._desk(i)

    def _complements(self, i: int, plural: bool, head: str) -> Complements:
        """Reads the phrases behind the noun of an office: "of ...", "for ...", "at the ...", brackets."""
        read = Complements(stop=i, end=i)
        while self._goes_on_behind(read.end, plural):
            before = read.end
            if (
                not (self._aside(read, head) or self._joined(read, plural, head))
                or read.end == before
            ):
                break
        return read

    def _goes_on_behind(self, i: int, plural: bool) -> bool:
        low = self._low(i)
        return low in _OF or low == "(" or (plural and low == "from")

    def _aside(self, read: Complements, head: str) -> bool:
        """What stands in brackets, the house where somebody serves, the town of his post."""
        i, low = read.end, self._low(read.end)
        if low == "(":
            read.end = self._past_charge(i)
            return True
        if low not in ("in", "at", "for") or self._low(i + 1) == "charge":
            return False
        house = past_own_house(self._tokens, self._words, i, head)
        if low == "for" and house == i:
            return False
        if house > i:
            read.states = read.states or state_of_house(self._tokens, i + 1, house)
            read.go_to(house)
        elif (seat := self._seat(i, head)) > i:
            read.end, read.own_ends = seat, True
        return True

    def _joined(self, read: Complements, plural: bool, head: str) -> bool:
        """What an "of", "for", "to" joins to the office; False where the office ends before it."""
        i = read.end
        joint = "of" if self._low(i) == "from" or self._is_commonwealth(i, head) else self._low(i)
        if plural and joint == "on" and not self._upper(i + 1):
            return False
        k = self._past_session(self._past_of(i))
        if self._fixed(read, k, plural) or self._served(read, k, head):
            return True
        if joint == "of" and self._ruled(read, k, plural, head):
            return True
        if self._low(i) == "from":
            return False
        if plural and (past := self._past_group(k)) > k:
            read.go_to(past)
            return False
        if self._is_envoy_to(k, head, joint):
            after = self.realms(k)[1]
            read.go_to(after if self._low(after) != "'s" else self.realm(k)[1])
            read.own_ends = read.own_ends or joint == "to"
            return True
        return self._fielded(read, k, joint, head)

    def _fixed(self, read: Complements, k: int, plural: bool) -> bool:
        """ "of the parliaments of X and Y", "of the Two Holy Mosques", "of the caretaker government"."""
        if plural and self._low(k) in _HOUSES_OF_SEVERAL and self._low(k + 1) == "of":
            read.stop = read.end = k + 1
            return True
        if self._low(k) == "two" and self._low(k + 1) == "holy":
            read.stop = read.end = k + 3
            return True
        if self._low(k) == "all" and self._low(k + 1).endswith("s") and self._upper(k + 1):
            read.stop = read.end = k + 2  # "Catholicos of All Armenians"
            return True
        if self._low(k) in _PROVISIONAL and self._low(k + 1) == "government":
            read.stop = read.end = k + 2
            return True
        return False

    def _served(self, read: Complements, k: int, head: str) -> bool:
        """ "to our country", "to the President of X"."""
        past = self._past_here(read.end, head)
        if past > read.end:
            read.end, read.own_ends = past, True
            return True
        codes, after = self._superior(read.end, k, head)
        if after > k:
            read.states = read.states or codes
            read.go_to(after)
        return after > k

    def _ruled(self, read: Complements, k: int, plural: bool, head: str) -> bool:
        """The states, organizations or bodies that it is an office of."""
        styled = head in ("head", "heads") and self._low(k) in ("state", "government")
        secretary = self._low(k - 1) != "the" and head in _OF_STATE
        styled = styled or (self._low(k) == "state" and secretary)
        k += plural and self._low(k).isdigit()  # "of the 26 ASEAN states"
        found, after = self.realms(k) if not styled else ((), k)
        if not found or self._portfolio_follows(k, after):
            return False
        if len(found) == 1 and self._upper(after) and self._is_head(after):
            after = self._tails(after + 1)  # "Envoy of the UN Secretary-General for Yemen"
        after = self._past_own_body(after) if self._low(after) == "'s" else after
        after = self._past_local_body(after)
        posted = self._past_mission(after, head)
        own = read.states and not read.by_body
        read.states = read.states if own else found[0]  # "of the Joint Chiefs of Staff of Pakistan"
        read.by_body = not own and self._is_institution_at(k)
        if posted > after:  # "Head of the EU delegation to X"
            read.go_to(posted)
            read.own_ends = True
            return True
        read.end = self._past_letters(after)
        if plural:
            read.end = self._past_members(read.end)
        if self._lows[after : after + 2] == ["standing", "committee"]:
            after = read.end = after + 2
        if self._is_institution_at(k) and not read.own_ends:
            read.stop = read.end  # "Speaker of the Knesset": the office's own words
            return True
        read.each = found if plural and len(found) > 1 else read.each
        read.own_ends = True
        return True

    def _fielded(self, read: Complements, k: int, joint: str, head: str) -> bool:
        """ "of Foreign Affairs": the field of work."""
        after, known = self._portfolio(k, head)
        if after == k:
            return False
        read.foreign = read.foreign or not known
        after += self._low(after) in _SECTIONS
        after = self._past_bodies(self._past_section(after))
        read.field = read.field or self._state_inside(k, after, joint, head)
        read.go_to(after)
        return True

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
        spelled = " ".join(words.split())
        ours = _OUR_STATE.match(spelled)
        return f"{ours[1]} of State" if ours else spelled

    def _stacked(self, office: Office, depth: int, apposed: bool) -> Office:
        """ "Deputy Prime Minister and Foreign Minister": two offices of one person."""
        i = office.last
        joint = self._low(i)
        if joint == "and" and self._low(i + 1) == "head" and not office.states:
            also = self.read(i + 1, depth + 1)  # "the Sultan and Head of State of X"
            if also is not None and also.text.lower().startswith(("head of state", "head of gov")):
                text = f"{office.text} and {also.text}"
                return Office(text, also.last, also.states, body=also.body)
        if joint not in ("and", "&", "/", "–", "-", ",") or is_plain_ruler(office.text):
            if joint not in ("–", "—"):
                return office
        k = i + 1 + (self._low(i + 1) in ("and", "the") or (self._low(i + 1) == "concurrently"))
        adjective = gazetteer().at(self._tokens, k) if k < self._count else None
        doubled = apposed or "general secretary" in office.text.lower()
        if adjective is not None and adjective.entry.adjectives and doubled:
            k = adjective.last  # "director of ... and Chinese foreign minister"
        more = depth < _STACKED and k < self._count
        second = self.read(k, depth + 1, apposed=apposed) if more else None
        ended = apposed and second is not None and self._low(second.last) in _CLOSERS | _LINKS
        if (
            second is None
            or second.plural
            or second.spokesperson
            or not (ended if apposed else self._one_person_behind(second.last, joint))
        ):
            return office
        if joint == "," and self._low(i + 1) != "and" and adjective is not None and not apposed:
            return office  # "the OSCE Chair, OSCE Secretary General A": two persons
        rank = joint == "," and second.text.lower() == "ambassador" and not apposed
        if rank or (joint == "," and two_heads(office.text, second.text)):
            return office
        if self._rival(office.text, second.text):
            return office  # "the Under-Secretary, Ambassador NAME"
        return Office(
            f"{office.text} and {second.text}", second.last, office.states or second.states,
            body=office.body and second.body, field=office.field or second.field,
        )  # fmt: skip

    def _rival(self, first: str, second: str) -> bool:
        """Equal offices are those of two persons."""
        if "general secretary" in first.lower() and second.lower() != first.lower():
            return False  # of a ruling party, and of the state as well
        alone = "speaker" in first.lower() or first.lower() in OF_ORGANIZATIONS
        if alone and "minister" in second.lower():
            return True
        return first.lower() == second.lower() or is_plain_ruler(second)
