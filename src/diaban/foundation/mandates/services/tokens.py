"""The acts on access tokens: the keys by which programs act in a position."""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from diaban.foundation.acts.actor import Actor
from diaban.foundation.journal.services import record
from diaban.foundation.mandates.models import AccessToken
from diaban.foundation.mandates.permissions import require_token
from diaban.foundation.mandates.services.mandates import NotPossible
from diaban.foundation.organisations.models import Holding, Position

LONGEST_LIFE = timedelta(days=366)
SECRET_BEGINS = "diaban_"  # noqa: S105 (not a secret: the mark by which scanners find one that leaked)
USE_TOLD_EVERY = timedelta(minutes=1)


@transaction.atomic
def issue_token(
    *, position_id: int, name: str, expires_on: date, actor: Actor, at: datetime,
    purpose: str = AccessToken.Purpose.PROGRAM,
) -> tuple[AccessToken, str]:  # fmt: skip
    """A key for programs that act in the position until the end of `expires_on`, or only read its calendar; the secret is told
    here only.

    It acts as the account of the actor where the position is the actor's own, else of whoever holds it today. Raises
    `NotPossible` where nobody with an account does, without a name, or for a day past or more than a year away, and
    `NotPermitted`.
    """
    position = Position.objects.get(pk=position_id)
    grant = require_token(actor, position)
    expires_at = timezone.make_aware(datetime.combine(expires_on + timedelta(days=1), time.min))
    if not name.strip():
        raise NotPossible(_("Đặt tên cho khóa, ví dụ tên phần mềm sẽ dùng khóa."))
    if not at < expires_at <= at + LONGEST_LIFE + timedelta(days=1):
        raise NotPossible(_("Ngày hết hạn phải từ hôm nay đến một năm sau."))
    secret = SECRET_BEGINS + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        position=position,
        account_id=_account_for(position, actor),
        purpose=AccessToken.Purpose(purpose),
        name=name.strip()[:100],
        digest=_digest(secret),
        created_at=at,
        expires_at=expires_at,
    )
    changes = {"name": (None, token.name), "position_id": (None, position.pk), "expires_on": (None, expires_on),
               "purpose": (None, token.purpose)}  # fmt: skip
    record(actor=actor, verb="mandates.token_issued", thing=token, at=at, changes=changes, grant=grant)
    return token, secret


def _account_for(position: Position, actor: Actor) -> int:
    if position.pk == actor.position_id and actor.account_id is not None:
        return actor.account_id
    held = Holding.objects.filter(position=position, valid__contains=actor.today, person__account__is_active=True)
    account_id = held.values_list("person__account_id", flat=True).first()
    if account_id is None:
        raise NotPossible(_("Vị trí này hôm nay chưa có người có tài khoản."))
    return account_id


@transaction.atomic
def revoke_token(*, token_id: int, actor: Actor, at: datetime) -> None:
    """End a key at once; one that was revoked already stays as it is. Raises `NotPermitted` or DoesNotExist."""
    token = AccessToken.objects.select_for_update(of=("self",)).select_related("position").get(pk=token_id)
    grant = require_token(actor, token.position)
    if token.revoked_at is not None:
        return
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(
        actor=actor,
        verb="mandates.token_revoked",
        thing=token,
        at=at,
        changes={"name": (token.name, None)},
        grant=grant,
    )


def use_token(*, secret: str, at: datetime, purpose: str = AccessToken.Purpose.PROGRAM) -> AccessToken | None:
    """The key of a secret, if it may be used now for that purpose and no other. Notes the use, once a minute: no act, nothing is journaled."""
    token = AccessToken.objects.usable(at).filter(digest=_digest(secret), purpose=purpose).first()
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at <= at - USE_TOLD_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
