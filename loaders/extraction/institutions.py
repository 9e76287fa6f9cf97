"""The bodies and regions of `institutions.toml`: whose offices they make, and of what kind."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_KINDS = {"parliaments": "legislature", "regions": "regional", "state-firms": "company"}


@dataclass(frozen=True, slots=True)
class Institution:
    """A body or region by whose name an office is of one state or organization.

    Attributes:
        code: of that state or organization.
        kind: of the office of whoever heads it; None where the noun of the office decides.
    """

    name: str
    code: str
    kind: str | None


@cache
def institutions() -> tuple[Institution, ...]:
    """All rows of the shipped file, in its order."""
    text = files("loaders.extraction").joinpath("institutions.toml").read_text(encoding="utf-8")
    return tuple(
        Institution(name, code, _KINDS.get(table))
        for table, by_code in tomllib.loads(text).items()
        for code, names in by_code.items()
        for name in names
    )


@cache
def _named() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {i.name.lower(): i.kind for i in institutions() if i.kind}
    longest = sorted(kinds, key=lambda n: (-len(n), n))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b"), kinds


def kind_by_body(office: str) -> str | None:
    """ "President of the Storting" heads a parliament, not a state; None where no such body is named."""
    pattern, kinds = _named()
    found = pattern.search(office)
    return kinds[found[0]] if found else None
