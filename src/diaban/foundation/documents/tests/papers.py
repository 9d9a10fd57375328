"""Papers that the tests print: the four shapes an office issues most, with a long table."""

from dataclasses import replace
from datetime import date

from diaban.foundation.documents.content import (
    Agency,
    Annex,
    Bullets,
    Column,
    HeadGroup,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signer,
    SignOff,
    Table,
)

DEPARTMENT = Agency(
    superior="UBND tỉnh Hà Giang",
    name="Sở Thông tin và Truyền thông",
    place="Hà Giang",
)
DIRECTOR = Signer(title="Giám đốc", name="Nguyễn Văn An")
FIGURES = Table(
    columns=(
        Column("STT", 0.5, align="center"),
        Column("Chỉ tiêu", 4.2),
        Column("Đơn vị tính", 1.1, align="center"),
        Column("Kế hoạch năm", 1, kind="number"),
        Column("Kỳ trước", 1, kind="number"),
        Column("Kỳ này", 1, kind="number"),
        Column("Lũy kế từ đầu năm", 1, kind="number"),
        Column("Cùng kỳ năm trước", 1, kind="number"),
        Column("Kế hoạch", 0.9, kind="number"),
        Column("Cùng kỳ", 0.9, kind="number"),
        Column("Ghi chú", 1.4),
    ),
    head_groups=(HeadGroup("Thực hiện", 4, 7), HeadGroup("So sánh (%)", 8, 9)),
    number_row=("A", "B", "C", "1", "2", "3", "4", "5", "6", "7", "8"),
    rows=tuple(
        Row(("I", "BƯU CHÍNH", "", "", "", "", "", "", "", "", ""), bold=True)
        if at % 20 == 0
        else Row(
            (
                str(at),
                "Số điểm phục vụ bưu chính có người phục vụ, kể cả điểm bưu điện văn hóa xã" if at % 3 else "Sản lượng",
                "điểm",
                "1.250",
                "1.198,5",
                "1.201",
                "…" if at % 7 == 0 else "3.610",
                "1.150",
                "96,1",
                "104,4",
                "ước" if at % 5 == 0 else "",
            )
        )
        for at in range(60)
    ),
    notes=("Ghi chú: “-” không phát sinh; “…” chưa thu thập được số liệu; “x” không áp dụng.",),
    sign_off=(
        SignOff("Người lập biểu"),
        SignOff("Trưởng phòng"),
        SignOff("Thủ trưởng đơn vị", "(Ký số)", "Nguyễn Văn An"),
    ),
)


def report(**changes: object) -> Paper:
    paper = Paper(
        type_code="BC",
        agency=DEPARTMENT,
        symbol="BC-STTTT",
        subject="Kết quả công tác quản lý nhà nước về thông tin và truyền thông quý III năm 2026, phương hướng, nhiệm vụ quý IV năm 2026",
        number="05/BC-STTTT",
        issued_on=date(2026, 10, 5),
        addressees=("Bộ Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Hà Giang"),
        notices=("Số liệu minh họa",),
        body=(
            Paragraph(
                "Thực hiện chương trình công tác năm, Sở Thông tin và Truyền thông báo cáo kết quả công tác quản lý nhà "
                "nước về thông tin và truyền thông trên địa bàn tỉnh như sau:"
            ),
            Heading(1, "Kết quả thực hiện"),
            Heading(2, "Công tác chỉ đạo, điều hành"),
            Paragraph("Trong quý, Sở đã ban hành 45 văn bản hướng dẫn, đôn đốc các huyện và doanh nghiệp. " * 4),
            Heading(2, "Bưu chính, viễn thông"),
            Heading(3, "Bưu chính"),
            Bullets(("Số điểm phục vụ: 1.201 điểm, đạt 96,1% kế hoạch", "Bán kính phục vụ bình quân: 2,39 km")),
            Heading(3, "Viễn thông"),
            Paragraph("Toàn tỉnh có 612 trạm thu phát sóng, tăng 4,4% so với cùng kỳ. " * 6),
            Table(
                columns=(
                    Column("STT", 0.4, align="center"),
                    Column("Huyện", 2),
                    Column("Số trạm", kind="number"),
                    Column("Tăng", kind="number"),
                ),
                rows=(
                    Row(("1", "Hoàng Su Phì", "41", "3")),
                    Row(("2", "Xín Mần", "38", "-")),
                    Row(("", "Cộng", "79", "3"), bold=True),
                ),
                caption="Trạm thu phát sóng theo huyện",
                unit="trạm",
            ),
            Heading(1, "Đánh giá chung"),
            Bullets(
                ("Thuận lợi: được cấp ủy, chính quyền quan tâm", "Khó khăn: địa bàn rộng, chia cắt, thiếu nhân lực")
            ),
            Heading(1, "Phương hướng, nhiệm vụ quý IV năm 2026"),
            Paragraph("Tiếp tục hướng dẫn các đơn vị lập kế hoạch ứng dụng công nghệ thông tin năm sau. " * 8),
            Paragraph(
                "Trên đây là báo cáo kết quả công tác quý III năm 2026, Sở Thông tin và Truyền thông trân trọng báo cáo."
            ),
        ),
        recipients=("Như trên", "Giám đốc, các Phó Giám đốc", "UBND các huyện, thành phố", "Lưu: VT, VP"),
        signer=replace(DIRECTOR, on_behalf_of=("KT. Giám đốc",), title="Phó Giám đốc"),
        annexes=(
            Annex("Biểu tổng hợp số liệu quý III năm 2026", (FIGURES,), landscape=True),
            Annex("Danh sách thôn chưa có sóng", (Paragraph("Không có thôn nào."),)),
        ),
    )
    return replace(paper, **changes)  # type: ignore[arg-type]  # tests change any field by name


def conclusions() -> Paper:
    return Paper(
        type_code="TB",
        agency=DEPARTMENT,
        symbol="TB-STTTT",
        subject="Kết luận của Giám đốc Sở tại buổi làm việc với UBND huyện Xín Mần",
        expected_on=date(2009, 10, 23),
        notices=("Số liệu minh họa",),
        body=(
            Paragraph("Ngày 22 tháng 10 năm 2009, tại trụ sở UBND huyện, Đoàn công tác của Sở đã làm việc với huyện."),
            Paragraph("Sau khi nghe báo cáo và ý kiến của các đại biểu, Giám đốc Sở kết luận như sau:"),
            Heading(2, "Đánh giá chung"),
            Paragraph("Hoạt động thông tin và truyền thông trên địa bàn huyện có chuyển biến tích cực."),
            Heading(2, "Nhiệm vụ thời gian tới"),
            Bullets(
                ("Phòng Văn hóa và Thông tin tổ chức giao ban khối hằng quý", "Các doanh nghiệp xây dựng phương án")
            ),
            Paragraph("Sở thông báo để các đơn vị biết, phối hợp thực hiện."),
        ),
        recipients=("UBND huyện Xín Mần", "Lưu: VT"),
        signer=Signer("Chánh Văn phòng", "Trần Thị Bình", ("TL. Giám đốc",)),
    )


def letter() -> Paper:
    return Paper(
        type_code="CV",
        agency=DEPARTMENT,
        symbol="STTTT-BCVT",
        number="112/STTTT-BCVT",
        issued_on=date(2026, 2, 3),
        subject="đề nghị phối hợp rà soát vùng lõm sóng trên địa bàn",
        addressees=("Ủy ban nhân dân huyện Hoàng Su Phì",),
        body=(
            Paragraph(
                "Sở Thông tin và Truyền thông đề nghị UBND huyện phối hợp rà soát, gửi kết quả trước ngày 20/02/2026."
            ),
        ),
        recipients=("Như trên", "Lưu: VT, BCVT"),
        signer=DIRECTOR,
    )


def minutes() -> Paper:
    return Paper(
        type_code="BB",
        agency=DEPARTMENT,
        symbol="BB-STTTT",
        number="07/BB-STTTT",
        issued_on=date(2026, 3, 12),
        subject="Giao ban khối thông tin và truyền thông quý I năm 2026",
        body=(
            Paragraph("8 giờ 00, ngày 12 tháng 3 năm 2026", bold_lead="Thời gian bắt đầu:"),
            Paragraph("Hội trường UBND huyện Bắc Quang", bold_lead="Địa điểm:"),
            Paragraph("đại diện các đơn vị trong khối", bold_lead="Thành phần tham dự:"),
            Paragraph("ông Nguyễn Văn An, Giám đốc Sở", bold_lead="Chủ trì:"),
            Paragraph("bà Trần Thị Bình", bold_lead="Thư ký:"),
            Paragraph("Các đại biểu nghe báo cáo và thảo luận.", bold_lead="Nội dung:"),
            Paragraph("Cuộc họp kết thúc vào 11 giờ 30, ngày 12 tháng 3 năm 2026."),
        ),
        recipients=("Các đơn vị dự họp", "Lưu: VT, Hồ sơ"),
        signer=Signer("Chủ tọa", "Nguyễn Văn An"),
        secretary=Signer("Thư ký", "Trần Thị Bình"),
    )


def decision() -> Paper:
    return Paper(
        type_code="QĐ",
        agency=DEPARTMENT,
        symbol="QĐ-STTTT",
        number="21/QĐ-STTTT",
        issued_on=date(2026, 1, 15),
        subject="Về việc thành lập Đoàn công tác",
        enacting="Giám đốc Sở Thông tin và Truyền thông",
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương", "Theo đề nghị của Chánh Văn phòng"),
        body=(
            Paragraph("Thành lập Đoàn công tác gồm các ông, bà có tên sau.", bold_lead="Điều 1."),
            Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", bold_lead="Điều 2."),
        ),
        recipients=("Như Điều 2", "Lưu: VT"),
        signer=DIRECTOR,
    )
