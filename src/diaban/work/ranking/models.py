"""Schemes of points with their versions, boards scored by them, appeals; and, apart from them, indices that others publish."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.facts.models import Indicator
from diaban.foundation.files.models import File
from diaban.foundation.organisations.models import Organisation
from diaban.foundation.territory.models import Unit
from diaban.work.ranking.rules import How, IfMissing, Scale, Status
from diaban.work.reporting.models import Schedule

HOWS = [
    (How.TIMELINESS.value, _("Đúng hạn báo cáo (tự động)")),
    (How.COMPLETENESS.value, _("Đầy đủ số liệu báo cáo (tự động)")),
    (How.QUALITY.value, _("Chất lượng báo cáo: không bị đề nghị bổ sung (tự động)")),
    (How.OTHER_WORK.value, _("Đúng hạn các việc khác phải trả lời cơ quan chấm (tự động)")),
    (How.INDICATOR.value, _("Kết quả chỉ tiêu (tự động)")),
    (How.HAND.value, _("Chấm tay, có minh chứng")),
    (How.BONUS.value, _("Điểm cộng")),
    (How.MINUS.value, _("Điểm trừ")),
]
SCALES = [
    (Scale.PLAN.value, _("So với kế hoạch giao")),
    (Scale.RANK.value, _("Theo thứ hạng trong cụm")),
    (Scale.LINEAR.value, _("Theo thang từ 0 điểm đến đủ điểm")),
]
IF_MISSING = [
    (IfMissing.LEFT_OUT.value, _("Không tính tiêu chí, quy đổi theo điểm tối đa còn lại")),
    (IfMissing.ZERO.value, _("Tính 0 điểm")),
    (IfMissing.UNRANKED.value, _("Không xếp hạng đơn vị")),
]


class Sight(models.TextChoices):
    """Whose points the ranked see once a board is published; before, everyone sees only its own."""

    ALL = "all", _("Thấy mọi đơn vị")
    CLUSTER = "cluster", _("Thấy các đơn vị cùng cụm")
    OWN = "own", _("Chỉ thấy đơn vị mình")


class Scheme(Revised):
    """A set of criteria (bộ tiêu chí) that an office keeps for its ground, version by version."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field_code = models.CharField(max_length=40)
    title = models.CharField(max_length=250)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class SchemeVersion(Revised):
    """What holds of a scheme from its publishing on; a draft until then, closed after (triggers)."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=300)
    is_assumed = models.BooleanField(default=False)
    sight = models.CharField(max_length=10, choices=Sight, default=Sight.ALL)
    appeal_days = models.PositiveSmallIntegerField(default=5)
    answer_days = models.PositiveSmallIntegerField(default=7)
    note = models.CharField(max_length=500, blank=True)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["scheme_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_number_of_a_scheme"),
            models.UniqueConstraint(fields=["scheme"], condition=Q(published_at=None), name="one_draft_of_a_scheme"),
            models.CheckConstraint(name="a_scheme_has_its_basis", condition=~Q(basis="")),
            models.CheckConstraint(
                name="appeals_have_their_days", condition=Q(appeal_days__gte=1) & Q(answer_days__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme.title} ({_('bản')} {self.number})"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class Cluster(models.Model):
    """Members ranked together (khối, cụm thi đua)."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="clusters")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="one_cluster_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Who is ranked: an organisation, and the unit that its figures are of. Names are those of the day of drafting.

    `position` counts through the clusters, and is how addresses name a member.
    """

    version = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="members")
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation", "unit"], name="ranked_once_in_a_scheme"),
            models.UniqueConstraint(fields=["version", "position"], name="one_member_at_a_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One criterion (tiêu chí) with its greatest points. Which columns it needs depends on `how` and `scale`."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=250)
    how = models.CharField(max_length=15, choices=HOWS)
    most = models.DecimalField(max_digits=7, decimal_places=2)
    if_missing = models.CharField(max_length=10, choices=IF_MISSING, default=IfMissing.LEFT_OUT.value)
    schedule = models.ForeignKey(Schedule, null=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="+")
    scale = models.CharField(max_length=10, choices=SCALES, blank=True)
    none_at = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    full_at = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_criterion_at_a_place"),
            models.CheckConstraint(name="a_criterion_gives_points", condition=Q(most__gt=0)),
            models.CheckConstraint(
                name="criteria_of_reports_name_the_regime",
                condition=~Q(how__in=["timeliness", "completeness", "quality", "indicator"])
                | Q(schedule__isnull=False),
            ),
            models.CheckConstraint(
                name="an_indicator_is_scaled",
                condition=(Q(how="indicator", indicator__isnull=False) & ~Q(scale=""))
                | (~Q(how="indicator") & Q(indicator=None, scale="")),
            ),
            models.CheckConstraint(
                name="a_line_has_two_different_ends",
                condition=(Q(scale="linear", none_at__isnull=False, full_at__isnull=False) & ~Q(none_at=F("full_at")))
                | (~Q(scale="linear") & Q(none_at=None, full_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> How:
        return How(self.how)


STATUSES = [
    (Status.SCORING.value, _("Đang chấm điểm")),
    (Status.ANNOUNCED.value, _("Dự kiến, đang nhận kiến nghị")),
    (Status.SIGNED.value, _("Đã ký duyệt, chờ công bố")),
    (Status.PUBLISHED.value, _("Đã công bố")),
]


class Board(Revised):
    """One scoring (đợt chấm) of a period by a version. `data_on` is the day whose knowledge is scored.

    A signed board's points stand still, a published board wholly (triggers).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="boards")
    title = models.CharField(max_length=250)
    period = models.CharField(max_length=40)
    data_on = models.DateField()
    status = models.CharField(max_length=10, choices=STATUSES, default=Status.SCORING.value)
    opened_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    appeals_until = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=300, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    signed_file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=300, blank=True)

    READ_BESIDE = ("version__scheme",)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "period"], name="one_board_of_a_period"),
            models.CheckConstraint(
                name="nothing_is_signed_unannounced",
                condition=Q(status="scoring") | Q(announced_at__isnull=False, appeals_until__isnull=False),
            ),
            models.CheckConstraint(
                name="nothing_is_published_unsigned",
                condition=~Q(status="published")
                | (
                    Q(signed_at__isnull=False, signed_on__isnull=False, signed_file__isnull=False)
                    & Q(published_at__isnull=False)
                    & ~Q(document_number="")
                    & ~Q(signed_by="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def is_fixed(self) -> bool:
        """Whether points no longer change."""
        return self.state in {Status.SIGNED, Status.PUBLISHED}


class Score(models.Model):
    """A member's points in one criterion, and what they are made of.

    `why` says why there are none; `reason` what whoever scored by hand, or answered an appeal, said. `parts` are rows of
    label and value, with the subject (kind, id) or the figure they lead to. `before_appeal` keeps what an appeal changed.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="scores")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    measured = models.DecimalField(max_digits=26, decimal_places=8, null=True)
    why = models.CharField(max_length=300, blank=True)
    parts = models.JSONField(default=list)
    reason = models.CharField(max_length=1000, blank=True)
    evidence = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    before_appeal = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    scored_by = models.CharField(max_length=300, blank=True)
    scored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "member", "criterion"], name="scored_once_by_a_criterion"),
            models.CheckConstraint(name="points_are_not_below_nothing", condition=Q(points=None) | Q(points__gte=0)),
            models.CheckConstraint(name="no_points_for_a_reason", condition=Q(points__isnull=False) | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}/{self.criterion_id}: {self.points}"

    @property
    def is_taken_off(self) -> bool:
        """Whether these are points off."""
        return bool(self.points) and self.criterion.kind is How.MINUS

    @property
    def signed(self) -> Decimal | None:
        """The points as they go into the sum."""
        return -self.points if self.points is not None and self.is_taken_off else self.points


class Result(models.Model):
    """Where a member stands on a board: its points, its place in the cluster and among all; none where it is not ranked."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="results")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="results")
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    attainable = models.DecimalField(max_digits=8, decimal_places=2)
    full = models.DecimalField(max_digits=8, decimal_places=2)
    rank = models.PositiveSmallIntegerField(null=True)
    overall = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "member"], name="one_result_of_a_member"),
            models.CheckConstraint(
                name="who_has_points_has_a_place",
                condition=Q(points=None, rank=None, overall=None)
                | Q(points__isnull=False, rank__isnull=False, overall__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.points}"

    @property
    def is_converted(self) -> bool:
        """Whether criteria were left out and the rest converted."""
        return self.points is not None and self.attainable < self.full


class Appeal(Revised):
    """A scored member asks to be scored again (kiến nghị chấm lại) in one criterion; answered with a reason."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Chấp nhận, chấm lại")
        REFUSED = "refused", _("Giữ nguyên điểm")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="appeals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2000)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    answer = models.CharField(max_length=2000, blank=True)
    answered_by = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "member", "criterion"], condition=Q(decision=""), name="one_open_appeal_of_a_score"
            ),
            models.CheckConstraint(
                name="an_appeal_is_answered_with_a_reason",
                condition=Q(decision="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name}: {self.criterion.name}"

    @property
    def status(self) -> str:
        """The word for the vocabulary of statuses."""
        return f"appeal_{self.decision or 'open'}"


class Index(Revised):
    """An index that someone else publishes (DTI, and others), as it was read there: shown beside a board, never in its points."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    brought_by = models.CharField(max_length=300)
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "year", "source"], name="one_index_of_a_source"),
            models.CheckConstraint(name="an_index_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class IndexValue(models.Model):
    """A unit's value and place in an index, as published; `of` says among how many."""

    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="values")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    of = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index", "unit"], name="one_value_of_an_index_and_unit"),
            models.CheckConstraint(name="a_value_or_a_place", condition=Q(value__isnull=False) | Q(rank__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.value}"
