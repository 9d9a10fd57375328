"""The law's allocation as it is loaded: known codes, one lead for everything, and the three days of the reform."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from diaban.foundation.acts.actor import NotPermitted, SettingUp
from diaban.foundation.mandates import services
from diaban.foundation.mandates.allocation import allotments_on, bodies_on, fields, functions
from diaban.foundation.mandates.models import Field, Mandate
from diaban.foundation.mandates.routing import Gap, Lead, responsible, successor_in
from diaban.foundation.mandates.tests.personas import World, a_world
from diaban.foundation.organisations.models import Kind
from diaban.foundation.organisations.services import found_organisation, succeed
from diaban.foundation.territory.models import Level

AT = datetime(2025, 3, 1, tzinfo=UTC)
DAYS = (date(2009, 10, 20), date(2018, 7, 1), date(2025, 2, 28), date(2025, 3, 1), date(2025, 7, 1), date(2026, 11, 1))
SETUP = SettingUp("kiểm thử", date(2025, 3, 1))


@pytest.mark.parametrize("day", DAYS)
def test_the_allocation_speaks_of_what_is_known(day: date) -> None:
    bodies = bodies_on(day)

    for one in allotments_on(day):
        assert one.body in bodies, one
        assert one.level == bodies[one.body].level, one
        assert one.level in Level.values
        assert one.function in {function.code for function in functions()}
        assert one.field in {"", *(field.code for field in fields())}
        assert one.part in Mandate.Part.values
        assert one.legal_basis
    assert {body.kind for body in bodies.values()} <= set(Kind.values)


@pytest.mark.parametrize("day", DAYS)
def test_the_law_names_one_lead_for_each_function_field_and_level(day: date) -> None:
    leads = Counter((one.function, one.field, one.level) for one in allotments_on(day) if one.part == "leads")

    assert [question for question, number in leads.items() if number > 1] == []


def test_nobody_reports_to_a_ministry_that_is_no_more() -> None:
    assert "so_tttt" in bodies_on(date(2025, 2, 28))
    assert "so_tttt" not in bodies_on(date(2025, 3, 1))
    assert "ubnd_huyen" in bodies_on(date(2025, 6, 30))
    assert "ubnd_huyen" not in bodies_on(date(2025, 7, 1))
    assert bodies_on(date(2025, 6, 30))["ubnd_xa"].parent == "ubnd_huyen"
    assert bodies_on(date(2025, 7, 1))["ubnd_xa"].parent == "ubnd_tinh"


@pytest.mark.parametrize(
    ("function", "field", "day", "body"),
    [
        ("manage", "post", date(2009, 10, 20), "so_tttt"),
        ("manage", "post", date(2025, 3, 1), "so_khcn"),
        ("manage", "press_publishing", date(2025, 3, 1), "so_vhttdl"),
        ("manage", "security", date(2025, 2, 28), "so_tttt"),
        ("manage", "security", date(2025, 3, 1), "cong_an_tinh"),
        ("manage", "security", date(2026, 7, 1), "cong_an_tinh"),
        ("license", "telecom", date(2025, 7, 1), "ubnd_tinh"),
        ("license", "games", date(2018, 7, 1), "ubnd_huyen"),
        ("license", "games", date(2025, 7, 1), "ubnd_xa"),
        ("report", "", date(2025, 6, 30), "ubnd_huyen"),
        ("report", "", date(2025, 7, 1), "ubnd_xa"),
        ("compile", "", date(2009, 10, 20), "phong_vhtt"),
        ("compile", "", date(2025, 7, 1), "phong_vhxh"),
        ("inspect", "", date(2025, 7, 1), "thanh_tra_tinh"),
    ],
)
def test_who_leads_by_law_on_a_day(function: str, field: str, day: date, body: str) -> None:
    leads = [
        one.body
        for one in allotments_on(day)
        if (one.function, one.field, one.part) == (function, field, "leads") and one.level != Level.COUNTRY
    ]

    assert leads == [body]


def test_fields_and_functions_are_loaded_once(db: None) -> None:
    first = services.load_fields_and_functions(actor=SETUP, at=AT)
    second = services.load_fields_and_functions(actor=SETUP, at=AT)

    assert (first, second) == (len(fields()) + len(functions()), 0)
    assert Field.objects.get(code="games").parent == Field.objects.get(code="online")


@pytest.fixture
def reformed(db: None) -> World:
    """The world on 1 March 2025: its department is no more, three others have its work."""
    world = a_world()
    Mandate.objects.filter(organisation=world.organisations["so"]).delete()
    for body, name, fields_taken in (
        ("so_khcn", "Sở Khoa học và Công nghệ", ("", "it", "post")),
        ("so_vhttdl", "Sở Văn hóa, Thể thao và Du lịch", ("press_publishing",)),
        ("cong_an_tinh", "Công an tỉnh", ("security",)),
    ):
        made = found_organisation(
            name=name,
            kind="department",
            unit_id=world.units["P"].pk,
            valid_from=date(2000, 1, 1),
            body=body,
            actor=SETUP,
            at=AT,
        )
        world.organisations[body] = made
        for field in fields_taken:
            succeed(
                predecessor_id=world.organisations["so"].pk, successor_id=made.pk, field_code=field, on=date(2025, 3, 1),
                basis="Nghị quyết", actor=SETUP, at=AT,
            )  # fmt: skip
    return world


def test_the_template_gives_what_the_law_allots_and_nothing_twice(reformed: World) -> None:
    day, province = date(2025, 3, 1), reformed.units["P"].pk

    first = services.apply_mandate_template(province_unit_id=province, on=day, actor=SETUP, at=AT)
    second = services.apply_mandate_template(province_unit_id=province, on=day, actor=SETUP, at=AT)

    assert len(first.given) > 20
    assert second.given == ()
    assert "bo_chqs" in first.missing_bodies
    for field, body in (
        ("post", "so_khcn"),
        ("games", "so_vhttdl"),
        ("security", "cong_an_tinh"),
        ("defence", "cong_an_tinh"),
    ):
        answer = responsible("manage", field, reformed.units["D1"].pk, day)
        assert isinstance(answer, Lead)
        assert answer.organisation_id == reformed.organisations[body].pk
        assert answer.because


def test_an_end_that_the_law_names_is_kept_and_any_other_is_left_open(reformed: World) -> None:
    services.apply_mandate_template(province_unit_id=reformed.units["P"].pk, on=date(2025, 7, 1), actor=SETUP, at=AT)

    licence = Mandate.objects.get(function__code="license", field__code="telecom", part="leads")
    assert licence.last_day == date(2027, 2, 28)
    science = Mandate.objects.filter(organisation=reformed.organisations["so_khcn"], part="leads")
    assert {mandate.last_day for mandate in science} == {None}


def test_a_mandate_is_closed_and_what_comes_after_is_a_gap(reformed: World) -> None:
    services.apply_mandate_template(province_unit_id=reformed.units["P"].pk, on=date(2025, 3, 1), actor=SETUP, at=AT)
    post = Mandate.objects.get(
        organisation=reformed.organisations["so_khcn"], function__code="manage", field__code="post"
    )

    services.close_mandate(mandate_id=post.pk, on=date(2026, 1, 1), actor=SETUP, at=AT)

    assert isinstance(responsible("manage", "post", reformed.units["D1"].pk, date(2025, 12, 31)), Lead)
    assert isinstance(responsible("manage", "post", reformed.units["D1"].pk, date(2026, 1, 1)), Gap)
    with pytest.raises(services.NotPossible):
        services.close_mandate(mandate_id=post.pk, on=date(2026, 6, 1), actor=SETUP, at=AT)


def test_a_mandate_needs_a_legal_basis_and_a_keeper_of_the_registers(reformed: World) -> None:
    given = {
        "organisation_id": reformed.organisations["so_khcn"].pk,
        "function": "manage",
        "field": "it",
        "unit_id": reformed.units["P"].pk,
        "valid_from": date(2025, 3, 1),
        "at": AT,
    }

    with pytest.raises(services.NotPossible):
        services.give_mandate(**given, legal_basis=" ", actor=SETUP)  # type: ignore[arg-type] # a test's shorthand
    with pytest.raises(NotPermitted):
        services.give_mandate(**given, legal_basis="QĐ", actor=reformed.actor("district_leader"))  # type: ignore[arg-type] # a test's shorthand


def test_the_work_of_a_department_is_found_by_field_and_by_what_the_field_is_part_of(reformed: World) -> None:
    so = reformed.organisations["so"].pk

    assert successor_in(so, "games", date(2025, 3, 1)) == reformed.organisations["so_vhttdl"].pk
    assert successor_in(so, "it_application", date(2025, 3, 1)) == reformed.organisations["so_khcn"].pk
    assert successor_in(so, None, date(2025, 3, 1)) == reformed.organisations["so_khcn"].pk
    assert successor_in(so, "defence", date(2025, 3, 1)) == reformed.organisations["cong_an_tinh"].pk
