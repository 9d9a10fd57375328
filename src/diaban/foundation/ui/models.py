"""What an instance says of itself."""

from django.db import models


class Instance(models.Model):
    """The one row: whose instance this is, and what every page has to say, such as "Số liệu minh họa"."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200, blank=True)
    notice = models.CharField(max_length=300, blank=True)
    notice_en = models.CharField(max_length=300, blank=True)
    world_day = models.DateField(null=True)  # the day a demo world stands on; null where the clock is the real one
    root_unit_id = models.BigIntegerField(null=True)  # the province (or the country) whose instance this is

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_instance")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def root_unit(cls) -> int | None:
        """The id of the unit at the root of this instance; None before it is set up."""
        return cls.objects.values_list("root_unit_id", flat=True).first()
