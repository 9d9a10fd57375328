"""Directives, the papers they come from, a task for each receiver, what was reported of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.documents.models import Document
from diaban.foundation.facts.models import Indicator
from diaban.foundation.files.models import File
from diaban.foundation.obligations.models import Obligation
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Unit
from diaban.work.directives.rules import Mode, Result

MODES = [
    (Mode.ASSIGN.value, _("Giao nhiệm vụ")),
    (Mode.GUIDE.value, _("Hướng dẫn nghiệp vụ")),
    (Mode.REQUEST.value, _("Đề nghị thực hiện")),
    (Mode.REQUIRE.value, _("Yêu cầu theo quy định")),
    (Mode.COORDINATE.value, _("Đề nghị phối hợp")),
    (Mode.PROPOSE.value, _("Kiến nghị, báo cáo cấp trên")),
]
LONGEST_TITLE = 140


class SourceKind(models.TextChoices):
    """Whose paper a directive comes from. A Party paper is recorded by symbol and day; its text is kept elsewhere."""

    OWN = "own", _("Văn bản của cơ quan")
    EXTERNAL = "external", _("Văn bản của cơ quan khác")
    PARTY = "party", _("Văn bản của Đảng (chỉ ghi số, ngày)")


class SourcePaper(models.Model):
    """A paper that directives come from, recorded by an office."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SourceKind)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=60)
    issued_on = models.DateField()
    issuer = models.CharField(max_length=250)
    title = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "symbol", "issued_on"], name="one_source_of_a_symbol_a_day"
            ),
            models.CheckConstraint(
                name="a_party_paper_is_recorded_only", condition=~Q(kind="party") | Q(document=None, file=None)
            ),
            models.CheckConstraint(name="a_source_is_named", condition=~Q(symbol="") & ~Q(issuer="")),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} ngày {self.issued_on:%d/%m/%Y} của {self.issuer}"


class Directive(Revised):
    """What an office asks of others in one text: by which mode, until when, with which product and measured effect.

    `organisation` issues (for `is_for_superior` the superior, while `drafted_by` wrote it); `unit` is the ground it
    concerns. `origin_kind/origin_id` name the subject it arose from.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_for_superior = models.BooleanField(default=False)
    mode = models.CharField(max_length=12, choices=MODES)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field_code = models.CharField(max_length=40)
    text = models.TextField()
    product = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    recurring = models.CharField(max_length=200, blank=True)
    article = models.CharField(max_length=300, blank=True)
    source = models.ForeignKey(SourcePaper, null=True, on_delete=models.PROTECT, related_name="directives")
    source_item = models.CharField(max_length=60, blank=True)
    origin_kind = models.CharField(max_length=60, blank=True)
    origin_id = models.BigIntegerField(null=True)
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=200, blank=True)
    baseline = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    baseline_period = models.CharField(max_length=40, blank=True)
    target = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    target_period = models.CharField(max_length=40, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by_label = models.CharField(max_length=300)
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    folded = models.GeneratedField(expression=Folded("text"), output_field=models.TextField(), db_persist=True)

    class Meta:
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.CheckConstraint(name="a_directive_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="what_is_required_names_its_article", condition=~Q(mode="require") | ~Q(article="")
            ),
            models.CheckConstraint(
                name="issued_on_the_day_it_was_issued",
                condition=Q(issued_at=None, issued_on=None) | Q(issued_at__isnull=False, issued_on__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_for_a_reason", condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason="")
            ),
            models.CheckConstraint(
                name="merged_is_withdrawn", condition=Q(merged_into=None) | Q(withdrawn_at__isnull=False)
            ),
            models.CheckConstraint(
                name="an_effect_has_its_target",
                condition=Q(indicator=None, target=None, baseline=None)
                | (Q(indicator__isnull=False, target__isnull=False) & ~Q(target_period="")),
            ),
            models.CheckConstraint(
                name="a_baseline_has_its_period", condition=Q(baseline=None) | ~Q(baseline_period="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-drafted_at"], name="directives_of_an_office"),
            models.Index(fields=["-drafted_at", "-id"], name="newest_directives"),
            models.Index(fields=["origin_kind", "origin_id"], name="directives_from_a_subject"),
            models.Index(
                fields=["id"], name="standing_directives", condition=Q(issued_at__isnull=False, withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The beginning of the text, cut at a word."""
        first = " ".join(self.text.split())
        if len(first) <= LONGEST_TITLE:
            return first
        return f"{first[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"

    @property
    def how(self) -> Mode:
        return Mode(self.mode)

    @property
    def is_draft(self) -> bool:
        return self.issued_at is None and self.withdrawn_at is None

    @property
    def is_issued(self) -> bool:
        """Issued and standing."""
        return self.issued_at is not None and self.withdrawn_at is None

    @property
    def state(self) -> str:
        """As the vocabulary of statuses calls it."""
        if self.merged_into_id is not None:
            return "merged"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "issued" if self.issued_at is not None else "draft"


class Part(models.TextChoices):
    """What a receiver has of a directive: the one lead, one that helps, or one of many that each do it at home."""

    LEADS = "leads", _("Chủ trì")
    COORDINATES = "coordinates", _("Phối hợp")
    EACH = "each", _("Tự thực hiện")


class Task(Revised):
    """A receiver's part of a directive. Who has it in hand and how it stands is read from `obligation`, the newest of those
    opened for it; a Party body has none. `name` is the receiver's of the day it was asked."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    part = models.CharField(max_length=12, choices=Part, default=Part.EACH)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    obligation = models.ForeignKey(Obligation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["directive_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "organisation"], name="asked_once_in_a_directive"),
            models.UniqueConstraint(fields=["directive"], condition=Q(part="leads"), name="one_lead_of_a_directive"),
        ]
        indexes = [
            models.Index(fields=["directive"], condition=~Q(part="coordinates"), name="directives_with_a_receiver")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.directive}"


class Progress(models.Model):
    """What a receiver says on the way."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="progress")
    text = models.CharField(max_length=2000)
    percent = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(name="progress_is_a_share", condition=Q(percent=None) | Q(percent__lte=100))
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Completion(models.Model):
    """That a receiver reported its task done: `obligation` is the one it fulfilled. Confirmed, or sent back for a reason."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="completions")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2000)
    paper = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=300)
    confirmed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(name="confirmed_or_sent_back", condition=Q(confirmed_at=None) | Q(returned_at=None)),
            models.CheckConstraint(name="sent_back_for_a_reason", condition=Q(returned_at=None) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def result(self) -> Result:
        if self.returned_at is not None:
            return Result.SENT_BACK
        return Result.CONFIRMED if self.confirmed_at is not None else Result.WAITING
