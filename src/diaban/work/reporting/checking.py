"""The checks of one report: its form, its figures and the earlier ones brought together."""

from diaban.work.reporting.cells import cells_of
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Report, ReportVersion
from diaban.work.reporting.queries.figures import Earlier, base_cells, base_figures, earlier_figures, entry_of
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.validation import EARLIER, Finding, check_values


def findings_of(
    report: Report, version: ReportVersion, *, layout: Layout | None = None, earlier: Earlier | None = None
) -> list[Finding]:
    """Everything there is to say about a version. Earlier figures are looked up where a check of the form compares with them."""
    layout = layout or layout_of(version.form_version_id)
    if earlier is None:
        compares = any(EARLIER.search(rule.expression) for rule in layout.rules)
        earlier = earlier_figures(report, layout) if compares else Earlier({}, {})
    return check_values(
        layout,
        report.period_last_day,
        entry_of(version),
        earlier.previous,
        earlier.last_year,
        taken_over=earlier.taken_over,
    )


def with_base(report: Report, version: ReportVersion, layout: Layout | None = None) -> None:
    """Set the department's base figures of the day into a draft's supplied figures (not saved)."""
    layout = layout or layout_of(version.form_version_id)
    names = base_cells(cells_of(layout, report.period_last_day))
    figures = base_figures(report.unit_id, names, report.period_last_day)
    kept = {name: given for name, given in version.supplied.items() if name not in names}
    base = {name: {"value": format(value.normalize(), "f"), "by": "base"} for name, value in figures.items()}
    version.supplied = kept | base
