"""Reforms that were planned, and what carrying one out did."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.territory.models import Unit


class Reform(Revised):
    """One act over many rows. `plan` is a `plan.Plan` as JSON, editable until it is carried out; `outcome` what it did."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang lập phương án")
        CARRIED_OUT = "carried_out", _("Đã thực hiện")

    uid = models.UUIDField(unique=True)
    title = models.CharField(max_length=250)
    on = models.DateField()
    basis = models.CharField(max_length=300)
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    plan = models.JSONField()
    outcome = models.JSONField(default=dict)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(name="reform_has_a_basis", condition=~Q(basis="")),
            models.CheckConstraint(
                name="carried_out_at_a_time",
                condition=Q(state="draft", carried_out_at=None) | Q(state="carried_out", carried_out_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
