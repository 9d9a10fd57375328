"""Fields, functions and mandates: rows with validity and a legal basis, never constants."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Dated, Organisation
from diaban.foundation.territory.models import Unit


class Field(models.Model):
    """A field of the sector (lĩnh vực). `parent` makes one more specific than another; three levels at most."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Function(models.Model):
    """A function (chức năng): what one may be mandated to do."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, day: date) -> "MandateQuerySet":
        return self.filter(valid__contains=day)

    def leading(self) -> "MandateQuerySet":
        return self.filter(part=Mandate.Part.LEADS)


class Mandate(Revised, Dated):
    """An organisation does a function in a field (all where null) over a unit during `valid`, on a legal basis."""

    class Reach(models.TextChoices):
        UNIT = "unit", _("Riêng đơn vị")
        SUBTREE = "subtree", _("Đơn vị và các đơn vị bên trong")

    class Part(models.TextChoices):
        LEADS = "leads", _("Chủ trì")
        COORDINATES = "coordinates", _("Phối hợp")
        ADVISES = "advises", _("Tham mưu")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="mandates")
    field = models.ForeignKey(Field, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.SUBTREE)
    part = models.CharField(max_length=15, choices=Part, default=Part.LEADS)
    legal_basis = models.CharField(max_length=300)
    assumed = models.BooleanField(default=False)  # a date or body of general knowledge, shown to whoever relies on it

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="mandate_has_a_basis", condition=~Q(legal_basis="")),
            models.CheckConstraint(name="a_mandate_holds_at_least_a_day", condition=Q(valid__isempty=False)),
        ]
        indexes = [
            models.Index(fields=["function", "unit"], name="mandates_by_function"),
            models.Index(fields=["organisation"], name="mandates_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.function_id}"
