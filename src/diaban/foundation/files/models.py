"""Stored files: the bytes once by their content, each use of them with its own random key."""

from django.db import models

from diaban.foundation.accounts.models import Account


class Blob(models.Model):
    """Bytes in the storage, known by their SHA-256. `name` is the storage's own, never the sender's."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.sha256[:12]


class File(models.Model):
    """A file as it belongs to a subject: what it is called, who brought it, when."""

    key = models.CharField(max_length=43, unique=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    brought_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="files_of_a_subject")]

    def __str__(self) -> str:
        return self.title
