"""`kg judge`: a person's reversible decision that two are the same, or are not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kg.commands.options import Parser, add_db, add_object_format, choice
from kg.commands.output import write_object

if TYPE_CHECKING:
    from kg.judgements import Judgement
    from kg.judging import Judging
    from kg.store.base import Store

SUMMARY = "decide that two meetings, persons or visits are the same or different; list and undo"
_ACTIONS = {"same": 2, "different": 2, "list": 0, "undo": 1}
_USAGE = "kg judge same|different A B | list | undo N [--db DIR]"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.usage = _USAGE
    parser.add_argument("action", metavar="same|different|list|undo", type=choice(tuple(_ACTIONS)))
    parser.add_argument(
        "what",
        nargs="*",
        metavar="A B",
        help="a meeting, a mention (report/…#meeting-…), a report, a person or a visit; undo: the "
        "number in the list",
    )
    add_db(parser)
    add_object_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Judge, list or undo."""
    from kg.errors import UsageError

    action, what = arguments.action, arguments.what
    if len(what) != _ACTIONS[action]:
        raise UsageError(
            f"kg judge {action} takes {_ACTIONS[action]} names, not {len(what)}: {_USAGE}"
        )
    if action == "list":
        write_object(_listed(arguments.db), arguments.format)
    else:
        write_object(_changed(arguments.db, action, what), arguments.format)
    return 0


def _listed(db: str) -> dict[str, Any]:
    from kg.commands.reading import reading
    from kg.judgements import GRAPH, read_judgements

    with reading(db) as view:
        found = read_judgements(view.quads(graph=GRAPH))
        return {"judgements": [{"n": n, **_shown(view, j)} for n, j in enumerate(found, 1)]}


def _changed(db: str, action: str, what: list[str]) -> dict[str, Any]:
    from kg.commands.reading import must_exist
    from kg.pipeline import Pipeline, count_of_type
    from kg.store import open_store
    from kg.terms import DM

    must_exist(db)
    store = open_store(db)
    try:
        judging = Pipeline(store).judging
        if action == "undo":
            done = _undone(store, judging, what[0])
        else:
            done = _judged(store, judging, action, what)
        return {**done, "meetings": count_of_type(store, DM.Meeting)}
    finally:
        store.close()


def _judged(store: Store, judging: Judging, verdict: str, what: list[str]) -> dict[str, Any]:
    judgement, new = judging.judge(verdict, *what)
    return {**_shown(store, judgement), "new": new}


def _undone(store: Store, judging: Judging, number: str) -> dict[str, Any]:
    from kg.errors import UsageError

    if not number.isdecimal():
        raise UsageError(
            f"kg judge undo takes the number of a judgement, not {number!r}: see kg judge list"
        )
    return {"undone": _shown(store, judging.undo(int(number)))}


def _shown(view: Any, judgement: Judgement) -> dict[str, Any]:
    return {
        "judgement": judgement.iri,
        "verdict": judgement.verdict,
        "one": _side(view, judgement.one),
        "other": _side(view, judgement.other),
    }


def _side(view: Any, iris: tuple[str, ...]) -> dict[str, Any]:
    from kg.judging import label_of_side

    found = [label_of_side(view, iri) for iri in iris]
    leads_to, label = next((f for f in found if f[0]), (None, None))
    return {"iri": leads_to, "label": label, "judged": list(iris)}
