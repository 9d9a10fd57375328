"""The year's programme of work, and of checks, of an office."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Unit


class Programme(Revised):
    """What an office means to do in a year. `basis` names the paper it carries out or was approved by."""

    class Kind(models.TextChoices):
        WORK = "work", _("Chương trình công tác")
        CHECKS = "checks", _("Kế hoạch kiểm tra")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=300)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-year", "kind", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "kind"], name="one_programme_of_an_office_a_year"),
            models.CheckConstraint(name="a_programme_is_of_a_year", condition=Q(year__range=(1990, 2100))),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} năm {self.year}"

    @property
    def state(self) -> str:
        """As the vocabulary of statuses calls it."""
        return "programme_approved" if self.approved_at else "programme_drafted"


class Item(Revised):
    """One thing to do: by whom, with which product, when: in a month, a quarter, or until a day. How it stands is read from
    what is tied to it. `lead` is the name of that day."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    content = models.CharField(max_length=1000)
    field_code = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    lead = models.CharField(max_length=250)
    coordinators = models.CharField(max_length=500, blank=True)
    leader = models.CharField(max_length=250, blank=True)
    product = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    month = models.PositiveSmallIntegerField(null=True)
    quarter = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField()
    written_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["programme_id", "due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_item_of_a_programme_says_something", condition=~Q(content="") & ~Q(lead="")
            ),
            models.CheckConstraint(
                name="an_item_is_due_in_a_month_or_a_quarter",
                condition=(Q(month=None) | Q(month__range=(1, 12), quarter=None))
                & (Q(quarter=None) | Q(quarter__range=(1, 4))),
            ),
            models.CheckConstraint(
                name="an_item_is_struck_for_a_reason", condition=Q(struck_at=None) | ~Q(struck_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.content if len(self.content) <= 140 else f"{self.content[:140].rsplit(' ', 1)[0]}…"
