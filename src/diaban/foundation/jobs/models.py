"""Jobs as their owner sees them; procrastinate's own tables hold the queue."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from diaban.foundation.accounts.models import Account


class Job(models.Model):
    """A piece of long work: what, for whom, how far, with what result."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang chạy")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không xong")

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=250)
    arguments = models.JSONField(default=dict)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="jobs")
    position_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    result = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="jobs_of_an_account")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self) -> int | None:
        """How far, in percent; None where the whole is not known."""
        return round(100 * self.done / self.total) if self.total else None
