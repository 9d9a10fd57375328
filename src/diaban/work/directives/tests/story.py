"""Tasks that were open on 1 March and on 1 July 2025: who has them afterwards."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.mandates.actors import PositionActor, acting_as
from diaban.foundation.mandates.services import load_fields_and_functions
from diaban.foundation.organisations.models import Holding, Organisation, OrganisationVersion, Person, Position
from diaban.foundation.organisations.queries import version_of
from diaban.foundation.organisations.services.people import person_sort_key
from diaban.foundation.reforms.plan import Outcome
from diaban.foundation.reforms.services import carry_out_reform, found_province, plan_reform
from diaban.foundation.territory.loading import load_country
from diaban.foundation.territory.queries import unit_on
from diaban.foundation.ui.services import describe_instance
from diaban.work.difficulties.models import Difficulty
from diaban.work.difficulties.services import raise_difficulty
from diaban.work.directives.models import Directive
from diaban.work.directives.services import Content, Receiver, draft_and_issue

BEFORE, MARCH, JULY = date(2025, 2, 10), date(2025, 3, 1), date(2025, 7, 1)
AT = datetime(2025, 2, 10, 2, tzinfo=UTC)
FIELDS = ("telecom", "press", "security")


@dataclass
class Told:
    """The directives and difficulties by a name of ours, and what the two reforms answered."""

    directives: dict[str, Directive]
    difficulties: dict[str, Difficulty]
    march: Outcome
    july: Outcome


def body(code: str, name: str = "", on: date = BEFORE) -> Organisation:
    """The body of that code that stands on a day; of several, the one whose name ends so."""
    found = (
        OrganisationVersion.objects.on(on)
        .filter(organisation__body=code, name__endswith=name)
        .order_by("organisation_id")
    )
    return Organisation.objects.get(pk=found[0].organisation_id)


def leader_of(organisation: Organisation, on: date) -> PositionActor:
    """Somebody who leads the organisation, made for the test."""
    account = Account.objects.create(username=uuid.uuid4().hex[:12], password="!", created_at=timezone.now())
    person = Person.objects.create(
        uid=uuid.uuid4(), name="Lãnh đạo", account=account, sort_key=person_sort_key("Lãnh đạo")
    )
    always = DateRange(None, None)
    position = Position.objects.create(organisation=organisation, title="Lãnh đạo", role=Role.HEAD.value, valid=always)
    Holding.objects.create(person=person, position=position, valid=always)
    return acting_as(position.pk, account.pk, on)


def tell() -> Told:
    load_country()
    setting_up = SettingUp("tests", MARCH)
    load_fields_and_functions(actor=setting_up, at=AT)
    province = unit_on("02", BEFORE).pk
    found_province(province_unit_id=province, on=date(2009, 1, 1), basis="Luật", actor=setting_up, at=AT)
    describe_instance(name="Tỉnh Hà Giang", root_unit_id=province)
    directives, difficulties = _issue(), _raise()
    outcomes = []
    for day in (MARCH, JULY):
        plan = plan_reform(
            title="Sắp xếp", province_unit_id=province, on=day, basis="Nghị quyết", actor=setting_up, at=AT
        )
        outcomes.append(carry_out_reform(reform_id=plan.pk, expected_revision=plan.revision, actor=setting_up, at=AT))
    return Told(directives, difficulties, *outcomes)


def _raise() -> dict[str, Difficulty]:
    """What an abolished district raised: open, and with a directive that came of it."""
    district = body("ubnd_huyen", "Xín Mần")
    leader, director = leader_of(district, BEFORE), leader_of(body("so_tttt"), BEFORE)
    told = {
        field: raise_difficulty(
            kind_code="locality", unit_id=version_of(district.pk, BEFORE).unit_id, field_code=field, content=f"Khó khăn {field}",
            organisation_id=district.pk, received_on=BEFORE, actor=leader, at=AT,
        )
        for field in ("telecom", "press")
    }  # fmt: skip
    content = Content(mode="request", text="Giải quyết kiến nghị", field_code="telecom", receivers=[Receiver(district.pk)],
                      due_on=date(2025, 9, 30))  # fmt: skip
    draft_and_issue(content=content, origin=subject_of(told["telecom"]), actor=director, at=AT)
    return told


def _issue() -> dict[str, Directive]:
    committee, department = body("ubnd_tinh"), body("so_tttt")
    lead, help_ = Receiver(department.pk, "leads"), Receiver(body("so_khcn").pk, "coordinates")
    district = Receiver(body("ubnd_huyen", "Xín Mần").pk)
    leader, director = leader_of(committee, BEFORE), leader_of(department, BEFORE)
    told = {field: _said(leader, field, [Receiver(department.pk)]) for field in FIELDS}
    told["together"] = _said(leader, "telecom", [lead, help_])
    told["asked"] = _said(director, "press", [district], mode="request")
    return told


def _said(actor: PositionActor, field: str, receivers: list[Receiver], mode: str = "assign") -> Directive:
    content = Content(mode=mode, text=f"Việc {field}", field_code=field, receivers=receivers, due_on=date(2025, 9, 30))
    return draft_and_issue(content=content, actor=actor, at=AT)
