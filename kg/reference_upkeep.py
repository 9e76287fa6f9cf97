"""Files that users add to the reference data of a graph: checked together, taken or refused whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import UnreadableSourceError, UsageError
from kg.model import Refusal
from kg.reference import Reference
from kg.reference_checks import problems
from kg.reference_files import Problem, ReferenceFile, read_reference_file
from loaders.base import printable
from ontology.lexicon import shipped

_NOT_USED = "; nothing of the file is used"


def with_files(known: Reference, paths: Sequence[Path]) -> tuple[Reference, list[Refusal]]:
    """The reference data with files added or replaced, and why some of them are not.

    Args:
        known: what there is; stays as it is where a file is refused.
    """
    refused: list[Refusal] = []
    given: dict[str, tuple[Path, ReferenceFile]] = {}
    for path in paths:
        try:
            file = read_reference_file(path)
        except UnreadableSourceError as error:
            refused.append(Refusal(printable(error.path), error.line, error.reason))
            continue
        if file.name in given:
            reason = f"another file of this call is called {file.name!r} too; rename one"
            refused.append(Refusal(printable(str(path)), None, reason))
        else:
            given[file.name] = (path, file)
    while found := problems(shipped(), (wanted := _with(known, given)).parsed):
        refused += _refusals(found, given)
    return wanted, refused


def _with(known: Reference, given: dict[str, tuple[Path, ReferenceFile]]) -> Reference:
    files = {file.name: file for file in known.files}
    files |= {name: file for name, (_, file) in given.items()}
    return Reference(tuple(files[name] for name in sorted(files)))


def _refusals(
    found: Sequence[Problem], given: dict[str, tuple[Path, ReferenceFile]]
) -> list[Refusal]:
    """Takes out of `given` what is to blame, and says why."""
    own = [p for p in found if p.file in given]
    if own:
        refused = [
            Refusal(printable(str(given[p.file][0])), p.line, p.reason + _NOT_USED) for p in own
        ]
        for name in {p.file for p in own}:
            del given[name]
        return refused
    first = found[0]
    where = f"{first.file}:{first.line}" if first.line else first.file
    reason = f"with it, {where}, which was added before, is wrong: {first.reason}{_NOT_USED}"
    refused = [Refusal(printable(str(path)), None, reason) for path, _ in given.values()]
    given.clear()
    return refused


def without(known: Reference, file: ReferenceFile) -> Reference:
    """The reference data without a file.

    Raises:
        UsageError: another file needs it.
    """
    rest = Reference(tuple(f for f in known.files if f != file))
    found = problems(shipped(), rest.parsed)
    if found:
        first = found[0]
        raise UsageError(f"{file.name} is needed by {first.file}:{first.line}: {first.reason}")
    return rest
