"""A card as lines that a person reads: who, when and where first, then what was said, then why.

Whatever a card holds is told: a part that has no wording of its own here is told by its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.ids import BASE

Entry = Mapping[str, Any]
_EMPTY: tuple[object, ...] = (None, "", [], {}, False)
_HEAD = ("label", "name", "status", "format", "date", "date_basis", "place", "sidelines_of",
         "multilateral", "evidence")  # fmt: skip
_SURE = 0.85
_DATE_BASES = {
    "weekday": "told by its weekday",
    "relative": "told as “yesterday” or the like",
    "dateline": "known from the dateline",
    "publication": "known from the day of publication",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card; `indent` counts the blanks before it and its continuation."""

    text: str
    indent: int = 0
    style: str = ""


def card_lines(card: Entry) -> Iterator[Line]:
    """The lines of any card, in reading order."""
    yield Line(str(card.get("label") or card.get("name") or ""), style="bold")
    if "status" in card and "participants" in card:
        yield Line(_circumstances(card), 2)
    for key, value in card.items():
        if key not in _HEAD and value not in _EMPTY:
            yield from _part(key, value)
    yield from _evidence(card.get("evidence") or [])


def _circumstances(card: Entry) -> str:
    told = [str(card["status"]), str(card["format"])]
    told += ["several parties"] if card.get("multilateral") else []
    if card.get("date"):
        basis = _DATE_BASES.get(card.get("date_basis") or "")
        told.append(f"{card['date']} ({basis})" if basis else str(card["date"]))
    if card.get("place"):
        told.append(_place(card["place"]))
    if card.get("sidelines_of"):
        told.append(f"on the sidelines of {card['sidelines_of']}")
    return "; ".join(told)


def _place(place: Entry) -> str:
    state = f" ({place['state']})" if place.get("state") else ""
    by = " (known from the dateline)" if place.get("basis") == "dateline" else ""
    return f"{place['name']}{state}{by}"


def _part(key: str, value: Any) -> Iterator[Line]:
    name, entry = key.replace("_", " "), _ENTRIES.get(key, _keys_and_values)
    if isinstance(value, list) and isinstance(value[0], Mapping):
        yield Line(f"{name}:", 2)
        for one in value:
            yield Line(f"- {entry(one)}", 4)
    else:
        yield Line(f"{name}: {_plain(value)}", 2)


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else _short(str(value))


def _short(iri: str) -> str:
    """An IRI of ours as `kg show` also takes it."""
    return iri.removeprefix(BASE)


def _joined(*parts: object, by: str = ", ") -> str:
    return by.join(str(part) for part in parts if part not in _EMPTY)


def _party(p: Entry) -> str:
    return f"{p['name']} ({p['code']})"


def _participant(p: Entry) -> str:
    role = p["role"] if p["role"] != "principal" else None
    told = f"told by {p['reports']} reports" if p["reports"] > 1 else None
    who = p["name"] or "nobody named"
    also = [_also(d) for d in p["also_decided"]]
    return _joined(_joined(who, p["office"], p["state"]), role, told, _doubtful(p), *also, by="; ")


def _also(d: Entry) -> str:
    names, reports = (_joined(*values) for values in (d["names"], map(_short, d["reports"])))
    return f"also as {names} ({d['reason']}, score {d['score']}; {reports})"


def _doubtful(p: Entry) -> str | None:
    """Why a person is thought to be meant, where that is not beyond doubt."""
    if p["score"] is None or p["score"] >= _SURE or p["reason"] == "own":
        return None
    return f"by {p['reason']}, score {p['score']}"


def _merged(m: Entry) -> str:
    return f"{_short(m['mention'])}: {m['reason']}, score {m['score']}"


def _item(item: Entry) -> str:
    words = _joined(*(f"“{text}”" for text in item["text"]))
    by = f" by {item['by']}" if item["by"] else ""
    return f"{item['treatment']}{by}: " + _joined(item["topic"], words, by=" – ")


def _document(d: Entry) -> str:
    return f"{d['title']} ({_joined(d['type'], d['status'])})"


def _figure(f: Entry) -> str:
    amount = _joined(f["comparator"], f"{f['value']:,}", f["unit"], by=" ")
    return f"{_joined(f['indicator'], f['period'])}: {amount} ({f['modality']})"


def _statement(s: Entry) -> str:
    return f"{s['speaker']}: " + (f"“{s['quote']}”" if s["direct"] else str(s["quote"]))


def _claim(c: Entry) -> str:
    return f"{c['about']} {c['value']}: {', '.join(map(str, c['reports']))}"


def _report(r: Entry) -> str:
    source = _joined(r["outlet"] or "unknown outlet", r["published"])
    return _joined(source, r["title"], _short(r["report"]), r["url"], by="; ")


def _tenure(t: Entry) -> str:
    days = f"{t['from'] or ''} – {t['until'] or ''}".strip()
    return _joined(t["office"], t["of"], days, t["status"])


def _partner(p: Entry) -> str:
    return f"{p['state']}: {p['meetings']} meetings" if p["meetings"] != 1 else f"{p['state']}: 1"


def _meeting_row(m: Entry) -> str:
    other = m["whom"] or m["whom_state"]
    other += f" ({m['whom_state']})" if m["whom"] and m["whom_state"] else ""
    who = _joined(m.get("who"), other, by=" with ")
    status = m.get("status") if m.get("status") != "held" else None
    return _joined(m["date"] or "undated", who, m["format"], status, _short(m["meeting"]))


def _told_of(entry: Entry) -> str:
    return f"{entry['label']} ({_short(entry['iri'])})"


def _keys_and_values(entry: Entry) -> str:
    told = (f"{k.replace('_', ' ')} {_plain(v)}" for k, v in entry.items() if v not in _EMPTY)
    return "; ".join(told)


_ENTRIES: Mapping[str, Callable[[Entry], str]] = {
    "parties": _party,
    "participants": _participant,
    "agenda": _item,
    "documents": _document,
    "figures": _figure,
    "statements": _statement,
    "disagreements": _claim,
    "reports": _report,
    "merged": _merged,
    "posts": _tenure,
    "partners": _partner,
    "latest": _meeting_row,
    "tells_of": _told_of,
}


def _evidence(items: Iterable[Entry]) -> Iterator[Line]:
    """The sentences, under the report that they stand in."""
    for number, (_, sentences) in enumerate(groupby(items, key=lambda e: e["report"])):
        if not number:
            yield Line("the words it rests on:", 2)
        for n, item in enumerate(sentences):
            if not n:
                source = _joined(item["outlet"] or "unknown outlet", item["published"])
                yield Line(_joined(source, item["title"], by=": "), 4, "bold")
            yield Line(f"“{' '.join(item['text'].split())}”", 6)
            place = f"characters {item['start']}–{item['end']}"
            yield Line(f"{place}: {'; '.join(item['supports'])}", 8, "dim")
