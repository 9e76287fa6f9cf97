"""The tour that `make demo` gives: load the bundled reports and facts, check, ask, show the words.

Run it again and it takes a second: loading what is there changes nothing.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
KG = [sys.executable, "-m", "kg"]


def step(title: str, *arguments: str, show: bool = True) -> None:
    """Run one command as the reader would type it."""
    typed = " ".join(f'"{a}"' if " " in a else a for a in arguments)
    print(f"\n\033[1m{title}\033[0m" if sys.stdout.isatty() else f"\n{title}")
    if show:
        print(f"$ kg {typed}\n", flush=True)
    done = subprocess.run([*KG, *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def find_talks() -> str:
    """IRI of the Minsk - Nur-Sultan talks of 25 October 2019, from the graph itself."""
    query = (
        "PREFIX dm: <https://w3id.org/diplomatic-meetings/ns#> "
        "PREFIX state: <https://w3id.org/diplomatic-meetings/id/state/> "
        "SELECT ?m WHERE { ?m a dm:Meeting ; dm:party state:BLR, state:KAZ ; dm:status 'held' ; "
        "dm:when '2019-10-25' }"
    )
    answer = subprocess.run(
        [*KG, "sparql", query, "--format", "csv"], check=True, capture_output=True, text=True
    )
    return answer.stdout.split()[1]


def main() -> None:
    """All steps in order."""
    reports, facts = str(HERE / "reports"), str(HERE / "facts")
    step("1. Load the bundled reports and the table of official visits", "load", reports, facts,
         "--format", "text")  # fmt: skip
    step("2. Check the graph against its shapes", "validate", "--format", "text")
    step(
        "3. Who met Lukashenko, and on what?",
        "who-met-whom", "--person", "Lukashenko", "--format", "table",
    )  # fmt: skip
    step(
        "4. What do the United States and Russia talk about?",
        "ask", "topics-of-pair", "--a=USA", "--b=RUS", "--format", "table",
    )  # fmt: skip
    step("5. Where do reports disagree?", "ask", "where-reports-disagree", "--format", "table")
    step("6. One meeting with the words it rests on", "show", find_talks(), "--format", "text")
    print(
        "\nThe graph is in ./kg-data. Next:\n"
        '  .venv/bin/kg ask "who met Tokayev on trade?"\n'
        "  .venv/bin/kg ask --list\n"
        "  .venv/bin/kg load path/to/your/reports\n"
        "  .venv/bin/kg serve            # then open http://127.0.0.1:8000/\n"
        '  .venv/bin/kg cypher "MATCH (p:Person)-[:ATTENDED]->(m:Meeting) '
        'RETURN p.name AS name, count(m) AS meetings ORDER BY meetings DESC LIMIT 5"'
    )


if __name__ == "__main__":
    main()
