"""How fast and how large: load, first answer, start-up; and the store part against rdflib.

    python benchmarks/load.py [PATH ...]

Without paths: the development data beside the checkout if it is there, else the bundled examples.
Every figure is a whole process of its own; peak memory is the operating system's (ru_maxrss).
Compare ratios, not seconds: machines differ by more than a factor of two.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
KG = [sys.executable, "-m", "kg"]


def run(*command: str, python: str | None = None) -> tuple[float, float, bytes]:
    """Seconds, peak megabytes and standard output of one process."""
    argv = [sys.executable, "-c", python, *command] if python else [*KG, *command]
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        child = subprocess.Popen(argv, stdout=output, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, _, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        output.seek(0)
        return seconds, usage.ru_maxrss / 1024, output.read()


RDFLIB_LOAD = """
import sys, rdflib
dataset = rdflib.Dataset()
dataset.parse(sys.argv[1], format="nquads")
print(len(dataset))
"""
ENGINE_LOAD = """
import sys, pyoxigraph
store = pyoxigraph.Store()
store.load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
print(len(store))
"""


def default_paths() -> list[str]:
    """The development data, or the bundled examples."""
    if SHARED.exists():
        return [str(SHARED / name) for name in ("reports", "travels", "visits")]
    return [str(ROOT / "examples" / name) for name in ("reports", "facts")]


def main(paths: list[str]) -> None:
    """Print a Markdown table."""
    folder = Path(tempfile.mkdtemp())
    db = str(folder / "graph")
    try:
        rows = measure(paths, db, folder)
    finally:
        shutil.rmtree(folder)
    print("| what | seconds | peak MB | per second |\n| --- | --- | --- | --- |")
    for what, seconds, memory, rate in rows:
        print(f"| {what} | {seconds:.2f} | {memory:.0f} | {rate} |")


def measure(paths: list[str], db: str, folder: Path) -> list[tuple[str, float, float, str]]:
    """All rows of the table."""
    rows = []
    seconds, memory, output = run("load", *paths, "--db", db)
    summary = json.loads(output)
    _, _, stats_text = run("stats", "--db", db)
    stats = json.loads(stats_text)
    exported = str(folder / "all.nq")
    export_seconds, export_memory, _ = run("export", "--to", "nq", "-o", exported, "--db", db)
    quads = sum(1 for _ in Path(exported).open("rb"))
    rate = f"{summary['read'] / seconds:.0f} reports, {quads / seconds:.0f} quads"
    rows.append((f"first load, {summary['read']} reports, {quads} quads", seconds, memory, rate))
    seconds, memory, _ = run("load", *paths, "--db", db)
    rows.append(
        (
            "second load, nothing changed",
            seconds,
            memory,
            f"{summary['read'] / seconds:.0f} reports",
        )
    )
    rows.append(
        (
            f"export N-Quads, {quads} quads",
            export_seconds,
            export_memory,
            f"{quads / export_seconds:.0f} quads",
        )
    )
    seconds, memory, _ = run("who-met-whom", "--person", "Putin", "--db", db)
    rows.append((f"who-met-whom --person, {stats['meetings']} meetings", seconds, memory, ""))
    seconds, memory, _ = run("validate", "--db", db)
    rows.append((f"validate, {stats['triples']} triples", seconds, memory, ""))
    engine, engine_memory, _ = run(exported, python=ENGINE_LOAD)
    rows.append(
        (
            f"engine alone: {quads} quads in memory",
            engine,
            engine_memory,
            f"{quads / engine:.0f} quads",
        )
    )
    peer, peer_memory, _ = run(exported, python=RDFLIB_LOAD)
    rows.append(
        (
            f"rdflib alone: {quads} quads in memory",
            peer,
            peer_memory,
            f"{quads / peer:.0f} quads; ratio {peer / engine:.1f}",
        )
    )
    best = min(run("--help")[0] for _ in range(5))
    rows.append(("kg --help, best of 5", best, 0, ""))
    return rows


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main(sys.argv[1:] or default_paths())
