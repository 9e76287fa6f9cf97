"""The arguments of `python -m benchmarks.accuracy`.

Exit codes: 0 done, 2 the call was wrong or a file cannot be used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.accuracy.cases import SETS, GoldSet
from benchmarks.accuracy.extractors import BUILT_IN, Predictor, predictor, ready
from benchmarks.accuracy.run import Settings, run
from kg.errors import KgError, UsageError

ROOT: Final = Path(__file__).resolve().parents[2]
_OPTIONS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("--set", {"action": "append", "dest": "sets", "choices": [s.name for s in SETS],
               "help": "only this set; may be repeated"}),
    ("--extractor", {"default": BUILT_IN, "metavar": "NAME",
                     "help": f"{BUILT_IN} (default), or module:function, which takes a kg.model.Report and "
                             "gives a kg.model.Extraction"}),
    ("--predictions", {"action": "append", "type": Path, "metavar": "FILE",
                       "help": "score this output of kg extract instead; may be repeated"}),
    ("--errors", {"type": int, "metavar": "N",
                  "help": "instead of the tables: the N worst reports of each set, in their own words"}),
    ("--about", {"metavar": "WORD", "help": "with --errors: only errors of this kind, such as topic, participant or date"}),
    ("--write", {"action": "store_true", "help": "renew the committed results"}),
    ("--show-held", {"action": "store_true",
                     "help": "tell differences of held sets too; they can judge no rule any more then"}),
    ("--changes", {"type": int, "default": 40, "metavar": "N",
                   "help": "changed reports to list of each set (default 40)"}),
    ("--jobs", {"type": int, "default": 1, "metavar": "N", "help": "processes to extract with (default 1)"}),
    ("--reports", {"type": Path, "default": ROOT.parent / "shared" / "data" / "reports", "metavar": "DIR",
                   "help": "the texts of the development reports"}),
    ("--gold", {"type": Path, "default": ROOT / "benchmarks" / "gold", "metavar": "DIR",
                "help": "the annotations"}),
    ("--frozen", {"type": Path, "default": ROOT / "benchmarks" / "accuracy", "metavar": "DIR",
                  "help": "the committed results"}),
)  # fmt: skip


def main(argv: Sequence[str]) -> int:
    """Print the report; errors are one line on standard error."""
    try:
        arguments = parser().parse_args(argv)
        for line in run(_settings(arguments), _predictor(arguments)):
            print(line)
    except KgError as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        print(f"accuracy: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """The options; `benchmarks/README.md` explains what comes out."""
    made = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy",
        description="How right the extraction is on annotated reports; see benchmarks/README.md.",
    )
    for name, options in _OPTIONS:
        made.add_argument(name, **options)
    return made


def _settings(given: argparse.Namespace) -> Settings:
    _check(given)
    return Settings(
        sets=_sets(given),
        gold=given.gold,
        reports=given.reports,
        frozen=given.frozen,
        errors=given.errors,
        about=given.about,
        changes=given.changes,
        write=given.write,
        show_held=given.show_held,
    )


def _sets(given: argparse.Namespace) -> tuple[GoldSet, ...]:
    """Those named, else all; where errors are listed, all that may be looked at."""
    if given.sets:
        return tuple(which for which in SETS if which.name in given.sets)
    return tuple(which for which in SETS if not (given.errors and which.held))


def _check(given: argparse.Namespace) -> None:
    own = given.extractor == BUILT_IN
    if given.predictions and not own:
        raise UsageError("give either --extractor or --predictions")
    if given.write and (given.predictions or not own):
        raise UsageError("--write keeps results of the built-in extraction only")
    if given.errors is not None and (given.errors < 1 or given.write):
        raise UsageError("--errors takes a number from 1, and does not go with --write")
    if given.about and given.errors is None:
        raise UsageError("--about goes with --errors")
    held = [which.name for which in _sets(given) if which.held]
    if given.errors and held and not given.show_held:
        raise UsageError(
            f"{held[0]}: only the figures of held sets are shown; --errors is for others"
        )


def _predictor(given: argparse.Namespace) -> Predictor:
    if given.predictions:
        return ready(given.predictions)
    return predictor(given.extractor, jobs=given.jobs)
