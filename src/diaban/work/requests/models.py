"""Requests, their columns, whom they were sent to, and the versions of each answer."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.facts.models import Indicator
from diaban.foundation.organisations.models import Organisation, Position
from diaban.foundation.territory.models import Unit
from diaban.work.requests.rules import MOST_COLUMNS, Asked, Kind, is_late

KINDS = [
    (Kind.WHOLE.value, _("Số đếm (nguyên, không âm)")),
    (Kind.NUMBER.value, _("Số (có thể lẻ)")),
    (Kind.TEXT.value, _("Chữ")),
    (Kind.DATE.value, _("Ngày")),
    (Kind.YES_NO.value, _("Có / Không")),
    (Kind.CHOICE.value, _("Chọn một")),
]


class Audience(models.TextChoices):
    """Who is asked."""

    COMMUNE = "commune", _("Các xã, phường, thị trấn")
    DISTRICT = "district", _("Các huyện, thành phố")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")


class Sight(models.TextChoices):
    """Who, beside the asking office, sees the whole table; each unit asked always sees its own answer."""

    OFFICE = "office", _("Chỉ cơ quan tôi")
    GROUND = "ground", _("Cả lãnh đạo, cơ quan quản lý lĩnh vực và kiểm tra trên địa bàn")
    ASKED = "asked", _("Cả các đơn vị được hỏi (thấy số của nhau)")


class Request(Revised):
    """A one-off request for figures (đột xuất, chuyên đề) with its official letter, due at an hour.

    Nothing of it changes once sent but the hour, and that it is closed or open. `organisation` is the body that asks, `unit`
    its ground.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    field_code = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    made_by_label = models.CharField(max_length=300)
    letter_symbol = models.CharField(max_length=60, blank=True)
    letter_on = models.DateField(null=True)
    basis = models.CharField(max_length=400, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.COMMUNE)
    sight = models.CharField(max_length=10, choices=Sight, default=Sight.GROUND)
    due_at = models.DateTimeField()
    original_due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_sent_request_has_its_letter_and_basis",
                condition=Q(sent_at=None) | (~Q(letter_symbol="") & ~Q(basis="") & Q(letter_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_sent_request_is_closed", condition=Q(closed_at=None) | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="the_hour_only_moves_later", condition=Q(due_at__gte=F("original_due_at"))
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation", "-made_at"], name="requests_of_an_organisation")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.sent_at is None

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.sent_at is not None and self.closed_at is None

    @property
    def is_extended(self) -> bool:
        return self.due_at != self.original_due_at

    @property
    def letter(self) -> str:
        """ "Công văn số 123/SKHCN-CĐS ngày 16/03/2026"."""
        if not self.letter_symbol or self.letter_on is None:
            return self.letter_symbol
        return f"Công văn số {self.letter_symbol} ngày {self.letter_on:%d/%m/%Y}"

    @property
    def due_words(self) -> str:
        """ "16 giờ 00 ngày 16/03/2026"."""
        return hour_words(self.due_at)


def hour_words(moment: datetime) -> str:
    """ "16 giờ 00 ngày 16/03/2026", in local time."""
    return f"{timezone.localtime(moment):%H giờ %M ngày %d/%m/%Y}"


class Column(models.Model):
    """One thing asked. `indicator` ties it to the catalogue, so that its numbers may become facts."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="columns")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=KINDS, default=Kind.WHOLE.value)
    unit_name = models.CharField(max_length=40, blank=True)
    is_required = models.BooleanField(default=True)
    choices = ArrayField(models.CharField(max_length=100), default=list)
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="one_column_at_a_place"),
            models.CheckConstraint(
                name="ten_columns_at_most", condition=Q(position__gte=1, position__lte=MOST_COLUMNS)
            ),
            models.CheckConstraint(
                name="a_choice_and_only_a_choice_has_choices",
                condition=(Q(kind="choice") & ~Q(choices=[])) | (~Q(kind="choice") & Q(choices=[])),
            ),
            models.CheckConstraint(
                name="only_numbers_are_tied_to_indicators",
                condition=Q(indicator=None) | Q(kind__in=["whole", "number"]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    @property
    def code(self) -> str:
        """How answers name it."""
        return f"c{self.position}"

    @property
    def asked(self) -> Asked:
        return Asked(
            self.code, self.label, Kind(self.kind), self.unit_name, self.is_required, tuple(self.choices)
        )  # fmt: skip


class Receiver(models.Model):
    """A unit or an enterprise that is asked. Names are those of the day of sending.

    `link_key` is the unguessable part of its link (blank: it has none); a new one makes the old link worthless. Whoever has
    the work in hand is read from the open obligation about this row.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="receivers")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    group = models.CharField(max_length=150, blank=True)
    link_key = models.CharField(max_length=24, blank=True)
    link_expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "code"], name="one_receiver_of_a_code"),
            models.UniqueConstraint(fields=["request", "unit", "organisation"], name="asked_once"),
            models.UniqueConstraint(fields=["link_key"], condition=~Q(link_key=""), name="one_receiver_of_a_link"),
            models.CheckConstraint(
                name="a_link_ends", condition=Q(link_key="") | Q(link_expires_at__isnull=False)
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation"], name="asked_of_an_organisation")]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """One version of a receiver's answer. Triggers refuse every change: a correction is a new version.

    `values` maps a column to its value in plain form (`rules.Read`), `reasons` to the code of a reason for no value. `due_at`
    is the hour that held when it came, so that an extension never makes a late answer timely.
    """

    class Via(models.TextChoices):
        LINK = "link", _("Qua liên kết")
        PAGE = "page", _("Trên hệ thống")
        WORKBOOK = "workbook", _("Bằng tệp Excel")
        TYPED_FOR = "typed_for", _("Nhập thay")

    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    answered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    via = models.CharField(max_length=10, choices=Via)
    by_name = models.CharField(max_length=100)
    by_phone = models.CharField(max_length=20, blank=True)
    by_position = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["receiver", "number"], name="one_number_of_an_answer"),
            models.CheckConstraint(name="somebody_answered", condition=~Q(by_name="")),
            models.CheckConstraint(
                name="who_answers_by_link_leaves_a_phone", condition=~Q(via="link") | ~Q(by_phone="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.receiver_id}/{self.number}"

    @property
    def is_late(self) -> bool:
        return is_late(self.answered_at, self.due_at)
