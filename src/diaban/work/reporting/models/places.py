"""Where a report is handed in by law, when that is not here."""

from datetime import date
from typing import Self

from django.db import models

from diaban.work.reporting.models.forms import Form
from diaban.work.reporting.models.schedules import Schedule


class OfficialPlaceQuerySet(models.QuerySet["OfficialPlace"]):
    def on(self, schedule: Schedule, day: date) -> "OfficialPlace | None":
        """What is said for the day; None where nothing is."""
        return self.filter(schedule=schedule, since__lte=day).order_by("-since").first()

    def now(self, form: Form, today: date) -> "dict[int, OfficialPlace]":
        """What is said for today of each schedule of a form, by the schedule's id."""
        rows = self.filter(schedule__form=form, since__lte=today).order_by("schedule_id", "-since")
        return {row.schedule_id: row for row in rows.distinct("schedule_id")}

    def of(self, schedule: Schedule) -> Self:
        return self.filter(schedule=schedule).order_by("-since")


class OfficialPlace(models.Model):
    """From `since`, until the next row, reports of a schedule are handed in at `system` (blank: here), as `basis` says.

    A report is asked on its period's last day. Where nothing was said, it is here.
    """

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="places")
    since = models.DateField()
    system = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=300, blank=True)
    basis = models.CharField(max_length=300)

    objects = OfficialPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [models.UniqueConstraint(fields=["schedule", "since"], name="one_official_place_a_day")]

    def __str__(self) -> str:
        return self.system

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.system)
