"""What an office decides before it works with the system: each step with how far it is and where it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import Role, act_kind
from diaban.foundation.facts.models import CollectionKind, Fact
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.permissions import seat_of
from diaban.foundation.obligations.models import DayOff
from diaban.foundation.organisations.models import Holding, Kind, OrganisationVersion
from diaban.foundation.territory.models import Containment, Succession
from diaban.work.reporting.models import Schedule

Said = tuple[str, bool]


@dataclass(frozen=True)
class Step:
    """One decision. `place` is the address where it is taken, blank where it is taken outside the system, and `act` what
    one must be allowed to do there; `state` tells how far it is, and whether that is enough."""

    label: Promise | str
    place: str
    state: Callable[[Actor], Said] | None = None
    act: str = ""


@dataclass(frozen=True)
class Found:
    """A step as it stands."""

    step: Step
    said: str
    is_done: bool
    may_open: bool

    @property
    def whose(self) -> str:
        """Whose work it is, where it is not the reader's."""
        if not self.step.act or self.may_open:
            return ""
        roles = act_kind(self.step.act).roles
        return ", ".join(str(role.label).lower() for role in Role if role in roles)


def _organisations(actor: Actor) -> Said:
    number = OrganisationVersion.objects.on(actor.today).count()
    return _("%(n)d cơ quan, đơn vị") % {"n": number}, True


def _assumed_mandates(actor: Actor) -> Said:
    number = Mandate.objects.on(actor.today).filter(assumed=True).count()
    return (_("còn %(n)d dòng giả định") % {"n": number}) if number else _("không còn dòng giả định"), not number


def _people(actor: Actor) -> Said:
    number = Holding.objects.filter(valid__contains=actor.today).values("person").distinct().count()
    return _("%(n)d người giữ vị trí") % {"n": number}, number > 1


def _enterprises(actor: Actor) -> Said:
    number = OrganisationVersion.objects.on(actor.today).filter(kind=Kind.ENTERPRISE).count()
    return _("%(n)d doanh nghiệp") % {"n": number}, number > 0


def _schedules(_actor: Actor) -> Said:
    number = Schedule.objects.filter(is_on=True).count()
    return _("%(n)d chế độ đang áp dụng") % {"n": number}, number > 0


def _base_figures(_actor: Actor) -> Said:
    is_there = Fact.objects.filter(collection__kind=CollectionKind.BASE, superseded_at=None).exists()
    return (_("đã có số liệu") if is_there else _("chưa có số liệu")), is_there


def _assumed_weights(actor: Actor) -> Said:
    here = Containment.objects.filter(ancestor=seat_of(actor) or 0, valid__contains=actor.today).values("descendant")
    number = Succession.objects.filter(assumed=True, successor__in=here).values("predecessor").distinct().count()
    return (_("%(n)d đơn vị chia theo số giả định") % {"n": number}), not number


def _days_off(actor: Actor) -> Said:
    number = DayOff.objects.filter(off_on__gte=date(actor.today.year, 1, 1), off_on__year=actor.today.year).count()
    return _("%(n)d ngày của năm %(year)d") % {"n": number, "year": actor.today.year}, number > 0


STEPS = (
    Step(
        gettext_lazy("Kiểm tra tên cơ quan, cơ quan cấp trên và cơ quan hướng dẫn nghiệp vụ."),
        "organisations:list",
        _organisations,
    ),
    Step(
        gettext_lazy("Xem lại phân công chức năng: dòng ghi “giả định” cần căn cứ của tỉnh."),
        "mandates:matrix",
        _assumed_mandates,
    ),
    Step(
        gettext_lazy("Thêm cán bộ, chức vụ, tài khoản (có thể nhập danh sách); ghi việc ký thay, thừa lệnh."),
        "organisations:office",
        _people,
        act="organisations.staff_own",
    ),
    Step(
        gettext_lazy("Thêm doanh nghiệp bưu chính, viễn thông hoạt động trên địa bàn."),
        "organisations:found",
        _enterprises,
    ),
    Step(
        gettext_lazy(
            "Bật chế độ báo cáo chỉ khi đã có văn bản quy định đủ các nội dung của Điều 7 Nghị định 09/2019/NĐ-CP."
        ),
        "reporting:schedules",
        _schedules,
    ),
    Step(
        gettext_lazy("Nhập số liệu nền (dân số, số hộ, số thôn) theo số của cơ quan thống kê."),
        "facts:base_figures",
        _base_figures,
        act="facts.enter_base",
    ),
    Step(
        gettext_lazy("Xem lại trọng số chia của đơn vị hành chính bị chia tách, thay số giả định bằng dân số."),
        "territory:tree",
        _assumed_weights,
    ),
    Step(gettext_lazy("Kiểm tra bảng ngày nghỉ, ngày làm bù của năm."), "obligations:days_off", _days_off),
    Step(
        gettext_lazy(
            "Quy định cách đánh số, ký số: mặc định văn thư lấy số trên hệ thống quản lý văn bản của cơ quan."
        ),
        "",
    ),
)


def steps_found(actor: Actor) -> list[Found]:
    """Eight queries."""
    told = [(step, step.state(actor) if step.state else ("", False)) for step in STEPS]
    return [
        Found(step, said, is_done, bool(step.place) and (not step.act or actor.may(step.act) is not None))
        for step, (said, is_done) in told
    ]


def has_begun() -> bool:
    """Whether anything is asked of anybody yet. One query."""
    return Schedule.objects.filter(is_on=True).exists()
