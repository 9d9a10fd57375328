"""A way of looking at figures, kept under a name: only the address, never a figure."""

import uuid

from django.db import models
from django.db.models import Q

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Organisation, Position


class SavedView(Revised):
    """`query` is an address of the table. The position that saved it sees it; shared, everybody of its organisation does.

    Whoever opens it sees what their own position may see: no figure is kept with it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150)
    query = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    saved_by_label = models.CharField(max_length=300)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "name"], condition=Q(put_away_at=None), name="one_view_of_a_name_and_position"
            ),
            models.CheckConstraint(name="a_view_has_a_name_and_an_address", condition=~Q(name="") & ~Q(query="")),
        ]
        indexes = [models.Index(fields=["organisation", "name"], name="views_of_an_organisation")]

    def __str__(self) -> str:
        return self.name
