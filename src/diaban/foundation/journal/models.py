"""Entries, seals and the log of readings. Triggers of the first migration refuse every change but sealing."""

from django.db import models
from django.db.models.functions import Now


class Seal(models.Model):
    """One link of the chain: it holds the previous link's hash and the Merkle root of the rows it took.

    `leaves` are the 32-byte leaf hashes in order, entries first, so that a changed row can be named, not only noticed.
    """

    number = models.PositiveBigIntegerField(unique=True)
    previous_hash = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    leaves = models.BinaryField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"


class Entry(models.Model):
    """What one act did to one subject, with plain ids and the names of that day.

    `changes` maps a field to [old, new]; decimals and dates are strings. `at` is the time of the act,
    `recorded_at` the database's own.
    """

    act = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=300)
    account_id = models.BigIntegerField(null=True)
    position_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=300)
    mandate_id = models.BigIntegerField(null=True)
    basis = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="entries")
    position_in_seal = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="entries_of_a_subject"),
            models.Index(fields=["id"], name="unsealed_entries", condition=models.Q(seal=None)),
            models.Index(fields=["organisation_id", "-id"], name="entries_of_an_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_label}"


class Reading(models.Model):
    """A reading of personal data: whose, by whom, why. Sealed like the entries."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    position_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="readings")
    position_in_seal = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="unsealed_readings", condition=models.Q(seal=None))]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"
