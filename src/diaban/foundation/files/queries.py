"""Reading files; who may read the subject may read its files."""

from collections.abc import Collection

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, visible_thing
from diaban.foundation.files.models import File


def files_of(subject: Subject) -> QuerySet[File]:
    """The files of a subject the caller has already found visible, newest first."""
    return File.objects.filter(subject_kind=subject.kind, subject_id=subject.id).select_related("blob").order_by("-id")


def files_by_subject(subjects: Collection[Subject]) -> dict[Subject, list[File]]:
    """The files of some subjects that the caller has already found visible, oldest first. One query."""
    found: dict[Subject, list[File]] = {}
    kinds: dict[str, list[int]] = {}
    for subject in subjects:
        kinds.setdefault(subject.kind, []).append(subject.id)
    wanted = Q(pk__in=[])
    for kind, ids in kinds.items():
        wanted |= Q(subject_kind=kind, subject_id__in=ids)
    for file in File.objects.filter(wanted).order_by("id"):
        found.setdefault(Subject(file.subject_kind, file.subject_id), []).append(file)
    return found


def file_for(actor: Actor, key: str) -> File | None:
    """The file with this key, if the actor may see its subject."""
    file = File.objects.filter(key=key).select_related("blob").first()
    if file is None or visible_thing(actor, Subject(file.subject_kind, file.subject_id)) is None:
        return None
    return file


def content_of(file: File) -> bytes:
    with default_storage.open(file.blob.name) as stored:
        content: bytes = stored.read()
    return content
