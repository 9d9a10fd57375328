"""How an empty instance begins: ground, catalogues, bodies, functions, one administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from diaban.faces.web.beginning import STEPS as STEPS_TO_TAKE
from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.facts.services import load_catalogue
from diaban.foundation.mandates.services import load_fields_and_functions
from diaban.foundation.obligations.services import load_published_swaps
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.organisations.services import add_person, appoint, open_position
from diaban.foundation.reforms.services import found_province
from diaban.foundation.territory.loading import load_country
from diaban.foundation.territory.queries import UnknownUnit, unit_on, version_of
from diaban.foundation.ui.models import Instance
from diaban.foundation.ui.services import describe_instance
from diaban.work.reporting.services.forms import load_forms

Tick = Callable[[int, int], None]
STEPS = 6


class CannotBegin(Exception):
    """The instance cannot be set up like this; the message is in Vietnamese."""


@dataclass(frozen=True)
class Begun:
    """What `begin` made."""

    province: str
    founded: int
    mandates: int
    checklist: tuple[str, ...]


def load_ground(actor: SettingUp, tick: Tick) -> None:
    """What every instance has, demo or real: territory, fields, functions, indicators, forms, working days."""
    at = clock.now()
    load_country()
    tick(1, STEPS)
    load_fields_and_functions(actor=actor, at=at)
    load_catalogue(actor=actor, at=at)
    tick(2, STEPS)
    load_forms(actor=actor, at=at)
    load_published_swaps(actor=actor, at=at)
    tick(3, STEPS)


def begin(*, province_code: str, on: date, admin: str, name: str, password: str, tick: Tick) -> Begun:
    """Set up an empty instance. Raises `CannotBegin` where one exists, or the province or password will not do."""
    if Instance.objects.filter(root_unit_id__isnull=False).exists():
        raise CannotBegin("Cơ sở dữ liệu này đã được khởi tạo.")
    try:
        validate_password(password)
    except ValidationError as problem:
        raise CannotBegin("Mật khẩu chưa đạt: " + " ".join(problem.messages)) from problem
    actor = SettingUp("diaban init", on)
    with transaction.atomic():
        load_ground(actor, tick)
        try:
            province = unit_on(province_code, on)
        except UnknownUnit as problem:
            raise CannotBegin(f"Ngày {on:%d/%m/%Y} không có tỉnh mang mã {province_code}.") from problem
        at = clock.now()
        outcome = found_province(
            province_unit_id=province.pk, on=on, basis="Khởi tạo hệ thống theo pháp luật hiện hành", actor=actor, at=at
        )
        tick(5, STEPS)
        shown = version_of(province.pk, on).full_name
        describe_instance(name=shown, root_unit_id=province.pk)
        _appoint_administrator(province.pk, on, admin, name, password, actor)
        tick(6, STEPS)
    return Begun(shown, outcome.founded, outcome.mandates_given, tuple(str(step.label) for step in STEPS_TO_TAKE))


def _appoint_administrator(province_id: int, on: date, admin: str, name: str, password: str, actor: SettingUp) -> None:
    """The first administrator works in the department that keeps the registers."""
    at = clock.now()
    keeper = Organisation.objects.filter(
        mandates__function__code="keep_registers", mandates__unit_id=province_id, mandates__valid__contains=on
    ).first()
    if keeper is None:
        raise CannotBegin(f"Ngày {on:%d/%m/%Y} chưa có cơ quan giữ danh mục dùng chung; chọn ngày từ 01/7/2008 trở đi.")
    position = open_position(
        organisation_id=keeper.pk, title="Quản trị đơn vị", role="unit_admin", valid_from=on, actor=actor, at=at
    )
    person = add_person(name=name, username=admin, password=password, actor=actor, at=at)
    appoint(person_id=person.pk, position_id=position.pk, valid_from=on, actor=actor, at=at)
