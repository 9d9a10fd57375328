"""A unit's own report as the official paper that it signs: the words under their headings, the figures as annexes."""

from collections.abc import Iterable, Sequence

from diaban.foundation.documents.content import Annex, Block, Column, HeadGroup, Heading, Paper, Paragraph
from diaban.foundation.documents.issuing import Issuer
from diaban.work.reporting.models import ReportVersion
from diaban.work.reporting.paper_tables import estimated
from diaban.work.reporting.papers import topic_of
from diaban.work.reporting.queries.outlines import Outline
from diaban.work.reporting.report_frame import basis_of, figures_annex, parts_of, rows_annex, subject_of, table_under
from diaban.work.reporting.sheet import Sheet, SheetLine, SheetText

NOTHING = "Không có nội dung phát sinh."
UNFILLED = "(chưa ghi)"


def own_paper(outline: Outline, sheet: Sheet, version: ReportVersion, issuer: Issuer, notices: Sequence[str]) -> Paper:
    """The report of one version. Its number and day stand on it once the clerk has given them; until then they are blank."""
    return Paper(
        type_code="BC",
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=subject_of(outline),
        body=tuple(_body(outline, sheet, version, issuer)),
        signer=issuer.signer,
        number=version.document_number or None,
        issued_on=version.signed_on,
        expected_on=outline.due_on,
        addressees=tuple(name for name, _titles in outline.receivers),
        recipients=(*(("Như trên",) if outline.receivers else ()), "Lưu: VT"),
        notices=tuple(notices),
        annexes=tuple(_annexes(outline, sheet)),
    )


def _body(outline: Outline, sheet: Sheet, version: ReportVersion, issuer: Issuer) -> Iterable[Block]:
    reported = f"báo cáo kết quả {topic_of(outline.form.name)} {outline.period.label(inside=True)}"
    yield Paragraph(f"{basis_of(outline)}{issuer.agency.name} {reported} như sau:")
    for part, title in parts_of(outline):
        yield Heading(1, title)
        yield from _part([one for one in sheet.texts if one.heading.part == part], is_draft=version.is_draft)
    yield Paragraph(f"Trên đây là {reported}, {issuer.agency.name} trân trọng báo cáo.")


def _part(texts: Sequence[SheetText], *, is_draft: bool) -> Iterable[Block]:
    """What was written, and which headings must still be; the others say nothing."""
    said = [one for one in texts if one.text or one.rows or (one.heading.required and is_draft)]
    for one in said:
        yield Heading(2, one.heading.heading)
        if one.rows:
            yield table_under(one.heading, one.rows)
        else:
            yield from (Paragraph(line) for line in (one.text or UNFILLED).splitlines() if line.strip())
    if not said:
        yield Paragraph(NOTHING)


def _annexes(outline: Outline, sheet: Sheet) -> Iterable[Annex]:
    yield from figures_annex(
        outline,
        sheet.sections,
        columns=(
            Column("Kế hoạch năm", 1.0, kind="number"),
            Column("Kỳ trước", 1.0, kind="number"),
            Column("Kỳ báo cáo", 1.2, kind="number"),
            Column("Cùng kỳ năm trước", 1.0, kind="number"),
            Column("Ghi chú", 2.6),
        ),
        done=HeadGroup("Thực hiện", 4, 6),
        row=_figures,
    )
    for one in sheet.texts:
        if one.heading.part == "PL" and one.rows:
            yield rows_annex(one.heading, one.rows)


def _figures(line: SheetLine) -> tuple[str, ...]:
    said = "; ".join(filter(None, [line.reason_said, line.objection, line.note]))
    return (line.plan, line.previous, estimated(line.shown, line.is_estimated), line.last_year, said)
