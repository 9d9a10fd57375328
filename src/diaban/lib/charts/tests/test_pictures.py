"""What is drawn is what was given."""

from decimal import Decimal

from diaban.lib.charts import Bar, Line, Point, Stack, bar_chart, line_chart, small_multiples, stacked_bar
from diaban.lib.charts.tests.reading import SVG, read, tooltips, words


def _periods(*values: int | None) -> tuple[Point, ...]:
    return tuple(Point(f"Q{at}", None if value is None else Decimal(value)) for at, value in enumerate(values, 1))


def _paths(svg: str, colour: str = "#2f78c0") -> list[str]:
    return [
        element.get("d", "")
        for element in read(svg).iter(f"{SVG}path")
        if colour in (element.get("fill"), element.get("stroke"))
    ]


def test_values_stand_beside_their_bars_the_vietnamese_way() -> None:
    shown = words(bar_chart([Bar("A", Decimal("1234567.5")), Bar("B", Decimal(0)), Bar("C", None)], title="a"))

    assert {"A", "B", "C", "1.234.567,5", "0", "…"} <= set(shown)


def test_axis_numbers_are_vietnamese_too() -> None:
    assert "1.000.000" in words(bar_chart([Bar("A", Decimal(1_234_567))], title="a"))
    assert "0,2" in words(line_chart([Line("", (Point("Q1", Decimal("0.4")), Point("Q2", Decimal("0.1"))))], title="a"))


def test_an_estimated_value_says_so_and_is_outlined() -> None:
    svg = bar_chart([Bar("A", Decimal(5), estimated=True)], title="a")

    assert "5 (ước)" in words(svg)
    assert 'stroke-dasharray="4,3"' in svg


def test_two_places_of_one_name_are_two_bars() -> None:
    svg = bar_chart([Bar("Xã Tân Tiến", Decimal(3)), Bar("Xã Tân Tiến", Decimal(5))], title="a")

    assert words(svg).count("Xã Tân Tiến") == 2
    assert len(_paths(svg)) == 2


def test_bars_below_zero_have_their_values_on_the_left() -> None:
    svg = bar_chart([Bar("A", Decimal(-5)), Bar("B", Decimal(5))], title="a")

    ends = {element.text: element.get("text-anchor") for element in read(svg).iter(f"{SVG}text")}
    assert (ends["-5"], ends["5"]) == ("end", "start")


def test_a_reference_is_drawn_across_with_its_name() -> None:
    assert "Kế hoạch: 10" in words(bar_chart([Bar("A", Decimal(5))], title="a", reference=("Kế hoạch", Decimal(10))))


def test_the_heading_is_drawn_only_when_asked_for() -> None:
    assert "Số điểm" not in words(bar_chart([Bar("A", Decimal(1))], title="Số điểm"))
    assert "Số điểm" in words(bar_chart([Bar("A", Decimal(1))], title="Số điểm", heading=True))


def test_a_stack_shows_its_series_and_its_total() -> None:
    stacks = [
        Stack("A", (Bar("VNPT", Decimal(3)), Bar("Viettel", Decimal("4.5")))),
        Stack("B", (Bar("Viettel", Decimal(2), estimated=True), Bar("VNPT", None))),
        Stack("C", ()),
    ]

    svg = stacked_bar(stacks, title="a", unit="trạm")

    assert {"VNPT", "Viettel", "7,5", "2 (ước)", "…"} <= set(words(svg))
    assert tooltips(svg) == ["A, VNPT: 3 trạm", "A, Viettel: 4,5 trạm", "B, Viettel: 2 trạm (ước)"]


def test_shares_fill_every_bar() -> None:
    shown = words(stacked_bar([Stack("A", (Bar("a", Decimal(1)), Bar("b", Decimal(3))))], title="a", share=True))

    assert {"0%", "100%"} <= set(shown)
    assert "4" not in shown


def test_a_gap_in_the_values_is_a_gap_in_the_line() -> None:
    whole, broken = (line_chart([Line("", _periods(*values))], title="a") for values in ((1, 2, 3, 4), (1, 2, None, 4)))

    def strokes(svg: str) -> int:
        return max(path.count("M") for path in _paths(svg) if "A" not in path)

    assert strokes(whole) == 1
    assert strokes(broken) == 2


def test_lines_are_told_apart_by_a_legend_and_one_line_needs_none() -> None:
    two = words(line_chart([Line("Cáp quang", _periods(1, 2)), Line("Cáp đồng", _periods(2, 1))], title="a"))
    one = words(line_chart([Line("Cáp quang", _periods(1, 2))], title="a"))

    assert {"Cáp quang", "Cáp đồng"} <= set(two)
    assert "Cáp quang" not in one


def test_many_periods_are_thinned_down_to_the_last() -> None:
    svg = line_chart([Line("", tuple(Point(f"Tháng {at}/2025", Decimal(at)) for at in range(1, 121)))], title="a")

    months = [word for word in words(svg) if word.startswith("Tháng")]
    assert months[-1] == "Tháng 120/2025"
    assert len(months) < 40


def test_every_line_of_small_multiples_has_its_panel() -> None:
    svg = small_multiples([Line(f"Xã {at}", _periods(at, 2 * at)) for at in range(1, 6)], title="a")

    assert [word for word in words(svg) if word.startswith("Xã")] == [f"Xã {at}" for at in range(1, 6)]


def test_small_multiples_measure_alike_only_when_asked() -> None:
    lines = [Line("A", _periods(1, 2)), Line("B", _periods(1000, 2000))]

    own, shared = words(small_multiples(lines, title="a")), words(small_multiples(lines, title="a", shared_scale=True))

    assert own.count("2.000") == 1
    assert shared.count("2.000") == 2


def test_nothing_to_show_draws_nothing() -> None:
    assert bar_chart([], title="a") == stacked_bar([], title="a") == line_chart([], title="a") == ""
    assert small_multiples([Line("A", ())], title="a") == ""


def test_no_values_at_all_still_draw() -> None:
    assert "…" in words(bar_chart([Bar("A", None)], title="a"))
    assert line_chart([Line("A", _periods(None, None))], title="a")
    assert stacked_bar([Stack("A", (Bar("a", None),))], title="a")
    assert "A" in words(stacked_bar([Stack("A", ())], title="a"))
    assert stacked_bar([Stack("A", (Bar("a", Decimal(0)),))], title="a", share=True)


def test_a_break_is_drawn_before_its_point_and_told() -> None:
    svg = line_chart([Line("", _periods(1, 2, 3))], title="a", breaks=[("Q2", "sắp xếp xã"), ("Q2", "đổi biểu")])

    assert words(svg).count("≠") == 1
    assert "Từ Q2: sắp xếp xã; đổi biểu" in tooltips(svg)
    assert "từ Q2: sắp xếp xã" in svg
