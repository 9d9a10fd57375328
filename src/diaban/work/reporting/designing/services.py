"""Acts on forms in the making: drafted, changed, withdrawn, published as a version. Each is journaled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor, Grant
from diaban.foundation.facts.models import CollectionKind, Dimension, Indicator, Member
from diaban.foundation.facts.services import open_collection
from diaban.foundation.journal.services import record
from diaban.work.reporting.designing.checking import errors_in, faults_of
from diaban.work.reporting.designing.layouts import BY_PARTS
from diaban.work.reporting.designing.queries import catalogue_now, head_of, records_of
from diaban.work.reporting.designing.records import TABLES, YES, Fault, Record, Records, Table, empty_records
from diaban.work.reporting.models import (
    Check,
    Form,
    FormDraft,
    FormVersion,
    Narrative,
    Report,
    Row,
    RowMember,
    Section,
)
from diaban.work.reporting.permissions import DESIGN_FORMS


class NotPublishable(ValueError):
    """The form cannot be published so; `faults` are those of its records, the message says the rest in Vietnamese."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = list(faults)


class DraftClosed(ValueError):
    """The draft was published or withdrawn meanwhile. The message is in Vietnamese."""

    def __init__(self) -> None:
        super().__init__(_("Dự thảo này đã ban hành hoặc đã rút, không sửa được nữa."))


@transaction.atomic
def draft_form(*, records: Mapping[str, Sequence[Record]], origin: str = "", actor: Actor, at: datetime) -> FormDraft:
    """Begin a new form, or a next version of the form whose code the head names. `origin` says where it came from."""
    grant = actor.require(DESIGN_FORMS)
    code = records["head"][0]["code"] if records["head"] else ""
    return _draft(Form.objects.filter(code=code).first() if code else None, records, origin, grant, actor, at)


@transaction.atomic
def draft_version(*, form_id: int, actor: Actor, at: datetime) -> FormDraft:
    """Begin a next version of a form from its newest one."""
    grant = actor.require(DESIGN_FORMS)
    form = Form.objects.get(pk=form_id)
    newest = form.versions.select_related("form").order_by("-number").first()
    records = records_of(newest) if newest else {**empty_records(), "head": [head_of(form)]}
    return _draft(form, records, f"{form.code}/{newest.number}" if newest else "", grant, actor, at)


def _draft(
    form: Form | None,
    records: Mapping[str, Sequence[Record]],
    origin: str,
    grant: Grant,
    actor: Actor,
    at: datetime,
) -> FormDraft:
    content = _content(records, form)
    draft = FormDraft.objects.create(
        form=form, name=_name(content), content=content, drafted_by=actor.label, drafted_at=at
    )
    changes = {"origin": (None, origin)} if origin else {}
    record(actor=actor, verb="reporting.form_drafted", thing=draft, at=at, grant=grant, changes=changes)
    return draft


def _content(records: Mapping[str, Sequence[Record]], form: Form | None) -> Records:
    """Every table with every column; of a form that is there already, the head is the form's."""
    content = {
        table.key: [
            {column.key: one.get(column.key, "") for column in table.columns} for one in records.get(table.key, ())
        ]
        for table in TABLES
    }
    if form is not None:
        content["head"] = [head_of(form)]
    return content


def _name(content: Records) -> str:
    head = content["head"][0] if content["head"] else {}
    return head.get("name") or head.get("code") or str(_("Biểu mẫu chưa đặt tên"))


@transaction.atomic
def change_draft(
    *,
    draft_id: int,
    records: Mapping[str, Sequence[Record]],
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> FormDraft:
    """Put other records in the place of a draft's. Whatever is complete or not is kept; the journal tells which records went
    and came. Records that change nothing leave the revision. Raises `DraftClosed`, `StaleRevision` or `NotPermitted`."""
    draft, grant = _open(draft_id, expected_revision, actor)
    content = _content(records, draft.form)
    changes = _differing(draft.content, content)
    if changes:
        draft.content, draft.name = content, _name(content)
        draft.save_revision("content", "name")
        record(actor=actor, verb="reporting.form_draft_changed", thing=draft, at=at, grant=grant, changes=changes)
    return draft


def _differing(before: Records, after: Records) -> dict[str, tuple[str | None, str]]:
    """By table, the records that went and those that came, in words; of a new order of the same, only that."""
    changes: dict[str, tuple[str | None, str]] = {}
    for table in TABLES:
        old, new = before.get(table.key, []), after[table.key]
        if old != new:
            gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
            changes[table.key] = (_told(table, gone), _told(table, come)) if gone or come else (None, _("đổi thứ tự"))
    return changes


def _told(table: Table, records: Sequence[Record]) -> str:
    keys = [column.key for column in table.columns]
    return "; ".join(" · ".join(filter(None, (record[key] for key in keys))) for record in records)


@transaction.atomic
def withdraw_draft(*, draft_id: int, expected_revision: int | None = None, actor: Actor, at: datetime) -> FormDraft:
    """Put a draft aside for good; it stays to be read. Raises as `change_draft`."""
    draft, grant = _open(draft_id, expected_revision, actor)
    draft.status = FormDraft.Status.WITHDRAWN
    draft.save_revision("status")
    record(actor=actor, verb="reporting.form_draft_withdrawn", thing=draft, at=at, grant=grant)
    return draft


@transaction.atomic
def publish_draft(
    *, draft_id: int, valid_from: date, expected_revision: int | None = None, actor: Actor, at: datetime
) -> FormVersion:
    """Make a draft the form's version for periods that end on `valid_from` or later; the version before holds until then.

    Nothing of an earlier version changes but its last day. Raises `NotPublishable` where the form has faults, an earlier
    version begins on that day or later, or reports of such periods were begun already; and as `change_draft`.
    """
    draft, grant = _open(draft_id, expected_revision, actor)
    if faults := errors_in(faults_of(draft.content, catalogue_now())):
        raise NotPublishable(_("Biểu mẫu còn %(count)d lỗi, chưa ban hành được.") % {"count": len(faults)}, faults)
    form = Form.lock(draft.form_id) if draft.form_id else _found(draft.content["head"][0], actor, at)
    number = _make_room(form, valid_from)
    version = FormVersion.objects.create(form=form, number=number, valid=DateRange(valid_from, None))
    _write(version, draft.content)
    draft.form, draft.version, draft.status = form, version, FormDraft.Status.PUBLISHED
    draft.save_revision("form", "version", "status")
    changes = {"version": (None, number), "valid_from": (None, valid_from)}
    act = record(actor=actor, verb="reporting.form_published", thing=form, at=at, grant=grant, changes=changes)
    record(
        actor=actor, verb="reporting.form_draft_published", thing=draft, at=at, grant=grant, changes=changes, act=act
    )
    return version


def _open(draft_id: int, expected_revision: int | None, actor: Actor) -> tuple[FormDraft, Grant]:
    grant = actor.require(DESIGN_FORMS)
    draft = FormDraft.lock(draft_id, expected_revision=expected_revision)
    if not draft.is_open:
        raise DraftClosed
    return draft, grant


def _found(head: Record, actor: Actor, at: datetime) -> Form:
    if Form.objects.filter(code=head["code"]).exists():
        message = _("Mã biểu mẫu “%(code)s” đã có. Đổi mã, hoặc soạn phiên bản mới của biểu mẫu đó.")
        raise NotPublishable(message % head, [Fault("head", 0, "code", message % head)])
    collection = open_collection(code=head["code"], name=head["name"], kind=CollectionKind.FORM, actor=actor, at=at)
    return Form.objects.create(**{**head, "name_en": head["name_en"] or head["name"]}, collection=collection)


def _make_room(form: Form, valid_from: date) -> int:
    """End the version before on the day the next begins; the next one's number."""
    newest = form.versions.order_by("-number").first()
    if newest is None:
        return 1
    if newest.valid.lower is not None and valid_from <= newest.valid.lower:
        said = _("Ngày áp dụng phải sau %(day)s, ngày bắt đầu của phiên bản trước.")
        raise NotPublishable(said % {"day": f"{newest.valid.lower:%d/%m/%Y}"})
    begun = (
        Report.objects.filter(schedule__form=form, period_last_day__gte=valid_from).order_by("-period_last_day").first()
    )
    if begun is not None:
        said = _("Đã có báo cáo %(period)s lập theo phiên bản trước. Chọn ngày áp dụng sau %(day)s.")
        raise NotPublishable(said % {"period": begun.period_label, "day": f"{begun.period_last_day:%d/%m/%Y}"})
    if newest.valid.upper is None or newest.valid.upper > valid_from:
        newest.valid = DateRange(newest.valid.lower, valid_from)
        newest.save(update_fields=["valid"])
    return newest.number + 1


def _write(version: FormVersion, content: Records) -> None:
    sections = {
        one["number"]: Section(
            version=version,
            number=int(one["number"]),
            title=one["title"],
            title_en=one.get("title_en", ""),
            recipient=one["recipient"],
            field_code=one["field"],
        )
        for one in content["sections"]
    }
    Section.objects.bulk_create(sections.values())
    _write_rows(version, content, sections)
    Narrative.objects.bulk_create(
        Narrative(
            version=version,
            part=one["part"],
            code=one["code"],
            heading=one["heading"],
            kind=one["kind"],
            columns=[[each["code"], each["label"]] for each in content["columns"] if each["heading"] == one["code"]],
            required=one["required"] == YES,
            position=position,
        )
        for position, one in enumerate(content["headings"], 1)
    )
    Check.objects.bulk_create(Check(version=version, **one) for one in content["rules"])


def _write_rows(version: FormVersion, content: Records, sections: Mapping[str, Section]) -> None:
    indicators = {
        one.code: one for one in Indicator.objects.filter(code__in={line["indicator"] for line in content["lines"]})
    }
    dimensions = {one.code: one for one in Dimension.objects.all()}
    rows = Row.objects.bulk_create(
        Row(
            version=version,
            section=sections[one["section"]],
            position=position,
            indicator=indicators[one["indicator"]],
            dimension=dimensions[one["dimension"]] if one["mode"] in BY_PARTS else None,
            mode=one["mode"],
            required=one["required"],
            provider=one["provider"],
            frequency=one["frequency"],
            prefill_last=one["prefill_last"] == YES,
            least=one["least"] or None,
            most=one["most"] or None,
            note=one["note"],
        )
        for position, one in enumerate(content["lines"], 1)
    )
    by_key = {(row.indicator.code, row.dimension.code): row for row in rows if row.dimension}
    members = {(one.dimension_id, one.code): one for one in Member.objects.filter(dimension__in=dimensions.values())}
    RowMember.objects.bulk_create(
        RowMember(
            row=row,
            member=members[row.dimension_id, one["code"]],
            position=position,
            label=one["label"],
        )
        for position, one in enumerate(content["members"], 1)
        if (row := by_key[one["indicator"], one["dimension"]]).dimension_id
    )
