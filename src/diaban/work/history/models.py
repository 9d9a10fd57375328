"""A sheet of past figures that an office brought, how it was matched, and whether it was taken in."""

import uuid

from django.db import models
from django.db.models import Q

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Unit

COLLECTION = "so-lieu-lich-su"


class HistorySheet(Revised):
    """One sheet of one file, brought once by an office: the same bytes come back to the same row.

    `unit` is the ground of today whose old units it may speak of. `matching` is what `matching.Matching` writes. `changed`
    counts the facts of the last taking in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    sheet = models.CharField(max_length=100, blank=True)
    matching = models.JSONField(default=dict)
    brought_by_label = models.CharField(max_length=300)
    brought_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    changed = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    withdrawn_by_label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-brought_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest", "sheet"], nulls_distinct=False, name="one_sheet_of_a_file"
            ),
            models.CheckConstraint(
                name="what_was_taken_in_is_counted",
                condition=Q(taken_at=None, changed=None) | Q(taken_at__isnull=False, changed__isnull=False),
            ),
            models.CheckConstraint(
                name="a_sheet_is_taken_back_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_taken(self) -> bool:
        return self.taken_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back and not taken in again since."""
        return self.withdrawn_at is not None and self.taken_at is None
