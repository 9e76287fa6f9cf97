"""The version of the package, in one place that needs nothing else of it."""

from typing import Final

__version__: Final = "0.1.0"
