"""Who holds the periodic briefing that a duty asks for: a cluster of units, or one unit within a meeting of its own."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.obligations.models import Duty
from diaban.foundation.territory.models import Unit, same


class Holder(Revised):
    """A cluster (cụm) with its members, or a unit that holds the briefing by itself; `combined_with` names the own meeting that
    fulfils the duty (lồng ghép), `came_from` the cluster that it left. `district` is the old district that a cluster was made of."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    is_cluster = models.BooleanField()
    district = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    combined_with = models.CharField(max_length=250, blank=True)
    came_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=300)
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(name="a_holder_is_named", condition=~Q(name="")),
            models.CheckConstraint(name="a_cluster_combines_nothing", condition=Q(is_cluster=False) | Q(combined_with="")),
            models.CheckConstraint(
                name="a_holder_ends_for_a_reason", condition=Q(ended_on=None, ended_reason="") | ~Q(ended_reason="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a unit belongs to a holder, from when to when; the head (cụm trưởng) is the one in whose person the duty is owed."""

    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="memberships")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_head = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        ordering = ["holder_id", "id"]
        constraints = [
            ExclusionConstraint(
                name="a_unit_briefs_with_one_holder_a_day",
                expressions=[same("duty"), same("unit"), ("valid", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="one_head_of_a_holder_a_day",
                expressions=[same("holder"), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(is_head=True),
            ),
            models.CheckConstraint(name="a_membership_holds_a_day", condition=Q(valid__isempty=False)),
        ]
        indexes = [models.Index(fields=["duty", "unit"], name="holders_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} ∈ {self.holder_id}"
