"""Difficulties, each raised by one or many; their course: forwarded, answered, joined."""

import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.organisations.models import Dated, Organisation
from diaban.foundation.territory.models import Unit, same
from diaban.work.difficulties.rules import PROMISES, Result

RESULTS = [
    (Result.RESOLVED.value, _("Đã giải quyết xong")),
    (Result.RESOLVING.value, _("Đang giải quyết")),
    (Result.WILL_RESOLVE.value, _("Sẽ giải quyết")),
    (Result.EXPLAINED.value, _("Giải trình, cung cấp thông tin")),
    (Result.SENT_UP.value, _("Chuyển cấp trên xem xét")),
]


class Gravity(models.TextChoices):
    MINOR = "minor", _("Nhỏ")
    NORMAL = "normal", _("Vừa")
    SERIOUS = "serious", _("Lớn")
    URGENT = "urgent", _("Cấp bách")


class Kind(Revised, Dated):
    """A kind of difficulty (kiến nghị của địa phương, của cử tri, của doanh nghiệp) with the clock that ran during `valid`."""

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    days = models.PositiveSmallIntegerField()
    is_working = models.BooleanField()
    basis = models.CharField(max_length=300)
    is_assumed = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "valid"]
        constraints = [
            ExclusionConstraint(
                name="one_clock_of_a_kind_a_day",
                expressions=[
                    same(Func(F("code"), Value(0), function="hashtextextended")),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="a_clock_has_a_basis", condition=~Q(basis="")),
            models.CheckConstraint(name="a_clock_runs_at_least_a_day", condition=Q(days__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class Difficulty(Revised):
    """One matter, whoever raised it. Who has it in hand is read from its open obligation.

    `received_on` is the day of the first receipt and never changes; `because` says on what ground it came to whom it came.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind_code = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field_code = models.CharField(max_length=40)
    title = models.CharField(max_length=250)
    content = models.TextField(max_length=4000)
    gravity = models.CharField(max_length=10, choices=Gravity, default=Gravity.NORMAL)
    addressee = models.CharField(max_length=250, blank=True)  # whom the raiser named
    received_on = models.DateField()
    because = models.CharField(max_length=500)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    folded = models.GeneratedField(expression=Folded("content"), output_field=models.TextField(), db_persist=True)

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(name="nothing_is_joined_to_itself", condition=~Q(merged_into=F("id"))),
        ]
        indexes = [
            models.Index(fields=["unit", "field_code"], name="difficulties_of_a_unit"),
            models.Index(fields=["-received_on", "-id"], name="difficulties_newest_first"),
        ]

    def __str__(self) -> str:
        return self.title


class Raising(Revised):
    """That an organisation raised a matter. `source` is where it was said: a report, a statement, or nothing but the page.

    `opened` is the difficulty that its own words began: joined to another it stays known, so that it can be parted again.
    """

    class Stance(models.TextChoices):
        NONE = "", _("Chưa có ý kiến")
        ACCEPTED = "accepted", _("Đồng ý với trả lời")
        CONTESTED = "contested", _("Chưa đồng ý, đề nghị xem xét lại")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="raisings")
    opened = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="raisings_begun")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    content = models.TextField(max_length=4000)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True)
    source_cell = models.CharField(max_length=60, blank=True)
    raised_by = models.CharField(max_length=300)
    received_on = models.DateField()
    stance = models.CharField(max_length=10, choices=Stance, blank=True)
    stance_text = models.CharField(max_length=2000, blank=True)
    stance_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["received_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "source_cell"],
                condition=Q(withdrawn_at=None) & ~Q(source_kind=""),
                name="raised_once_from_a_row",
            ),
            models.CheckConstraint(
                name="a_raising_is_withdrawn_for_a_reason", condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation"], name="raisings_of_an_organisation"),
            models.Index(fields=["source_kind", "source_id"], name="raisings_from_a_source"),
        ]

    def __str__(self) -> str:
        return self.content[:80]


class Forwarding(models.Model):
    """That whoever had a matter in hand passed it on, sideways or up, and why."""

    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="forwardings")
    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_up = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000)
    by = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="nobody_forwards_to_himself", condition=~Q(from_organisation=F("to_organisation"))
            ),
            models.CheckConstraint(name="forwarded_for_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.from_organisation_id} → {self.to_organisation_id}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Answer(models.Model):
    """What an office answered. Its words never change: a further answer follows it, or it is withdrawn for a reason.

    A promise names its day.
    """

    difficulty = models.ForeignKey(Difficulty, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=15, choices=RESULTS)
    text = models.TextField(max_length=4000)
    document = models.CharField(max_length=200, blank=True)  # number and day of the paper that answers
    promised_on = models.DateField(null=True)
    by = models.CharField(max_length=300)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_promise_names_its_day",
                condition=Q(result__in=sorted(PROMISES), promised_on__isnull=False)
                | (~Q(result__in=sorted(PROMISES)) & Q(promised_on=None)),
            ),
            models.CheckConstraint(
                name="an_answer_is_withdrawn_for_a_reason", condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()}: {self.text[:60]}"
