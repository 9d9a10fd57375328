"""Forms in the making."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.work.reporting.models.forms import Form, FormVersion


class FormDraft(Revised):
    """A form, or a next version of `form`, being designed. `content` holds its records (`designing.records`): it may be
    incomplete until it is published, when `version` says as what."""

    class Status(models.TextChoices):
        OPEN = "open", _("Đang soạn")
        PUBLISHED = "published", _("Đã ban hành")
        WITHDRAWN = "withdrawn", _("Đã rút")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, null=True, on_delete=models.PROTECT, related_name="drafts")
    version = models.OneToOneField(FormVersion, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    content = models.JSONField()
    drafted_by = models.CharField(max_length=300)
    drafted_at = models.DateTimeField()

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_published_draft_is_a_version",
                condition=Q(status="published", version__isnull=False) | (~Q(status="published") & Q(version=None)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN
