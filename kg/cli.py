"""The command `kg`: finds the command's module, runs it, and turns errors into one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from kg.commands.options import Parser
from kg.errors import KgError
from kg.version import __version__

# Name of the command -> its module and what it is for. Modules are imported only when asked for.
COMMANDS = {
    "extract": "extract",
    "load": "load",
    "watch": "watch",
    "retract": "retract",
    "judge": "judge",
    "who-met-whom": "who_met_whom",
    "ask": "ask",
    "sparql": "sparql",
    "cypher": "cypher",
    "sync": "sync",
    "import-neo4j": "import_neo4j",
    "serve": "serve",
    "show": "show",
    "export": "export",
    "validate": "validate",
    "stats": "stats",
}
_EPILOG = "kg COMMAND --help says more; the graph is ./kg-data unless --db or $KG_DB say otherwise"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kg`; gives the exit code: 0 done, 1 something was refused or differs, 2 a wrong call."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except KgError as error:
        sys.stderr.write(f"kg: {error}\n")
        return error.exit_code
    except BrokenPipeError:
        # The reader has what it wanted; Python must not complain while it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("kg: interrupted\n")
        return 130


def _run(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help"):
        sys.stdout.write(_overview())
        return 0 if given else 2
    if given[0] in ("-V", "--version"):
        sys.stdout.write(f"kg {__version__}\n")
        return 0
    name, rest = given[0], given[1:]
    top = Parser(prog="kg", add_help=False)
    if name not in COMMANDS:
        from difflib import get_close_matches

        near = get_close_matches(name, COMMANDS, 1, 0.5)
        top.error(f"no command {name!r}" + (f" (did you mean {near[0]}?)" if near else ""))
    from kg.siblings import check_siblings

    check_siblings()
    module = import_module(f"kg.commands.{COMMANDS[name]}")
    parser = Parser(prog=f"kg {name}", description=module.SUMMARY)
    module.configure(parser)
    if getattr(parser, "takes_more", False):
        parsed, parsed_more = parser.parse_known_args(rest)
        parsed.more = parsed_more
    else:
        parsed = parser.parse_args(rest)
    code = module.run(parsed)
    assert isinstance(code, int)
    return code


def _overview() -> str:
    lines = ["usage: kg COMMAND …", "", "Diplomatic meetings as a knowledge graph.", ""]
    width = max(map(len, COMMANDS)) + 2
    lines += [f"  {name:<{width}}{_summary(module)}" for name, module in COMMANDS.items()]
    return "\n".join([*lines, "", _EPILOG, ""])


def _summary(module: str) -> str:
    return str(import_module(f"kg.commands.{module}").SUMMARY)
