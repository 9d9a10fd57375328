"""Stock sentences of reports as an office words them."""

from django.db import models

from diaban.foundation.organisations.models import Position
from diaban.work.reporting.models.forms import Form


class StockSentence(models.Model):
    """What a stock sentence says from a day on: the newest row whose day has come counts. Rows are only added.

    `key` is one of `phrases.PHRASES`. A sentence of a `form` goes before the general one in reports by that form's versions
    of those days. `is_supplied` goes back to the sentence that came with the program, a form's to the general one; `text` is
    then what that was.
    """

    form = models.ForeignKey(Form, null=True, on_delete=models.PROTECT, related_name="sentences")
    key = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    since = models.DateField()
    text = models.CharField(max_length=300, blank=True)
    is_supplied = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "key", "number"], nulls_distinct=False, name="one_number_of_a_stock_sentence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
