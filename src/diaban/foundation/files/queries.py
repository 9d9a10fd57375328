"""Reading files; who may read the subject may read its files."""

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject, visible_thing
from diaban.foundation.files.models import File


def files_of(subject: Subject) -> QuerySet[File]:
    """The files of a subject the caller has already found visible, newest first."""
    return File.objects.filter(subject_kind=subject.kind, subject_id=subject.id).select_related("blob").order_by("-id")


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
