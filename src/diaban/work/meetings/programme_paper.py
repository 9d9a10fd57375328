"""The year's programme as papers: the official paper with its table lying, and the same table as a workbook."""

from collections.abc import Sequence

from django.utils.translation import override

from diaban.foundation.documents.content import Annex, Block, Column, Paper, Paragraph, Table
from diaban.foundation.documents.content import Row as TableRow
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.documents.wide import Figure, WideColumn, WideRow, WideTable
from diaban.foundation.ui.status import look_of
from diaban.work.meetings.models import Programme
from diaban.work.meetings.queries.programmes import DONE, Row, counts_of

HEADS = (
    ("STT", 10.0), ("Nội dung công việc", 68.0), ("Đơn vị chủ trì", 34.0), ("Đơn vị phối hợp", 32.0), ("Lãnh đạo phụ trách", 26.0),
    ("Sản phẩm", 30.0), ("Thời gian", 20.0), ("Căn cứ", 26.0), ("Kết quả", 24.0),
)  # fmt: skip
KINDS = {Programme.Kind.WORK: "Chương trình công tác", Programme.Kind.CHECKS: "Kế hoạch kiểm tra"}
TYPES = {Programme.Kind.WORK: "CTr", Programme.Kind.CHECKS: "KH"}


def programme_paper(programme: Programme, rows: Sequence[Row]) -> Paper:
    """The paper to be signed: what stands in the programme, without how it goes."""
    kind = Programme.Kind(programme.kind)
    standing = [row for row in rows if row.item.struck_at is None]
    issuer = issuer_for(programme.organisation_id, TYPES[kind], programme.drafted_at.date())
    what = "Công tác" if kind == Programme.Kind.WORK else "Kiểm tra"
    body: list[Block] = [Paragraph(f"{programme.basis}.", bold_lead="Căn cứ:")] if programme.basis else []
    body += [
        Paragraph(
            f"{what} năm {programme.year} của {issuer.agency.name} gồm {len(standing)} nội dung, phân công và thời gian theo phụ lục kèm theo."
        ),
        Paragraph("Thủ trưởng các đơn vị chủ trì tổ chức thực hiện, báo cáo kết quả khi hoàn thành từng nội dung."),
    ]
    columns = tuple(Column(name, width / 30, "center" if name == "STT" else "left") for name, width in HEADS[:-1])
    table = Table(columns, tuple(TableRow(cells[:-1]) for cells in map(_cells, standing)))
    return Paper(
        type_code=TYPES[kind],
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=f"{what} năm {programme.year}",
        body=tuple(body),
        signer=issuer.signer,
        expected_on=programme.drafted_at.date(),
        recipients=("Các đơn vị chủ trì, phối hợp", "Lưu: VT"),
        notices=notices_of_instance(),
        annexes=(Annex(f"Nội dung {what.lower()} năm {programme.year}", (table,), landscape=True),) if standing else (),
    )


def programme_table(programme: Programme, rows: Sequence[Row]) -> WideTable:
    """Every row with how it stands, to be followed in a workbook."""
    counts = counts_of(rows)
    issuer = issuer_for(programme.organisation_id, "CTr", programme.drafted_at.date())
    aligned = {"STT": "center", "Thời gian": "center"}
    return WideTable(
        title=f"{KINDS[Programme.Kind(programme.kind)]} năm {programme.year}",
        columns=tuple(WideColumn((name,), width, "center" if name in aligned else "left") for name, width in HEADS),
        rows=tuple(WideRow(tuple(Figure(text) for text in _cells(row))) for row in rows) or (_nothing(),),
        agency=issuer.agency.name,
        superior=issuer.agency.superior or "",
        subtitles=(
            f"{counts.total} nội dung: {counts.on_time} xong đúng hạn, {counts.late} xong quá hạn, {counts.open} chưa đến hạn, "
            f"{counts.overdue} quá hạn",
        ),
        notices=notices_of_instance(),
        frozen=2,
        size="A4",
    )


def _cells(row: Row) -> tuple[str, ...]:
    """A row's cells, in Vietnamese whatever the reader's language."""
    with override("vi"):
        return _written(row)


def _written(row: Row) -> tuple[str, ...]:
    item = row.item
    return (
        str(row.number), item.content, item.lead, item.coordinators, item.leader, item.product, row.when, item.basis, _result(row),
    )  # fmt: skip


def _result(row: Row) -> str:
    if row.item.struck_at is not None:
        return f"Đưa ra khỏi chương trình: {row.item.struck_reason}"
    said = str(look_of(row.status).label)
    return f"{said} ({row.done_on:%d/%m/%Y})" if row.done_on and row.status in DONE else said


def _nothing() -> WideRow:
    return WideRow(tuple(Figure(text) for text in ("", "Chưa có nội dung", *[""] * (len(HEADS) - 2))))
