"""The field of work of an office: "of Foreign Affairs, African Cooperation and Moroccan Expatriates"."""

from __future__ import annotations

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.names import HONOURABLE, read_name, skip_honorifics
from loaders.extraction.realms import FIELDED, RealmReader, codes_of

_OF_BODIES = FIELDED | {
    "director-general",
    "secretary-general",
    "chairman",
    "chairperson",
    "governor",
    "president",
    "ceo",
}
_ENDS = frozenset({",", ".", ";", ")", "(", "", "who", "–", "—"})
_KINDLY = frozenset(
    {"sisterly", "brotherly", "friendly", "fraternal", "neighbouring", "neighboring"}
)

_OF_ONE_PERSON = frozenset(
    {"meets", "receives", "holds", "calls", "hosts", "welcomes", "attends", "discusses"}
)


class FieldReader(RealmReader):
    """Reads fields of work, and what stands in brackets inside an office."""

    __slots__ = ()

    def _portfolio(self, i: int, head: str) -> tuple[int, bool]:
        """End of the field of an office at `i`, and whether its words are known."""
        if self._is_unknown_field(i, head):
            return i + 1, False
        k, known = i, True
        while k < self._count:
            low, word = self._low(k), self._tokens.words[k]
            if k > i and self._is_rank(k):
                break
            if (
                (self._is_field(low) and (word[0].isupper() or k == i or word.islower()))
                or (k == i and self._is_acronym(k, head))
                or (
                    k > i
                    and low in ("and", "&", ",", "of", "the", "for", "with", "in")
                    and self._goes_on(k)
                )
                or (low in ("'s", "'", "’") and k > i and self._goes_on(k))
                or (word[0].isupper() and self._listed_field(k))
            ):
                k += 1
            elif word[0].isupper() and (
                self._is_adjective(k) or self._institution_ahead(k) or self._of_state(k, i)
            ):
                known = known and not self._institution_ahead(k)
                k += 1
            else:
                break
        return k, known

    def _of_state(self, k: int, first: int) -> bool:
        """ "Director-General of Benin Customs": a state's name before its service."""
        after = self.realm(k)[1] if k == first else k
        return after == k + 1 and self._upper(after) and self._is_field(self._low(after))

    def _is_rank(self, k: int) -> bool:
        """ "Commander of US Africa Command, General NAME": the rank is none of the field's words."""
        n = k + (self._low(k) == ",")
        named = self._upper(n + 1) and not (
            self._is_field(self._low(n + 1)) or self._is_head(n + 1)
        )
        known = self._low(n + 1) in self._words.institutions
        known = known or self._low(k - 1) == "and"
        return named and not known and self._upper(n) and self._low(n) in self._words.honorifics

    def _is_unknown_field(self, i: int, head: str) -> bool:
        """ "Director of Returns, Ms Ann Lee": a field of no list of ours, closed by a comma before a name."""
        led = head in FIELDED and self._low(i - 1) in ("of", "for") and self._upper(i)
        closed = self._low(i + 1) == "," and self._upper(i + 2) and not self._is_head(i + 2)
        known = (
            self._is_field(self._low(i)) or self._is_acronym(i, head) if led and closed else True
        )
        return not known and gazetteer().at(self._tokens, i) is None

    def _is_acronym(self, k: int, head: str) -> bool:
        """ "Minister of ICT": a field by its letters."""
        word = self._tokens.words[k]
        short = 1 < len(word) < 7 and word.isupper() and word.isalpha()
        led = self._low(k - 1) in ("of", "for")
        of_body = self._low(k - 1) == "the" and self._low(k - 2) == "of" and head in _OF_BODIES
        return short and ((head in FIELDED and led) or of_body)

    def _listed_field(self, k: int) -> bool:
        """ "Minister of Metrology, Energy and Water": a field of no list of ours, beside one that is known."""
        joint = self._low(k + 1) in (",", "and", "&")
        known = self._low(k + 2) in self._words.portfolios and self._upper(k + 2)
        heads = any(self._is_head(n) for n in (k + 2, k + 3, k + 4))
        return joint and known and not heads and self._low(k) not in self._words.stops

    def _goes_on(self, k: int) -> bool:
        """A joint inside a field must lead to one more word of it, not to an office."""
        n = k + 1
        if (
            self._low(k) in ("'s", "'", "’")
            and n < self._count
            and self._tokens.words[n][0].isupper()
        ):
            return self._institution_ahead(n)
        if self._low(k) == "," and self._low(n) == "the":
            return False  # "the Assistant Secretary of State, the State Department said"
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
        if (
            hit is None
            and self._low(k).endswith("ns")
            and self._low(k + 1) in self._words.portfolios
        ):
            entry = gazetteer().exact(self._tokens.words[k][:-1])
            return entry is not None and bool(entry.adjectives)  # "and Mauritanians Abroad"
        return (
            hit is not None
            and bool(hit.entry.adjectives or hit.entry.organizations)
            and (self._low(hit.last) in self._words.portfolios)
        )

    def _state_inside(self, first: int, last: int, joint: str, head: str) -> tuple[str, ...]:
        if joint != "of":
            return ()
        named = gazetteer()
        for k in range(first, last):
            hit = named.at(self._tokens, k)
            if hit is None or not codes_of(hit):
                continue
            if head != "minister" or not hit.entry.organizations:
                return codes_of(hit)  # a minister of African Union affairs is no Union's
        return ()

    def _past_letters(self, i: int) -> int:
        """ "Secretary-General of the Caribbean Community (CARICOM)": past an organization's letters."""
        lettered = self._low(i) == "(" and self._low(i + 2) == ")"
        return i + 3 if lettered and self._tokens.words[i + 1].isupper() else i

    def _past_charge(self, i: int) -> int:
        """ "Minister of State (Independent Charge) for Power": past what stands in brackets inside an office."""
        for k in range(i + 2, min(i + 6, self._count)):
            if self._low(k) == ")":
                return k + 1 if self._low(k + 1) in ("of", "for") and self._upper(i + 1) else i
        return i

    def _past_of(self, i: int) -> int:
        """Past "of the", "in charge of", "of friendly"."""
        k = i + (3 if self._low(i + 1) == "charge" else 1)
        k += self._low(k) in ("the", "its", "his", "her", "our")
        return k + (self._low(k) in _KINDLY)

    def _past_bodies(self, i: int) -> int:
        """ "Minister of Maghreb Affairs, African Union and Arab League NAME": the index after the organizations."""
        n = i
        while self._low(n) in (",", "and"):
            k = n + 1 + (self._low(n + 1) == "the")
            hit = gazetteer().at(self._tokens, k) if self._upper(k) else None
            if hit is None or not hit.entry.organizations:
                return i
            n = hit.last
        named = self._upper(n) and not self._is_head(n) and self._low(n) not in self._words.stops
        return n if named else i

    def _is_commonwealth(self, i: int, head: str) -> bool:
        """ "the High Commissioner for Pakistan": who speaks for Pakistan in another state of the Commonwealth."""
        sent = head == "commissioner" and self._low(i) == "for" and self._low(i - 2) == "high"
        hit = gazetteer().at(self._tokens, i + 1) if sent else None
        return hit is not None and bool(hit.entry.states) and self._low(hit.last) in _ENDS

    def _desk(self, i: int) -> int:
        """ "Secretary (Bilateral)": past the desk of a permanent secretary."""
        if self._low(i) == "(" and self._low(i - 1) == "secretary" and self._low(i + 2) == ")":
            return i + 3 if self._low(i + 1) in self._words.portfolios else i
        return i

    def _one_person_behind(self, i: int, joint: str) -> bool:
        """A name, or "Deputy Prime Minister and Foreign Minister Meets": a verb of one person."""
        alone = joint == "and" and self._low(i) in _OF_ONE_PERSON
        return alone or self._name_follows(i)

    def _name_follows(self, i: int) -> bool:
        k = i + (self._low(i) == ",")
        k += self._low(k) == "the" and self._low(k + 1) in HONOURABLE
        if k >= self._count or not self._tokens.words[k][0].isupper():
            return False
        titled = skip_honorifics(self._tokens, k, self._words) > k
        named = titled or self._low(k) not in self._words.stops
        return named or read_name(self._tokens, k, self._words) > k  # "To Lam"
