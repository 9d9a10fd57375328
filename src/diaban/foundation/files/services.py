"""Keeping files."""

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.files.models import Blob, File
from diaban.foundation.files.sniffing import ENDINGS, EVIDENCE, NotAccepted, sniff

Files = Sequence[tuple[bytes, str]]  # content and name of each


class TooLarge(NotAccepted):
    """The file passes the limit of `UPLOAD_LIMIT` bytes."""


def keep_file(
    *, content: bytes, title: str, subject: Subject, accepted: frozenset[str], actor: Actor, at: datetime
) -> File:
    """Store a file under its subject. The caller's act has checked the permission and writes the journal.

    Raises `TooLarge` or `NotAccepted`, before anything is stored.
    """
    if len(content) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise TooLarge(_("Tệp lớn hơn %(limit)s MB. Hãy nén ảnh hoặc chia nhỏ tệp rồi gửi lại.") % {"limit": limit})
    media_type = sniff(content, accepted=accepted)
    with transaction.atomic():
        return File.objects.create(
            key=secrets.token_urlsafe(32),
            blob=_blob_of(content, media_type),
            subject_kind=subject.kind,
            subject_id=subject.id,
            title=clean_title(title, media_type),
            brought_by_id=actor.account_id,
            brought_at=at,
        )


def keep_evidence(*, files: Files, subject: Subject, actor: Actor, at: datetime) -> list[File]:
    """Store what proves something under its subject. As `keep_file`."""
    return [
        keep_file(content=content, title=title, subject=subject, accepted=EVIDENCE, actor=actor, at=at)
        for content, title in files
    ]


def clean_title(title: str, media_type: str) -> str:
    """A name safe to show and to download under: NFC, no path, no control characters, the ending of its true kind."""
    name = unicodedata.normalize("NFC", title).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in name if letter.isprintable()).strip(" .")[:180]
    ending = ENDINGS[media_type]
    return name if name.lower().endswith(ending) else f"{name or 'tep'}{ending}"


def _blob_of(content: bytes, media_type: str) -> Blob:
    digest = hashlib.sha256(content).hexdigest()
    known = Blob.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    name = default_storage.save(f"{digest[:2]}/{secrets.token_hex(16)}", ContentFile(content))
    blob, _is_new = Blob.objects.get_or_create(
        sha256=digest, defaults={"name": name, "size": len(content), "media_type": media_type}
    )
    return blob
