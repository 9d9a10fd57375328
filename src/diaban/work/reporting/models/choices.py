"""Which of several sources' figures a specialist took, and why."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.organisations.models import Position
from diaban.work.reporting.models.reports import Report, ReportVersion


class SourceChoice(models.Model):
    """A decision about one cell of a sent version, told several figures. Never changed (trigger); the newest counts.

    What the unit sent stays as it was sent. Of a section that was received, another source's figure is taken by a newer
    fact of the same collection, whose delivery comes from this row (`corrected`); of one that waits, the section goes back
    to the unit (`returned`). `told` are the sources as they stood: [{"label", "value", "days"}]; `before` is the figure
    that the consolidation had read.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Giữ số của địa phương")
        CORRECTED = "corrected", _("Lấy số của nguồn khác")
        RETURNED = "returned", _("Đề nghị địa phương rà soát, gửi lại")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="choices")
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="+")
    cell = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    source = models.CharField(max_length=120)
    source_label = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=26, decimal_places=8)
    before = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    is_estimated = models.BooleanField(default=False)
    told = models.JSONField()
    reason = models.CharField(max_length=1000)
    outcome = models.CharField(max_length=10, choices=Outcome)
    at = models.DateTimeField()
    by = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(name="a_choice_of_source_has_its_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.report_id} {self.cell}: {self.source_label}"
