"""Entities of Wikidata in JSON: a map of them, a list, or one; labels come from the file itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from loaders.wikidata_item import Item, Taker, Time, number_of

_PARTICIPANT: Final = "P710"
_POINT: Final = "P585"
_START: Final = "P580"
_END: Final = "P582"
_PLACE: Final = "P276"
_COUNTRY: Final = "P17"
_KIND: Final = "P31"
_CITIZEN: Final = "P27"
_FOR: Final = "P1268"
_RANKS: Final = ("preferred", "normal")
Claim = Mapping[str, Any]


def entity_items(data: Any) -> Iterator[Item]:
    """Every entity with participants, in file order."""
    entities = _entities(data)
    for entity in entities.values():
        if _claims(entity, _PARTICIPANT):
            yield _item(entity, entities)


def _entities(data: Any) -> dict[str, Mapping[str, Any]]:
    if isinstance(data, dict):
        data = data.get("entities", [data])
    found = data.values() if isinstance(data, dict) else data
    return {entity["id"]: entity for entity in found}


def _item(entity: Mapping[str, Any], entities: Mapping[str, Mapping[str, Any]]) -> Item:
    def names(property_: str) -> list[str]:
        numbers = [number for claim in _claims(entity, property_) if (number := _number(claim))]
        return [label for number in numbers if (label := _label(entities.get(number)))]

    places = names(_PLACE)
    return Item(
        id=entity["id"],
        label=_label(entity),
        description=_text(entity.get("descriptions")),
        kinds=names(_KIND),
        takers=[_taker(claim, entities) for claim in _claims(entity, _PARTICIPANT)],
        point=_time(entity, _POINT),
        start=_time(entity, _START),
        end=_time(entity, _END),
        place=places[0] if places else "",
        country=next(iter(names(_COUNTRY)), ""),
    )


def _taker(claim: Claim, entities: Mapping[str, Mapping[str, Any]]) -> Taker:
    number = _number(claim)
    person = entities.get(number, {})
    represented = [_snak_number(s) for s in claim.get("qualifiers", {}).get(_FOR, ())]
    citizenship = [_label(entities.get(_number(c))) for c in _claims(person, _CITIZEN)]
    return Taker(
        label=_label(person) or number,
        state=_label(entities.get(represented[0])) if len(represented) == 1 else "",
        citizenship=citizenship[0] if len(citizenship) == 1 else "",
    )


def _claims(entity: Mapping[str, Any], property_: str) -> list[Claim]:
    """The claims of the best rank."""
    claims = entity.get("claims") or {}
    of_property = claims.get(property_, []) if isinstance(claims, dict) else []
    for rank in _RANKS:
        if best := [c for c in of_property if c.get("rank", "normal") == rank]:
            return best
    return []


def _time(entity: Mapping[str, Any], property_: str) -> Time | None:
    for claim in _claims(entity, property_):
        value = _value(claim.get("mainsnak", {}))
        if isinstance(value, dict) and isinstance(value.get("time"), str):
            calendar = number_of(value.get("calendarmodel", ""))
            return Time(value["time"], int(value.get("precision", 11)), calendar)
    return None


def _number(claim: Claim) -> str:
    return _snak_number(claim.get("mainsnak", {}))


def _snak_number(snak: Mapping[str, Any]) -> str:
    value = _value(snak)
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _value(snak: Mapping[str, Any]) -> Any:
    return snak.get("datavalue", {}).get("value")


def _label(entity: Mapping[str, Any] | None) -> str:
    return _text(entity.get("labels")) if entity else ""


def _text(texts: Any) -> str:
    """In English, else for all languages, else in the first language by code."""
    if not isinstance(texts, dict) or not texts:
        return ""
    for language in ("en", "mul", min(texts)):
        if language in texts:
            return str(texts[language]["value"])
    return ""
