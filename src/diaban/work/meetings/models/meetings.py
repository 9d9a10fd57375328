"""Visits and their stops, briefings and other meetings: who comes, what is said, what is concluded."""

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.documents.models import Document
from diaban.foundation.files.models import File
from diaban.foundation.organisations.models import Organisation, Person
from diaban.foundation.territory.models import Unit
from diaban.work.difficulties.models import RESULTS, Answer, Difficulty
from diaban.work.meetings.rules import Stage, stage_of


class Timing(models.Model):
    """A dated rule of how many working days before or after a meeting something is sent. No row of a day: no rule then."""

    class What(models.TextChoices):
        INVITATION = "invitation", _("Gửi giấy mời, tài liệu trước cuộc họp")
        NOTICE = "notice", _("Gửi thông báo kết luận sau cuộc họp")

    what = models.CharField(max_length=12, choices=What)
    working_days = models.PositiveSmallIntegerField()
    valid = DateRangeField()
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["what", "valid"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.working_days}"


class Visit(Revised):
    """A working delegation (đoàn công tác): why it goes, from when to when; where it goes are its stops."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field_code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    objectives = models.TextField(blank=True)
    outline = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=300)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    report = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    folded = models.GeneratedField(expression=Folded("title"), output_field=models.TextField(), db_persist=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(name="a_visit_has_a_basis", condition=~Q(basis="") & ~Q(title="")),
            models.CheckConstraint(name="a_visit_ends_after_it_began", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="a_visit_is_cancelled_for_a_reason", condition=Q(cancelled_at=None) | ~Q(cancelled_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Member(models.Model):
    """Someone of a delegation, by the name and title of that day; `person` where the house knows him."""

    class Role(models.TextChoices):
        LEADER = "leader", _("Trưởng đoàn")
        DEPUTY = "deputy", _("Phó trưởng đoàn")
        SECRETARY = "secretary", _("Thư ký")
        MEMBER = "member", _("Thành viên")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["visit_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["visit"], condition=Q(role="leader"), name="one_leader_of_a_visit"),
            models.UniqueConstraint(
                fields=["visit", "person"], condition=Q(person__isnull=False), name="once_in_a_visit"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Shape(models.TextChoices):
    STOP = "stop", _("Buổi làm việc của đoàn công tác")
    BRIEFING = "briefing", _("Hội nghị giao ban")
    OTHER = "other", _("Cuộc họp")


class Meeting(Revised):
    """A meeting of one day and place. Its state is read from its moments; `period` is what a briefing is held for, whatever
    its day. `combined_with` names the meeting of another office that a briefing was held within (lồng ghép)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shape = models.CharField(max_length=10, choices=Shape)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    field_code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    period = models.CharField(max_length=40, blank=True)
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=250)
    requirements = models.TextField(blank=True)
    combined_with = models.CharField(max_length=250, blank=True)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="stops")
    no_report_reason = models.CharField(max_length=500, blank=True)
    findings = models.TextField(blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=300)
    convened_at = models.DateTimeField(null=True)
    urgent_reason = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    minutes = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    notice = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    folded = models.GeneratedField(expression=Folded("title"), output_field=models.TextField(), db_persist=True)

    class Meta:
        ordering = ["-held_on", "-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(name="a_meeting_is_named_and_placed", condition=~Q(title="") & ~Q(place="")),
            models.CheckConstraint(name="a_meeting_takes_time", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="a_stop_belongs_to_a_visit",
                condition=(Q(shape="stop") & Q(visit__isnull=False)) | (~Q(shape="stop") & Q(visit=None)),
            ),
            models.CheckConstraint(
                name="a_briefing_is_of_a_period",
                condition=(Q(shape="briefing") & ~Q(period="")) | (~Q(shape="briefing") & Q(period="")),
            ),
            models.CheckConstraint(
                name="a_meeting_is_cancelled_for_a_reason", condition=Q(cancelled_at=None) | ~Q(cancelled_reason="")
            ),
            models.CheckConstraint(
                name="a_meeting_goes_its_way",
                condition=(Q(opened_at=None) | Q(convened_at__isnull=False))
                & (Q(closed_at=None) | Q(opened_at__isnull=False))
                & (Q(concluded_at=None) | Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["held_on", "starts_at"], name="meetings_of_a_day"),
            models.Index(fields=["organisation", "-held_on"], name="meetings_of_an_office"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> Stage:
        return stage_of(
            convened=self.convened_at is not None,
            opened=self.opened_at is not None,
            closed=self.closed_at is not None,
            concluded=self.concluded_at is not None,
            cancelled=self.cancelled_at is not None,
        )

    @property
    def state(self) -> str:
        """As the vocabulary of statuses calls it."""
        return f"meeting_{self.stage.value}"


class Move(models.Model):
    """That a meeting was called for another day, hour or place before; the calendar shows it struck through."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moves")
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=250)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["held_on"], name="moves_from_a_day")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.held_on:%d/%m/%Y}"


class Capacity(models.TextChoices):
    CHAIR = "chair", _("Chủ trì cuộc họp")
    SECRETARY = "secretary", _("Thư ký")
    HOST = "host", _("Đơn vị chủ nhà")
    MEMBER = "member", _("Thành viên đoàn")
    REPORTING = "reporting", _("Báo cáo")
    INVITED = "invited", _("Được mời")


class Presence(models.TextChoices):
    PRESENT = "present", _("Có mặt")
    SUBSTITUTE = "substitute", _("Dự thay")
    ABSENT = "absent", _("Vắng")


class Attendee(models.Model):
    """Who is asked to a meeting: an office, or someone by name (with an account or none). `code` is what he may say at the
    door. `substitute` came in his place."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    position = models.PositiveSmallIntegerField()
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.INVITED)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=250, blank=True)
    name = models.CharField(max_length=150, blank=True)
    title = models.CharField(max_length=250, blank=True)
    code = models.CharField(max_length=8)
    told_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Presence, blank=True)
    answer_note = models.CharField(max_length=300, blank=True)
    presence = models.CharField(max_length=10, choices=Presence, blank=True)
    substitute = models.CharField(max_length=250, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["meeting_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "code"], name="a_code_is_one_attendee"),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="once_at_a_meeting"
            ),
            models.CheckConstraint(name="an_attendee_is_somebody", condition=~Q(name="") | ~Q(office="")),
            models.CheckConstraint(
                name="a_substitute_is_named", condition=~Q(presence="substitute") | ~Q(substitute="")
            ),
        ]

    def __str__(self) -> str:
        return " - ".join(part for part in (self.name, self.office) if part)


class AgendaItem(Revised):
    """A point of the agenda, by field; parked where it was left for another time."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    field_code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    presenter = models.CharField(max_length=250, blank=True)
    length = models.PositiveSmallIntegerField(null=True)  # minutes
    parked_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["meeting_id", "position"]
        constraints = [models.CheckConstraint(name="an_item_says_something", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title


class Statement(Revised):
    """What somebody said, as the secretaries write it down: each statement has a revision of its own."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="statements")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="statements")
    speaker = models.CharField(max_length=250)
    text = models.TextField()
    at = models.DateTimeField()
    written_by = models.CharField(max_length=300)

    class Meta:
        ordering = ["meeting_id", "at", "id"]

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text[:80]}"

    @property
    def cell(self) -> str:
        """What it is called within the meeting as the source of a difficulty."""
        return f"y-kien-{self.pk}"


class Conclusion(Revised):
    """A conclusion: a remark, something asked of receivers (as directives once the notice is out), or the answer to a proposal.

    `difficulty` is the proposal where it is one of the register; `answer` what its office answered by the notice.
    """

    class Kind(models.TextChoices):
        REMARK = "remark", _("Ghi nhận, đánh giá")
        DIRECTIVE = "directive", _("Giao việc, đề nghị")
        ANSWER = "answer", _("Trả lời kiến nghị")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="conclusions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    field_code = models.CharField(max_length=40)
    text = models.TextField()
    product = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    proposal = models.CharField(max_length=500, blank=True)
    difficulty = models.ForeignKey(Difficulty, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=15, choices=RESULTS, blank=True)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["meeting_id", "position"]
        constraints = [
            models.CheckConstraint(name="a_conclusion_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="a_conclusion_is_withdrawn_for_a_reason", condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason="")
            ),
            models.CheckConstraint(
                name="what_answers_a_difficulty_says_how",
                condition=Q(difficulty=None, result="", answer=None)
                | (Q(difficulty__isnull=False, kind="answer") & ~Q(result="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 140 else f"{self.text[:140].rsplit(' ', 1)[0]}…"


class Receiver(models.Model):
    """Whom a conclusion is for, by the name of that day."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="receivers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["conclusion", "organisation"], name="concluded_once_for_one")]

    def __str__(self) -> str:
        return self.name


class Brought(models.Model):
    """A file of a meeting and what it is: a report, a photograph, another paper."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Báo cáo của địa phương, đơn vị")
        PHOTO = "photo", _("Ảnh")
        PAPER = "paper", _("Tài liệu")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="brought")
    kind = models.CharField(max_length=8, choices=Kind)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "id"]

    def __str__(self) -> str:
        return self.file.title
