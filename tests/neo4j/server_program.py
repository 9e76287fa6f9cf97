"""How Java starts the server: compiled once, with the classes that it loads ready in an archive.

Both are kept beside the jars. The archive is written by the first server that ends by itself, and
spares all later ones two fifths of their start; where there is no compiler, the source is run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

SOURCE = Path(__file__).parent / "server" / "Main.java"


@dataclass(frozen=True, slots=True)
class Program:
    """What stands in Java's command line between the options and the arguments.

    Attributes:
        archive: where the classes are to be kept; None if they are, or cannot be.
    """

    words: tuple[str, ...]
    archive: Path | None = None

    @property
    def written(self) -> Path:
        """Where this process's server writes the archive when it ends."""
        assert self.archive
        return self.archive.with_suffix(f".{os.getpid()}")

    def keep(self) -> None:
        """The server has ended: what it wrote is for the next ones."""
        if self.archive and self.written.is_file():
            self.written.replace(self.archive)


def from_source(jars: Path) -> Program:
    """Java compiles the source at each start."""
    return Program(("-cp", f"{jars}/*", str(SOURCE)))


def compiled(jars: Path) -> Program:
    """The program of this machine's Java; compiled now if it is not yet."""
    java, compiler = shutil.which("java"), shutil.which("javac")
    if not (java and compiler):
        return from_source(jars)
    known = hashlib.sha256(SOURCE.read_bytes() + str(Path(java).resolve()).encode())
    main = jars.parent / f"{jars.name}-{known.hexdigest()[:12]}.jar"
    classes = os.pathsep.join(sorted(map(str, jars.glob("*.jar"))))
    if not main.is_file():
        _compile(compiler, classes, main)
    words = ("-cp", f"{classes}{os.pathsep}{main}", "Main")
    archive = main.with_suffix(".jsa")
    if archive.is_file():
        return Program((f"-XX:SharedArchiveFile={archive}", "-Xlog:cds=off", *words))
    new = Program(words, archive)
    return Program((f"-XX:ArchiveClassesAtExit={new.written}", "-Xlog:cds=off", *words), archive)


def _compile(compiler: str, classes: str, main: Path) -> None:
    with tempfile.TemporaryDirectory(dir=main.parent) as folder:
        subprocess.run([compiler, "-cp", classes, "-d", folder, str(SOURCE)], check=True)
        made = Path(folder) / "made.jar"
        with ZipFile(made, "w") as jar:
            for file in sorted(Path(folder).glob("*.class")):
                jar.write(file, file.name)
        made.replace(main)
