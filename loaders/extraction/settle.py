"""Decides, draft by draft, what was a meeting of states and what only looked like one."""

from __future__ import annotations

from dataclasses import replace

from loaders.extraction.actors import code_of
from loaders.extraction.bilaterals import told_apart
from loaders.extraction.borne_out import bear_out
from loaders.extraction.cast import Ref
from loaders.extraction.claims import call_off, only_claimed
from loaders.extraction.completion import FREE, complete, place_unknown
from loaders.extraction.contacts import Contact
from loaders.extraction.doubles import absorb, absorb_eve, absorb_signing, drop_represented
from loaders.extraction.drafts import Draft, alike
from loaders.extraction.foreseen import only_announced
from loaders.extraction.formats import JOURNEY
from loaders.extraction.late_pattern import late
from loaders.extraction.office_kinds import GOVERNING, is_minor, kind_of
from loaders.extraction.reading import Reading
from loaders.extraction.recalled import demote, opens
from loaders.extraction.turns import give_names
from ontology.lexicon import lexicon

_HEAD = 3  # index of the last sentence that still counts as the head of a report


def settled(reading: Reading) -> list[Draft]:
    """The drafts that stand, completed, without doubles, in the order of the text."""
    known: dict[tuple[str, str], Ref] = {}
    for draft in reading.drafts:
        complete(reading, draft)
        _as_known(draft, known)
        place_unknown(reading, draft)
        drop_represented(draft)
        known.update((i, r) for i, r in draft.refs.items() if i[0] == "actor" and r.state)
    for draft in reading.drafts:
        if only_announced(draft, reading.segmented):
            draft.status = "planned"
    bear_out(reading)
    absorb(reading.drafts)
    absorb_eve(reading.drafts)
    absorb_signing(reading.drafts)
    reading.drafts[:] = [one for draft in reading.drafts for one in told_apart(draft)]
    give_names(reading)
    demote(reading, _stands)
    call_off(reading)
    standing = [d for d in reading.drafts if _stands(reading, d) and not only_claimed(reading, d)]
    return _without_echoes(reading, standing)


def _as_known(draft: Draft, known: dict[tuple[str, str], Ref]) -> None:
    """Whose state a meeting told before has shown is of that state in this one too."""
    for identity, ref in list(draft.refs.items()):
        if ref.state is None and identity in known:
            draft.refs[identity] = replace(ref, state=known[identity].state, assumed=True)


def _stands(reading: Reading, draft: Draft) -> bool:
    """True if two parties met and it is not a domestic matter."""
    refs = [r for i, r in draft.refs.items() if i not in draft.attendees]
    if draft.gathering:
        return _alone_in(reading, draft)
    if not any(r.name for r in refs) and _only_touched(reading, draft):
        return False
    if draft.status in ("planned", "background") and _with_aides(reading, draft, refs):
        return False
    if not draft.strong and draft.status != "held":
        if not (_recalled_at_length(draft) or _arranged(reading, draft)):
            return False
    if all(r.mention.kind == "state" for r in refs) and not draft.strong and not _titled(draft):
        return False
    persons = [r for r in refs if _counts(r)]
    if _is_late_aside(draft) and not _is_stop(reading, draft):
        persons = [r for r in persons if r.name is not None or not is_minor(r.office)]
    states = {r.state for r in persons if r.state}
    stateless = [r for r in persons if r.state is None]
    if len(states) >= 2:
        return True
    accredited = any(c.row.role == "envoy" for c in draft.contacts)
    return (
        len(states) == 1
        and bool(stateless)
        and (
            accredited
            or any(_foreign(r) for r in stateless)
            or (reading.publisher.state is None and _receives(draft, persons))
        )
    )


def _recalled_at_length(draft: Draft) -> bool:
    """ "In May, when A and B discussed trade": a weak phrase will do for what two persons did long ago."""
    named = sum(r.name is not None for r in draft.refs.values())
    paper = all(c.verb.startswith(("sign", "agree", "exchang", "review")) for c in draft.contacts)
    return draft.status == "background" and named > 1 and not paper


def _arranged(reading: Reading, draft: Draft) -> bool:
    """ "A and B will talk on Wednesday": a weak phrase with a day of its own will do for two persons."""
    named = sum(r.name is not None for r in draft.refs.values())
    talk = (c for c in draft.contacts if c.verb.startswith(("talk", "speak", "discuss")))
    return (
        draft.status == "planned"
        and named > 1
        and any(w.is_day and w.plain for c in talk for w in reading.clock.words(c)[:1])
    )


def _receives(draft: Draft, persons: list[Ref]) -> bool:
    """ "Minister X met Minister Y of Peru", in news of nobody knows where: X is of no need of saying
    which state, so not of Peru. "Peruvian Minister Y met Minister X" is Peru's own affair."""
    called = any(c.row.passive or c.row.id == "called-on" for c in draft.contacts)
    first, last = persons[0], persons[-1]
    own = last if called and first.state is not None else first
    return (
        draft.strong
        and own.state is None
        and kind_of(own.office or "") in GOVERNING
        and all(r.mention.kind != "state" for r in persons)
    )


def _alone_in(reading: Reading, draft: Draft) -> bool:
    """Taking part in a summit is the news only where the report tells of no talks of persons."""
    if any(d is not draft and d.strong and not d.gathering for d in reading.drafts):
        return False
    return draft.in_title or any(c.sketch.unit.index <= _HEAD for c in draft.contacts)


def _titled(draft: Draft) -> bool:
    """A title that names the talks of two states; not one on what they signed."""
    return draft.in_title and any(c.row.nominal or c.row.headline for c in draft.contacts)


def _is_late_aside(draft: Draft) -> bool:
    """Told neither in the title nor in the first sentences: talks with "officials" are no news."""
    return not draft.in_title and all(c.sketch.unit.index > _HEAD for c in draft.contacts)


def _is_stop(reading: Reading, draft: Draft) -> bool:
    """True for "In Chile, she will meet with officials", in news of a journey to several countries."""
    journey = JOURNEY.search(reading.segmented.title or "") is not None
    return draft.status == "planned" and draft.strong and journey


def _only_touched(reading: Reading, draft: Draft) -> bool:
    """Parties without a name, beside a meeting of persons or in passing: a topic, no meeting."""
    if draft.status == "background" or not (draft.strong or draft.in_title):
        return True
    if draft.strong and draft.status == "held" and opens(reading, draft):
        return False
    return any(
        d is not draft and d.strong and any(r.name for r in d.refs.values()) for d in reading.drafts
    )


def _with_aides(reading: Reading, draft: Draft, refs: list[Ref]) -> bool:
    """ "talks with representatives of X", told of at a meeting of persons: its topic, no meeting."""
    if not any(r.name is None and is_minor(r.office) for r in refs):
        return False
    return any(
        d is not draft and d.status == "held" and d.strong and any(r.name for r in d.refs.values())
        for d in reading.drafts
    )


def _counts(ref: Ref) -> bool:
    """A name without office or state, known to nobody, is no representative."""
    return bool(ref.state or ref.office)


def _foreign(ref: Ref) -> bool:
    """Without a state, only an office that no state has of its own makes a party."""
    return bool(ref.office) and kind_of(ref.office or "") in FREE


def _has_time(reading: Reading, draft: Draft) -> bool:
    """ "The two last met in October": a meeting of its own, however like the one of today."""
    told = (reading.clock.words(c) for c in draft.contacts)
    return draft.status == "background" and any(
        w.past or not w.is_day for ws in told for w in ws[:1]
    )


def _without_echoes(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """A plan that the same report tells as held is dropped, and so is a party alone."""
    held = [d for d in drafts if d.status == "held"]
    kept: list[Draft] = []
    for draft in drafts:
        if draft.status in ("planned", "background") and any(
            _echo(reading, draft, h) for h in held
        ):
            if not _has_time(reading, draft):
                continue
        if any(_is_spelled_out(draft, other) for other in drafts if other is not draft):
            continue
        if _is_sum_of(draft, drafts):
            continue
        if any(_is_ceremony_of(draft, other) for other in held if other is not draft):
            continue
        kept.append(draft)
    return kept


def _is_sum_of(draft: Draft, drafts: list[Draft]) -> bool:
    """ "several calls with heads of the Union's members", and then with A, with B and with C: no one more."""
    vague = [i for i, r in draft.refs.items() if r.name is None and r.office and _is_union(r)]
    hub = [i for i in draft.refs if i not in vague]
    if len(vague) != 1 or len(hub) != 1:
        return False
    own = [d for d in drafts if d is not draft and hub[0] in d.refs and d.status == draft.status]
    one_by_one = [d for d in own if d.format == draft.format and len(d.refs) == 2]
    return sum(all(r.name for r in d.refs.values()) for d in one_by_one) > 1


def _is_union(ref: Ref) -> bool:
    return ref.state in lexicon().organizations


def _is_ceremony_of(draft: Draft, other: Draft) -> bool:
    """ "A and B witnessed the signing of ...", of states whose talks are told: no second meeting."""
    if any(c.row.id not in _CEREMONIES for c in draft.contacts):
        return False
    states = {r.state for r in draft.refs.values()}
    return None not in states and states <= {r.state for r in other.refs.values()}


_CEREMONIES = frozenset({"several-saw-signing"})


def _is_spelled_out(draft: Draft, other: Draft) -> bool:
    """ "met with officials, including the minister": the officials are no second meeting."""
    if draft.only_titled and draft.status == other.status and len(other.refs) > 2:
        groups = lexicon().organizations
        unnamed = [r for r in draft.refs.values() if r.name is None and r.state in groups]
        shared = sum(any(alike(r, o) for o in other.refs.values()) for r in draft.refs.values())
        if unnamed and shared == len(draft.refs) - len(unnamed) > 0:
            return True  # "speaks with G7 counterparts", and the text names them
    vague = [r for r in draft.refs.values() if r.name is None and is_minor(r.office)]
    if not vague or draft.status != other.status or len(draft.refs) - len(vague) != 1:
        return False
    told = {c.sketch.unit.index for c in other.contacts if c.row.id == "met-several-including"}
    homes = {r.state for r in other.refs.values() if r.name}
    same = told & {c.sketch.unit.index for c in draft.contacts}
    return bool(same) and {r.state for r in vague} <= homes


def _echo(reading: Reading, draft: Draft, held: Draft) -> bool:
    if draft.day and held.day != draft.day and not _went_for(draft):
        return False
    if draft.status == "planned" and not (
        draft.in_title
        or _went_for(draft)
        or _in_one_breath(draft, held)
        or (
            not _has_words_of_time(reading, draft) and all(_once_offered(c) for c in draft.contacts)
        )
    ):
        return False
    if (
        draft.status == "planned"
        and "phone" in (held.format, draft.format)
        and held.format != draft.format
    ):
        return draft.format is None  # they spoke by telephone, and are to meet
    left, right = list(draft.refs.values()), list(held.refs.values())
    return sum(any(alike(a, b) for b in right) for a in left) >= min(2, len(left))


def _in_one_breath(draft: Draft, held: Draft) -> bool:
    """ "A and B sat down for the first talks between the two countries": the talks that they sat down for."""
    told = {c.sketch.unit.index for c in held.contacts if c.verb}
    return all(
        c.row.nominal and _FOR.search(c.sketch.text, 0, c.end) and c.sketch.unit.index in told
        for c in draft.contacts
    )


_FOR = late(
    r"\b(?:sat down|met|gathered|convened|came together|assembled)\b[^.;,]{0,60} for [^.;]*\Z"
)


def _has_words_of_time(reading: Reading, draft: Draft) -> bool:
    return any(reading.clock.words(c) for c in draft.contacts)


# "had said that he would be willing to meet B", told beside the meeting that came of it.
_OFFERED = late(
    r"\b(?:would|was|were|had been) (?:[\w-]+ )?(?:willing|ready|happy|prepared|open|eager|keen|glad) to\Z|\b(?:had )?(?:offered|asked|proposed|hoped|wanted) to\Z"
)


def _once_offered(contact: Contact) -> bool:
    return _OFFERED.search(contact.sketch.text[: contact.focus].rstrip()) is not None


def _went_for(draft: Draft) -> bool:
    """ "flew to X for talks with B", before it is told that the two spoke."""
    told = (c.sketch.text[c.start : c.end] for c in draft.contacts)
    return all(words.startswith("for ") for words in told)


def state_of(ref: Ref) -> str | None:
    """Code of a participant's party, if it is one that the reference data knows."""
    code = ref.state or code_of(ref.mention.states)
    data = lexicon()
    return code if code in data.states or code in data.organizations else None
