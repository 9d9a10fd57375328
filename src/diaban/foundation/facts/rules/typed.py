"""Cells as they are typed and kept: the signs that stand in the place of a number, and a number as text."""

from decimal import Decimal

# The signs of the statistical yearbooks, as typed (in small letters), with the code of the reason.
SIGNS = {
    "-": "none_occurred",
    "–": "none_occurred",
    "…": "not_collected",
    "...": "not_collected",
    "..": "not_collected",
    "x": "not_applicable",
    "kcc": "refused",
}


def plain(value: Decimal) -> str:
    """A decimal as drafts keep it: no exponent, no idle zeros behind the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
