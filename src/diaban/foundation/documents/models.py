"""Documents: a paper as it was drafted, and what became of it. Issued ones are never deleted."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, ExtractYear
from django.utils.translation import gettext_lazy as _

from diaban.foundation.acts.folding import Folded
from diaban.foundation.acts.revisions import Revised
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.documents.layout import ND30
from diaban.foundation.documents.numbering import TYPES
from diaban.foundation.files.models import File
from diaban.foundation.organisations.models import Organisation


class Document(Revised):
    """One official document of `organisation`, about a subject of another room.

    `content` is a `content.Paper` as JSON, without number and date while it is a draft. The office's own register gives
    the number; here it is recorded with the day, the signer and the file as issued.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        ISSUED = "issued", _("Đã ban hành")
        CORRECTED = "corrected", _("Đã đính chính")
        REPLACED = "replaced", _("Đã thay thế")
        RECALLED = "recalled", _("Đã thu hồi")

    class Supersession(models.TextChoices):
        """What issuing this document does to the one it names."""

        CORRECTS = "corrected", _("Đính chính")
        REPLACES = "replaced", _("Thay thế")

    uid = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="documents")
    drafted_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    type_code = models.CharField(max_length=5)
    form = models.CharField(max_length=10, default=ND30.code)
    content = models.JSONField()  # empty for a paper that was brought signed
    title = models.CharField(max_length=500)
    symbol = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    number = models.CharField(max_length=70, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    signer = models.CharField(max_length=150, blank=True)
    issuer = models.CharField(max_length=200, blank=True)  # another body, whose paper `organisation` keeps
    issued_file = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    supersedes_as = models.CharField(max_length=10, choices=Supersession, blank=True)
    recall_reason = models.CharField(max_length=300, blank=True)
    searched = models.GeneratedField(
        expression=Folded(Concat("title", Value(" "), "number", Value(" "), "issuer", Value(" "), "signer")),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="issued_document_has_number_day_and_file",
                condition=Q(status="draft", number="", issued_on=None, issued_file=None)
                | Q(~Q(status="draft"), ~Q(number=""), issued_on__isnull=False, issued_file__isnull=False),
            ),
            models.CheckConstraint(
                name="superseding_document_says_how",
                condition=Q(supersedes=None, supersedes_as="") | Q(~Q(supersedes_as=""), supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="recalled_document_has_a_reason", condition=~Q(status="recalled") | ~Q(recall_reason="")
            ),
            # Decree 30/2020/NĐ-CP, Article 15.1: a number is unique in the year of the agency that gave it.
            models.UniqueConstraint(
                F("organisation"),
                F("number"),
                ExtractYear("issued_on"),
                name="one_document_of_a_number_a_year",
                condition=~Q(number="") & Q(issuer=""),
            ),
            models.UniqueConstraint(
                F("organisation"),
                F("issuer"),
                F("number"),
                ExtractYear("issued_on"),
                name="one_kept_paper_of_a_number_a_year",
                condition=~Q(number="") & ~Q(issuer=""),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="documents_of_a_subject"),
            models.Index(fields=["organisation", "-issued_on"], name="documents_of_an_organisation"),
            models.Index(fields=["drafted_by", "-id"], name="documents_by_drafter"),
        ]

    def __str__(self) -> str:
        kind = self.type_name
        return f"{kind} số {self.number}" if self.number else f"Dự thảo {kind}: {self.title}"[:300]

    @property
    def type_name(self) -> str:
        return TYPES[self.type_code].name

    @property
    def is_brought(self) -> bool:
        """Whether it came in as a signed file; it was not written here."""
        return not self.content

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


class Series(models.Model):
    """An office's own numbers for a type of paper in a year, where it numbers here: `last` is the one given last.

    Decree 30/2020/NĐ-CP, Article 15.1: numbers run from 1 through the year.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="number_series")
    type_code = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "type_code", "year"], name="one_series_of_a_type_and_year")
        ]

    def __str__(self) -> str:
        return f"{TYPES[self.type_code].name} {self.year}"
