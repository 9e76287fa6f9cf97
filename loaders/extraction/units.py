"""Which stretches of a report are read for contacts: its title, its sentences, its speakers' labels."""

from __future__ import annotations

from loaders.extraction.attendance import may_attend
from loaders.extraction.capitals import in_running_case
from loaders.extraction.contacts import may_tell
from loaders.extraction.listings import with_lists
from loaders.extraction.segment import Segmented, Sentence
from loaders.extraction.sketch import Sketch, Unit, sketch

_LONGEST_SENTENCE = 2500
_HEADER_LINES = 8
_READ_IN_FULL = 5
_SPEAKERS = 8


def units_of(segmented: Segmented) -> list[Unit]:
    """The title, the first header lines and the narrative sentences."""
    text = segmented.text
    units: list[Unit] = []
    if segmented.title:
        title = in_running_case(segmented.title, text)
        units.append(Unit(title, 0, min(len(title), _LONGEST_SENTENCE), -1, "title"))
    headers = 0
    for index, sentence in enumerate(segmented.sentences):
        if sentence.kind == "furniture":
            if (headers < _HEADER_LINES and not units[1:]) or (
                headers < _HEADER_LINES and units[-1].kind == "furniture"
            ):
                units.append(Unit(text, sentence.start, _limit(sentence), index, "furniture"))
                headers += 1
        elif sentence.kind == "narrative":
            units.append(Unit(text, sentence.start, _limit(sentence), index, "narrative"))
    return with_lists(units)


def _limit(sentence: Sentence) -> int:
    """What runs on for pages without a full stop is no sentence: only its head is read."""
    return min(sentence.end, sentence.start + _LONGEST_SENTENCE)


def worth_reading(units: list[Unit]) -> list[Unit]:
    """The head of a report, and deeper in it only sentences on contacts and those before them."""
    telling = [may_tell(unit) for unit in units]
    told = 0
    kept: list[Unit] = []
    for unit, tells, next_tells in zip(units, telling, [*telling[1:], False], strict=False):
        told += unit.kind == "narrative"
        if told <= _READ_IN_FULL or tells or next_tells or may_attend(unit):
            kept.append(unit)
    return kept


def labels_of(segmented: Segmented) -> list[Sketch]:
    """The labels of the speakers of a transcript: they give names, offices and states."""
    seen: dict[str, None] = {}
    for sentence in segmented.sentences:
        if sentence.speaker and sentence.speaker not in seen:
            seen[sentence.speaker] = None
            if len(seen) >= _SPEAKERS:
                break
    return [sketch(Unit(s, 0, len(s), -2, "furniture")) for s in seen if not s.isupper()]
