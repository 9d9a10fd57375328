"""Plain makers of duties and obligations in the fixed world."""

from datetime import UTC, date, datetime
from typing import Any

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.mandates.tests.personas import World
from diaban.foundation.obligations.models import Duty, Obligation
from diaban.foundation.obligations.rules import DueRule
from diaban.foundation.obligations.services import declare_duty, open_obligation
from diaban.lib.periods import Calendar, Kind

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
SETTING_UP = SettingUp("tests", TODAY)


def a_duty(world: World, **changed: Any) -> Duty:
    """Each district of P reports on post to the department within 5 working days after each quarter of 2026."""
    given: dict[str, Any] = {
        "code": "bc-quy", "kind": "reporting.report", "title": "Báo cáo quý", "title_en": "Quarterly report",
        "function_code": "report", "field_code": "", "level": "district", "unit_id": world.units["P"].pk,
        "counterpart_id": world.organisations["so"].pk, "calendar": Calendar.STATISTICAL, "period_kind": Kind.QUARTER,
        "due_rule": DueRule(0, 5), "valid_from": date(2026, 1, 1), "valid_to": None, "legal_basis": "Thông tư 1",
        "is_assumed": False, "actor": SETTING_UP, "at": NOW,
    }  # fmt: skip
    return declare_duty(**{**given, **changed})


def an_obligation(world: World, **changed: Any) -> Obligation:
    """District D1 owes the department an explanation about post by 10 March 2026."""
    given: dict[str, Any] = {
        "kind": "tests.explanation", "title": "Giải trình số liệu bưu chính", "unit_id": world.units["D1"].pk,
        "field_code": "post", "owner_id": world.organisations["ubnd_d1"].pk,
        "counterpart_id": world.organisations["so"].pk, "on": TODAY, "due_on": date(2026, 3, 10),
        "actor": SETTING_UP, "at": NOW,
    }  # fmt: skip
    return open_obligation(**{**given, **changed})
