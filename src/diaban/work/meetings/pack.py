"""The papers a delegation takes along (tài liệu đoàn công tác): its signed decision and plan, what to ask at each stop and why,
the sheet stamped on the way, the dossier of each place. As one PDF, and as an archive of the parts that are edited in Word."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify
from pypdf import PdfWriter

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.content import Block, Bullets, Column, Heading, Paragraph, Row, Sheet, Table
from diaban.foundation.documents.docx import render_docx, sheet_docx
from diaban.foundation.documents.dossier import sheet_of, to_take_along
from diaban.foundation.documents.issuing import issuer_for, notices_of_instance
from diaban.foundation.documents.pdf import render_pdf, sheet_pdf
from diaban.foundation.documents.plates import plates_docx
from diaban.foundation.files.queries import content_of
from diaban.foundation.territory.dossier import Place, dossier, place_of
from diaban.lib.messages import sentence
from diaban.lib.vietnamese import fold, format_date
from diaban.work.meetings.models import Carried, Visit
from diaban.work.meetings.name_plates import plates_of
from diaban.work.meetings.queries.things import Stop, stops_of
from diaban.work.meetings.questions import Question, asked_at, by_field, questions_at
from diaban.work.meetings.visit_papers import travel_sheet, visit_plan

NOTHING_OPEN = "Chưa có kiến nghị, nhiệm vụ, kết luận hay số liệu nào còn mở ở nơi này để gợi ý câu hỏi."
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Pack:
    """A visit with what is known of each stop that is not called off, as one reader may see it on one day."""

    visit: Visit
    stops: Sequence[Stop]
    places: Sequence[Place]
    questions: Sequence[Sequence[Question]]
    carried: Sequence[Carried]
    on: date

    @property
    def is_plan_signed(self) -> bool:
        """Whether the signed plan is bound in; the draft is then left out."""
        return any(one.kind == Carried.Kind.PLAN for one in self.carried)

    @property
    def parts(self) -> int:
        """How many pieces the PDF is made of."""
        return len(self.carried) + (not self.is_plan_signed) + 2 + len({place.unit_id for place in self.places})


def pack_of(actor: Actor, visit: Visit) -> Pack:
    """About twenty-five queries a stop."""
    stops = [stop for stop in stops_of(actor, visit) if stop.meeting.cancelled_at is None]
    known: dict[int, Place] = {}
    for stop in stops:
        unit = stop.meeting.unit
        known.setdefault(unit.pk, place_of(actor, unit.uid, actor.today))
    places = [known[stop.meeting.unit_id] for stop in stops]
    questions = [
        asked_at(stop.meeting, questions_at(place, stop.meeting.held_on))
        for stop, place in zip(stops, places, strict=True)
    ]
    return Pack(visit, stops, places, questions, list(visit.carried.select_related("file__blob")), actor.today)


def pack_pdf(actor: Actor, pack: Pack, tell: Tell) -> bytes:
    """One file to print: plan, questions, dossiers; each begins on a page of its own and stands in the outline. `tell` hears how
    many parts are done. Raises `FontsMissing`."""
    writer = PdfWriter()
    for done, (title, made) in enumerate(_parts(actor, pack), 1):
        writer.append(io.BytesIO(made), outline_item=title)
        tell(done, pack.parts)
    writer.add_metadata({"/Title": f"Tài liệu đoàn công tác: {pack.visit.title}"})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def pack_zip(pack: Pack) -> bytes:
    """The parts to be edited, as Word documents in an archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1-ke-hoach.docx", render_docx(visit_plan(pack.visit, pack.stops)))
        archive.writestr("2-cau-hoi-goi-y.docx", sheet_docx(questions_sheet(pack)))
        archive.writestr("3-giay-di-duong.docx", sheet_docx(travel_sheet(pack.visit, pack.stops, pack.on)))
        plates = plates_of(who for stop in pack.stops for who in stop.meeting.attendees.all())
        if plates:
            archive.writestr("4-bien-ten.docx", plates_docx(plates, title="Biển tên"))
        for number, one in enumerate(pack.carried, 5):
            archive.writestr(f"{number}-da-ky-{one.kind}.pdf", content_of(one.file))
    return written.getvalue()


def questions_sheet(pack: Pack) -> Sheet:
    """What to ask at each stop, with the reason of each question."""
    visit = pack.visit
    body: list[Block] = [
        Paragraph(
            "Câu hỏi lấy từ việc còn mở đến ngày "
            f"{format_date(pack.on)}: kết luận và nhiệm vụ chưa xong, kiến nghị chưa có kết quả, số liệu chưa rõ trong báo cáo mới nhất."
        )
    ]
    if visit.questions.strip():
        body += [
            Heading(1, "Hỏi ở mọi nơi"),
            Bullets(tuple(one.strip() for one in visit.questions.splitlines() if one.strip())),
        ]
    for stop, questions in zip(pack.stops, pack.questions, strict=True):
        body.append(Heading(1, f"{stop.place}, ngày {format_date(stop.meeting.held_on)}"))
        if stop.hosts:
            body.append(Paragraph(f"{stop.hosts}.", bold_lead="Đơn vị tiếp:"))
        body += _asked(questions) if questions else [Paragraph(NOTHING_OPEN)]
    agency = issuer_for(visit.organisation_id, "KH", pack.on).agency
    return Sheet("Câu hỏi gợi ý", visit.title, agency, pack.on, tuple(body), notices_of_instance())


def file_title(visit: Visit) -> str:
    """What the pack is called as a file, without its ending."""
    return f"tai-lieu-doan-{slugify(fold(visit.title))[:60].strip('-')}"


def _parts(actor: Actor, pack: Pack) -> Iterator[tuple[str, bytes]]:
    for one in pack.carried:
        yield str(one.get_kind_display()), content_of(one.file)
    if not pack.is_plan_signed:
        yield "Kế hoạch, lịch trình, thành phần đoàn", render_pdf(visit_plan(pack.visit, pack.stops))
    yield "Câu hỏi gợi ý", sheet_pdf(questions_sheet(pack))
    yield "Giấy đi đường", sheet_pdf(travel_sheet(pack.visit, pack.stops, pack.on))
    told = set[int]()
    for place in pack.places:
        if place.unit_id not in told:
            told.add(place.unit_id)
            sheet = sheet_of(actor, place.version, to_take_along(dossier(place)), pack.on)
            yield f"Hồ sơ địa bàn: {place.version.full_name}", sheet_pdf(sheet)


def _asked(questions: Sequence[Question]) -> Iterator[Block]:
    """The questions of a stop, field by field, numbered through."""
    number = 0
    for field, several in by_field(questions):
        rows = []
        for one in several:
            number += 1
            why = f"{one.why[:1].upper()}{sentence(one.why)[1:]}." if one.why else ""
            rows.append(Row((str(number), one.text, why)))
        yield Heading(2, field)
        yield Table((Column("TT", 0.5, align="center"), Column("Câu hỏi", 4), Column("Vì sao hỏi", 4)), tuple(rows))
