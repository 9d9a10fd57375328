"""What of the newest report of a place wants a word: sections sent back, warnings, figures that it could not give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from diaban.foundation.facts.models import Indicator
from diaban.foundation.territory.dossier import Place
from diaban.work.reporting.cells import Cell, cells_of
from diaban.work.reporting.checking import findings_of
from diaban.work.reporting.dossier import Sent, newest_sent
from diaban.work.reporting.labels import report_url
from diaban.work.reporting.models import SectionState
from diaban.work.reporting.validation import REASONS, Finding

WANTING: Final = frozenset({"not_collected", "refused"})  # reasons that may be overcome; the others are answers


@dataclass(frozen=True, slots=True)
class Unclear:
    """One thing to ask about, and why; `field_code` is blank where it is of no single field."""

    field_code: str
    about: str
    why: str
    url: str


def unclear_of(place: Place) -> list[Unclear]:
    """What is unclear in the newest report that the reader may see, in the order of the form. Five queries, and one for each
    version of the form."""
    sent = place.once(newest_sent)
    if sent is None:
        return []
    version, layout = sent.versions[-1], sent.layout
    findings = [one for one in findings_of(sent.report, version, layout=layout) if not one.is_missing]
    cells = {cell.name: cell for cell in cells_of(layout, sent.report.period_last_day)}
    codes = {cell.indicator for cell in cells.values() if cell.indicator}
    fields = dict(Indicator.objects.filter(code__in=codes).values_list("code", "field_code"))
    return [*_sent_back(sent), *_warned(sent, findings, cells, fields), *_not_given(sent, cells, fields)]


def _sent_back(sent: Sent) -> Iterator[Unclear]:
    back = SectionState.objects.filter(version=sent.versions[-1], status=SectionState.Status.RETURNED)
    for title, reason in back.values_list("section__title", "reason"):
        why = f"Phần này của báo cáo {sent.report.period_label} được đề nghị bổ sung, hoàn chỉnh"
        yield Unclear("", title, f"{why}: {reason}" if reason else why, report_url(sent.report))


def _warned(
    sent: Sent, findings: Iterable[Finding], cells: dict[str, Cell], fields: dict[str, str]
) -> Iterator[Unclear]:
    for one in findings:
        cell = cells.get(one.cell)
        why = f"Cảnh báo khi kiểm tra báo cáo {sent.report.period_label}"
        said = sent.versions[-1].explanations.get(one.cell, "").strip()
        why += f"; đơn vị giải trình: {said}" if said else "; chưa có giải trình"
        field = fields.get(cell.indicator, "") if cell else ""
        yield Unclear(field, one.message, why, report_url(sent.report))


def _not_given(sent: Sent, cells: dict[str, Cell], fields: dict[str, str]) -> Iterator[Unclear]:
    """One for each indicator, whether its total or a part lacks."""
    told = set[str]()
    for name, cell in cells.items():
        reason = sent.versions[-1].reasons.get(name, "")
        if reason in WANTING and cell.indicator and cell.indicator not in told:
            told.add(cell.indicator)
            why = f"Báo cáo {sent.report.period_label} ghi: {REASONS[reason].lower()}"
            yield Unclear(fields.get(cell.indicator, ""), cell.label, why, report_url(sent.report))
