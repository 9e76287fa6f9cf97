"""What a sentence says of a contact: the word that tells of it, its parties, what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Status
from loaders.extraction.languages.contact import (
    Contact,
    nominative,
    one_by_one,
    only_nominative,
    said_twice,
    without,
)
from loaders.extraction.languages.mention import Mention
from loaders.extraction.languages.phrases import Phrases, Row, Tense
from loaders.extraction.languages.sentences import Line

_NEAR = 14  # words between a noun of contact and its verb
_BESIDE = 4  # words between a noun of contact and those who met
_HEAD = 3  # words before a noun of contact that opens a title


def contacts_of(line: Line, phrases: Phrases) -> list[Contact]:
    """Every contact that a sentence tells of, in the order of its words."""
    return list(_Sentence(line, phrases).contacts())


def told_of(line: Line, phrases: Phrases) -> int | None:
    """The noun of a contact that a sentence goes on about, as "Встреча прошла в Батуми"."""
    lows = line.words.lows
    if not any(low in phrases.happen for low in lows):
        return None
    return next((i for i in range(len(lows)) if phrases.noun(line.words, i) is not None), None)


class _Sentence:
    """One sentence while its contacts are read."""

    def __init__(self, line: Line, phrases: Phrases) -> None:
        self.line, self.words, self.p = line, line.words, phrases
        self.inside = {k for m in line.mentions for k in range(m.first, m.last)}

    def contacts(self) -> Iterator[Contact]:
        for i, low in enumerate(self.words.lows):
            if i in self.inside:
                continue
            taken = self._taken_part(i)
            if taken is not None:
                yield taken
                continue
            for row, tense in self.p.verbs.get(low, ()):
                made = self._by_verb(i, row, tense)
                if made is not None:
                    yield made
            noun = self.p.noun(self.words, i)
            if noun is not None:
                made = self._by_noun(i, *noun)
                if made is not None:
                    yield made

    # Where to look ---------------------------------------------------------------------------

    def _clause(self, i: int) -> tuple[int, int]:
        """First and last word (exclusive) of the clause around word `i`."""
        lo, hi = 0, len(self.words)
        for k in range(i - 1, 0, -1):
            if self._opens_clause(k):
                lo = k
                break
        for k in range(i + 1, len(self.words)):
            if self._opens_clause(k):
                hi = k
                break
        return lo, hi

    def _opens_clause(self, k: int) -> bool:
        low = self.words.lows[k]
        if low == ";":
            return True
        before = self.words.low(k - 1)
        return low in self.p.clause and (before == "," or self.words.low(k - 2) == ",")

    def _mentions(self, lo: int, hi: int) -> list[Mention]:
        return [m for m in self.line.mentions if lo <= m.first < hi]

    def _group(self, mention: Mention) -> tuple[Mention, ...]:
        """A mention with those that follow it in one list."""
        every = self.line.mentions
        group = [mention]
        for following in every[every.index(mention) + 1 :]:
            held = group[-1]
            between = self.words.lows[held.last : following.first]
            same = held.first == following.first
            led = any(w in self.p.around["chaired"] for w in between[-3:])
            if (
                not same
                and not led
                and (not between or any(w not in self.p.joins for w in between))
            ):
                break
            group.append(following)
        return tuple(group)

    def _is_free(self, m: Mention) -> bool:
        """True for a mention that no preposition governs."""
        return (
            m.before not in self.p.prepositions
            and m.before not in self.p.with_
            and m.before not in self.p.between
        )

    def _subject(self, i: int, lo: int, hi: int) -> tuple[Mention, ...]:
        """Who does it: the nearest that may be in the nominative before the verb, else after it."""
        free = [m for m in self._mentions(lo, hi) if self._is_free(m) and nominative(m)]
        before = [m for m in free if m.last <= i]
        if before:
            return self._whole_group(before[-1], before)
        after = [m for m in free if m.first > i]
        if after:
            return self._group(after[0])
        main = [m for m in self._mentions(0, lo) if self._is_free(m) and nominative(m)]
        return (main[-1],) if main else ()  # "сказал, что встретился": who says it

    def _whole_group(self, last: Mention, before: list[Mention]) -> tuple[Mention, ...]:
        """The list that ends in `last`."""
        for mention in before:
            group = self._group(mention)
            if last in group:
                return group
        return (last,)

    def _partners(self, i: int, lo: int, hi: int) -> tuple[tuple[Mention, ...], bool]:
        """Who stands after "с", nearest after the word first; and whether "с" is said twice."""
        heads = [m for m in self._mentions(lo, hi) if m.before in self.p.with_]
        after = [m for m in heads if m.first > i]
        before = [m for m in heads if m.last <= i]
        chosen = self._reachable(i, after) or (before[:1] if not after else [])
        every = [m for head in chosen for m in self._group(head)]
        return tuple(dict.fromkeys(every)), said_twice(chosen)

    def _reachable(self, i: int, after: list[Mention]) -> list[Mention]:
        """The first party after a word, and those that follow with a "с" of their own."""
        kept: list[Mention] = []
        for mention in after:
            if kept:
                last = self._group(kept[-1])[-1]
                between = self.words.lows[last.last : mention.first]
                if any(w not in self.p.joins and w not in self.p.with_ for w in between):
                    break
            kept.append(mention)
        return kept

    # By verb ---------------------------------------------------------------------------------

    def _by_verb(self, i: int, row: Row, tense: Tense) -> Contact | None:
        lo, hi = self._clause(i)
        status = self._status(i, lo, hi, tense)
        if status is None:
            return None
        subject = self._subject(i, lo, hi)
        if row.kind == "meet":
            return self._met(i, lo, hi, row, status, subject)
        if row.kind == "discuss":
            return self._discussed(i, lo, hi, row, status, subject)
        if row.kind == "head":
            free = [m for m in self._mentions(lo, hi) if self._is_free(m) and nominative(m)]
            leaders = tuple(m for m in free if m.role == "person")
            return Contact(self.line, row, i, status, (), leaders)
        if row.kind in ("receive", "call"):
            return self._received(i, hi, row, status, subject, tense)
        return None

    def _met(
        self, i: int, lo: int, hi: int, row: Row, status: Status, subject: tuple[Mention, ...]
    ) -> Contact | None:
        partners, apart = self._partners(i, lo, hi)
        if not partners and len(subject) < 2:
            return None
        if not partners and row.format == "spoken" and not self._near(i, "phone"):
            partners = ()
        apart = apart or one_by_one(partners)
        return Contact(self.line, row, i, status, without(subject, partners), partners, apart)

    def _discussed(
        self, i: int, lo: int, hi: int, row: Row, status: Status, subject: tuple[Mention, ...]
    ) -> Contact | None:
        if any(t == "infinitive" for k in range(i, min(hi, i + _NEAR)) for t in self._met_by(k)):
            return None  # "договорились встретиться"
        partners, _ = self._partners(i, lo, min(hi, i + _NEAR))
        if not partners and len(subject) < 2:
            return None
        return Contact(self.line, row, i, status, without(subject, partners), partners)

    def _met_by(self, k: int) -> list[Tense]:
        return [t for row, t in self.p.verbs.get(self.words.lows[k], ()) if row.kind == "meet"]

    def _received(
        self, i: int, hi: int, row: Row, status: Status, subject: tuple[Mention, ...], tense: Tense
    ) -> Contact | None:
        """Who is received stands right behind the verb, or before it where the verb is passive."""
        after = [m for m in self._mentions(i + 1, hi) if self._is_free(m)]
        if not after or after[0].first - i > _BESIDE or (row.persons and after[0].role == "party"):
            return None
        if tense != "passive" and only_nominative(after[0]):
            received = [m for m in self._mentions(0, i) if self._is_free(m) and not nominative(m)]
            return Contact(self.line, row, i, status, (after[0],), tuple(received[-1:]))
        if after[0].role in ("sides", "pronoun") or (
            after[0].role == "party" and tense != "passive"
        ):
            return None
        objects = self._group(after[0])
        if subject and subject[0] in objects:
            later = [m for m in after if m not in objects and nominative(m)]
            subject = tuple(later[:1])
        return Contact(self.line, row, i, status, subject, objects, len(objects) > 1)

    # By noun ---------------------------------------------------------------------------------

    def _by_noun(self, i: int, row: Row, plural: bool) -> Contact | None:
        lo, hi = self._clause(i)
        owners, partners, said_twice = self._owners(i, hi)
        verb = self._verb(i, lo, hi)
        low = self.words.lows[verb] if verb is not None else ""
        if not owners and not partners and low not in self.p.light:
            return None
        subject: tuple[Mention, ...] = ()
        if verb is not None and low in self.p.light:
            subject = without(self._subject(verb, lo, hi), (*owners, *partners))
        elif verb is None and not owners:
            subject = self._undoer(lo, hi) or self._teller(i, lo)
        tense: Tense = self.p.light.get(low) or self.p.happen.get(low) or "past"
        status = self._status(verb if verb is not None else i, lo, hi, tense)
        if status is None or (verb is None and not self._stands_alone(i, status)):
            return None
        if not owners and not partners and len(subject) < 2:
            return None
        governed = self.words.low(i - 1) in self.p.prepositions or verb is None
        several = self._near_before(i, "several") or (plural and not governed)
        apart = (said_twice or several) and len(partners) > 1
        first = subject or owners
        return Contact(self.line, row, i, status, first, partners, apart, bare=verb is None)

    def _teller(self, i: int, lo: int) -> tuple[Mention, ...]:
        """Who did something "после переговоров с Б"."""
        free = [m for m in self._mentions(lo, i) if self._is_free(m) and nominative(m)]
        return tuple(m for m in free[-1:] if m.role in ("person", "party"))

    def _has_verb(self, first: int, last: int) -> bool:
        lows = self.words.lows[first:last]
        return any(w in self.p.verbs or w in self.p.light or w in self.p.happen for w in lows)

    def _undoer(self, lo: int, hi: int) -> tuple[Mention, ...]:
        """Who called a contact off: before the word that says so."""
        for k in range(lo, hi):
            if self.p.status.get(self.words.lows[k]) == "cancelled":
                free = [m for m in self._mentions(lo, k) if self._is_free(m) and nominative(m)]
                return tuple(free[-1:])
        return ()

    def _owners(self, i: int, hi: int) -> tuple[tuple[Mention, ...], tuple[Mention, ...], bool]:
        """Whose contact: "встреча А с Б", "встреча между А и Б", "встреча А и Б"."""
        after = self._mentions(i + 1, hi)
        between = next((m for m in after if m.before in self.p.between), None)
        if between is not None:
            return (), self._group(between), False
        partners, twice = self._partners_after(i, after)
        limit = partners[0].first if partners else hi
        near = [m for m in after if m.first < min(limit, i + _BESIDE + 2) and self._is_free(m)]
        owners = next((m for m in near if not only_nominative(m)), None)
        if owners is not None and self._has_verb(i + 1, owners.first):
            owners = None  # "в беседе приняли участие А и Б"
        return (self._group(owners) if owners else ()), partners, twice

    def _partners_after(self, i: int, after: list[Mention]) -> tuple[tuple[Mention, ...], bool]:
        heads = self._reachable(i, [m for m in after if m.before in self.p.with_])
        if heads and any(self._is_noun(k) for k in range(i + 1, heads[0].first)):
            return (), False  # another noun of contact has it
        every = [m for head in heads for m in self._group(head)]
        return tuple(dict.fromkeys(every)), said_twice(heads)

    def _is_noun(self, k: int) -> bool:
        return k not in self.inside and self.p.noun(self.words, k) is not None

    def _verb(self, i: int, lo: int, hi: int) -> int | None:
        """The verb that governs a noun of contact: the nearest one in its clause."""
        found = [
            k
            for k in range(max(lo, i - 2 * _NEAR), min(hi, i + 3 * _NEAR))
            if k not in self.inside
            and (self.words.lows[k] in self.p.light or self.words.lows[k] in self.p.happen)
        ]
        return min(found, key=lambda k: (abs(k - i) if k < i else abs(k - i) // 2, k), default=None)

    def _stands_alone(self, i: int, status: Status) -> bool:
        """A noun without a verb tells of a contact at the head of a title or a record, after
        "после" or "в ходе", or where a word says what became of it."""
        if status != "held":
            return True
        follows = self.p.around["follows"]
        return i <= _HEAD or self.words.low(i - 1) in follows or self.words.low(i - 2) in follows

    # Taking part -----------------------------------------------------------------------------

    def _taken_part(self, i: int) -> Contact | None:
        """ "В саммите участвовали А, Б и В"; "во встрече приняли участие А и Б"."""
        noun, verbs = self.p.taking_part
        low = self.words.lows[i]
        joined = low in verbs and noun in self.words.lows[i + 1 : i + 3]
        rows = [(r, t) for r, t in self.p.verbs.get(low, ()) if r.kind == "gather"]
        if not joined and not rows:
            return None
        lo, hi = self._clause(i)
        near = range(max(lo, i - 6), min(hi, i + 12))
        gathering = any(k not in self.inside and self.p.is_gathering(self.words, k) for k in near)
        pronoun = any(m.role == "pronoun" and m.before in self.p.at_ for m in self._mentions(lo, i))
        if not gathering and not pronoun:
            return None
        subject = self._subject(i, lo, hi)
        after = [m for m in self._mentions(i + 1, hi) if self._is_free(m) and nominative(m)]
        before_ = [m for m in subject if m.last <= i]
        everyone = tuple(before_) or tuple(m for a in after[:1] for m in self._group(a))
        row = rows[0][0] if rows else Row("gather", "gather", "in-person")
        status = self._status(i, lo, hi, "past")
        return Contact(self.line, row, i, status, (), everyone) if status else None

    # What became of it -----------------------------------------------------------------------

    def _status(self, i: int, lo: int, hi: int, tense: Tense) -> Status | None:
        """What became of it; None where it is only proposed."""
        words = self.words.lows
        told = {
            s
            for k, w in enumerate(words)
            if (s := self.p.status.get(w)) and (lo <= k < hi or s == "denied")
        }
        near = words[max(0, i - 6) : i]
        negated = any(w in self.p.negation for w in words[max(lo, i - 2) : i])
        if "denied" in told:
            return "denied"
        if "cancelled" in told:
            return "cancelled"
        if negated:
            return "cancelled" if words[i] in self.p.happen else "denied"
        if any(w in self.p.around["proposed"] for w in words[max(0, i - 8) : i]):
            return None
        if tense == "future" or any(w in self.p.around["ahead"] for w in near[-2:]):
            return "planned"
        if "planned" in told:
            return (
                "planned"
                if tense == "infinitive"
                or words[i] not in {*self.p.light, *self.p.happen, *self.p.verbs}
                else "held"
            )
        return None if tense == "infinitive" else "held"

    def _near(self, i: int, name: str) -> bool:
        return any(w in self.p.around[name] for w in self.words.lows[max(0, i - 3) : i + 5])

    def _near_before(self, i: int, name: str) -> bool:
        return any(w in self.p.around[name] for w in self.words.lows[max(0, i - 3) : i])
