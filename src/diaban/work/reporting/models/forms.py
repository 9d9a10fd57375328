"""A form, its versions, and what stands on the paper. Triggers refuse every change of a version that was used."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.revisions import Revised
from diaban.foundation.territory.models import Level
from diaban.foundation.ui.language import in_language


class Mode(models.TextChoices):
    """How a row is filled: one number, parts that add up, parts that do not, two parts of a ratio, ticks of entities."""

    VALUE = "value", _("Một số")
    SPLIT = "split", _("Chia theo (cộng bằng tổng)")
    OFWHICH = "ofwhich", _("Trong đó (không cộng)")
    RATIO = "ratio", _("Tử số và mẫu số")
    LIST = "list", _("Tích chọn đơn vị")


class Required(models.TextChoices):
    """Whether a value must be typed. `prefill`: somebody else gives it, the locality confirms or objects."""

    YES = "yes", _("Bắt buộc")
    NO = "no", _("Được để trống có lý do")
    AUTO = "auto", _("Máy tính")
    PREFILL = "prefill", _("Điền sẵn, địa phương xác nhận")


class Provider(models.TextChoices):
    """Whose figure a row holds."""

    LOCALITY = "locality", _("Địa phương")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    REGISTER = "register", _("Sổ, hệ thống khác")
    DEPARTMENT = "department", _("Sở")


class Form(Revised):
    """A form through all its versions. `level` is the level of the units that fill it, `number` what is printed on it."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250)
    number = models.CharField(max_length=40, blank=True)
    collection = models.ForeignKey("facts.Collection", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    calendar = models.CharField(max_length=20)
    period_kind = models.CharField(max_length=20)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name, self.name_en)


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def on(self, day: date) -> Self:
        return self.filter(valid__contains=day)


class FormVersion(models.Model):
    """The form as it stands during `valid`, asked on a period's last day. `used_at` is the first report's; then it is closed."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    valid = DateRangeField()
    used_at = models.DateTimeField(null=True)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_number_of_a_form_version"),
            ExclusionConstraint(
                name="one_version_of_a_form_a_day",
                expressions=[
                    (Func(F("form"), F("form"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id}/{self.number}"

    @property
    def first_day(self) -> date | None:
        first: date | None = self.valid.lower
        return first

    @property
    def last_day(self) -> date | None:
        after: date | None = self.valid.upper
        return after - timedelta(days=1) if after else None


class Section(models.Model):
    """A part of the form that one body receives.

    `recipient` is the catalogue's word for that body; who it is on a day is asked of the mandates, by `field_code`.
    """

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    recipient = models.CharField(max_length=20)
    field_code = models.CharField(max_length=40)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_section_of_a_number")]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title, self.title_en)


class Row(models.Model):
    """A line of the form: an indicator, alone or by one dimension. Lines of one indicator stand together.

    `frequency`: `every` period, `H` in the second and fourth quarter, `Q4` in the fourth. The plausible range belongs to the
    indicator's total (of a ratio: to the percentage).
    """

    class Frequency(models.TextChoices):
        EVERY = "every", _("Mọi kỳ")
        HALF = "H", _("6 tháng và năm")
        FOURTH = "Q4", _("Chỉ quý IV")

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="rows")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey("facts.Indicator", on_delete=models.PROTECT, related_name="+")
    dimension = models.ForeignKey("facts.Dimension", null=True, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode)
    required = models.CharField(max_length=10, choices=Required)
    provider = models.CharField(max_length=12, choices=Provider)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.EVERY)
    prefill_last = models.BooleanField()
    least = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    most = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_row_of_a_position"),
            models.UniqueConstraint(
                fields=["version", "indicator", "dimension"], nulls_distinct=False, name="one_row_of_an_indicator"
            ),
            models.CheckConstraint(
                name="parts_of_a_row_have_a_dimension",
                condition=Q(mode__in=[Mode.VALUE, Mode.RATIO], dimension=None)
                | Q(mode__in=[Mode.SPLIT, Mode.OFWHICH, Mode.LIST], dimension__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.position}"


class RowMember(models.Model):
    """How the form prints a member of the row's dimension, and where."""

    row = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="members")
    member = models.ForeignKey("facts.Member", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=150)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["row", "member"], name="one_line_of_a_member")]

    def __str__(self) -> str:
        return self.label


class Narrative(models.Model):
    """A heading of the words (phần lời): free text, or rows with `columns` [[code, label], …]. `code` is `TEXT__…`."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Lời văn")
        ROWS = "rows", _("Bảng")

    class Part(models.TextChoices):
        RESULTS = "I", _("Kết quả")
        JUDGEMENT = "II", _("Đánh giá chung")
        TASKS = "III", _("Phương hướng, nhiệm vụ kỳ sau")
        PROPOSALS = "IV", _("Đề xuất, kiến nghị")
        ANNEX = "PL", _("Phụ lục")

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="narratives")
    part = models.CharField(max_length=4, choices=Part)
    code = models.CharField(max_length=60)
    heading = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=Kind)
    columns = models.JSONField(default=list)
    required = models.BooleanField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_narrative_of_a_code")]

    def __str__(self) -> str:
        return self.heading


class Check(models.Model):
    """A check of the form: what must hold (`error`) or be explained where it does not (`warning`)."""

    class Kind(models.TextChoices):
        ERROR = "error", _("Lỗi")
        WARNING = "warning", _("Cảnh báo")

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    expression = models.CharField(max_length=400)
    message = models.CharField(max_length=400)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_check_of_a_code")]

    def __str__(self) -> str:
        return self.code
