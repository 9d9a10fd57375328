"""Links between subjects."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Link(models.Model):
    """`source` stands in a relation to `target` since `on`; untied links keep their dates."""

    class Kind(models.TextChoices):
        ANSWERS = "answers", _("trả lời")
        ARISES_FROM = "arises_from", _("phát sinh từ")
        PROVES = "proves", _("là minh chứng cho")
        CORRECTS = "corrects", _("sửa đổi, thay thế")
        BELONGS_TO = "belongs_to", _("thuộc")
        CITES = "cites", _("dẫn chiếu")

    kind = models.CharField(max_length=20, choices=Kind)
    source_kind = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    on = models.DateField()
    untied_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_kind", "source_id", "target_kind", "target_id"],
                condition=Q(untied_on=None),
                name="one_link_of_a_kind",
            ),
            models.CheckConstraint(
                name="nothing_is_tied_to_itself",
                condition=~Q(source_kind=F("target_kind"), source_id=F("target_id")),
            ),
        ]
        indexes = [
            models.Index(fields=["target_kind", "target_id"], name="links_to_a_subject"),
            models.Index(fields=["source_kind", "source_id"], name="links_from_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id} {self.kind} {self.target_kind} {self.target_id}"
