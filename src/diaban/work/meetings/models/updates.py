"""The short report that an office files before a meeting, and the dated form that it follows."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Organisation
from diaban.work.meetings.models.meetings import Meeting


class UpdateLine(Revised):
    """A line of the form, as it is asked for the meetings of some days; `code` stays where its words change."""

    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=300)
    is_required = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(name="a_line_asks_something", condition=~Q(label="") & ~Q(code="")),
            models.CheckConstraint(name="a_line_holds_a_day", condition=Q(valid__isempty=False)),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid__upper_inf=True), name="one_line_of_a_code_from_now_on"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Update(models.Model):
    """The short report of an office before a meeting; filing again writes it anew. `answers` are what it says line by line,
    `{"code", "label", "text"}`, in the words that the form had."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="updates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    answers = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.CharField(max_length=300)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "organisation"], name="one_update_of_an_office")]

    def __str__(self) -> str:
        return f"{self.name}: {self.meeting}"
