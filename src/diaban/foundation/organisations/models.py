"""Organisations of every kind through time, positions in them, people and holdings, delegation."""

from datetime import date, timedelta
from typing import cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.catalogue import ROLE_LABELS, Role
from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.territory.models import Unit, same


class Kind(models.TextChoices):
    """What an organisation is. A `party_body` never owns an obligation and never stands in a ranking."""

    MINISTRY = "ministry", _("Bộ, cơ quan ngang Bộ")
    CENTRAL_AGENCY = "central_agency", _("Cơ quan trung ương, ngành dọc")
    PARTY_BODY = "party_body", _("Cơ quan Đảng")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân")
    PEOPLE_COMMITTEE = "people_committee", _("Ủy ban nhân dân")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DISTRICT_OFFICE = "district_office", _("Phòng chuyên môn cấp huyện")
    COMMUNE_OFFICE = "commune_office", _("Phòng chuyên môn cấp xã")
    OFFICE = "office", _("Văn phòng, phòng thuộc cơ quan")
    INSPECTORATE = "inspectorate", _("Thanh tra")
    PUBLIC_SERVICE_UNIT = "public_service_unit", _("Đơn vị sự nghiệp")
    ARMED_FORCE = "armed_force", _("Lực lượng vũ trang")
    PRESS_AGENCY = "press_agency", _("Cơ quan báo chí")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    ASSOCIATION = "association", _("Hội, đoàn thể")
    STEERING_COMMITTEE = "steering_committee", _("Ban Chỉ đạo")


class Dated(models.Model):
    """A row that holds during `valid`, a date range with an exclusive upper bound."""

    valid = DateRangeField()

    class Meta:
        abstract = True

    @property
    def first_day(self) -> date | None:
        """The first day, or None where the beginning is not known."""
        return cast("date | None", self._bounds.lower)

    @property
    def last_day(self) -> date | None:
        """The last day, or None while it lasts."""
        upper = cast("date | None", self._bounds.upper)
        return upper - timedelta(days=1) if upper else None

    def holds_on(self, day: date) -> bool:
        bounds = self._bounds
        return (bounds.lower is None or bounds.lower <= day) and (bounds.upper is None or day < bounds.upper)

    @property
    def _bounds(self) -> DateRange:
        return cast("DateRange", self.valid)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def named(self) -> "OrganisationQuerySet":
        """Each with `last_name`, the name of its newest version."""
        newest = OrganisationVersion.objects.filter(organisation=OuterRef("pk")).order_by("-valid")
        return self.annotate(last_name=Subquery(newest.values("name")[:1]))


class Organisation(Revised):
    """An organisation; its name, kind, superior and seat are versions. `code` is its identifier (mã định danh) if known."""

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=40, blank=True)
    entity_code = models.CharField(
        max_length=40, blank=True
    )  # the member of an entity dimension that it is, e.g. vnpost

    body = models.CharField(max_length=40, blank=True)  # which body of the law's allocation it is, e.g. so_tttt

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_organisation_of_a_code")
        ]

    def __str__(self) -> str:
        return f"Organisation {self.pk}"


class OrganisationVersionQuerySet(models.QuerySet["OrganisationVersion"]):
    def on(self, day: date) -> "OrganisationVersionQuerySet":
        return self.filter(valid__contains=day)

    def in_order(self) -> "OrganisationVersionQuerySet":
        return self.order_by("sort_key", "organisation_id")


class OrganisationVersion(Dated):
    """What an organisation was called and where it stood during `valid`.

    `parent` is the line (administrative superior), `guided_by` the professional guidance; `unit` the ground of its seat.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    short = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=30, choices=Kind)
    parent = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guided_by = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    sort_key = models.CharField(max_length=600, db_collation="C", editable=False)
    folded = models.GeneratedField(expression=Folded("name"), output_field=models.TextField(), db_persist=True)

    objects = OrganisationVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_organisation_is_its_own_superior", condition=~Q(parent=F("organisation"))),
            models.CheckConstraint(name="an_organisation_version_holds_a_day", condition=Q(valid__isempty=False)),
            ExclusionConstraint(
                name="one_version_of_an_organisation_a_day",
                expressions=[same("organisation"), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind"], name="organisations_of_a_unit")]

    def __str__(self) -> str:
        return self.name


class OrganisationSuccession(models.Model):
    """On `on`, `field` (a field code; blank for all) of one organisation's work passed to another."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions_in")
    field_code = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "field_code", "on"], name="one_successor_of_an_organisation_a_field"
            ),
            models.CheckConstraint(name="no_organisation_succeeds_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.field_code or 'all'}) {self.on}"


class Position(Revised, Dated):
    """A post in an organisation. `field_codes` are the fields its holder works in; none means all of the organisation's."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=150)
    role = models.CharField(max_length=20, choices=[(role.value, ROLE_LABELS[role]) for role in Role])
    field_codes = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.title


class Person(Revised):
    """Someone who holds positions, with or without an account. Anonymised, never deleted: acts stay."""

    uid = models.UUIDField(unique=True)
    name = models.CharField(max_length=150)
    account = models.OneToOneField(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    phone = models.CharField(max_length=30, blank=True)
    zalo = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    contact_confirmed_on = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=400, db_collation="C", editable=False)
    folded = models.GeneratedField(expression=Folded("name"), output_field=models.TextField(), db_persist=True)

    def __str__(self) -> str:
        return self.name


class Holding(Dated):
    """A person holds a position during `valid`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="holdings")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_holding_of_a_position_by_a_person",
                expressions=[
                    same("person"),
                    same("position"),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.position}"


class Delegation(Dated):
    """KT., TL. or TUQ.: a position may sign for another during `valid`; TUQ. needs a document and passes no further."""

    class Manner(models.TextChoices):
        KT = "KT", _("Ký thay (KT.)")
        TL = "TL", _("Thừa lệnh (TL.)")
        TUQ = "TUQ", _("Thừa ủy quyền (TUQ.)")

    from_position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="delegations_given")
    to_position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="delegations_held")
    manner = models.CharField(max_length=3, choices=Manner)
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="tuq_names_its_document", condition=~Q(manner="TUQ") | ~Q(basis="")),
            models.CheckConstraint(name="nobody_delegates_to_himself", condition=~Q(from_position=F("to_position"))),
        ]

    def __str__(self) -> str:
        return f"{self.manner}. {self.from_position} → {self.to_position}"


class Charge(Dated):
    """Phụ trách địa bàn: within its organisation a position is in charge of a unit during `valid`, by the organisation's own
    division of work (`basis`). It gives no mandate: it says to whom the organisation's work there is told first."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="charges")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="charges")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_charge_has_its_basis", condition=~Q(basis="")),
            ExclusionConstraint(
                name="one_in_charge_of_a_unit_a_day",
                expressions=[
                    same("organisation"),
                    same("unit"),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} · {self.unit_id}"
