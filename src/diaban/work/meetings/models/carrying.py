"""What a delegation takes along beside its plan: papers that were signed, and what it means to ask at a stop."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaban.foundation.files.models import File
from diaban.work.meetings.models.meetings import Meeting, Visit


class Carried(models.Model):
    """A signed paper of a visit, as PDF; it is bound into what the delegation takes along. A signed plan stands for the draft."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("Quyết định thành lập đoàn")
        PLAN = "plan", _("Kế hoạch đã ký")
        LETTER = "letter", _("Giấy giới thiệu, công văn")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="carried")
    kind = models.CharField(max_length=10, choices=Kind)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "id"]

    def __str__(self) -> str:
        return self.file.title


class Asking(models.Model):
    """What was decided about a question at a stop: a suggested one, named by its key, is struck; or one of the delegation's
    own is added (`text`)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="askings")
    key = models.CharField(max_length=32, blank=True)
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["meeting_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_question_is_struck_or_added", condition=(Q(key="") & ~Q(text="")) | (~Q(key="") & Q(text=""))
            ),
            models.UniqueConstraint(fields=["meeting", "key"], condition=~Q(key=""), name="a_question_is_struck_once"),
        ]

    def __str__(self) -> str:
        return self.text or self.key
