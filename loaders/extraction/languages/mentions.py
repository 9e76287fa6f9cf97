"""Who a sentence speaks of: office, state and name read together, in the order of the text.

A mention is an office with its state and its holder's name, or as much of these as stands there:
"Министр иностранных дел России С.В.Лавров", "турецкий лидер", "Хакан Фидан", "Узбекистан".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from loaders.extraction.languages.lexis import Hit, Lexis
from loaders.extraction.languages.mention import Mention, cased, kind_of
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.people import People
from loaders.extraction.languages.words import Words

_OFFICES = frozenset({"office"})
_PARTIES = frozenset({"state", "organization"})
_ADJECTIVES = frozenset({"adjective"})
_ALL = frozenset({"state", "organization", "place", "adjective"})
_ALL_NAMES = frozenset({"state", "organization", "place", "office"})
_TAIL = 12  # words that may stand between an office's head and its state
_NEAR = 7
_APPOSED = (",", "-", "–", "—")


class MentionReader:
    """Reads the mentions of one language's sentences."""

    def __init__(self, own: Pack, names: Lexis, people: People) -> None:
        self._lexis, self._people, self._pack = names, people, own
        self._heads = own.words("words", "heads")
        self._tail_ends = tuple(own.language["words"]["tail_ends"].split())
        self._participles = tuple(own.language["words"]["participles"].split())
        self._tail_capital = tuple(own.language["words"]["tail_capital"].split()) or ("\0",)
        self._tail_names = own.words("words", "tail_names")
        self._tail_words = own.words("words", "tail_words")
        self._at = own.words("words", "at")
        self._and = own.words("words", "and")
        chaired = own.contacts["around"]["chaired"]
        self._chaired = frozenset(map(own.low, chaired.split()))
        self._links = own.words("words", "links")
        self._articles = own.words("words", "articles")
        self._from = own.words("words", "from_state")
        self._own = own.words("words", "own")
        self._styles = own.words("words", "styles")
        self._ministry = own.words("words", "offices_of_ministry")
        for name in ("sides", "counterpart", "guest", "delegation"):
            for word in own.language["mentions"][name].split():
                names.learn(word)
        self._roles = {
            word: role
            for role in ("sides", "counterpart", "guest", "delegation")
            for word in own.words("mentions", role)
        }
        self._pronouns = own.words("mentions", "pronouns")
        for word in self._heads:
            names.learn(word)

    def read(self, words: Words) -> list[Mention]:
        """The mentions of a sentence, in order, none inside another."""
        found: list[Mention] = []
        i = 0
        while i < len(words):
            mention = self._mention(words, i)
            if mention is None:
                i += 1
                continue
            found += self._parted(words, mention)
            i = max(i + 1, found[-1].last)
        return self._joined(words, found)

    def _joined(self, words: Words, found: list[Mention]) -> list[Mention]:
        """Two offices, or a name and an office, with a comma between are one person."""
        kept: list[Mention] = []
        for mention in found:
            held = kept[-1] if kept else None
            if held is None or not self._is_apposition(words, held, mention):
                mention = self._of_delegation(words, held, mention)
                kept.append(self._of_list(words, held, mention))
            elif held.written is None:
                kept[-1] = replace(mention, first=held.first, start=held.start, before=held.before)
            else:
                kept[-1] = replace(
                    held, last=mention.last, end=mention.end,
                    office=mention.office, kind=mention.kind, states=mention.states,
                )  # fmt: skip
        return kept

    def _of_delegation(self, words: Words, held: Mention | None, mention: Mention) -> Mention:
        """ "делегация Кореи во главе с министром": he is of her state."""
        led = words.low(mention.first - 2) in self._chaired
        if held is None or not led or mention.states or held.role != "party":
            return mention
        return replace(mention, states=held.states)

    def _of_list(self, words: Words, held: Mention | None, mention: Mention) -> Mention:
        """ "министров России Лаврова, Украины Кулебы": the office is said once."""
        if held is None or held.office is None or not held.plural or mention.office is not None:
            return mention
        joined = words.lows[held.last : mention.first]
        if len(joined) != 1 or joined[0] not in (",", *self._and) or not mention.states:
            return mention
        return replace(mention, office=held.office, kind=held.kind, cases=held.cases, plural=True)

    def _is_apposition(self, words: Words, a: Mention, b: Mention) -> bool:
        if b.first != a.last + 1 or words.low(a.last) not in _APPOSED or b.office is None:
            return False
        if a.office is not None and a.written is None:
            return not a.states and b.written is not None
        return a.office is None and a.written is not None and b.written is None

    # One mention ----------------------------------------------------------------------------

    def _mention(self, words: Words, i: int) -> Mention | None:
        if not words.texts[i][0].isalpha() or words.lows[i] in self._chaired:
            return None
        if words.lows[i] in self._pronouns:
            return self._made(words, i, i + 1, role="pronoun")
        at, states = self._adjectives(words, i)
        at = self._titles(words, at)
        office = self._office(words, at)
        if office is not None:
            return self._holder(words, i, at, office, states)
        role = self._role(words, at)
        if role is not None:
            return self._by_role(words, i, at, role, states)
        if at > i:
            return self._addressed(words, i, at)
        party = self._party(words, i)
        if party is not None:
            codes = party.meaning.codes[:1]
            end = self._people.read(words, party.last, self._stops(words, party.last))
            made = self._made(words, i, party.last, states=codes, role="party")
            if end > party.last:
                return self._named(replace(made, role="person"), words, party.last, end)
            return replace(made, cases=party.cases)
        end = self._people.read(words, i, self._stops(words, i))
        return self._named(self._made(words, i, end), words, i, end) if end > i else None

    def _addressed(self, words: Words, i: int, at: int) -> Mention | None:
        """A name after a form of address: "товарищ Громыко А.А."."""
        end = self._people.read(words, at, self._stops(words, at))
        honorific = (
            words.lows[at - 1].strip(".") in self._people.honorifics or words.lows[at - 1] == "."
        )
        if end == at or not honorific:
            return None
        return replace(self._named(self._made(words, i, end), words, at, end), titled=True)

    def _adjectives(self, words: Words, i: int) -> tuple[int, tuple[str, ...]]:
        """Index after "его", "своим турецким", with the states of the adjectives."""
        at, states = i, tuple[str, ...]()
        while at < len(words):
            hit = self._lexis.at(words, at, _ADJECTIVES)
            if hit is not None:
                states, at = hit.meaning.codes[:1], hit.last
            elif words.lows[at] in self._own:
                at += 1
            else:
                break
        return at, states

    def _titles(self, words: Words, i: int) -> int:
        """Index after titles of courtesy: "г-н", "товарищ", "Его Превосходительство"."""
        at = i
        while at < len(words) and words.lows[at].rstrip(".") in self._people.honorifics:
            at += 1
            if words.low(at) == ".":
                at += 1
        return at

    def _office(self, words: Words, i: int) -> Hit | None:
        """The office at word `i`; a state's adjective may stand inside: "глава российского МИД"."""
        hit = self._lexis.at(words, i, _OFFICES) if i < len(words) else None
        for k in range(i + 1, hit.last if hit is not None else 0):
            party = self._party(words, k)
            if party is not None and hit is not None:  # "госсекретарь США" is an office and a state
                return self._lexis.at(words, i, _OFFICES, k - i) or hit
        return hit

    def _holder(
        self, words: Words, i: int, at: int, hit: Hit, states: tuple[str, ...]
    ) -> Mention | None:
        """An office with what follows: its matter, its state, its holder."""
        start = i
        title = hit.meaning.name
        end, inner = hit.last, states
        past, adjective = self._adjectives(words, end)
        if past < len(words) and words.lows[past] in self._ministry and past - 1 <= end + 1:
            title, end = self._of_ministry(title, words, past), past + 1
            inner = adjective or inner
        tail, end = self._tail(words, end, self._is_head(words.lows[at]))
        title += tail
        codes, end = self._states(words, end)
        end = self._accredited(words, end, hit)
        name_at = self._titles(words, end)
        name_end = self._people.read(words, name_at, self._stops(words, name_at))
        last = name_end if name_end > name_at else end
        made = replace(
            self._made(words, start, last),
            office=cased(title, words.texts[at]),
            kind=kind_of(hit.meaning.codes[0]) or None,
            states=codes or inner,
            cases=hit.cases,
            plural=hit.plural,
        )
        if name_end > name_at:
            made = self._named(made, words, name_at, name_end)
        return made

    def _is_head(self, low: str) -> bool:
        return any(form.word in self._heads for form in self._lexis.readings(low))

    def _of_ministry(self, title: str, words: Words, past: int) -> str:
        word = words.texts[past]
        return title if word.upper() in title.upper() else f"{title} {word}"

    def _tail(self, words: Words, i: int, open_head: bool) -> tuple[str, int]:
        """The matter of an office in small letters: " транспорта, связи и высоких технологий"."""
        if not open_head:
            return "", i
        at = i
        while at < len(words) and at - i < _TAIL and self._is_tail(words, at, i):
            at += 1
        if at == i or not self._tail_ends_well(words, at):
            return "", i
        while at > i and words.lows[at - 1] in (",", *self._tail_words):
            at -= 1
        return (" " + words.source[words.starts[i] : words.ends[at - 1]] if at > i else ""), at

    def _is_tail(self, words: Words, at: int, first: int) -> bool:
        text, low = words.texts[at], words.lows[at]
        if low == ",":
            following = words.low(at + 1)
            return words.texts[at + 1][0].islower() if self._goes_on(following) else False
        if low.endswith(self._participles):
            return False
        if text[0].isupper():
            opens = at == first and low.endswith(self._tail_capital)
            opens = opens and self._party(words, at) is None
            inner = self._is_inner(words, at + 1) if opens else low in self._tail_names
            return inner and (opens or at > first)
        return low in self._tail_words or (text.isalpha() and low.endswith(self._tail_ends))

    def _is_inner(self, words: Words, at: int) -> bool:
        """A word in small letters that may belong to the matter of an office."""
        return at < len(words) and words.texts[at][0].islower() and self._is_tail(words, at, at)

    def _goes_on(self, low: str) -> bool:
        return bool(low) and low[0].isalpha() and not low.endswith(self._participles)

    def _tail_ends_well(self, words: Words, at: int) -> bool:
        if at >= len(words):
            return False
        return (
            self._party(words, at) is not None
            or self._people.read(words, at, self._stops(words, at)) > at
        )

    def _states(self, words: Words, i: int) -> tuple[tuple[str, ...], int]:
        """Codes of the states that follow an office: one, or several joined by "и"."""
        codes: list[str] = []
        end = i
        at = self._past_links(words, i)
        while (hit := self._party(words, at)) is not None:
            codes.append(hit.meaning.codes[0])
            end = hit.last
            joined = end < len(words) and words.lows[end] in (",", *self._and)
            at = self._past_links(words, end + 1)
            if not joined or self._party(words, at) is None:
                break
        return tuple(dict.fromkeys(codes)), end

    def _past_links(self, words: Words, i: int) -> int:
        """After the small words between an office and its state, in languages that have them."""
        while words.low(i) in self._links:
            i += 1
        return i

    def _accredited(self, words: Words, i: int, hit: Hit) -> int:
        """After an envoy, where he serves: "посла Индии в СССР"; it is nobody's state."""
        if kind_of(hit.meaning.codes[0]) != "envoy" or words.low(i) not in self._at:
            return i
        place = self._lexis.at(words, i + 1, _ALL) if i + 1 < len(words) else None
        if place is not None and place.meaning.kind != "adjective":
            return place.last
        return i + 2 if i + 1 < len(words) and words.texts[i + 1].isupper() else i

    def _party(self, words: Words, i: int) -> Hit | None:
        return self._lexis.at(words, i, _PARTIES) if i < len(words) else None

    def _stops(self, words: Words, i: int) -> Collection[int]:
        """Words near `i` that belong to a state's name, an office or, at `i`, a place."""
        stops: set[int] = set()
        for at in range(i, min(i + _NEAR, len(words))):
            if not words.texts[at][0].isalpha():
                break
            lone = at == i and self._is_place_here(words, i)
            hit = self._lexis.at(words, at, _ALL_NAMES if lone else _PARTIES | _OFFICES)
            if hit is not None:
                stops.update(range(hit.first, hit.last))
        return stops

    def _is_place_here(self, words: Words, i: int) -> bool:
        """False for a given name that is a town's as well: "Марсель Вейлер"."""
        goes_on = i + 1 < len(words) and words.texts[i + 1][0].isupper()
        return not goes_on or words.low(i - 1) in self._at

    def _role(self, words: Words, i: int) -> str | None:
        if i >= len(words):
            return None
        for form in self._lexis.readings(words.lows[i]):
            if form.word in self._roles:
                return self._roles[form.word]
        return None

    def _by_role(
        self, words: Words, i: int, at: int, role: str, states: tuple[str, ...]
    ) -> Mention:
        first = at + 2 if words.low(at + 1) in self._from else at + 1
        codes, end = self._states(words, first)
        end = end if codes else at + 1
        cases = "".join(f.cases for f in self._lexis.readings(words.lows[at]))
        plural = any(f.plural for f in self._lexis.readings(words.lows[at]))
        made = replace(
            self._made(words, i, end, role=role, states=states or codes),
            cases=cases,
            plural=plural and role != "delegation",
        )
        name_end = self._people.read(words, end, self._stops(words, end))
        if role in ("counterpart", "guest") and name_end > end:
            made = self._named(made, words, end, name_end)
        return replace(made, role="party") if role == "delegation" else made

    def _made(
        self,
        words: Words,
        first: int,
        last: int,
        *,
        role: str = "person",
        states: tuple[str, ...] = (),
    ) -> Mention:
        start, end = words.starts[first], words.ends[last - 1]
        ahead = first - 1
        while words.low(ahead) in self._articles:
            ahead -= 1
        before = words.low(ahead)
        return Mention(first, last, start, end, role=role, states=states, before=before)

    def _named(self, made: Mention, words: Words, first: int, last: int) -> Mention:
        written = words.source[words.starts[first] : words.ends[last - 1]]
        return replace(made, last=last, end=words.ends[last - 1], written=written)

    # Several in one -------------------------------------------------------------------------

    def _parted(self, words: Words, mention: Mention) -> Iterator[Mention]:
        """ "президентов России и Турции Путина и Эрдогана": one mention for each, in that order."""
        titled = mention.office is not None or mention.role == "counterpart"
        if not mention.plural or len(mention.states) < 2 or not titled:
            yield mention
            return
        names = self._more_names(words, mention)
        for n, state in enumerate(mention.states):
            one = replace(mention, states=(state,), plural=False, written=None)
            if n < len(names):
                first, last = names[n]
                one = self._named(one, words, first, last)
            yield replace(one, last=max(mention.last, names[-1][1] if names else 0))

    def _more_names(self, words: Words, mention: Mention) -> list[tuple[int, int]]:
        """Where the names of several holders stand, the first at the end of the mention."""
        if mention.written is None:
            return []
        first = next(k for k in range(mention.first, mention.last) if _begins(words, k, mention))
        found = [(first, mention.last)]
        at = mention.last
        while at + 1 < len(words) and words.lows[at] in (",", *self._and):
            end = self._people.read(words, at + 1, self._stops(words, at + 1))
            if end == at + 1:
                break
            found.append((at + 1, end))
            at = end
        return found


def _begins(words: Words, k: int, mention: Mention) -> bool:
    written = mention.written or ""
    return words.source.startswith(written, words.starts[k])
