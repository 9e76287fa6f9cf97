"""Reads one sentence into mentions and groups of mentions, in one pass from left to right."""

from __future__ import annotations

from dataclasses import replace

from loaders.extraction.gazetteer import Hit, gazetteer
from loaders.extraction.mention import Group, Mention
from loaders.extraction.names import is_name_word, read_name, skip_honorifics
from loaders.extraction.offices import Office, OfficeReader
from loaders.extraction.tokens import Tokens, tokenize
from loaders.extraction.vocabulary import vocabulary

_DETERMINERS = frozenset(["the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "both"])
_POSSESSIVES = frozenset(["his", "her", "its", "their", "our", "my"])
_COUNTERPARTS = frozenset(
    ["counterpart", "counterparts", "colleague", "colleagues", "homologue", "homologues", "vis-a-vis", "vis-à-vis"]
)
_NOMINALS = frozenset(
    ["leaders", "presidents", "ministers", "sides", "parties", "interlocutors", "diplomats", "officials", "heads", "statesmen", "premiers", "countries", "states", "men", "women", "pair", "duo", "counterparts", "delegations", "guest", "host", "visitor"]
)
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "both"})
_STYLES = frozenset(
    ["his", "her", "their", "hh", "he", "h.e.", "h.h.", "hrh", "hm", "h.m.", "h.r.h.", "excellency", "majesty", "highness", "royal", "holiness", "mr.", "mr", "mrs.", "madam"]
)
_ADVERBS = frozenset(["in", "at", "on", "during", "for", "to", "today", "yesterday", "here", "via", "by", "over", "from"])
_PAIR_NOUNS = frozenset(["talks", "summit", "negotiations", "consultations", "meeting"])
_PAIR_ADJECTIVES = frozenset(
    ["summit", "high-level", "bilateral", "ministerial", "presidential", "political"]
)
_RANKS = frozenset(
    ["ambassador", "cardinal", "archbishop", "prince", "princess", "senator", "king", "queen", "secretary", "minister"]
)
_NUMBERS = frozenset({"two", "three", "four", "five", "both", "six", "seven"})
_LEADING = frozenset({"head", "heads"})


class MentionReader:
    """Finds the groups of one sentence; made anew for each sentence."""

    __slots__ = ("_count", "_gazetteer", "_lows", "_offices", "_source", "_tokens", "_words")

    def __init__(self, source: str, start: int, end: int) -> None:
        self._source = source
        self._tokens: Tokens = tokenize(source, start, end)
        self._lows = self._tokens.lows
        self._count = len(self._lows)
        self._words = vocabulary()
        self._gazetteer = gazetteer()
        self._offices = OfficeReader(source, self._tokens, self._words)

    def groups(self, headline: bool = False) -> list[Group]:
        """All groups in order; a list "A, B and C" is one group of three."""
        found: list[Group] = []
        i = 0
        while i < self._count:
            members, after = self._mentions(i)
            if not members:
                i = max(i + 1, after)
                continue
            found.append(Group(members[0].start, members[-1].end, tuple(members)))
            i = after
        return _coordinated(self._source, found, headline)

    # One phrase -----------------------------------------------------------------------------

    def _low(self, i: int) -> str:
        return self._lows[i] if 0 <= i < self._count else ""

    def _upper(self, i: int) -> bool:
        return i < self._count and self._tokens.words[i][0].isupper()

    def _mentions(self, i: int) -> tuple[list[Mention], int]:
        """The mentions of the phrase that begins at token `i`, and the index after it."""
        low = self._low(i)
        if (
            low in _PRONOUNS
            and self._tokens.words[i] != "HE"
            and not (low == "both" and self._low(i + 1) not in (",", ".", ""))
        ):
            return [
                self._make(i, i + 1, kind="pronoun", plural=low in ("they", "we", "both"))
            ], i + 1
        styled = self._past_style(i)
        if styled > i:
            members, after = self._mentions(styled)
            first = [replace(members[0], start=self._tokens.starts[i])] if members else []
            return first + members[1:], after
        pair = self._pair(i)
        if pair:
            return pair, i + 1
        determined = low in _DETERMINERS
        if not determined and not self._may_start(i):
            return [], i + 1
        at = i + determined
        nominal = self._nominal(i, at)
        if nominal:
            return nominal
        at = self._adjuncts(at)
        at, status = self._status(at)
        adjectives, at = self._adjectives(at)
        at = self._adjuncts(at)
        if self._low(at) in _COUNTERPARTS:
            return self._counterpart(i, at, adjectives)
        office = self._offices.read(at) if at < self._count else None
        if office is not None:
            office = replace(office, text=f"{status} {office.text}") if status else office
            return self._with_office(i, office, adjectives, determined)
        return self._without_office(i, at, adjectives, determined)

    def _pair(self, i: int) -> list[Mention]:
        """ "Russian-Indian talks": two parties in one word."""
        word = self._tokens.words[i]
        if (
            "-" not in word[1:]
            or not word[0].isupper()
            or self._low(i + 1) not in _PAIR_NOUNS | _PAIR_ADJECTIVES
        ):
            return []
        if self._low(i + 1) in _PAIR_ADJECTIVES and self._low(i + 2) not in _PAIR_NOUNS:
            return []
        entries = [self._gazetteer.exact(part) for part in word.replace("–", "-").split("-")]
        codes = [e.adjectives or e.states or e.organizations for e in entries if e is not None]
        if len(codes) != len(entries) or not all(codes):
            return []
        return [self._make(i, i + 1, kind="state", states=c) for c in codes]

    def _past_style(self, i: int) -> int:
        """ "HH the Amir", "His Excellency the President": index of what the style belongs to."""
        k = i
        while self._low(k) in _STYLES and not (
            self._low(k) in ("his", "her") and self._low(k + 1) not in _STYLES
        ):
            if self._tokens.words[k] in ("he", "He") or self._tokens.words[k][0].islower():
                break
            k += 1
        return k if k > i and (self._low(k) == "the" or self._low(k) in self._words.heads) else i

    def _may_start(self, i: int) -> bool:
        word = self._tokens.words[i]
        if word[0].isupper() or not word[0].isalpha():
            return word[0].isalpha()
        low = self._low(i)
        words = self._words
        return (
            low in words.heads or low in words.plural_heads or low in words.status or low in words.modifiers
            or low in _NUMBERS or low in _COUNTERPARTS or low in words.spokespersons
            or is_name_word(word, words) or low in ("visiting", "al", "el")
        )  # fmt: skip

    def _status(self, i: int) -> tuple[int, str]:
        """ "Acting Haitian Prime Minister": the word of status before the state belongs to the office."""
        if (
            self._low(i) in self._words.status
            and self._low(i) != "then"
            and self._hit(i + 1) is not None
        ):
            return i + 1, self._tokens.words[i]
        return i, ""

    def _adjuncts(self, i: int) -> int:
        while self._low(i) in self._words.adjuncts and i + 1 < self._count and self._hit(i) is None:
            i += 1
        return i

    def _nominal(self, i: int, at: int) -> tuple[list[Mention], int] | None:
        """ "the two leaders", "both ministers", "the sides", "the heads of state"."""
        k = at
        counted = self._low(at) in _NUMBERS or self._low(i) == "both"
        while self._low(k) in _NUMBERS or self._low(k) in ("foreign", "prime", "top", "parties'"):
            k += 1
        noun = self._low(k)
        if noun not in _NOMINALS or not (counted or self._low(i) == "the"):
            return None
        if (
            noun in ("heads", "leaders", "presidents", "ministers", "premiers")
            and self._low(k + 1) == "of"
        ):
            if self._low(k + 2) not in ("state", "government", "both") and not (
                self._low(k + 2) == "the" and self._low(k + 3) in _NUMBERS
            ):
                return None
            k = self._past_of(k + 2)
            if self._low(k + 1) == "of" and self._low(k + 2) not in ("the",):
                return None
        if noun in ("guest", "host", "visitor", "pair", "duo") and self._low(i) != "the":
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
        ) or (self._low(k) in _NUMBERS):
            k += 1
        return k - 1

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
        return found, i

    def _adjective_codes(self, hit: Hit) -> tuple[str, ...]:
        entry = hit.entry
        known = entry.adjectives or entry.states or entry.organizations
        return known or (("@" + entry.places[0],) if entry.places else ())

    def _hit(self, i: int) -> Hit | None:
        if not self._upper(i):
            return None
        hit = self._gazetteer.at(self._tokens, i)
        if hit is None or self._in_compound(hit):
            return None
        return hit

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
            if low in self._words.plural_heads or low in _COUNTERPARTS:
                return low != "officials"
            if low in (".", ";", "(") or low in self._words.heads:
                return False
        return False

    # Kinds of phrase --------------------------------------------------------------------------

    def _make(self, first: int, last: int, **fields: object) -> Mention:
        tokens = self._tokens
        possessive = self._low(last) == "'s" or (
            self._low(last) in ("'", "’") and tokens.words[last - 1].endswith("s")
        )
        made = Mention(tokens.starts[first], tokens.ends[last - 1], possessive=possessive)
        return replace(made, **fields)  # type: ignore[arg-type]

    def _counterpart(
        self, i: int, at: int, adjectives: list[tuple[str, ...]]
    ) -> tuple[list[Mention], int]:
        end = at + 1
        plural = self._low(at).endswith("s")
        codes = adjectives[0] if adjectives else ()
        if self._low(end) in ("from", "of", "in") and not codes:
            found, after = self._offices.realm(end + 1 + (self._low(end + 1) == "the"))
            codes, end = (found, after) if found else (codes, end)
        elif self._low(end) == "from":
            _, end = self._offices.realm(end + 1 + (self._low(end + 1) == "the"))
        if plural:
            return self._plural_counterparts(i, end, adjectives or ([codes] if codes else []))
        if not codes and self._low(i) not in _POSSESSIVES:
            return [], at + 1
        office, end = self._inner_office(end)
        name = self._name(end + (self._low(end) == ","), apposed=self._low(end) == ",")
        return [self._finish(i, max(end, name[1]), name, office, codes, "counterpart", True)], max(
            end, name[1]
        )

    def _inner_office(self, i: int) -> tuple[str | None, int]:
        """ "his Turkish counterpart, Foreign Minister X"."""
        k = i + (self._low(i) == ",")
        office = self._offices.read(k) if k < self._count and self._upper(k) else None
        return (office.text, office.last) if office and not office.plural else (None, i)

    def _plural_counterparts(
        self, i: int, end: int, adjectives: list[tuple[str, ...]]
    ) -> tuple[list[Mention], int]:
        names, after = self._names(end)
        if not names and not adjectives:
            return [self._make(i, end, kind="counterpart", plural=True, definite=True)], end
        return self._zipped(i, end, after, names, adjectives, None, "counterpart"), after

    def _with_office(
        self, i: int, office: Office, adjectives: list[tuple[str, ...]], determined: bool
    ) -> tuple[list[Mention], int]:
        codes = office.states or (adjectives[0] if adjectives else ())
        if office.plural:
            return self._plural_office(i, office, adjectives)
        apposed = self._low(office.last) in (",", "–", "—", "-")
        at = office.last + apposed
        name = self._name(at, apposed)
        if name[0] is None:
            name = (None, office.last, -1, False)
        else:
            codes, name = self._state_after_name(codes, name)
        mention = self._finish(
            i, name[1], name, office.text, codes, "person" if name[0] else "role", determined
        )
        end = name[1]
        if name[0]:
            mention, end = self._apposition(mention, end)
        body = office.body and not office.states and not any(not c.startswith("@") for c in codes)
        return [replace(mention, spokesperson=office.spokesperson, body=body)], end

    def _state_after_name(
        self, codes: tuple[str, ...], name: tuple[str | None, int, int, bool]
    ) -> tuple[tuple[str, ...], tuple[str | None, int, int, bool]]:
        """ "President Putin of Russia"."""
        if self._low(name[1]) == "of":
            found, after = self._offices.realm(name[1] + 1 + (self._low(name[1] + 1) == "the"))
            if found:
                return codes or found, (name[0], after, name[2], name[3])
        return codes, name

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
        codes, name = self._state_after_name((), name)
        mention = self._finish(i, name[1], name, None, codes, "person", False)
        mention, end = self._apposition(mention, name[1])
        return [mention], end

    def _is_opening_word(self, i: int, name: tuple[str | None, int, int, bool]) -> bool:
        """ "Taking part": a single capital at the head of a sentence that is a verb form."""
        return (
            i == 0 and name[1] == 1 and self._low(0).endswith(("ing", "ed")) and not self._upper(1)
        )

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

    def _is_institution(self, name: str) -> bool:
        return any(w.lower() in self._words.institutions for w in name.split())

    def _states_alone(
        self, i: int, at: int, adjectives: list[tuple[str, ...]], determined: bool
    ) -> tuple[list[Mention], int]:
        hit = self._hit(i + determined)
        if hit is None:
            return [], max(i + 1, at if at > i + determined else i + 1)
        entry = hit.entry
        codes = entry.states or entry.organizations
        if not codes or (self._upper(hit.last) and self._low(hit.last) in self._words.institutions):
            return [], hit.last
        return [self._make(i, hit.last, kind="state", states=codes, definite=determined)], hit.last

    # Names and appositions -------------------------------------------------------------------

    def _name(self, i: int, apposed: bool) -> tuple[str | None, int, int, bool]:
        """Name at token `i`: its text, the index after it, its offset, whether a title led it."""
        if i >= self._count:
            return None, i, -1, False
        quoted = self._words
        first = skip_honorifics(self._tokens, i, quoted)
        honoured = first > i
        if self._low(first) in _RANKS or (self._low(first) in quoted.heads and honoured):
            first += self._upper(first + 1)  # "His Majesty King Abdullah"
        last = read_name(self._tokens, first, quoted)
        if last == first:
            return None, i, -1, False
        text = self._source[self._tokens.starts[first] : self._tokens.ends[last - 1]]
        if apposed and not self._may_be_apposed(first, last, honoured, text):
            return None, i, -1, False
        if self._is_institution(text):
            return None, i, -1, False
        return " ".join(text.split()), last, self._tokens.starts[first], honoured

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
        at = i + (self._low(i) in (",", ":"))
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

    def _plural_office(
        self, i: int, office: Office, adjectives: list[tuple[str, ...]]
    ) -> tuple[list[Mention], int]:
        states = list(office.each) or ([office.states] if office.states else adjectives)
        names, after = self._names(office.last)
        if not names and not states:
            if self._low(i) not in ("the", "both", "their", "our", "his", "her"):
                return [], office.last
            return [
                self._make(
                    i, office.last, kind="nominal", plural=True, office=office.text, definite=True
                )
            ], office.last
        after = max(after, office.last)
        return self._zipped(i, office.last, after, names, states, office.text, "role"), after

    def _zipped(
        self, i: int, end: int, after: int, names: list[tuple[str, int, int, tuple[str, ...]]],
        states: list[tuple[str, ...]], office: str | None, kind: str,
    ) -> list[Mention]:  # fmt: skip
        """Names and states of a plural phrase, matched in order where the counts agree."""
        if not names:
            return [
                self._make(i, end, kind=kind, office=office, states=codes, definite=True)
                for codes in states
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

    def _finish(
        self, first: int, last: int, name: tuple[str | None, int, int, bool], office: str | None,
        states: tuple[str, ...], kind: str, definite: bool,
    ) -> Mention:  # fmt: skip
        return self._make(
            first, last, name=name[0], office=office, states=states, kind=kind, definite=definite,
            honorific=name[3], name_start=name[2],
        )  # fmt: skip

    def _apposition(self, mention: Mention, i: int) -> tuple[Mention, int]:
        """ "NAME, Foreign Minister of X," and "NAME (President of X)"."""
        opener = self._low(i)
        if opener not in (",", "(", "–", "—") or mention.possessive:
            return mention, i
        k = (
            i
            + 1
            + (
                self._low(i + 1) in ("the", "a", "an", "who", "his", "her")
                and self._low(i + 1) != "who"
            )
        )
        k = self._adjuncts(k)
        adjectives, k = self._adjectives(k)
        k = self._adjuncts(k)
        office = self._offices.read(k) if k < self._count else None
        if office is None or office.plural or self._named_after(office.last):
            return mention, i
        closer = self._low(office.last)
        if closer not in (",", ")", ";", ".", "", "–", "—", "who", "("):
            return mention, i
        end = office.last + (opener == "(" and closer == ")")
        codes = mention.states or office.states or (adjectives[0] if adjectives else ())
        text = mention.office or office.text
        grown = replace(
            mention, end=self._tokens.ends[end - 1], office=text, states=codes, spokesperson=office.spokesperson,
            body=office.body and not codes, possessive=False,
        )  # fmt: skip
        return grown, end

    def _named_after(self, i: int) -> bool:
        return i < self._count and self._name(i, False)[0] is not None


# Coordination -----------------------------------------------------------------------------------

_JOINTS = frozenset(
    (
        ",", "and", ", and", "&", "as well as", ", as well as", "along with", "together with", "and also",
        ", along with", ", together with", "with", "/", ", and also", "and the", "and with", ", and with",
        "alongside", "and of", ", and of", "; and",
    )
)  # fmt: skip


def _coordinated(source: str, groups: list[Group], headline: bool) -> list[Group]:
    """Neighbouring groups that only a comma or "and" keeps apart become one.

    A list must be closed by an "and": in "at talks with A, B said" the comma ends a clause. A
    headline saves the "and".
    """
    joined: list[Group] = []
    chain: list[tuple[Group, str]] = []
    for group in groups:
        joint = _joint(source, chain[-1][0], group) if chain else None
        if joint is None:
            joined += _closed(chain, headline)
            chain = []
        chain.append((group, joint or ""))
    return joined + _closed(chain, headline)


def _closed(chain: list[tuple[Group, str]], headline: bool) -> list[Group]:
    """The list up to its last "and" as one group; what only commas add stays apart."""
    closes = [n for n, (_, joint) in enumerate(chain) if joint not in ("", ",")]
    last = len(chain) - 1 if headline and len(chain) > 1 else max(closes, default=0)
    listed = [group for group, _ in chain[: last + 1]]
    members = tuple(m for group in listed for m in group.members)
    first = [Group(listed[0].start, listed[-1].end, _inherit(members))] if listed else []
    return first + [group for group, _ in chain[last + 1 :]]


def _joint(source: str, left: Group, right: Group) -> str | None:
    """The words that make two groups a list, or None."""
    return source[left.end : right.start].strip().lower() if _joins(source, left, right) else None


def _joins(source: str, left: Group, right: Group) -> bool:
    between = source[left.end : right.start].strip().lower()
    if between not in _JOINTS or left.members[-1].possessive:
        return False
    first, second = left.members[-1], right.members[0]
    if between == "with":
        return False
    if "pronoun" in (first.kind, second.kind):
        return False
    if "nominal" in (first.kind, second.kind):
        return False
    if between == "," and first.kind == "state" != second.kind:
        return False
    return (first.kind == "state") == (second.kind == "state") or between != ","


def _inherit(members: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """ "Saudi Foreign Minister A and Defence Minister B": B is Saudi too."""
    made: list[Mention] = []
    for member in members:
        before = made[-1] if made else None
        if (
            before is not None and member.office and not member.states and before.states
            and before.kind != "state" and not member.body
        ):  # fmt: skip
            member = replace(member, states=before.states)
        made.append(member)
    return tuple(made)
