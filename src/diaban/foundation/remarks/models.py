"""Threads and what was said in them."""

from django.db import models


class Thread(models.Model):
    """A matter raised on a subject, or on one cell of it; open until someone settles it."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    cell = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="threads_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.cell}".strip()


class Remark(models.Model):
    """One remark, in the name of that day. Never changed: a correction is a further remark."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=4000)
    account_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:80]
