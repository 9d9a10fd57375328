"""The consolidated report as the official paper of a department: Báo cáo, Parts I to IV, with its tables as annexes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

from django.utils.translation import override

from diaban.foundation.acts.actor import Actor
from diaban.foundation.documents.content import (
    Annex,
    Block,
    Bullets,
    Column,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Row,
    Table,
    rows_of,
)
from diaban.foundation.documents.issuing import Issuer, issuer_for, notices_of_instance
from diaban.foundation.facts.consolidation import UnitTable
from diaban.foundation.facts.rules.totals import EXCUSES
from diaban.lib.vietnamese import format_date, title_place
from diaban.work.reporting import wording
from diaban.work.reporting.consolidated import Consolidated, Entry
from diaban.work.reporting.consolidated import Table as Part
from diaban.work.reporting.display import LEGEND, figure, written
from diaban.work.reporting.paper_tables import chart_of, estimated, form_table, said_together, table_of, unit_names
from diaban.work.reporting.phrases import Phrases
from diaban.work.reporting.queries.phrases import phrases_on
from diaban.work.reporting.queries.words import FIELDS_OF_HEADINGS, Words, words_of
from diaban.work.reporting.sight import BASE_FIELD

NOTHING_SAID = "Các địa phương không nêu nội dung này."
MOST_UNITS = 40  # more units than these stand in the workbook, not on paper
COLUMNS_OF_UNITS = 7
MOST_NAMED = 20  # units that sent nothing; of more a report names the first and counts the others
PARTS = {
    "II": "Đánh giá chung",
    "III": "Phương hướng, nhiệm vụ {next}",
    "IV": "Đề xuất, kiến nghị của các địa phương",
}


def issuer_of(one: Consolidated, actor: Actor) -> Issuer:
    """The actor's legal body; without one, the body that the schedule names as receiver."""
    return issuer_for(actor.organisation_id or one.schedules[0].counterpart_id, "BC", actor.today)


@override("vi")
def report_paper(one: Consolidated, *, actor: Actor) -> Paper:
    """The draft of the report: without number and day, which the office's register gives."""
    phrases = phrases_on(actor.today, one.form.pk)
    return _Writer(one, issuer_of(one, actor), notices_of_instance(), actor.today, phrases).paper()


def topic_of(form_name: str) -> str:
    """What a form reports on: "công tác thông tin và truyền thông" of "Báo cáo công tác … quý của huyện"."""
    topic = form_name.removeprefix("Báo cáo ")
    return re.sub(r"\s+(tháng|quý|6 tháng|9 tháng|năm)( của .*)?$", "", topic)


def said_of(entry: Entry, missing: Sequence[str] = ()) -> wording.Said:
    """What a sentence on the line says."""
    row = entry.row
    return wording.Said(
        name=entry.label,
        unit_name=entry.measure.unit_name,
        value=row.value,
        kind=cast("wording.Kind", entry.indicator.kind),
        digits=entry.measure.digits,
        direction=cast("wording.Direction", entry.indicator.direction),
        reason=row.reason,
        cumulative=row.cumulative,
        last_year=row.same_period_last_year,
        of_plan=row.percent_of_plan,
        of_last_year=row.percent_of_same_period,
        points_from_plan=row.points_from_plan,
        points_from_last_year=row.points_from_same_period,
        numerator=row.numerator,
        denominator=row.denominator,
        least=row.least,
        most=row.most,
        estimated=row.estimated,
        expected=row.expected - row.excused,
        reported=row.reported,
        missing=missing,
        is_like_last_year=row.is_like_last_year,
        is_planned_whole=row.cumulative_complete,
    )


def setting_of(one: Consolidated) -> wording.Setting:
    """Where and when the sentences on those figures speak of."""
    return wording.Setting(
        area=f"toàn {one.unit.kind}",
        last_day=one.period.last_day,
        period=_formal(one.period.label(inside=True)),
        level={"commune": "xã", "district": "huyện", "province": "tỉnh"}.get(one.form.level, "đơn vị"),
        is_first=one.period.number == 1,
    )


def _formal(period: str) -> str:
    return period.replace("/", " năm ")


@dataclass(frozen=True)
class _Writer:
    one: Consolidated
    issuer: Issuer
    notices: tuple[str, ...]
    today: date
    phrases: Phrases

    @cached_property
    def setting(self) -> wording.Setting:
        return setting_of(self.one)

    @cached_property
    def units(self) -> UnitTable:
        return self.one.by_unit()

    @cached_property
    def names(self) -> dict[int, str]:
        return unit_names(self.one, self.units)

    @cached_property
    def words(self) -> list[Words]:
        return words_of(self.one)

    @property
    def next_period(self) -> str:
        return _formal(self.one.period.next().label(inside=True))

    def paper(self) -> Paper:
        topic = topic_of(self.one.form.name)
        return Paper(
            type_code="BC",
            agency=self.issuer.agency,
            symbol=self.issuer.symbol,
            subject=f"Kết quả {topic} {self.setting.period}, phương hướng, nhiệm vụ {self.next_period}",
            body=tuple(self._body(topic)),
            signer=self.issuer.signer,
            expected_on=self.today,
            addressees=self.issuer.addressees,
            recipients=(*(("Như trên",) if self.issuer.addressees else ()), *self._receivers(), "Lưu: VT"),
            notices=self.notices,
            annexes=tuple(self._annexes()),
        )

    def _receivers(self) -> tuple[str, ...]:
        level = {"district": "UBND các huyện, thị xã, thành phố", "commune": "UBND các xã, phường"}
        return (level[self.one.form.level],) if self.one.form.level in level else ()

    def _body(self, topic: str) -> Iterable[Block]:
        yield Paragraph(self._opening(topic))
        yield Paragraph(self._coverage())
        yield Heading(1, "Kết quả thực hiện")
        yield from self._spoken(self._general("I", first=True))
        for part in self.one.tables:
            if part.block.field_code != BASE_FIELD:
                yield from self._section(part)
        yield from self._spoken(self._general("I", first=False))
        for code, title in PARTS.items():
            yield Heading(1, title.format(next=self.next_period))
            yield from self._judgement(code)
        yield Paragraph(
            f"Trên đây là báo cáo kết quả {topic} {self.setting.period}, {self.issuer.agency.name} trân trọng báo cáo."
        )

    def _opening(self, topic: str) -> str:
        one, schedule = self.one, self.one.schedules[0]
        basis = f"Thực hiện {schedule.basis}, " if schedule.basis and not schedule.is_assumed else ""
        place = f"trên địa bàn {one.unit.kind} {one.unit.name}"
        name = self.issuer.agency.name
        return f"{basis}{name} tổng hợp, báo cáo kết quả {topic} {self.setting.period} {place} như sau:"

    def _coverage(self) -> str:
        one, coverage = self.one, self.one.coverage
        said = (
            f"Báo cáo tổng hợp từ số liệu của {len(coverage.sent)}/{len(coverage.expected)} {self.setting.level} "
            f"đã gửi, trong đó đã tiếp nhận, chốt số liệu {len(coverage.received)}"
        )
        if coverage.missing:
            names = [title_place(unit.full_name) for unit in coverage.missing]
            said += f"; chưa gửi: {', '.join(names) if len(names) <= MOST_NAMED else wording.listed(names)}"
        if one.known_said:
            said += f"; {one.known_said}"
        if one.map_on:
            said += f"; tính theo địa giới hành chính ngày {format_date(one.map_on)}"
        return f"{said}. Số liệu chi tiết tại Phụ lục kèm theo."

    def _general(self, part: str, *, first: bool) -> list[Words]:
        """Words of Part I that belong to no section: what was directed stands before the figures, the rest after them."""
        general = [
            words for words in self.words if words.heading.part == part and words.heading.code not in FIELDS_OF_HEADINGS
        ]
        return general[:1] if first else general[1:]

    def _section(self, part: Part) -> Iterable[Block]:
        yield Heading(2, part.block.title)
        said = self._said(part)
        lines = [line for line in (wording.sentence(one, self.setting, self.phrases) for one in said) if line]
        if lines:
            yield Bullets(tuple(lines))
        without = [wording.why_none(one) for one in said if one.value is None and one.least is None and one.reason]
        if without:
            yield Paragraph("; ".join(without) + ".", bold_lead="Chưa có số liệu:")
        if picture := self._picture(part):
            yield picture
        yield from self._voices(
            [
                words
                for words in self.words
                if part.block.field_code == FIELDS_OF_HEADINGS.get(words.heading.code, ("",))[0]
            ]
        )

    def _said(self, part: Part) -> list[wording.Said]:
        """The section's lines; who is missing is named where it is told first."""
        named: set[tuple[str, ...]] = set()
        found = []
        for entry in part.totals:
            missing = self._missing(entry)
            found.append(said_of(entry, () if missing in named else missing))
            named.add(missing)
        return found

    def _missing(self, entry: Entry) -> tuple[str, ...]:
        if entry.row.complete:
            return ()
        figures = self.units.figures[entry.row.cell]
        return tuple(
            title_place(name)
            for unit, name in self.names.items()
            if unit in figures and figures[unit].value is None and figures[unit].reason not in EXCUSES
        )

    def _picture(self, part: Part) -> Picture | None:
        return chart_of(part, self.units, self.names)

    def _voices(self, several: Iterable[Words]) -> Iterable[Block]:
        """What localities wrote, each under its own name; no heading of its own."""
        spoken = [line for words in several for line in said_together(words.voices)]
        if spoken:
            yield Paragraph("", bold_lead="Theo báo cáo của các địa phương:")
        yield from spoken

    def _spoken(self, several: Iterable[Words]) -> Iterable[Block]:
        for words in several:
            if words.voices:
                yield Heading(2, words.heading.heading)
                yield from said_together(words.voices)

    def _judgement(self, code: str) -> Iterable[Block]:
        several = [words for words in self.words if words.heading.part == code]
        spoken = [words for words in several if words.voices]
        if not spoken:
            yield Paragraph(NOTHING_SAID)
        for words in spoken:
            if len(several) > 1:
                yield Heading(2, words.heading.heading)
            if words.heading.kind == "rows":
                yield table_of(words, is_together=True)
            else:
                yield from said_together(words.voices)

    def _annexes(self) -> Iterable[Annex]:
        title = f"Biểu tổng hợp chỉ tiêu {topic_of(self.one.form.name)} {self.setting.period}"
        yield Annex(title, (form_table(self.one),), landscape=True)
        if 1 < len(self.names) <= MOST_UNITS:
            yield Annex(f"Số liệu từng đơn vị {self.setting.period}", tuple(self._unit_tables()), landscape=True)
        for words in self.words:
            if words.heading.part == "PL" and words.voices:
                yield Annex(words.heading.heading, (table_of(words),))

    def _unit_tables(self) -> Iterable[Table]:
        """Not more columns than can be read side by side; the legend stands under the last table."""
        groups = [
            (part, part.totals[first : first + COLUMNS_OF_UNITS])
            for part in self.one.tables
            for first in range(0, len(part.totals), COLUMNS_OF_UNITS)
        ]
        for place, (part, entries) in enumerate(groups, start=1):
            yield self._unit_table(part, entries, is_last=place == len(groups))

    def _unit_table(self, part: Part, entries: Sequence[Entry], *, is_last: bool) -> Table:
        lines = [
            (str(place), name, *(self._figure(entry, unit) for entry in entries))
            for place, (unit, name) in enumerate(self.names.items(), start=1)
        ]
        sums = (estimated(written(entry).value, entry.row.estimated) for entry in entries)
        total = Row(("", "Tổng số", *sums), bold=True)
        return Table(
            columns=(
                Column("STT", 0.4, align="center"),
                Column("Đơn vị", 1.8),
                *(Column(f"{entry.label} ({entry.measure.unit_name})", 1.2, kind="number") for entry in entries),
            ),
            rows=(total, *rows_of(lines)),
            caption=part.block.title,
            notes=(LEGEND,) if is_last else (),
        )

    def _figure(self, entry: Entry, unit_id: int) -> str:
        got = self.units.figures[entry.row.cell][unit_id]
        return estimated(figure(got.value, entry.measure.digits, got.reason), got.estimated)
