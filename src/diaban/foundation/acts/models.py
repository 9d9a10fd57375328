"""Keys of acts that came from outside."""

from django.db import models


class IdempotencyKey(models.Model):
    """What was answered to a request that an account sent with a key of its own."""

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    answer = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="one_answer_a_key")]

    def __str__(self) -> str:
        return self.key
