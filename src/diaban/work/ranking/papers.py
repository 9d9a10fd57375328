"""The papers of a board: the minutes of scoring (biên bản chấm điểm), and the notice of the ranking (thông báo xếp hạng)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.documents.content import (
    Annex,
    Block,
    Bullets,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signer,
    Table,
)
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.organisations.queries import positions_of
from diaban.lib.vietnamese import format_date, format_number
from diaban.work.ranking.models import Appeal, Criterion, Score, Sight
from diaban.work.ranking.queries import Group
from diaban.work.ranking.queries import Row as Line
from diaban.work.ranking.queries import Table as Board
from diaban.work.ranking.rules import IfMissing

NOT_COMPUTED = "KTĐ"
LEGEND = (
    "KTĐ: không tính được, lý do ở phần giải trình; điểm tổng có dấu * đã quy đổi theo điểm tối đa còn lại; "
    "các đơn vị bằng điểm cùng hạng."
)
RULES = {
    IfMissing.LEFT_OUT: "không tính tiêu chí, quy đổi theo điểm tối đa còn lại",
    IfMissing.ZERO: "tính 0 điểm",
    IfMissing.UNRANKED: "không xếp hạng đơn vị",
}
NUMBERS_OF_CRITERIA = 10


def minutes(table: Board, appeals: Sequence[Appeal], *, actor: Actor) -> Paper:
    """The paper: a draft until the board is signed and published, then with its number and day. All members are told."""
    board, version = table.board, table.board.version
    issuer = issuer_for(version.scheme.organisation_id, "BB", actor.today)
    notices = notices_of_instance() + (("Bộ tiêu chí có căn cứ giả định, để trình diễn",) if version.is_assumed else ())
    return Paper(
        type_code="BB",
        agency=issuer.agency,
        symbol=issuer.symbol,
        subject=f"Chấm điểm, xếp hạng: {board.title}",
        body=tuple(_body(table, appeals)),
        signer=Signer("Người chủ trì chấm điểm"),
        secretary=Signer("Thư ký"),
        expected_on=actor.today,
        notices=notices,
        recipients=("Các đơn vị được chấm điểm", "Lưu: VT"),
        annexes=(Annex("Điểm từng tiêu chí", tuple(_detail(table)), landscape=True),),
    )


def notice(table: Board, appeals: Sequence[Appeal]) -> Paper:
    """Thông báo xếp hạng: what the office makes known once a leader has signed; a draft until it has its number and day.

    All members are told. Points by criterion are annexed where the scheme lets everybody see them. Raises `NotSigned`.
    """
    board, version = table.board, table.board.version
    if board.signed_at is None:
        raise NotSigned
    day = board.signed_on or timezone.localdate(board.signed_at)
    issuer = issuer_for(version.scheme.organisation_id, "TB", day)
    notices = notices_of_instance() + (("Bộ tiêu chí có căn cứ giả định, để trình diễn",) if version.is_assumed else ())
    annexes = (Annex("Điểm từng tiêu chí", (_criteria(table.criteria), *_detail(table)), landscape=True),)
    return Paper(
        type_code="TB",
        agency=issuer.agency,
        symbol=issuer.symbol,
        number=board.document_number or None,
        issued_on=board.signed_on,
        expected_on=day,
        subject=f"Kết quả {_inside(board.title)}",
        body=tuple(_notice_body(table, appeals)),
        signer=_signer(table, issuer.signer, day),
        recipients=(*(f"{name} (để báo cáo)" for name in issuer.addressees), "Các đơn vị được xếp hạng", "Lưu: VT"),
        notices=notices,
        annexes=annexes if version.sight == Sight.ALL else (),
    )


class NotSigned(ValueError):
    """A ranking is made known only after a leader has signed it."""


def _signer(table: Board, head: Signer, day: date) -> Signer:
    """Whoever signed, in the scoring office: its head, or a deputy for it."""
    for post in positions_of(table.board.version.scheme.organisation_id, day):
        for holding in post.holdings:
            if table.board.signed_by.startswith(f"{holding.person.name}, "):
                is_deputy = post.position.role == Role.DEPUTY
                return Signer(
                    post.position.title, holding.person.name, (f"KT. {head.title.upper()}",) if is_deputy else ()
                )
    return head


def _notice_body(table: Board, appeals: Sequence[Appeal]) -> Iterable[Block]:
    board, version = table.board, table.board.version
    yield Paragraph(
        f"Căn cứ {_inside(version.basis.removeprefix('Căn cứ '))}, {_inside(version.scheme.title)} (bản {version.number}) và biên bản chấm điểm, cơ quan chấm "
        f"điểm thông báo kết quả xếp hạng {table.period.label(inside=True)} (số liệu tính đến hết ngày "
        f"{format_date(board.data_on)}) như sau:"
    )
    yield Heading(1, "Kết quả xếp hạng")
    for group in table.groups:
        yield _result(group)
    unranked = [row.member.name for row in table.rows if row.result is None or row.result.points is None]
    if unranked:
        yield Paragraph(f"{'; '.join(unranked)}.", bold_lead="Không xếp hạng:")
    yield Heading(1, "Kiến nghị chấm lại")
    if board.announced_at is not None and board.appeals_until is not None:
        yield Paragraph(
            f"Điểm dự kiến đã gửi từng đơn vị ngày {format_date(timezone.localdate(board.announced_at))}; hạn kiến nghị đến hết "
            f"ngày {format_date(board.appeals_until)}. {_counted(appeals)}"
        )
    if appeals:
        yield from _appeals(appeals)
    yield Heading(1, "Thực hiện")
    yield Paragraph(
        "Các đơn vị căn cứ kết quả và điểm từng tiêu chí, phát huy việc làm tốt, khắc phục tiêu chí còn thấp. Đơn vị cần trao đổi "
        "về cách tính điểm của mình liên hệ cơ quan chấm điểm."
    )


def _counted(appeals: Sequence[Appeal]) -> str:
    """How many appealed and what became of it."""
    if not appeals:
        return "Không có đơn vị nào kiến nghị."
    accepted = sum(one.decision == Appeal.Decision.ACCEPTED for one in appeals)
    return f"Đã nhận {len(appeals):02d} kiến nghị: chấp nhận, chấm lại {accepted:02d}; giữ nguyên điểm {len(appeals) - accepted:02d}."


def _inside(text: str) -> str:
    """As it reads inside a sentence: a word in capitals and a name keep theirs."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _body(table: Board, appeals: Sequence[Appeal]) -> Iterable[Block]:
    board, version = table.board, table.board.version
    yield Paragraph(
        f"{version.scheme.title}, bản {version.number}, ban hành theo {version.basis}.", bold_lead="Bộ tiêu chí:"
    )
    yield Paragraph(
        f"{table.period.label(inside=True)}; số liệu tính đến hết ngày {format_date(board.data_on)}.",
        bold_lead="Kỳ chấm:",
    )
    if version.note:
        yield Paragraph(version.note, bold_lead="Ghi chú:")
    yield Heading(1, "Tiêu chí và điểm tối đa")
    yield _criteria(table.criteria)
    yield Heading(1, "Kết quả theo cụm")
    for group in table.groups:
        yield _result(group)
    yield from _missing(table)
    yield Heading(1, "Kiến nghị chấm lại")
    yield from _appeals(appeals)
    yield Heading(1, "Ký duyệt, công bố")
    yield Paragraph(_standing(table))


def _standing(table: Board) -> str:
    board = table.board
    if board.published_at is not None and board.signed_on is not None:
        return (
            f"{board.signed_by} đã ký duyệt; công bố theo văn bản số {board.document_number} "
            f"ngày {format_date(board.signed_on)}."
        )
    if board.signed_at is not None:
        return f"{board.signed_by} đã ký duyệt; chưa công bố."
    return "Chưa ký duyệt; điểm và thứ hạng là dự kiến, chỉ công bố sau khi lãnh đạo ký."


def _criteria(criteria: Sequence[Criterion]) -> Table:
    return Table(
        columns=(
            Column("STT", 0.6, align="center"),
            Column("Tiêu chí", 3.2),
            Column("Cách chấm", 2.2),
            Column("Điểm tối đa", 0.8, kind="number"),
            Column("Khi không tính được", 1.8),
        ),
        rows=tuple(
            Row((
                str(place),
                one.name,
                str(one.get_how_display()),
                _points(one.most),
                RULES[IfMissing(one.if_missing)],
            ))
            for place, one in enumerate(criteria, start=1)
        ),
    )  # fmt: skip


def _result(group: Group) -> Table:
    return Table(
        columns=(
            Column("Hạng", 0.5, align="center"),
            Column("Đơn vị", 3.0),
            Column("Tổng điểm", 1.0, kind="number"),
            Column("Điểm tối đa tính được", 1.2, kind="number"),
            Column("Hạng chung", 0.8, align="center"),
        ),
        rows=tuple(Row(_result_cells(row)) for row in group.rows),
        caption=group.cluster.name,
        notes=(LEGEND,),
    )


def _result_cells(row: Line) -> tuple[str, ...]:
    found = row.result
    if found is None or found.points is None:
        return ("-", row.member.name, "không xếp hạng", _points(found.attainable) if found else "", "-")
    mark = " *" if found.is_converted else ""
    return (
        str(found.rank),
        row.member.name,
        f"{_points(found.points)}{mark}",
        _points(found.attainable),
        str(found.overall),
    )


def _missing(table: Board) -> Iterable[Block]:
    criteria = {one.pk: one for one in table.criteria}
    lines = [
        f"{row.member.name}, {criteria[one.criterion_id].name}: không tính được ({one.why}); "
        f"{RULES[IfMissing(criteria[one.criterion_id].if_missing)]}"
        for row in table.rows
        for one in row.missing
    ]
    if lines:
        yield Paragraph("", bold_lead="Tiêu chí không tính được:")
        yield Bullets(tuple(lines))


def _appeals(appeals: Sequence[Appeal]) -> Iterable[Block]:
    if not appeals:
        yield Paragraph("Không có kiến nghị.")
        return
    yield Table(
        columns=(Column("Đơn vị", 1.6), Column("Tiêu chí", 1.8), Column("Nội dung", 2.6), Column("Kết quả, lý do", 2.6)),
        rows=tuple(
            Row((
                one.member.name,
                one.criterion.name,
                one.text,
                f"{one.get_decision_display()}: {one.answer}" if one.decision else "Chưa trả lời",
            ))
            for one in appeals
        ),
    )  # fmt: skip


def _detail(table: Board) -> Iterable[Block]:
    """Members down, criteria across, not more at once than can be read."""
    for first in range(0, len(table.criteria), NUMBERS_OF_CRITERIA):
        some = table.criteria[first : first + NUMBERS_OF_CRITERIA]
        columns = (
            Column("Đơn vị", 2.0),
            *(Column(f"{one.name} ({_points(one.most)})", 1.0, kind="number") for one in some),
        )
        rows: list[Row] = []
        for group in table.groups:
            rows.append(Row((group.cluster.name, *[""] * len(some)), bold=True))
            for row in group.rows:
                scores = {one.criterion_id: one for one in row.scores}
                rows.append(Row((row.member.name, *(_score(scores.get(one.pk)) for one in some))))
        yield Table(columns=columns, rows=tuple(rows), notes=(LEGEND,))


def _score(score: Score | None) -> str:
    if score is None or score.points is None:
        return NOT_COMPUTED
    return _points(score.signed or score.points)


def _points(value: Decimal) -> str:
    return format_number(value)
