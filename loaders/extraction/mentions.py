"""Reads one sentence into mentions and groups of mentions, in one pass from left to right."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from loaders.extraction.appositions import OWN_SIDE
from loaders.extraction.coordination import coordinated
from loaders.extraction.delegations import of_delegation, with_leaders
from loaders.extraction.gazetteer import Hit
from loaders.extraction.guests import DETERMINERS, GUESTS, KIN, GuestReader
from loaders.extraction.mention import Group, Mention
from loaders.extraction.names import is_initial, is_name_word
from loaders.extraction.offices import Office
from loaders.extraction.phrases import COUNTERPARTS, STYLES
from loaders.extraction.place_words import KINDS
from loaders.extraction.plurals import (
    BEHIND_OFFICIAL,
    NOMINALS,
    NUMBERS,
    OFFICIALS,
)
from loaders.extraction.superiors import without_superiors
from loaders.extraction.vocabulary import vocabulary

_PRONOUNS = frozenset({"he", "she", "they", "i", "me", "we", "both", "him", "them"})
_STAND_INS = _PRONOUNS | {"her", "his", "the"}  # perhaps with the words behind them
# Behind "her" as an object, not as a possessive: "received her on Tuesday", "paid her a visit".
_BEHIND_HER = frozenset(
    {".", ",", ";", "", "at", "in", "on", "for", "during", "and", "with", "by", "today", "yesterday", "here", "a", "an", "this",
     "last", "before", "after", "when", "as", "over", "from", "to", "that", "again", "later", "there", "tomorrow", "next",
     "separately", "then", "once", "twice"}
)  # fmt: skip
_SPANS = frozenset(
    {
        "week",
        "month",
        "year",
        "night",
        "evening",
        "spring",
        "summer",
        "autumn",
        "winter",
        "in",
        "at",
        "on",
        ".",
        ",",
        "",
    }
)
# One of the two parties, as seen from the other: "the visiting dignitary".
_LED = frozenset(
    {"delegation", "team", "mission", "side", "led", "headed", "sent", "dispatched", "represented"}
)
_LED_PLURAL = frozenset({"delegations", "teams", "sides"})
_STYLE_NOUNS = frozenset({"highness", "majesty", "excellency", "holiness"})
_STOPS = frozenset({",", ":", ";", "–", "—", "-"})
_SINGLED = frozenset(
    {"only", "first", "last", "youngest", "oldest", "sole", "longest-serving", "second", "latest"}
)
# What is named after these without a title is where something was, not who.
_TOWN_PREPOSITIONS = frozenset({"in", "near", "outside"})


@cache
def _openers() -> frozenset[str]:
    """Lower-case words that a phrase for a person may begin with."""
    words = vocabulary()
    return (
        words.heads | words.plural_heads | words.status | words.modifiers | words.spokespersons
        | NUMBERS | COUNTERPARTS | DETERMINERS | _PRONOUNS | {"visiting", "al", "el", "von", "van"}
    )  # fmt: skip


@cache
def _behind_determiners() -> frozenset[str]:
    """Lower-case words that may go on a phrase for a person behind "the", "a", "his"."""
    words = vocabulary()
    return (
        _openers() | OWN_SIDE | NOMINALS | STYLES | GUESTS | {"guests", "visitors"} | KIN | _STYLE_NOUNS | words.adjuncts | words.particles | words.honorifics
        | {"foreign", "high", "dear", "good", "distinguished", "top", "opposite", "latter", "former", "newly", "parties", "delegation"}
    )  # fmt: skip


class MentionReader(GuestReader):
    """Finds the groups of one sentence; made anew for each sentence."""

    __slots__ = ()

    def groups(self, headline: bool = False) -> list[Group]:
        """All groups in order; a list "A, B and C" is one group of three."""
        found: list[Group] = []
        openers, behind = _openers(), _behind_determiners()
        led = not _LED.isdisjoint(self._lows)
        words, lows = self._tokens.words, self._lows
        i = 0
        while i < self._count:
            # Most words are lower case and open nothing: they must cost next to nothing.
            if words[i][0].islower() and lows[i] not in openers and "-" not in words[i]:
                i += 1
                continue
            if not words[i][0].isalpha():
                i += 1
                continue
            if lows[i] in DETERMINERS and lows[i] != "her" and i + 1 < self._count:
                following = words[i + 1]
                if following.islower() and following not in behind and following.isalpha():
                    i += 1  # "the talks": nobody
                    continue
            members, after = self._mentions(i)
            if not members:
                i = max(i + 1, after)
                continue
            if led:
                members = [of_delegation(self._source, m) for m in members]
            found.append(Group(members[0].start, members[-1].end, tuple(members)))
            i = after
        if not found:
            return []
        groups = coordinated(self._source, without_superiors(self._source, found), headline)
        return with_leaders(self._source, self._tokens.starts[0], groups) if led else groups

    def _mentions(self, i: int) -> tuple[list[Mention], int]:
        """The mentions of the phrase that begins at token `i`, and the index after it."""
        low = self._low(i)
        after = self._after_pronoun(i) if low in _STAND_INS else i
        if after > i:
            plural = after == i + 1 and low in ("they", "we", "both", "them")
            return [self._make(i, after, kind="pronoun", plural=plural)], after
        styled = self._past_style(i) if low in STYLES else i
        if styled > i:
            members, after = self._mentions(styled)
            first = [replace(members[0], start=self._tokens.starts[i])] if members else []
            return first + members[1:], after
        pair, behind = self._pair(i) if self._may_be_pair(i) else ([], i)
        if pair:
            return pair, behind
        determined = low in DETERMINERS and self._low(i + 1) not in ("hon.", "hon", "rt.", "rt")
        if low == "the" and not determined:
            members, after = self._mentions(i + 1)
            first = [replace(m, start=self._tokens.starts[i]) for m in members[:1]]
            return first + members[1:], after
        if not determined and (not self._may_start(i) or self._tells_order(i)):
            return [], i + 1
        at = i + determined
        if determined or low in NUMBERS:
            several = self._guest(i, at) or self._nominal(i, at)
            if several:
                return several
        at += 2 * (determined and self._low(at) in OWN_SIDE and self._low(at + 1) == "'s")
        at += determined and self._low(at) in NUMBERS  # "his four colleagues, A, B, C and D"
        return self._described(i, self._adjuncts(at), determined)

    def _may_be_pair(self, i: int) -> bool:
        return "-" in self._tokens.words[i] or self._tokens.words[i] in ("U.S.", "U.K.")

    def _described(self, i: int, at: int, determined: bool) -> tuple[list[Mention], int]:
        """What stands at `at`, behind the article and number of a phrase that begins at `i`."""
        at, status = self._status(at)
        adjectives, at = self._adjectives(at)
        if len(adjectives) > 1 and self._low(at) in _LED_PLURAL:  # "Danish and Thai delegations"
            sides = [self._make(i, at + 1, kind="state", states=c) for c in adjectives]
            return sides, at + 1
        if len(adjectives) == 1 and self._is_venue(i, at, adjectives[0]):
            return [], at
        if adjectives and self._low(at) == "the":  # "after leaving Moscow the Prime Minister"
            return self._states_alone(i, at, adjectives, determined)
        at = self._adjuncts(at)
        if adjectives and determined and self._low(at) in OFFICIALS:
            if self._low(at + 1) in BEHIND_OFFICIAL:  # "the Serbian official will be received"
                told = self._make(i, at + 1, kind="guest", states=adjectives[0], definite=True)
                return [told], at + 1
        met = determined and self._is_met_side(i, at)
        if adjectives and (self._low(at) in GUESTS or self._is_delegation(at) or met):
            guest = self._guest_of(i, at, adjectives, determined)
            if guest:
                return guest
            if determined and not self._upper(at + 1):
                told = self._make(i, at + 1, kind="guest", states=adjectives[0], definite=True)
                return [told], at + 1
        if self._low(at) == "opposite" and self._low(at + 1) in ("number", "numbers"):
            at += 1
            return self._counterpart(i, at, adjectives)
        if self._low(at) in COUNTERPARTS:
            return self._counterpart(i, at, adjectives)
        body = self._institution(at)
        if body is not None:
            return self._with_body(i, body, status, adjectives, determined)
        office = self._offices.read(at) if at < self._count else None
        if office is not None:
            office = replace(office, text=f"{status} {office.text}") if status else office
            return self._with_office(i, office, adjectives, determined)
        return self._without_office(i, at, adjectives, determined)

    def _tells_order(self, i: int) -> bool:
        """ "first Premier A and then Minister B": told one after another, no first or then minister."""
        word, before, after = self._tokens.words[i], self._low(i - 1) if i else "", self._low(i + 1)
        if word == "first":
            return before in _STOPS and after not in ("deputy", "vice", "lady", "secretary")
        return (word == "then" and before in ("and", ",")) or (word == "Then" and i == 0)

    def _with_body(
        self, i: int, body: Hit, status: str, adjectives: list[tuple[str, ...]], determined: bool
    ) -> tuple[list[Mention], int]:
        """ "Knesset Speaker NAME": the body belongs to the office and tells its state."""
        own = self._low(body.last) != "'s"
        office = self._offices.read(body.last + (not own))
        if office is None:
            return [], body.last
        tokens = self._tokens
        name = self._source[tokens.starts[body.first] : tokens.ends[body.last - 1]]
        text = f"{name} {office.text}" if own else f"{office.text} of {name}"
        states = office.states or (adjectives[0] if adjectives else body.entry.institutions)
        told = replace(office, text=f"{status} {text}".strip(), states=states, body=False)
        return self._with_office(i, told, adjectives, determined)

    def _after_pronoun(self, i: int) -> int:
        """The index after a word that stands for somebody named before; `i` if there is none."""
        low, following = self._low(i), self._low(i + 1)
        if low == "i" and is_initial(self._tokens, i):
            return i
        if low == "them":  # "talks between them"; elsewhere it may be anybody
            return i + (self._low(i - 1) == "between")
        if low in _PRONOUNS and self._tokens.words[i] != "HE":
            if low != "both" or following in (",", ".", ""):
                return i + 1
        if low == "her" and following in _BEHIND_HER and not self._is_hers(i + 1):
            return i + 1
        if low == "the" and self._is_delegation(i + 1):
            return i + 2
        if low == "the" and following in ("latter", "former") and not self._upper(i + 2):
            if self._low(i + 2) not in self._words.heads | self._words.modifiers | {"'s"}:
                return i + 2
        return i + 2 if self._is_bare_style(i) else i

    def _is_hers(self, i: int) -> bool:
        """ "her last visit", not "met her last week"."""
        behind = self._low(i + 1)
        return (
            self._low(i) in ("last", "next", "first")
            and behind not in _SPANS
            and not behind.endswith("day")
        )

    def _is_bare_style(self, i: int) -> bool:
        """ "His Highness congratulated": the style alone stands for whom the report is about."""
        styled = self._low(i) in ("his", "her") and self._low(i + 1) in _STYLE_NOUNS
        return styled and not (self._upper(i + 2) or self._low(i + 2) in ("the", "sheikh"))

    def _may_start(self, i: int) -> bool:
        word = self._tokens.words[i]
        if i and self._low(i - 1) == "-" and self._tokens.ends[i - 1] == self._tokens.starts[i]:
            return False  # "a 14-member delegation"
        if i and self._low(i - 1) == "/" == self._low(i + 1) and word.isupper():
            return False  # "Ulaanbaatar /MONTSAME/": an agency
        low = self._low(i)
        if low == "pm" and self._low(i - 1)[-1:].isdigit():
            return False  # "at 5 pm"
        if word[0].isupper() or not word[0].isalpha():
            return word[0].isalpha()
        words = self._words
        return (
            low in words.heads or low in words.plural_heads or low in words.status or low in words.modifiers
            or low in NUMBERS or low in COUNTERPARTS or low in words.spokespersons
            or is_name_word(word, words) or low in ("visiting", "al", "el", "von", "van")
        )  # fmt: skip

    def _with_office(
        self, i: int, office: Office, adjectives: list[tuple[str, ...]], determined: bool
    ) -> tuple[list[Mention], int]:
        codes = office.states or (adjectives[0] if adjectives else office.field)
        if office.plural:
            return self._plural_office(i, office, adjectives)
        if codes == ("EU",) and office.text.lower() == "minister":
            codes = ()  # "EU Minister NAME": a state's minister for the Union
        apposed = self._low(office.last) in (",", "–", "—", "-")
        at = office.last + apposed
        name = self._name(at, apposed)
        if name[0] is None:
            name = (None, office.last, -1, False)
        else:
            codes, name = self._state_after_name(codes, name)
        if name[0] is None and (
            self._is_house_of(i, office)
            or self._is_capacity(i, determined)
            or self._only_describes(i, office)
        ):
            return [], office.last
        mention = self._finish(
            i, name[1], name, office.text, codes, "person" if name[0] else "role", determined
        )
        end = name[1]
        if name[0]:
            mention, end = self._affiliated(*self._apposition(mention, end))
        body = office.body and not any(not c.startswith("@") for c in codes)
        if office.spokesperson or body or mention.spokesperson or mention.body:
            mention = replace(mention, spokesperson=office.spokesperson, body=body)
        return [mention], end

    def _only_describes(self, i: int, office: Office) -> bool:
        """ "President X, the only Soviet-bloc leader to keep ties, received": nobody beside X."""
        if self._low(office.last) not in ("to", "since", "in"):
            return False
        opened = [k for k in range(max(1, i - 4), i + 1) if self._low(k - 1) == "," and k > 1]
        return any(self._low(k) == "the" and self._low(k + 1) in _SINGLED for k in opened)

    def _is_capacity(self, i: int, determined: bool) -> bool:
        """ "A, in his capacity as chair of the council, met B": nobody beside A."""
        capacity = self._low(i - 2) == "capacity" and self._low(i - 1) in ("as", "of")
        sent = (
            determined and self._low(i - 1) == "as" and self._low(i + 1) in ("special", "personal")
        )
        return capacity or sent or (self._low(i - 1) == "as" and not determined and i > 0)

    def _without_office(
        self, i: int, at: int, adjectives: list[tuple[str, ...]], determined: bool
    ) -> tuple[list[Mention], int]:
        if at >= self._count:
            return self._states_alone(i, at, adjectives, determined)
        name = self._name(at, False)
        if name[0] is not None and adjectives and name[2] >= 0:
            return self._adjective_name(i, at, adjectives, name, determined)
        if name[0] is None or determined or self._is_opening_word(i, name):
            return self._states_alone(i, at, adjectives, determined)
        if self._ends_a_place(i, name):
            return [], name[1]
        if self._is_town(i) and not name[3] and not self._apposed(name[1]):
            town = self._hit(i)  # "In Sofia Lund met": a town, and then a name
            return [], town.last if town is not None and town.entry.places else name[1]
        codes, name = self._state_after_name((), name)
        mention = self._finish(i, name[1], name, None, codes, "person", False)
        mention, end = self._apposition(mention, name[1])
        return [mention], end

    def _is_town(self, i: int) -> bool:
        """ "in Badajoz", "the coastal city of El-Alamein": where something was."""
        before = self._low(i - 1)
        return before in _TOWN_PREPOSITIONS or (before == "of" and self._low(i - 2) in KINDS)

    def _apposed(self, i: int) -> bool:
        """An office behind a comma makes a person of a name: "trust in Ann Lee, Minister of ..."."""
        return self._low(i) == "," and self._offices.read(i + 1) is not None

    def _adjective_name(
        self, i: int, at: int, adjectives: list[tuple[str, ...]],
        name: tuple[str | None, int, int, bool], determined: bool,
    ) -> tuple[list[Mention], int]:  # fmt: skip
        """ "Canada's Claire Beaumont" is a person, "Israel Katz" too, "Russian Direct" is not."""
        text = name[0] or ""
        hit = self._hit(i + determined)
        possessive = self._low(at - 1) == "'s"
        if possessive and not self._is_institution(text):
            codes = adjectives[0]
            mention = self._finish(i, name[1], name, None, codes, "person", determined)
            return [self._apposition(mention, name[1])[0]], self._apposition(mention, name[1])[1]
        if (
            hit is not None
            and (hit.entry.weak or hit.entry.places)
            and not determined
            and not possessive
        ):
            whole = self._name(i, False)
            if whole[0] and not self._is_institution(whole[0]):
                mention = self._finish(i, whole[1], whole, None, (), "person", False)
                return [self._apposition(mention, whole[1])[0]], self._apposition(
                    mention, whole[1]
                )[1]
        return self._states_alone(i, at, adjectives, determined)

    def _states_alone(
        self, i: int, at: int, adjectives: list[tuple[str, ...]], determined: bool
    ) -> tuple[list[Mention], int]:
        hit = self._hit(i + determined)
        if hit is None:
            return [], max(i + 1, at if at > i + determined else i + 1)
        entry = hit.entry
        if self._low(hit.last - 1) == "summit":
            return [], hit.last  # "the East Asia Summit": where they met
        codes = entry.states or entry.organizations
        if not codes or (self._upper(hit.last) and self._low(hit.last) in self._words.institutions):
            return [], hit.last
        return [self._make(i, hit.last, kind="state", states=codes, definite=determined)], hit.last
