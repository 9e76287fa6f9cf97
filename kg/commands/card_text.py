"""A card as lines that a person reads at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def card_lines(card: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of rich style and text."""
    yield "bold", str(card.get("label") or card.get("name") or "")
    for key, value in card.items():
        if key in ("label", "name", "evidence") or value in (None, "", [], {}):
            continue
        yield from _field(key, value)
    evidence = card.get("evidence") or []
    if evidence:
        yield "bold", "evidence:"
    for item in evidence:
        yield "", f"  “{' '.join(item['text'].split())}”"
        yield "dim", f"    {_source(item)}: {', '.join(item['supports'])}"


def _source(item: Mapping[str, Any]) -> str:
    where = item.get("outlet") or "unknown outlet"
    day = f", {item['published']}" if item.get("published") else ""
    return f"{where}{day}, characters {item['start']}–{item['end']}"


def _field(key: str, value: Any) -> Iterator[tuple[str, str]]:
    name = key.replace("_", " ")
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        yield "", f"  {name}:"
        for entry in value:
            yield (
                "",
                "    - "
                + "; ".join(
                    f"{k.replace('_', ' ')} {_plain(v)}"
                    for k, v in entry.items()
                    if v not in (None, [], "")
                ),
            )
    else:
        yield "", f"  {name}: {_plain(value)}"


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
