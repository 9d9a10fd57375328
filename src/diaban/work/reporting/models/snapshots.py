"""Published figures (bản chốt số): which report versions they were made from, and the moment they were read."""

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from diaban.foundation.organisations.models import Organisation, Position
from diaban.foundation.territory.models import Unit
from diaban.lib.periods import Period
from diaban.work.reporting.models.forms import Form
from diaban.work.reporting.models.reports import ReportVersion


class Snapshot(models.Model):
    """The figures of an area for a period as they were published. Never changed (trigger); a newer one has the next number.

    What was accepted by `taken_at` is read again exactly: facts are never changed, only superseded. `parts` say from which
    report versions that is.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="snapshots")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=30)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    signed_by = models.CharField(max_length=200)
    signed_on = models.DateField()
    document_number = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    taken_by_label = models.CharField(max_length=300)
    expected = models.PositiveIntegerField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "unit", "number"], name="one_number_of_a_snapshot"),
            models.CheckConstraint(name="a_snapshot_is_signed", condition=~Q(signed_by="") & ~Q(title="")),
        ]

    def __str__(self) -> str:
        return f"Bản chốt số {self.number:02d}"

    @property
    def as_of(self) -> datetime:
        """The first moment that is too late for it."""
        return self.taken_at + timedelta(microseconds=1)

    @property
    def read_period(self) -> Period:
        return Period.parse(self.period)


class SnapshotPart(models.Model):
    """A report version in a snapshot, with the numbers of its sections that were received by then. Never changed (trigger)."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="parts")
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="+")
    sections = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "version"], name="a_version_once_in_a_snapshot")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.version_id}"
