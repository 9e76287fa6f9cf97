"""Makes sure that `ontology`, `loaders` and `queries` are this project's own.

These names are generic, and another package on PyPI is called `queries`: in a shared environment
it would overwrite ours without a word.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from kg.errors import UsageError

_SIGNS = {
    "ontology": "meetings.ttl",
    "loaders": "extraction",
    "queries": "catalogue.toml",
}


def check_siblings() -> None:
    """Raises:
    UsageError: one of the packages is missing or is somebody else's; says whose was found.
    """
    for name, sign in _SIGNS.items():
        folder = _folder(name)
        if folder is None or not (folder / sign).exists():
            where = folder or "nowhere"
            raise UsageError(
                f"the package {name!r} found at {where} is not part of diplomatic-meetings-kg; "
                "install diplomatic-meetings-kg in an environment of its own"
            )


def _folder(name: str) -> Path | None:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent
