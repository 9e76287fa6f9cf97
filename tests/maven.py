"""Servers for tests from Maven Central: fetched once into a cache of the user, never into the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


class FetchError(Exception):
    """The jars cannot be had on this machine; the text says why."""


def jars(pom: Path, name: str) -> Path:
    """The folder with the runtime jars of a pom; fetched once.

    Args:
        pom: names the artefacts.
        name: of the folder in the cache, with the version, e.g. "neo4j-5.26.12".

    Raises:
        FetchError: Java or Maven is missing, or Maven cannot fetch them.
    """
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise FetchError(f"{program} is not installed")
    cache = Path(os.environ.get("KG_CACHE_DIR") or Path.home() / ".cache/diplomatic-meetings-kg")
    folder = cache / name
    if not folder.is_dir():
        _fetch(pom, folder)
    return folder


def _fetch(pom: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    command = ["mvn", "-B", "-q", "-f", str(pom), "dependency:copy-dependencies"]
    done = subprocess.run(
        [*command, f"-DoutputDirectory={partial}", "-DincludeScope=runtime"],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(partial)
        said = (done.stdout + done.stderr).strip().splitlines()
        raise FetchError(
            f"Maven could not fetch {name_of(pom)}: {said[0] if said else 'no reason'}"
        )
    if not folder.is_dir():
        partial.rename(folder)
    shutil.rmtree(partial, ignore_errors=True)


def name_of(pom: Path) -> str:
    """How a message names a pom: its folder and file."""
    return f"{pom.parent.name}/{pom.name}"
