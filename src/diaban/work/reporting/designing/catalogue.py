"""What a form may be made of: indicators, dimensions with their members, fields. Plain values."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from diaban.work.reporting.layout import Measure, Part


@dataclass(frozen=True)
class Catalogue:
    """`dimensions` maps a code to all its members in order, `divisions` (indicator, dimension) to the catalogue's own mode.
    `fields` and `names` say what fields and dimensions are called."""

    measures: Mapping[str, Measure]
    dimensions: Mapping[str, tuple[Part, ...]]
    divisions: Mapping[tuple[str, str], str]
    fields: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    def dimensions_of(self, indicator: str) -> list[str]:
        return [dimension for code, dimension in self.divisions if code == indicator]

    def fields_meant(self, text: str) -> str:
        return meant(text, self.fields)


def meant(text: str, known: Collection[str]) -> str:
    """ " Có phải “BC07” không?" for a name that nearly is a known one; otherwise nothing."""
    padded = re.sub(r"(?<=[A-Z])(?=[0-9](?![0-9]))", "0", text.upper(), count=1)
    near = [padded] if padded in known else get_close_matches(text, list(known), n=1, cutoff=0.75)
    return f" Có phải “{near[0]}” không?" if near else ""
