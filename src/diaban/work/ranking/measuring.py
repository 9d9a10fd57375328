"""What automatic criteria measure: by member a number, or the reason for none, and what it is made of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from diaban.foundation.facts.catalogue import Catalogue, read_catalogue
from diaban.foundation.facts.consolidation import YearSoFar, year_so_far
from diaban.foundation.facts.models import Direction, Plan
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import Status
from diaban.foundation.territory.queries import nearest_versions
from diaban.foundation.ui.status import look_of
from diaban.lib.periods import Calendar, Kind, Period
from diaban.lib.vietnamese import format_number
from diaban.work.ranking.models import Board, Criterion, Member
from diaban.work.ranking.rules import AUTOMATIC, How, Scale, by_plan, by_rank, by_share, linear
from diaban.work.reporting.models import Schedule
from diaban.work.reporting.quality.keeping import tally
from diaban.work.reporting.quality.span import KeptOnce, SentOnce, kept_within, sent_within

Part = dict[str, Any]
ENDED = {Status.DONE_ON_TIME, Status.DONE_LATE, Status.OVERDUE}


@dataclass(frozen=True)
class Measured:
    """A member in a criterion: points and the number behind them, or why there are none; `parts` as `Score` keeps them."""

    points: Decimal | None = None
    value: Decimal | None = None
    why: str = ""
    parts: list[Part] = field(default_factory=list)


Column = dict[int, Measured]  # by member


def measure(board: Board) -> dict[int, Column]:
    """The automatic criteria of a board, by criterion, then member. Four queries a regime, seven an indicator."""
    return _Measuring(board).all()


class _Measuring:
    def __init__(self, board: Board) -> None:
        self.board = board
        self.span = Period.parse(board.period)
        version = board.version
        self.members: list[Member] = list(version.members.select_related("cluster"))
        self.criteria: list[Criterion] = list(
            version.criteria.select_related("schedule__form", "indicator").order_by("position")
        )
        self._kept: dict[int, dict[int, list[KeptOnce]]] = {}
        self._sent: dict[int, dict[int, list[SentOnce]]] = {}

    @cached_property
    def units(self) -> list[int]:
        return [one.unit_id for one in self.members]

    def all(self) -> dict[int, Column]:
        return {one.pk: self._column(one) for one in self.criteria if one.kind in AUTOMATIC}

    def _column(self, criterion: Criterion) -> Column:
        match criterion.kind:
            case How.TIMELINESS:
                return {one.pk: self._timely(criterion, self.kept(criterion)[one.unit_id]) for one in self.members}
            case How.COMPLETENESS:
                return {one.pk: self._complete(criterion, self.kept(criterion)[one.unit_id]) for one in self.members}
            case How.QUALITY:
                sent = self.sent(criterion)
                return {one.pk: self._unreturned(criterion, sent[one.unit_id]) for one in self.members}
            case How.OTHER_WORK:
                return self._other_work(criterion)
        return self._indicator(criterion)

    # --- reports

    def kept(self, criterion: Criterion) -> dict[int, list[KeptOnce]]:
        schedule = _schedule(criterion)
        if schedule.pk not in self._kept:
            found = kept_within(schedule, self.units, self.span, self.board.data_on)
            self._kept[schedule.pk] = defaultdict(list, found)
        return self._kept[schedule.pk]

    def sent(self, criterion: Criterion) -> dict[int, list[SentOnce]]:
        schedule = _schedule(criterion)
        if schedule.pk not in self._sent:
            self._sent[schedule.pk] = defaultdict(list, sent_within(schedule, self.units, self.span))
        return self._sent[schedule.pk]

    def _timely(self, criterion: Criterion, found: Sequence[KeptOnce]) -> Measured:
        parts = [{**_of_obligation(one.obligation), "value": str(look_of(one.kept.standing).label)} for one in found]
        counted = tally(one.kept for one in found)
        if counted.punctuality is None:
            return Measured(why="chưa có kỳ báo cáo nào đến hạn", parts=parts)
        return _shared(counted.punctuality, criterion, parts)

    def _complete(self, criterion: Criterion, found: Sequence[KeptOnce]) -> Measured:
        parts = [
            {**_of_obligation(one.obligation), "value": f"{one.kept.filled}/{one.kept.asked} ô"}
            for one in found
            if one.kept.asked
        ]
        counted = tally(one.kept for one in found)
        if counted.fullness is None:
            return Measured(why="chưa có báo cáo nào được tiếp nhận", parts=parts)
        return _shared(counted.fullness, criterion, parts)

    def _unreturned(self, criterion: Criterion, found: Sequence[SentOnce]) -> Measured:
        if not found:
            return Measured(why="chưa gửi báo cáo nào trong kỳ chấm")
        parts = [
            {
                "label": one.report.period_label,
                "value": "bị đề nghị bổ sung" if one.was_returned else "không phải bổ sung",
                "kind": "reporting.report",
                "id": one.report.pk,
            }
            for one in found
        ]
        good = sum(not one.was_returned for one in found)
        return _shared(Decimal(good * 100) / len(found), criterion, parts)

    # --- other work

    def _other_work(self, criterion: Criterion) -> Column:
        """What members owed the scoring office beside periodic reports, by the deadlines that fell in the span. One query."""
        rows = Obligation.objects.filter(
            original_owner__in=[one.organisation_id for one in self.members],
            counterpart=self.board.version.scheme.organisation_id,
            duty=None,
            due_on__gte=self.span.start,
            due_on__lte=min(self.span.last_day, self.board.data_on),
        ).order_by("due_on", "pk")
        owed: dict[int, list[Obligation]] = defaultdict(list)
        for one in rows:
            if one.status_on(self.board.data_on) in ENDED:
                owed[one.original_owner_id].append(one)
        return {one.pk: self._of_work(criterion, owed[one.organisation_id]) for one in self.members}

    def _of_work(self, criterion: Criterion, found: Sequence[Obligation]) -> Measured:
        if not found:
            return Measured(why="không có việc nào đến hạn trong kỳ chấm")
        states = [one.status_on(self.board.data_on) for one in found]
        parts = [
            {**_of_obligation(one), "label": one.title, "value": str(look_of(state.value).label)}
            for one, state in zip(found, states, strict=True)
        ]
        good = sum(state is Status.DONE_ON_TIME for state in states)
        return _shared(Decimal(good * 100) / len(found), criterion, parts)

    # --- indicators

    def _indicator(self, criterion: Criterion) -> Column:
        code = _code(criterion)
        figures = self._figures(criterion)
        if code not in figures.figures:
            return dict.fromkeys((one.pk for one in self.members), Measured(why="chỉ tiêu không có trong kỳ này"))
        known: dict[int, Measured] = {}
        for one in self.members:
            known[one.pk] = self._figure(criterion, figures, one)
        values = {who: one.value for who, one in known.items() if one.value is not None}
        match criterion.scale:
            case Scale.RANK.value:
                return known | self._by_rank(criterion, known, values)
            case Scale.LINEAR.value:
                return known | {
                    who: _with(known[who], linear(value, *_ends(criterion), criterion.most))
                    for who, value in values.items()
                }
        return known | self._by_plan(criterion, known, values)

    def _figures(self, criterion: Criterion) -> YearSoFar:
        form = _schedule(criterion).form
        period = last_within(self.span, Kind(form.period_kind), Calendar(form.calendar))
        catalogue: Catalogue = read_catalogue([_code(criterion)])
        return year_so_far(
            collection_id=form.collection_id,
            codes=[_code(criterion)],
            period=period,
            area_id=self.board.version.scheme.unit_id,
            expected_in={period: self.units},
            catalogue=catalogue,
            as_of=self.board.data_on,
        )

    def _figure(self, criterion: Criterion, figures: YearSoFar, member: Member) -> Measured:
        progress = figures.figures[_code(criterion)].get(member.unit_id)
        total = progress.so_far if progress else None
        if total is None or total.value is None:
            return Measured(why=f"chưa có số liệu {figures.period.label(inside=True)}")
        if not total.complete:
            return Measured(why="số liệu còn thiếu kỳ hoặc thiếu phần, chưa tính điểm được")
        indicator = criterion.indicator
        digits = indicator.digits if indicator else 0
        part = {
            "label": f"Từ đầu năm đến hết {figures.period.label(inside=True)}",
            "value": f"{format_number(total.value, digits)} {indicator.unit_name if indicator else ''}".strip(),
            "figure": {
                "indicator": _code(criterion),
                "bieu": _schedule(criterion).form.code,
                "ky": str(figures.period),
                "dia_ban": self._codes[member.unit_id],
            },
        }
        return Measured(value=total.value, parts=[part])

    @cached_property
    def _codes(self) -> Mapping[int, str]:
        return {unit: one.code for unit, one in nearest_versions(self.units, self.span.last_day).items()}

    def _by_rank(self, criterion: Criterion, known: Mapping[int, Measured], values: Mapping[int, Decimal]) -> Column:
        clusters: dict[int, dict[int, Decimal]] = defaultdict(dict)
        for one in self.members:
            if one.pk in values:
                clusters[one.cluster_id][one.pk] = values[one.pk]
        given: dict[int, Decimal] = {}
        for inside in clusters.values():
            given |= by_rank(inside, is_falling=_is_falling(criterion), most=criterion.most)
        return {who: _with(known[who], points) for who, points in given.items()}

    def _by_plan(self, criterion: Criterion, known: Mapping[int, Measured], values: Mapping[int, Decimal]) -> Column:
        plans = dict(
            Plan.objects.filter(
                indicator=criterion.indicator_id, year=self.span.year, category__key="", unit__in=self.units
            ).values_list("unit_id", "value")
        )
        units = {one.pk: one.unit_id for one in self.members}
        found: Column = {}
        for who, value in values.items():
            plan = plans.get(units[who])
            if plan is None:
                found[who] = Measured(why="chưa giao kế hoạch", parts=known[who].parts)
                continue
            part = {"label": f"Kế hoạch năm {self.span.year}", "value": format_number(plan)}
            points = by_plan(value, plan, is_falling=_is_falling(criterion), most=criterion.most)
            found[who] = Measured(points, value, parts=[*known[who].parts, part])
        return found


def last_within(span: Period, kind: Kind, calendar: Calendar) -> Period:
    """The last period of a kind that ends inside the span: of a year by the plain calendar and quarters of Decree 09/2019 the
    one that ends on 14 December, not the one that runs into the next year."""
    period = Period.containing(span.last_day, kind, calendar)
    return period if period.last_day <= span.last_day else period.previous()


def _shared(share: Decimal, criterion: Criterion, parts: list[Part]) -> Measured:
    return Measured(by_share(share, criterion.most), share, parts=parts)


def _with(one: Measured, points: Decimal) -> Measured:
    return Measured(points, one.value, parts=one.parts)


def _of_obligation(one: Obligation) -> Part:
    label = Period.parse(one.period).label() if one.period else one.title
    return {"label": label, "kind": "obligations.obligation", "id": one.pk}


def _schedule(criterion: Criterion) -> Schedule:
    if criterion.schedule is None:
        raise LookupError(f"Criterion {criterion.pk} names no regime")
    return criterion.schedule


def _code(criterion: Criterion) -> str:
    return criterion.indicator.code if criterion.indicator else ""


def _is_falling(criterion: Criterion) -> bool:
    return criterion.indicator is not None and criterion.indicator.direction == Direction.DOWN


def _ends(criterion: Criterion) -> tuple[Decimal, Decimal]:
    return criterion.none_at or Decimal(0), criterion.full_at or Decimal(0)
