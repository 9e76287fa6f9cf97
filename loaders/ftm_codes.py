"""Countries as followthemoney writes them (`by`, `suhh`, `ge-ab`), to our codes and back."""

from __future__ import annotations

from typing import Final

from ontology.lexicon import at_hand, for_each_lexicon

# States without a two-letter code of ISO 3166-1, as followthemoney 4 knows them.
_OTHERS: Final = {
    "CSK": "cshh", "DDR": "dd", "SCG": "csxx", "SUN": "suhh", "YUG": "yucs", "XABK": "ge-ab",
    "XDPR": "ua-dpr", "XLPR": "ua-lpr", "XNCY": "cy-trnc", "XNKR": "az-nk", "XOSS": "x-so",
    "XPMR": "md-pmr", "XSML": "so-som", "EU": "eu",
}  # fmt: skip


def country_of(code: str) -> str | None:
    """followthemoney's code of a state or of the European Union; None for what it does not know."""
    state = at_hand().states.get(code)
    return state.iso2.lower() if state and state.iso2 else _OTHERS.get(code)


def code_of_country(country: str) -> str | None:
    """Our code of one of followthemoney's countries, None where we know no such state."""
    return _codes().get(country.strip().lower())


@for_each_lexicon
def _codes() -> dict[str, str]:
    known = sorted((*at_hand().states, "EU"))
    return {country: code for code in known if (country := country_of(code))}
