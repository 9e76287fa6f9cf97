"""`python -m kg` and the `kg` script."""

from __future__ import annotations

import gc
import sys

# Nearly all that is made at the start stays: to look through it at every 700 objects takes a tenth of the time.
_OBJECTS_BETWEEN_LOOKS = 50_000


def main() -> int:
    """Run the command line."""
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    from kg.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
