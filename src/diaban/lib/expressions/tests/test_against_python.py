"""Whatever the grammar can say gives what Python's own arithmetic on fractions gives."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from diaban.lib.expressions import Values, parse

NAMES = ("A", "B", "C")
ATOMS = st.sampled_from([*NAMES, "prev_A", "7", "0.25", "100", "3.5"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("-{}".format, inner),
        st.builds("abs({})".format, inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
    )


SUMS = st.recursive(ATOMS, _grown, max_leaves=8)
QUOTIENTS = st.builds("({}) / ({})".format, SUMS, SUMS)
CHECKS = st.recursive(
    st.builds("{} {} {}".format, SUMS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), SUMS),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
    max_leaves=4,
)
NUMBERS = st.decimals(-1000, 1000, places=2)


def _ours(text: str, values: dict[str, Decimal]) -> Decimal | bool | None:
    now = {name: values[name] for name in NAMES}
    return parse(text.replace("prev_A", "prev(A)")).evaluate(Values(now, previous={"A": values["prev_A"]}))


def _theirs(text: str, values: dict[str, Decimal]) -> Fraction:
    for constant in ("100", "0.25", "3.5", "7"):
        text = text.replace(constant, {"100": "HUNDRED", "0.25": "QUARTER", "3.5": "HALVES", "7": "SEVEN"}[constant])
    known = {name: Fraction(value) for name, value in values.items()}
    known |= {"HUNDRED": Fraction(100), "QUARTER": Fraction(1, 4), "HALVES": Fraction(7, 2), "SEVEN": Fraction(7)}
    result = eval(text, {"abs": abs, "min": min, "max": max}, known)  # noqa: S307 - the oracle; the text is ours
    assert isinstance(result, Fraction | bool)
    return Fraction(result)


VALUES = st.fixed_dictionaries(dict.fromkeys((*NAMES, "prev_A"), NUMBERS))


@given(SUMS, VALUES)
def test_sums_products_and_functions_are_exact(text: str, values: dict[str, Decimal]) -> None:
    found = _ours(text, values)

    assert isinstance(found, Decimal)
    assert Fraction(found) == _theirs(text, values)


@given(CHECKS, VALUES)
def test_checks_pass_exactly_when_they_are_true(text: str, values: dict[str, Decimal]) -> None:
    assert _ours(text, values) == bool(_theirs(text, values))


@given(QUOTIENTS, VALUES)
def test_quotients_agree_to_forty_digits_or_have_no_value(text: str, values: dict[str, Decimal]) -> None:
    found = _ours(text, values)

    try:
        expected = _theirs(text, values)
    except ZeroDivisionError:
        assert found is None
    else:
        assert isinstance(found, Decimal)
        assert abs(Fraction(found) - expected) <= abs(expected) * Fraction(1, 10**40)
