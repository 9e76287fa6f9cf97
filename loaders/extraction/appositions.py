"""What stands behind a name in apposition: "NAME, Foreign Minister of X,", "NAME (President of X)"."""

from __future__ import annotations

from dataclasses import replace

from loaders.extraction.affiliation import affiliated
from loaders.extraction.mention import Mention
from loaders.extraction.office_kinds import is_plain_ruler
from loaders.extraction.offices import Office
from loaders.extraction.phrases import PhraseReader
from ontology.lexicon import lexicon

# Behind an office of a named state they do not begin the clause whose subject it would be.
_GOES_ON = frozenset(
    ["and", "in", "at", "on", "from", "during", "today", "yesterday", "here", "with", "as", "for", "over", "about", "after", "before"]
)  # fmt: skip
_BIRTH_RANKS = frozenset(
    {
        "prince",
        "princess",
        "ambassador",
        "senator",
        "general",
        "cardinal",
        "archbishop",
        "bishop",
        "mp",
        "mep",
        "congressman",
        "congresswoman",
    }
)
_CLOSERS = frozenset({",", ")", ";", ".", "", "–", "—", "who", "whose", "(", "*"})
_WHOSE = frozenset({"his", "her", "their"})
_HERE = frozenset({"here", "there"})
_COUNTERPART = frozenset({"counterpart", "colleague", "homologue", "number"})
_LINKS = frozenset({"of", "for", "on", "to", "at"})
# "NAME, the country's adviser on the border,": whose official is told by the sentence.
OWN_SIDE = frozenset(
    {"country", "nation", "government", "kingdom", "republic", "ministry", "department", "island"}
)
_INSIDE = frozenset({"with", "in", "between", "against"})  # "adviser on relations with Venezuela"
# A body of this kind need not be of the state of those around it.
_COMPANIES = frozenset(
    {"company", "corporation", "group", "holding", "bank", "fund", "foundation", "association", "international", "world",
     "global", "institute", "university", "federation", "airlines", "agency", "inc", "union", "alliance"}
)  # fmt: skip
_LONGEST_REST = 12  # words of an office behind what is read of it


def _of_organization(codes: tuple[str, ...]) -> bool:
    return any(code in lexicon().organizations for code in codes)


class AppositionReader(PhraseReader):
    """Reads the office behind a name."""

    __slots__ = ()

    def _apposition(self, mention: Mention, i: int) -> tuple[Mention, int]:
        """ "NAME, Foreign Minister of X," and "NAME (President of X)"."""
        opener = self._low(i)
        if opener not in (",", "(", "–", "—") or mention.possessive:
            return mention, i
        headed = self._heads_ministry(mention, i + 1) or self._of_ministry(mention, i + 1)
        if headed:
            return headed
        k = self._past_relative(i + 1)
        k, status = self._status(self._adjuncts(k))
        adjectives, k = self._adjectives(k)
        k = self._adjuncts(k)
        k += self._low(k) == "opposite" and self._low(k + 1) == "number"
        if self._low(k) in _COUNTERPART and mention.office is None and mention.kind == "person":
            if self._low(k + 1) in _CLOSERS | _GOES_ON and self._low(i + 1) in _WHOSE:
                return self._as_counterpart(mention, adjectives, k + 1)
        body = self._institution(k)
        if body is not None:  # "the US State Department's Coordinator"
            adjectives = adjectives or [body.entry.institutions]
            k = body.last + (self._low(body.last) == "'s")
        office = self._offices.read(k, apposed=True) if k < self._count else None
        if office is not None and self._low(office.last) == "'s" and not office.plural:
            adjectives = [office.states or (adjectives[0] if adjectives else ())]
            office = self._offices.read(office.last + 1, apposed=True)
        if office is None or office.plural or self._named_after(office.last):
            return mention, i
        if mention.office and is_plain_ruler(mention.office) and _of_organization(office.states):
            return (
                mention,
                i,
            )  # "President A, President of the European Council, and ...": two persons
        office = self._with_rest(office, k, opener)
        closer = self._low(office.last)
        if mention.office and closer == "," and self._name(office.last + 1, True)[0] is not None:
            return mention, i  # "the president, A, the prime minister, B": the office is B's
        known = bool(office.states or adjectives) and opener == "," and closer in _GOES_ON
        known = known and mention.office is None
        if closer not in _CLOSERS and not known:
            return mention, i
        end = office.last + (opener == "(" and closer == ")")
        inside = office.field if office.body or not _of_organization(office.field) else ()
        codes = mention.states or office.states or (adjectives[0] if adjectives else inside)
        rank = mention.office is not None and mention.office.lower() in _BIRTH_RANKS
        text = mention.office if mention.office and not rank else f"{status} {office.text}".strip()
        grown = replace(
            mention, end=self._tokens.ends[end - 1], office=text, states=codes, spokesperson=office.spokesperson,
            body=office.body and not codes, possessive=False,
        )  # fmt: skip
        return grown, end

    def _as_counterpart(
        self, mention: Mention, adjectives: list[tuple[str, ...]], end: int
    ) -> tuple[Mention, int]:
        """ "NAME, his German counterpart,": he has the other's office."""
        states = mention.states or (adjectives[0] if adjectives else ())
        last = self._tokens.ends[end - 1]
        return replace(mention, end=last, kind="counterpart", states=states), end

    def _with_rest(self, office: Office, first: int, opener: str) -> Office:
        """ "NAME, head of the parliamentary friendship group,": words of the office that none of the lists knows."""
        i = office.last
        seat = self._offices.realm(i + 1)[1] if self._low(i) == "in" else i
        if seat > i + 1 and self._low(seat) in _CLOSERS and opener == ",":
            return replace(office, last=seat)  # "the chargé d'affaires in Paramaribo"
        closed = self._low(i) in _CLOSERS or (office.states and self._low(i) in _GOES_ON)
        if closed or opener not in (",", "("):
            return office
        if not (self._low(i) in _LINKS or self._lows[i - 1] in _LINKS or office.states):
            return office
        for k in range(i, min(i + _LONGEST_REST, self._count)):
            here = self._low(k) in _HERE and self._low(k + 1) in _CLOSERS and k > i
            if self._low(k) in _CLOSERS or here:
                words = self._source[self._tokens.starts[first] : self._tokens.ends[k - 1]]
                codes = office.states or self._state_of_body(i, k)
                body = not codes and not _COMPANIES.isdisjoint(self._lows[i:k])
                return replace(
                    office, text=" ".join(words.split()), last=k + here, states=codes, body=body
                )
            if self._ends_office(k) and not (k > i + 1 and self._low(k) in _INSIDE):
                return office
        return office

    def _state_of_body(self, first: int, last: int) -> tuple[str, ...]:
        """ "chief of staff of the French armed forces": the state in the name of a body behind "of"."""
        for k in range(first, last):
            own = self._low(k - 1) == "of" or (
                self._low(k - 1) == "the" and self._low(k - 2) == "of"
            )
            hit = self._hit(k) if own else None
            if hit is not None:
                return self._adjective_codes(hit)
        return ()

    def _ends_office(self, k: int) -> bool:
        """True for a word that begins something else than the name of a field or body."""
        low, word = self._low(k), self._tokens.words[k]
        if low in _LINKS or low in ("the", "and", "for", "its", "'s", "'", "’", "-", "–"):
            return False
        if not word[0].isalpha() or (low in self._words.honorifics and word[0].isupper()):
            return True
        known = low in self._words.portfolios or low in self._words.institutions
        return low in self._words.stops and not known and word.islower()

    def _affiliated(self, mention: Mention, i: int) -> tuple[Mention, int]:
        """ "Director NAME, Ministry of Trade of X,": past the house, which tells the state."""
        end, codes = affiliated(self._tokens, i)
        if end == i or mention.possessive:
            return mention, i
        states = mention.states or codes
        return replace(mention, end=self._tokens.ends[end - 1], states=states), end

    def _heads_ministry(self, mention: Mention, i: int) -> tuple[Mention, int] | None:
        """ "NAME, who heads Malta's Ministry of Foreign Affairs,": the minister by description."""
        if self._low(i) != "who" or self._low(i + 1) not in ("heads", "leads", "headed", "leads"):
            return None
        adjectives, k = self._adjectives(i + 2)
        k += self._low(k) in ("'s", "the")
        office = self._offices.ministry(k)
        if office is None or mention.office is not None:
            return None
        codes = mention.states or office.states or (adjectives[0] if adjectives else ())
        end = self._tokens.ends[office.last - 1]
        return replace(mention, end=end, office=office.text, states=codes), office.last

    def _of_ministry(self, mention: Mention, i: int) -> tuple[Mention, int] | None:
        """ "NAME, of the Foreign Ministry in Oslo,": one of its diplomats, of the state of the town."""
        if self._low(i) != "of" or mention.office is not None or " " not in (mention.name or ""):
            return None
        adjectives, k = self._adjectives(i + 1 + (self._low(i + 1) == "the"))
        house = self._lows[k : k + 2]
        if house not in (["foreign", "ministry"], ["foreign", "office"], ["state", "department"]):
            return None
        seat, end = self._offices.realm(k + 3) if self._low(k + 2) == "in" else ((), k + 2)
        codes = mention.states or (adjectives[0] if adjectives else seat)
        if not codes or self._low(end) not in _CLOSERS:
            return None
        last = self._tokens.ends[end - 1]
        return replace(mention, end=last, office="diplomat", states=codes), end

    def _past_relative(self, k: int) -> int:
        """Past "the", "his", "who is also": what may open an apposition."""
        if self._low(k) == "who" and self._low(k + 1) in ("is", "was"):
            k += 2
        k += self._low(k) in ("also", "currently", "now", "concurrently")
        if self._lows[k : k + 3] == ["this", "year", "'s"]:
            return k + 3
        if self._low(k) in ("his", "her") and self._low(k + 1) == "majesty":
            return k + 2 + (self._low(k + 2) == "'s")
        for n in (k + 2, k + 3):  # "the twin-island state's envoy": whose he is the sentence tells
            own = self._low(k) in ("the", "its") and self._low(n) == "'s"
            if own and all(self._tokens.words[m].islower() for m in range(k, n)):
                return n + 1 if not self._offices.read(k + 1) else k + 1
        return k + (self._low(k) in ("the", "a", "an", "his", "her", "its", "their"))

    def _named_after(self, i: int) -> bool:
        return i < self._count and self._name(i, False)[0] is not None
