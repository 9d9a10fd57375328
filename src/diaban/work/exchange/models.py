"""A file of figures that an office brought, for which collection, and whether it was taken in."""

import uuid

from django.db import models
from django.db.models import Q

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.facts.models import Collection
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Unit
from diaban.lib.periods import Calendar


class FactImport(Revised):
    """One file brought once by an office for a collection: the same bytes come back to the same row.

    `calendar` reads the periods that do not name their own. `organisation` is the legal body, whichever of its rooms brought it; `unit` is its seat. `changed` counts the facts of
    the last taking in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+")
    calendar = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Calendar])
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    brought_by_label = models.CharField(max_length=300)
    brought_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    changed = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-brought_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "collection", "calendar", "digest"],
                nulls_distinct=False,
                name="one_import_of_a_file",
            ),
            models.CheckConstraint(
                name="an_import_taken_in_is_counted",
                condition=Q(taken_at=None, changed=None) | Q(taken_at__isnull=False, changed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_taken(self) -> bool:
        return self.taken_at is not None
