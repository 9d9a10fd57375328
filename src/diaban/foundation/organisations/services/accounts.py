"""The accounts of an office's people: a forgotten password, a lost telephone, someone who has left."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.accounts.models import Account
from diaban.foundation.accounts.services import tell
from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.catalogue import act_kind
from diaban.foundation.acts.subjects import Subject
from diaban.foundation.journal.services import record
from diaban.foundation.organisations.models import Person
from diaban.foundation.organisations.permissions import STAFF_OWN, can_keep_account
from diaban.foundation.organisations.services.organisations import NotPossible

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none is taken for another when it is read out
BLOCKS, LENGTH = 3, 4


def first_password() -> str:
    """A password to be passed on by word of mouth and changed at the first sign-in: 12 letters and digits, 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(LENGTH)) for _block in range(BLOCKS))


@transaction.atomic
def renew_password(*, person_id: int, forget_second: bool = False, actor: Actor, at: datetime) -> str:
    """A new first password, shown once; whoever is signed in with the old one is signed out, and the person is told.

    `forget_second` takes off the second factor of someone who has lost it. Raises `NotPermitted` or `NotPossible`.
    """
    person, account, grant = _kept(person_id, actor)
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    if forget_second:
        Authenticator.objects.filter(user=account).delete()
    changes = {"forget_second": (None, forget_second)}
    record(actor=actor, verb="organisations.password_renewed", thing=person, at=at, changes=changes, grant=grant)
    tell(
        account_ids=[account.pk],
        subject=Subject("organisations.person", person.pk),
        text=_("%(who)s đã đặt lại mật khẩu của anh, chị.") % {"who": actor.label},
        reason=_("Tài khoản của anh, chị"),
        at=at,
    )
    return password


@transaction.atomic
def lock_account(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Nobody signs in with it until it is unlocked, and whoever is signed in is out; posts and what was done stay.

    Raises `NotPermitted`, or `NotPossible` for the own account.
    """
    person, account, grant = _kept(person_id, actor)
    if account.pk == actor.account_id:
        raise NotPossible(_("Không tự khóa tài khoản của mình."))
    _switch(account, is_active=False)
    record(actor=actor, verb="organisations.account_locked", thing=person, at=at, grant=grant)


@transaction.atomic
def unlock_account(*, person_id: int, actor: Actor, at: datetime) -> None:
    """The account can be signed in to again. Raises `NotPermitted` or `NotPossible`."""
    person, account, grant = _kept(person_id, actor)
    _switch(account, is_active=True)
    record(actor=actor, verb="organisations.account_unlocked", thing=person, at=at, grant=grant)


def _kept(person_id: int, actor: Actor) -> tuple[Person, Account, Grant]:
    person = Person.lock(person_id)
    grant = can_keep_account(actor, person)
    if grant is None:
        raise NotPermitted(str(act_kind(STAFF_OWN).label))
    if person.account is None:
        raise NotPossible(_("%(name)s chưa có tài khoản.") % {"name": person.name})
    return person, person.account, grant


def _switch(account: Account, *, is_active: bool) -> None:
    account.is_active = is_active
    account.save(update_fields=["is_active"])
