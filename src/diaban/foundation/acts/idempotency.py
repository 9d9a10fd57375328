"""Idempotency keys: an act that comes twice from outside happens once."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from diaban.foundation.acts.models import IdempotencyKey


class KeyReused(Exception):
    """The key came before with another request."""


def once(
    *, account_id: int, key: str, request: bytes, at: datetime, act: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """Run `act` once for (account, key); a repeat gets the first answer. Returns (answer, is it a repeat).

    Key and answer are stored in the same transaction as the act, so that a crash keeps both or neither.
    Raises `KeyReused` where the key was used for another request.
    """
    digest = hashlib.sha256(request).hexdigest()
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(account_id=account_id, key=key, digest=digest, at=at, answer={})
            row.answer = act()
            row.save(update_fields=["answer"])
            return row.answer, False
    except IntegrityError:
        earlier = IdempotencyKey.objects.filter(account_id=account_id, key=key).first()
        if earlier is None:
            raise
    if earlier.digest != digest:
        raise KeyReused(key)
    return earlier.answer, True
