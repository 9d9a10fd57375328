"""What of a report becomes facts."""

from decimal import Decimal

from diaban.work.reporting.cells import compute
from diaban.work.reporting.flowing import Flow, facts_of_sections
from diaban.work.reporting.tests.layouts import LAYOUT, SEPTEMBER, YEAR_END, values


def flows(
    on: object = YEAR_END, reasons: dict[str, str] | None = None, **changed: object
) -> dict[tuple[str, str], Flow]:
    figures = compute(LAYOUT, on, values(**changed), reasons or {})  # type: ignore[arg-type] # keywords of a test
    found = facts_of_sections(LAYOUT, on, figures, {1}, {"VT05"})  # type: ignore[arg-type] # a day
    assert len({(flow.indicator, flow.category) for flow in found}) == len(found)
    return {(flow.indicator, flow.category): flow for flow in found}


def test_totals_and_parts_flow_and_computed_figures_do_not() -> None:
    found = flows()

    assert found["BC07", ""].value == 10
    assert found["BC07", "d=bdvhx"].value == 9
    assert not {"VT03", "VT09", "BC21", "VT25", "DB01", "DB05"} & {indicator for indicator, _category in found}


def test_the_parts_of_a_ratio_go_under_their_own_indicators() -> None:
    found = flows()

    assert found["BC25", ""].value == 3
    assert found["VT48", ""].value == 15


def test_estimates_stay_estimates() -> None:
    found = flows()

    assert (found["VT05", ""].is_estimated, found["VT04", ""].is_estimated) == (True, False)


def test_no_value_keeps_its_reason() -> None:
    found = flows(reasons={"BC02__viettel_post": "refused", "VT08": "none_occurred"}, BC02__viettel_post=None, VT08=0)

    assert (found["BC02", "d=viettel_post"].value, found["BC02", "d=viettel_post"].reason) == (None, "refused")
    assert (found["BC02", ""].value, found["BC02", ""].reason) == (None, "refused")
    assert (found["VT08", ""].value, found["VT08", ""].reason) == (Decimal(0), "none_occurred")
    assert (found["QL07", ""].value, found["QL07", ""].reason) == (None, "not_collected")


def test_what_was_not_asked_says_so() -> None:
    found = flows(SEPTEMBER, CN11=None, VT08=None, VT17__3g=None)

    assert (found["CN11", ""].reason, found["VT08", ""].reason) == ("not_yet", "not_applicable")
    assert ("VT17", "d=3g") not in found
