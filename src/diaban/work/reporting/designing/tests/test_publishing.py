"""From a draft to a version: whole, journaled, nothing used is touched."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from diaban.foundation.acts.actor import NotPermitted
from diaban.foundation.acts.revisions import StaleRevision
from diaban.foundation.journal.models import Entry
from diaban.work.reporting.designing.checking import errors_in, faults_of
from diaban.work.reporting.designing.queries import catalogue_now, records_of
from diaban.work.reporting.designing.services import (
    DraftClosed,
    NotPublishable,
    change_draft,
    draft_form,
    draft_version,
    publish_draft,
    withdraw_draft,
)
from diaban.work.reporting.models import Form, FormDraft, FormVersion, Row
from diaban.work.reporting.queries.layouts import layout_of
from diaban.work.reporting.tests.worlds import NOW, a_reporting_world

pytestmark = pytest.mark.django_db
FROM = date(2010, 1, 1)


@pytest.mark.parametrize("code", ["district_quarter_2009", "commune_quarter_2026"])
def test_the_forms_that_come_with_it_have_no_fault(code: str) -> None:
    a_reporting_world()
    version = FormVersion.objects.select_related("form").get(form__code=code)

    faults = faults_of(records_of(version), catalogue_now())

    assert errors_in(faults) == []


def test_a_version_made_anew_from_one_in_force_is_the_same_form() -> None:
    here = a_reporting_world()
    old = here.form.versions.get()
    draft = draft_version(form_id=here.form.pk, actor=here.actor("specialist"), at=NOW)

    new = publish_draft(draft_id=draft.pk, valid_from=FROM, actor=here.actor("specialist"), at=NOW)

    old.refresh_from_db()
    assert (new.number, new.valid.lower, old.valid.upper) == (2, FROM, FROM)
    before, after = layout_of(old.pk), layout_of(new.pk)
    assert (after.lines, after.headings, after.rules) == (before.lines, before.headings, before.rules)
    assert [(one.number, one.title, one.field_code) for one in after.blocks] == [
        (one.number, one.title, one.field_code) for one in before.blocks
    ]
    verbs = Entry.objects.filter(subject_kind__in=["reporting.form", "reporting.form_draft"]).order_by("id")
    assert list(verbs.values_list("verb", flat=True))[-3:] == [
        "reporting.form_drafted",
        "reporting.form_published",
        "reporting.form_draft_published",
    ]


def test_what_reports_were_begun_on_stays_as_it_is() -> None:
    here = a_reporting_world()
    here.opened()
    draft = draft_version(form_id=here.form.pk, actor=here.actor("specialist"), at=NOW)

    with pytest.raises(NotPublishable, match="Quý IV/2009"):
        publish_draft(draft_id=draft.pk, valid_from=date(2009, 12, 31), actor=here.actor("specialist"), at=NOW)
    with transaction.atomic():
        publish_draft(draft_id=draft.pk, valid_from=FROM, actor=here.actor("specialist"), at=NOW)

    used = here.form.versions.get(number=1)
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        Row.objects.filter(version=used).update(note="khác")


def test_a_draft_with_a_fault_is_not_published_and_nothing_is_left_behind() -> None:
    here = a_reporting_world()
    actor = here.actor("specialist")
    head = {"code": "thon_2010", "name": "Báo cáo thôn", "level": "commune", "calendar": "stat", "period_kind": "Q"}
    line = {"section": "1", "indicator": "BC7", "mode": "value", "required": "yes", "provider": "locality"}
    draft = draft_form(records={"head": [head], "lines": [line]}, actor=actor, at=NOW)

    with pytest.raises(NotPublishable) as refusal, transaction.atomic():
        publish_draft(draft_id=draft.pk, valid_from=FROM, actor=actor, at=NOW)

    told = {(one.table, one.column): one.message for one in refusal.value.faults}
    assert "Có phải “BC07” không?" in told["lines", "indicator"]
    assert told["lines", "section"] == "Không có phần số 1. Thêm phần đó hoặc đổi số."
    assert not Form.objects.filter(code="thon_2010").exists()


def test_a_draft_is_changed_by_whoever_saw_it_last_and_not_after_it_was_withdrawn() -> None:
    here = a_reporting_world()
    actor = here.actor("specialist")
    draft = draft_version(form_id=here.form.pk, actor=actor, at=NOW)
    records = {**draft.content, "rules": draft.content["rules"][1:]}
    change_draft(draft_id=draft.pk, records=records, expected_revision=1, actor=actor, at=NOW)

    with pytest.raises(StaleRevision):
        change_draft(draft_id=draft.pk, records=records, expected_revision=1, actor=actor, at=NOW)
    with pytest.raises(NotPermitted):
        change_draft(draft_id=draft.pk, records=records, actor=here.actor("district_officer"), at=NOW)
    withdraw_draft(draft_id=draft.pk, expected_revision=2, actor=actor, at=NOW)
    with pytest.raises(DraftClosed):
        change_draft(draft_id=draft.pk, records=records, actor=actor, at=NOW)

    entry = Entry.objects.get(verb="reporting.form_draft_changed")
    assert entry.changes["rules"][0].startswith("D001 · error · BC01 == ")
    assert FormDraft.objects.get().status == "withdrawn"
