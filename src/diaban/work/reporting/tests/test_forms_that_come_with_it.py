"""The two forms: loaded once, whole, and in agreement with the catalogue."""

from datetime import date

import pytest
from django.utils.translation import override

from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.facts.tests.figures import a_catalogue
from diaban.lib.expressions import parse
from diaban.work.reporting.cells import Kind, Lock, cells_of
from diaban.work.reporting.layout import Layout
from diaban.work.reporting.models import Check, Form, FormVersion, Row
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.services import load_forms
from diaban.work.reporting.tests.worlds import NOW

pytestmark = pytest.mark.django_db
DAYS = {"district_quarter_2009": date(2009, 12, 31), "commune_quarter_2026": date(2026, 3, 14)}


def load() -> dict[str, Layout]:
    setting_up = SettingUp("thử nghiệm", date(2009, 9, 1))
    a_catalogue()
    load_forms(actor=setting_up, at=NOW)
    return {version.form.code: layout_of(version.pk) for version in FormVersion.objects.select_related("form")}


def test_loading_twice_changes_nothing() -> None:
    load()
    load()

    assert (Form.objects.count(), Row.objects.count(), Check.objects.count()) == (2, 139, 213)


def test_the_cells_are_those_of_the_paper() -> None:
    layouts = load()

    counts = {}
    for code, day in DAYS.items():
        typed = [cell for cell in cells_of(layouts[code], day) if cell.is_typed and cell.kind is not Kind.TEXT]
        lists = {cell.indicator for cell in typed if cell.kind is Kind.TICK}
        required = [cell for cell in typed if cell.kind is Kind.NUMBER and cell.required == "yes"]
        supplied = [cell for cell in typed if cell.lock is Lock.SUPPLIED]
        counts[code] = (len(layouts[code].blocks), len(required) + len(lists), len(supplied))

    assert counts == {"district_quarter_2009": (8, 86, 4), "commune_quarter_2026": (9, 68, 48)}


def test_every_check_names_cells_of_its_form() -> None:
    layouts = load()

    for code, day in DAYS.items():
        names = {cell.name for cell in cells_of(layouts[code], day)}
        for rule in layouts[code].rules:
            expression = parse(rule.expression)
            assert (
                expression.names | expression.prev_names | expression.lastyear_names | expression.rows_names <= names
            ), rule


def test_sections_have_english_titles_that_an_english_reader_sees() -> None:
    first = load()["district_quarter_2009"].blocks[1]

    with override("en"):
        assert first.called == "Post and delivery"
    assert first.called == "Bưu chính, chuyển phát"
