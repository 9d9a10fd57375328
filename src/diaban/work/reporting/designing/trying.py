"""Trying a check out on sample values."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from diaban.lib.expressions import Expression, Values, parse
from diaban.lib.vietnamese import BadNumber, parse_number


@dataclass(frozen=True)
class Sample:
    """A value the expression needs: the input's name, whose it is (`prev(BC07)`), what was typed, what is wrong with it."""

    name: str
    called: str
    typed: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Trial:
    """`result` is True, False, or None where a value is missing or a divisor is zero."""

    samples: tuple[Sample, ...]
    result: bool | None = None


def trial_of(text: str, typed: Mapping[str, str]) -> Trial:
    """Evaluate an expression that can be read on typed values. Raises `BadExpression`."""
    expression = parse(text)
    values: dict[str, dict[str, Decimal | None]] = {"": {}, "prev": {}, "lastyear": {}, "rows": {}}
    samples = tuple(_sample(reach, name, typed, values) for reach, name in _needed(expression))
    given = Values(
        values[""],
        values["prev"],
        values["lastyear"],
        {name: int(count) for name, count in values["rows"].items() if count is not None},
    )
    if any(sample.fault or not sample.typed for sample in samples):
        return Trial(samples)
    result = expression.evaluate(given)
    return Trial(samples, result if isinstance(result, bool) else None)


def _needed(expression: Expression) -> list[tuple[str, str]]:
    by_reach = {
        "": expression.names,
        "prev": expression.prev_names,
        "lastyear": expression.lastyear_names,
        "rows": expression.rows_names,
    }
    return [(reach, name) for reach, names in by_reach.items() for name in sorted(names)]


def _sample(reach: str, name: str, typed: Mapping[str, str], values: dict[str, dict[str, Decimal | None]]) -> Sample:
    called = f"{reach}({name})" if reach else name
    text, fault = typed.get(f"thu-{reach}-{name}", ""), ""
    if text:
        try:
            values[reach][name] = parse_number(text, integer=reach == "rows")
        except BadNumber as problem:
            fault = str(problem)
    return Sample(f"thu-{reach}-{name}", called, text, fault)
