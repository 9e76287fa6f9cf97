"""Two meetings of one pair on one day: when they are two, when they stay one, and in any order."""

from __future__ import annotations

import io
import json
import re
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.another import says_another, table
from kg.pipeline import Pipeline
from kg.store.base import DEFAULT_GRAPH
from kg.store.oxigraph import OxigraphStore
from kg.terms import DM, IS_REPLACED_BY, RDF_TYPE

AALTO, BALOGH = "Finnish President Anna Aalto", "Hungarian President Bela Balogh"
PLAIN = f"{AALTO} met {BALOGH} in Helsinki on 6 May 2019."
MORNING = f"{AALTO} met {BALOGH} in Helsinki on the morning of 6 May 2019."
EVENING = f"{AALTO} met {BALOGH} in Turku on 6 May 2019 in the evening."
TURKU = f"{AALTO} met {BALOGH} in Turku on 6 May 2019."
LATE = f"{AALTO} met {BALOGH} in Helsinki on 6 May 2019 in the evening."
BOTH = f"{PLAIN} They discussed ferries. In the evening Aalto and Balogh met again in Turku."
ROUNDS = f"{PLAIN} A second round of talks between Aalto and Balogh was held in the afternoon."
ELSEWHERE = f"{PLAIN} In the evening Aalto held talks with Balogh in Turku."
DINNER = f"{PLAIN} In the evening Aalto held talks with Balogh in a wider circle."
AGAIN = f"{AALTO} met {BALOGH} again later that day, 6 May 2019, in Helsinki."
BACK = f"{AALTO} met {BALOGH} again on 6 May 2019 in Helsinki, after years of silence."
DEPART = f"{AALTO} and {BALOGH} met after their joint press conference on 6 May 2019."
THREE = f"{PLAIN} Later that day Aalto, Balogh and Polish President Jan Nowak held a trilateral meeting."


def loaded(folder: Path, *texts: str) -> OxigraphStore:
    records = [
        {"id": f"{n}", "outlet": f"Outlet {n}", "published": "2019-05-07", "text": text}
        for n, text in enumerate(texts)
    ]
    path = folder / "reports.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    store = OxigraphStore()
    Pipeline(store).load([path])
    return store


def meetings(store: OxigraphStore) -> list[set[str]]:
    """Of each meeting the reports that tell of it."""
    told: dict[str, set[str]] = {}
    for quad in store.quads(None, RDF_TYPE, DM.Meeting, DEFAULT_GRAPH):
        for link in store.quads(quad.subject, DM.reportedIn, None, DEFAULT_GRAPH):
            assert isinstance(link.object, NamedNode)
            told.setdefault(str(quad.subject), set()).add(link.object.value.rsplit("%2F", 1)[-1])
    return sorted(
        ({re.sub(r".*/", "", r) for r in reports} for reports in told.values()), key=sorted
    )


TWO = {
    "one report tells of a second one later that day": (BOTH,),
    "one report tells of a second round": (ROUNDS,),
    "one report tells of another town in the evening": (ELSEWHERE,),
    "two reports, two towns and hours apart": (MORNING, EVENING),
    "a report that says it was another one": (PLAIN, AGAIN),
    "a farewell after the press conference": (PLAIN, DEPART),
    "a bilateral and the trilateral after it": (THREE,),
}
ONE = {
    "two towns, and no hours": (PLAIN, TURKU),
    "hours apart in one town": (MORNING, LATE),
    "a wider circle in the evening": (DINNER,),
    "again after years": (PLAIN, BACK),
    "two reports of the second one": (AGAIN, AGAIN.replace("met", "saw")),
}


@pytest.mark.parametrize("texts", TWO.values(), ids=list(TWO))
def test_they_are_two(texts: tuple[str, ...], tmp_path: Path) -> None:
    assert len(meetings(loaded(tmp_path, *texts))) == 2


@pytest.mark.parametrize("texts", ONE.values(), ids=list(ONE))
def test_what_is_unsure_stays_one(texts: tuple[str, ...], tmp_path: Path) -> None:
    assert len(meetings(loaded(tmp_path, *texts))) == 1


def test_what_is_unsure_shows_the_places_and_the_reason(tmp_path: Path) -> None:
    store = loaded(tmp_path, PLAIN, TURKU)
    claims = store.quads(None, DM.claimedValue, None, DEFAULT_GRAPH)
    assert sorted(c.object.value for c in claims if isinstance(c.object, Literal)) == [
        "FIN-helsinki", "FIN-turku"
    ]  # fmt: skip
    (reason,) = [
        q.object.value
        for q in store.quads(None, DM.reason, None, DEFAULT_GRAPH)
        if isinstance(q.object, Literal)
        and next(iter(store.quads(q.subject, IS_REPLACED_BY)), None)
    ]
    assert reason == "disputed"


def test_other_reports_go_to_the_one_in_their_town_or_at_their_hour(tmp_path: Path) -> None:
    assert meetings(loaded(tmp_path, BOTH, PLAIN, EVENING)) == [{"0", "1"}, {"0", "2"}]


REPORTS = (BOTH, PLAIN, EVENING, TURKU, AGAIN)


def export(store: OxigraphStore) -> bytes:
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    return output.getvalue()


def _records(folder: Path) -> list[Path]:
    paths = []
    for n, text in enumerate(REPORTS):
        path = folder / f"{n}.jsonl"
        record = {"id": f"{n}", "outlet": f"O{n}", "published": "2019-05-07", "text": text}
        path.write_text(json.dumps(record), encoding="utf-8")
        paths.append(path)
    return paths


def test_any_order_one_by_one_and_retraction_give_the_same_bytes(tmp_path: Path) -> None:
    paths = _records(tmp_path)
    whole, without = OxigraphStore(), OxigraphStore()
    Pipeline(whole).load(paths)
    Pipeline(without).load(paths[1:])
    wanted, rest = export(whole), export(without)
    for order in list(permutations(paths))[::40]:
        store = OxigraphStore()
        for path in order:
            Pipeline(store).load([path])
        assert export(store) == wanted
        Pipeline(store).retract("0")
        assert export(store) == rest


@pytest.mark.parametrize("row", table()["row"], ids=[r["id"] for r in table()["row"]])
def test_a_row_tells_its_example_only(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert re.search(row["pattern"], row["example"], re.IGNORECASE)
    assert says_another(row["example"])
    assert not says_another(row["counterexample"])
