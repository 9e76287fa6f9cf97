"""Who in one meeting is somebody that another of its mentions names more fully, or otherwise.

- A surname alone means the one fuller name of the same party.
- A full name without a party means the same name with one.
- A post with nobody named means the one person named in that post.
- Two spellings of one name ("Mohammed Al-Khatib", "Muhammad al Khatib") mean the first of them.

Nobody is taken for somebody from whom a person told them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ids import fold
from kg.judgements import Judgements
from kg.merge import Mention
from kg.model import Participant
from kg.resolved import Resolved
from kg.spelling import name_tokens, names_agree
from kg.word_order import FAMILY_FIRST


@dataclass(frozen=True, slots=True)
class _Named:
    """One identity in one mention."""

    iri: str
    who: Resolved
    participant: Participant
    mention: str

    @property
    def tokens(self) -> tuple[str, ...]:
        return name_tokens(self.participant.name or "")

    @property
    def label(self) -> tuple[str, ...]:
        return name_tokens(self.who.label or "")

    @property
    def is_full(self) -> bool:
        return self.participant.name is not None and (self.who.known or len(self.tokens) > 1)


def fuller_names(cluster: Sequence[Mention], judged: Judgements) -> dict[str, Resolved]:
    """Identity to take, by the IRI of the one that says less."""
    found = [
        _Named(who.iri, who, p, m.iri)
        for m in cluster
        for p, who in zip(m.meeting.participants, m.persons, strict=True)
        if who.iri
    ]
    full = [n for n in found if n.is_full]
    result: dict[str, Resolved] = {}
    for name in found:
        meant = {o.iri: o.who for o in _meant(name, full)}
        for iri, who in meant.items() if len(meant) == 1 else ():
            if iri != name.iri and not judged.apart(iri, name.iri):
                result.setdefault(name.iri, who)
    return {iri: _last(who, result) for iri, who in result.items()}


def _last(who: Resolved, result: dict[str, Resolved]) -> Resolved:
    """The end of a chain: a surname means a spelling that means the first spelling."""
    seen = set[str]()
    while who.iri in result and who.iri not in seen:
        seen.add(who.iri)
        who = result[who.iri]
    return who


def _meant(name: _Named, full: Sequence[_Named]) -> Iterable[_Named]:
    state = name.participant.state
    if name.participant.name is None:
        return (o for o in full if o.participant.state == state and _in_post(name, o))
    if not name.is_full:
        return (o for o in full if o.participant.state == state and _has_surname(o, name))
    if state is None:
        return (o for o in full if o.participant.state and names_agree(name.label, o.label))
    return () if name.who.known else _first_spelling(name, full)


def _in_post(post: _Named, named: _Named) -> bool:
    one, other = post.participant.office, named.participant.office
    return (
        not named.who.known and one is not None and other is not None and fold(one) == fold(other)
    )


def _has_surname(full: _Named, surname: _Named) -> bool:
    ends = [full.tokens[-1:], full.label[-1:]]
    if full.participant.state in FAMILY_FIRST:
        ends += [full.tokens[:1], full.label[:1]]
    return surname.label[-1:] in ends


def _first_spelling(name: _Named, full: Sequence[_Named]) -> Iterable[_Named]:
    """The earliest identity of the same side whose name agrees, unless one report names both."""
    together = {n.mention for n in full if n.iri == name.iri}
    for other in full:
        if other.iri == name.iri:
            return
        if other.participant.state == name.participant.state and other.mention not in together:
            if not other.who.known and names_agree(name.label, other.label):
                yield other
                return
