"""The signed papers of the invented reports and meetings: a plain PDF that says it is an illustration. No signature or seal is drawn."""

from datetime import date

from diaban.foundation.documents.content import Agency, Paper, Paragraph, Signer
from diaban.foundation.documents.pdf import render_pdf
from diaban.lib.periods import Period
from diaban.lib.vietnamese import format_date


def signed_paper(*, place: str, number: str, on: date, period: Period) -> bytes:
    """The covering report of a district, one page."""
    paper = Paper(
        type_code="BC",
        agency=Agency(name=f"Ủy ban nhân dân {place}", place=place.split(" ", 1)[1]),
        symbol="BC-UBND",
        number=number,
        issued_on=on,
        subject=f"Công tác thông tin và truyền thông {period.label(inside=True)}",
        body=(
            Paragraph("Số liệu và nội dung kèm theo được lập trên hệ thống. Bản minh họa, không có giá trị pháp lý."),
        ),
        signer=Signer(title="Phó Chủ tịch", on_behalf_of=("TM. Ủy ban nhân dân", "KT. Chủ tịch")),
        notices=("Số liệu minh họa",),
    )
    return render_pdf(paper)


def own_minutes(*, place: str, meeting: str, on: date) -> bytes:
    """The minutes of a commune's own meeting that took the quarterly briefing in, one page."""
    paper = Paper(
        type_code="BB",
        agency=Agency(name=f"Ủy ban nhân dân {place}", place=place.split(" ", 1)[1]),
        symbol="BB-UBND",
        issued_on=on,
        subject=meeting,
        body=(
            Paragraph(f"Họp ngày {format_date(on)}; Chủ tịch Ủy ban nhân dân {place} chủ trì."),
            Paragraph(
                "Nội dung giao ban quý I về khoa học, công nghệ và chuyển đổi số được lồng ghép trong cuộc họp; chưa có kiến nghị "
                "với Sở. Bản minh họa, không có giá trị pháp lý."
            ),
        ),
        signer=Signer(title="Chủ trì"),
        secretary=Signer(title="Thư ký"),
        notices=("Số liệu minh họa",),
    )
    return render_pdf(paper)
