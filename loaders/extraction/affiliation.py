"""The house or party a person is said to belong to, behind the name: it is part of who he is, nobody else.

Invariant: what is read here ends at a mark of punctuation and holds no noun of office.
"""

from __future__ import annotations

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.realms import codes_of
from loaders.extraction.tokens import Tokens
from loaders.extraction.vocabulary import vocabulary

_LONGEST = 12
_AT_MOST = 3
_CLOSERS = frozenset({",", ".", ";", ")", ""})
_HOUSES = frozenset(
    {"ministry", "department", "bureau", "office", "embassy", "secretariat", "directorate", "directorate-general"}
)  # fmt: skip
_JOINTS = frozenset({"of", "for", "the", "and", "in", "'s", "&", "-", "to", "on"})


def affiliated(tokens: Tokens, i: int) -> tuple[int, tuple[str, ...]]:
    """The index after ", Bureau of European Affairs" or ", representing Norway" at token `i`, and whose it is.

    Returns:
        `i` itself and no codes where nothing of the kind stands there.
    """
    codes: tuple[str, ...] = ()
    for _ in range(_AT_MOST):
        last = _house(tokens, i) or _represented(tokens, i)
        if last is None:
            break
        codes = codes or _state_in(tokens, i, last)
        i = last
    return i, codes


def past_house(tokens: Tokens, i: int) -> int:
    """The index after "Ministry of Trade's" at token `i`, before the office of somebody there; else `i`."""
    if _low(tokens, i) not in _HOUSES or not tokens.words[i][0].isupper():
        return i
    for k in range(i + 1, min(i + _LONGEST, len(tokens))):
        if tokens.lows[k] == "'s":
            return k + 1
        if not (tokens.words[k][0].isupper() or tokens.lows[k] in _JOINTS):
            break
    return i


def _low(tokens: Tokens, i: int) -> str:
    return tokens.lows[i] if i < len(tokens) else ""


def _house(tokens: Tokens, i: int) -> int | None:
    """ ", Norwegian Ministry of Trade,": capitals with a word of a house among them."""
    last = _run(tokens, i + 1) if _low(tokens, i) == "," else None
    if last is None or _HOUSES.isdisjoint(tokens.lows[i + 1 : last]):
        return None
    words = vocabulary()
    heads = words.heads | words.plural_heads | words.spokespersons
    return last if heads.isdisjoint(_heads_among(tokens, i + 1, last)) else None


def _heads_among(tokens: Tokens, first: int, last: int) -> list[str]:
    """The words but for those behind "of": a "Department of State" is no office."""
    return [w for n, w in enumerate(tokens.lows[first:last], first) if tokens.lows[n - 1] != "of"]


def _represented(tokens: Tokens, i: int) -> int | None:
    """ ", representing the Chair of X,": whoever is named there is absent."""
    if _low(tokens, i) != "," or _low(tokens, i + 1) not in ("representing", "on"):
        return None
    if _low(tokens, i + 1) == "representing":
        return _run(tokens, i + 2)
    behalf = tokens.lows[i + 2 : i + 4] == ["behalf", "of"]
    return _run(tokens, i + 4) if behalf else None


def _run(tokens: Tokens, i: int) -> int | None:
    """The index after capitalised words and the small ones between them, if a mark closes them."""
    k = i + (_low(tokens, i) == "the")
    first = k
    while k < len(tokens) and k - i < _LONGEST:
        word, low = tokens.words[k], tokens.lows[k]
        if low in _CLOSERS:
            break
        bracket = word == "(" and _low(tokens, k + 2) == ")"
        if bracket:
            k += 3
            continue
        if not (word[0].isupper() or (k > first and low in _JOINTS)):
            return None
        k += 1
    return k if k > first and _low(tokens, k) in _CLOSERS else None


def _state_in(tokens: Tokens, first: int, last: int) -> tuple[str, ...]:
    for k in range(first, last):
        hit = gazetteer().at(tokens, k) if tokens.words[k][0].isupper() else None
        if hit is not None and codes_of(hit):
            return codes_of(hit)
    return ()
