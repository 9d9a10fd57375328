"""Fields, functions and mandates: rows with validity and a legal basis, never constants."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Dated, Organisation, Position
from diaban.foundation.territory.models import Unit
from diaban.foundation.ui.language import in_language


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

    @property
    def called(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name, self.name_en)


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

    @property
    def called(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name, self.name_en)


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


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    def usable(self, at: datetime) -> "AccessTokenQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=at, account__is_active=True)


class AccessToken(models.Model):
    """A key by which a program acts as an account in one position, or only reads its calendar. Only the digest of its secret
    is kept."""

    class Purpose(models.TextChoices):
        PROGRAM = "program", _("Phần mềm làm việc ở vị trí")
        CALENDAR = "calendar", _("Chỉ xem lịch công tác")

    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.PROGRAM)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="access_tokens")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="access_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_token_ends_after_it_begins", condition=Q(expires_at__gt=models.F("created_at"))
            ),
            models.CheckConstraint(name="a_token_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def is_usable(self, at: datetime) -> bool:
        """Whether it has neither ended nor been revoked."""
        return self.revoked_at is None and self.expires_at > at
