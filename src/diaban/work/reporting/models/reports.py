"""Reports, the versions that were sent, and what became of each section."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.files.models import File
from diaban.foundation.organisations.models import Organisation, Position
from diaban.foundation.territory.models import Unit
from diaban.lib.periods import Period
from diaban.work.reporting.models.forms import FormVersion, Section
from diaban.work.reporting.models.schedules import Schedule


class ReportQuerySet(models.QuerySet["Report"]):
    def of_period(self, schedule_id: int, period: str) -> Self:
        return self.filter(schedule_id=schedule_id, period=period)


class Report(Revised):
    """What one unit reports for one period of a schedule. `period` is written in full (`nd09:2026-Q1`).

    Names and `sort_key` (the unit's) are those of the period's last day, as the paper prints them. `status` is the path inside
    the unit; what its receivers did stands at the sections of the newest sent version.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        TO_CHECK = "to_check", _("Chờ kiểm tra")
        TO_SIGN = "to_sign", _("Chờ ký duyệt")
        SENT = "sent", _("Đã gửi")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=250)
    unit_name = models.CharField(max_length=150)
    sort_key = models.CharField(max_length=400, db_collation="C", editable=False)
    folded = models.GeneratedField(
        expression=Folded("organisation_name"), output_field=models.TextField(), db_persist=True
    )
    period = models.CharField(max_length=30)
    period_last_day = models.DateField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    opened_at = models.DateTimeField()
    recipient_ids = ArrayField(
        models.BigIntegerField(), default=list, editable=False
    )  # whoever a section was ever addressed to

    objects = ReportQuerySet.as_manager()

    READ_BESIDE = ("schedule__form",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "unit", "period", "organisation"], name="one_report_of_a_period"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-period_last_day"], name="reports_of_an_organisation"),
            models.Index(fields=["unit", "-period_last_day"], name="reports_of_a_unit"),
            models.Index(fields=["schedule", "period"], name="reports_of_a_period"),
            models.Index(fields=["-period_last_day", "sort_key", "id"], name="reports_in_order"),
            GinIndex(fields=["recipient_ids"], name="reports_to_a_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id}: {self.unit_id} {self.period}"

    @property
    def period_label(self) -> str:
        """The period as an office writes it: "Quý I/2026"."""
        return Period.parse(self.period).label()


class ReportVersion(models.Model):
    """The report as it was sent once, or the draft of the next sending. Sent versions never change (trigger).

    `values` maps a cell to a decimal as text ("1923", "92.5"), `unread` to what could not be read as one, `reasons` to the
    code of a reason for no value, `explanations` to the note, `estimated` lists cells; `texts` maps `TEXT__…` to words or
    to rows, `NAME__…` to a typed name. `supplied` are the values given by others than the locality, `confirmed` and
    `objections` what the locality says of them and of last period's figures. Supplied: {cell: {"value", "reason", "by"}}.
    Its revision is the report's. `edits` maps a cell to the revision and the person of its last change while it was a draft.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    estimated = models.JSONField(default=list)
    supplied = models.JSONField(default=dict)
    confirmed = models.JSONField(default=list)
    objections = models.JSONField(default=dict)
    edits = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    data_sent_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    sent_label = models.CharField(max_length=300, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    signed_file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    is_typed_for = models.BooleanField(default=False)
    typed_from = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by_unit_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_number_of_a_report_version"),
            models.UniqueConstraint(fields=["report"], condition=Q(data_sent_at=None), name="one_draft_of_a_report"),
            models.CheckConstraint(
                name="a_sent_paper_has_number_day_and_file",
                condition=Q(sent_at=None)
                | (
                    Q(data_sent_at__isnull=False, signed_on__isnull=False, signed_file__isnull=False)
                    & ~Q(document_number="")
                ),
            ),
            models.CheckConstraint(
                name="typing_for_a_unit_needs_its_paper", condition=Q(is_typed_for=False) | Q(typed_from__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.data_sent_at is None

    @property
    def awaits_paper(self) -> bool:
        """Đã gửi số liệu, chờ văn bản: the figures are in, the signed paper is not."""
        return self.data_sent_at is not None and self.sent_at is None


class SectionState(models.Model):
    """What became of one section of a version that was sent. `recipient` is whom the mandates named on the period's last day."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Chờ tiếp nhận")
        RECEIVED = "received", _("Đã tiếp nhận, chốt số liệu")
        RETURNED = "returned", _("Đề nghị bổ sung, hoàn chỉnh")

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="sections")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "section"], name="one_state_of_a_section")]
        indexes = [models.Index(fields=["recipient", "status"], name="sections_of_a_recipient")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.section_id}"
