"""Hà Giang from 2009 over the reforms of 2025, told once: the tests of this folder look at what it left."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.journal.models import Entry
from diaban.foundation.mandates.models import Mandate
from diaban.foundation.mandates.services import load_fields_and_functions
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.obligations.rules import DueRule
from diaban.foundation.obligations.services import declare_duty, generate_obligations, open_obligation
from diaban.foundation.organisations.models import Organisation, OrganisationVersion
from diaban.foundation.reforms.models import Reform
from diaban.foundation.reforms.plan import Outcome
from diaban.foundation.reforms.services import (
    NotPossible,
    carry_out_reform,
    found_province,
    plan_reform,
    try_reform,
)
from diaban.foundation.territory.loading import load_country
from diaban.foundation.territory.queries import unit_on
from diaban.foundation.ui.models import Instance
from diaban.foundation.ui.services import describe_instance
from diaban.lib.periods import Calendar, Kind

AT = datetime(2025, 7, 1, 1, tzinfo=UTC)
BEGINNING, MARCH, JULY = date(2009, 1, 1), date(2025, 3, 1), date(2025, 7, 1)
ACTOR = SettingUp("tests", MARCH)
Counts = dict[str, int]


@dataclass
class Story:
    """What each step answered, and what the dry run left behind it."""

    before_id: int
    after_id: int
    founding: Outcome
    founded_again: Outcome
    dry: Outcome
    counts_before_dry: Counts
    counts_after_dry: Counts
    march: Outcome
    refusal: str
    july_plan: Reform
    july: Outcome
    made_again: int
    root: int | None


def tell() -> Story:
    load_country()
    load_fields_and_functions(actor=ACTOR, at=AT)
    before, after = unit_on("02", BEGINNING).pk, unit_on("08", JULY).pk
    founding = found_province(province_unit_id=before, on=BEGINNING, basis="Luật", actor=ACTOR, at=AT)
    again = found_province(province_unit_id=before, on=BEGINNING, basis="Luật", actor=ACTOR, at=AT)
    describe_instance(name="Tỉnh Hà Giang", root_unit_id=before)
    _declare_duties(before)
    _open_work(before)
    march = plan_reform(
        title="Hợp nhất sở", province_unit_id=before, on=MARCH, basis="Nghị quyết 176/2025/QH15", actor=ACTOR, at=AT
    )
    counted = _counts()
    dry = try_reform(reform_id=march.pk, actor=ACTOR, at=AT)
    counted_after = _counts()
    outcome = carry_out_reform(reform_id=march.pk, expected_revision=march.revision, actor=ACTOR, at=AT)
    refusal = _refusal(march)
    generate_obligations(on=date(2025, 6, 1), actor=ACTOR, at=AT)
    july = plan_reform(
        title="Sắp xếp xã", province_unit_id=before, on=JULY, basis="Nghị quyết 1684/NQ-UBTVQH15", actor=ACTOR, at=AT
    )
    july_outcome = carry_out_reform(reform_id=july.pk, expected_revision=july.revision, actor=ACTOR, at=AT)
    return Story(
        before_id=before,
        after_id=after,
        founding=founding,
        founded_again=again,
        dry=dry,
        counts_before_dry=counted,
        counts_after_dry=counted_after,
        march=outcome,
        refusal=refusal,
        july_plan=july,
        july=july_outcome,
        made_again=generate_obligations(on=JULY, actor=ACTOR, at=AT).made,
        root=Instance.root_unit(),
    )


def body(code: str) -> Organisation:
    """The one body of that code that stands or stood in the province."""
    return Organisation.objects.get(body=code)


def _declare_duties(province_id: int) -> None:
    so, committee = body("so_tttt"), body("ubnd_tinh")
    for code, function, field, level, counterpart in (
        ("huyen", "report", "", "district", so),
        ("bao-chi", "report", "press_publishing", "district", so),
        ("so", "manage", "post", "province", committee),
    ):
        declare_duty(
            code=code, kind="tests.report", title=f"Báo cáo {code}", title_en="", function_code=function,
            field_code=field, level=level, unit_id=province_id, counterpart_id=counterpart.pk,
            calendar=Calendar.STATISTICAL, period_kind=Kind.QUARTER, due_rule=DueRule(0, 5),
            valid_from=date(2024, 10, 1), valid_to=None, legal_basis="Thông tư", is_assumed=False, actor=ACTOR, at=AT,
        )  # fmt: skip
    generate_obligations(on=date(2025, 2, 1), actor=ACTOR, at=AT)


def _open_work(province_id: int) -> None:
    for field in ("telecom", "press", "security", ""):
        open_obligation(
            kind="tests.task", title=f"Việc {field}", unit_id=province_id, field_code=field,
            owner_id=body("so_tttt").pk, counterpart_id=body("ubnd_tinh").pk, on=date(2025, 2, 1),
            due_on=date(2025, 4, 1), actor=ACTOR, at=AT,
        )  # fmt: skip


def _counts() -> Counts:
    models = (Organisation, OrganisationVersion, Mandate, Obligation, Entry)
    counts = {model.__name__: model._default_manager.count() for model in models}
    return {**counts, "open mandates": Mandate.objects.filter(valid__endswith=None).count()}


def _refusal(reform: Reform) -> str:
    try:
        carry_out_reform(reform_id=reform.pk, expected_revision=None, actor=ACTOR, at=AT)
    except NotPossible as problem:
        return str(problem)
    return ""
