"""Threads of a subject."""

from django.db.models import QuerySet

from diaban.foundation.acts.subjects import Subject
from diaban.foundation.remarks.models import Thread


def threads_of(subject: Subject) -> QuerySet[Thread]:
    """Every thread on a subject the caller has already found visible, with its remarks, oldest first."""
    return (
        Thread.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        .prefetch_related("remarks")
        .order_by("id")
    )
