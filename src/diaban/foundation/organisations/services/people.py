"""Posts, the people who hold them, and who signs for whom. Work belongs to organisations and posts, never to people."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from diaban.foundation.accounts.models import Account
from diaban.foundation.accounts.services import address_changed
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import Role, act_kind
from diaban.foundation.journal.services import record
from diaban.foundation.organisations.lines import bodies_of
from diaban.foundation.organisations.models import Delegation, Holding, Person, Position
from diaban.foundation.organisations.permissions import (
    CONFIRM_OWN,
    DELEGATE_OWN,
    STAFF_ANY,
    can_confirm_contact,
    can_delegate,
    require_adding,
    require_staffing,
)
from diaban.foundation.organisations.rules import delegation_problem
from diaban.foundation.organisations.services.organisations import NotPossible, end_posts, end_row
from diaban.lib.vietnamese import sort_key


@transaction.atomic
def open_position(
    *,
    organisation_id: int,
    title: str,
    role: str,
    field_codes: Sequence[str] = (),
    valid_from: date | None,
    actor: Actor,
    at: datetime,
) -> Position:
    """A new post. Only who keeps the registers opens an auditor's. Raises NotPermitted."""
    grant = require_staffing(actor, organisation_id)
    if role == Role.AUDITOR and not actor.reaches(STAFF_ANY):
        raise NotPermitted(str(act_kind(STAFF_ANY).label))
    position = Position.objects.create(
        organisation_id=organisation_id,
        title=title,
        role=Role(role).value,
        field_codes=list(field_codes),
        valid=DateRange(valid_from, None),
    )
    changes = {"title": (None, title), "role": (None, role), "field_codes": (None, list(field_codes))}
    record(actor=actor, verb="organisations.position_opened", thing=position, at=at, changes=changes, grant=grant)
    return position


@transaction.atomic
def close_position(*, position_id: int, on: date, actor: Actor, at: datetime) -> None:
    """From `on` the post is no more, nor its holdings and delegations."""
    position = Position.lock(position_id)
    grant = require_staffing(actor, position.organisation_id)
    end_posts(Position.objects.filter(pk=position_id), on)
    record(
        actor=actor,
        verb="organisations.position_closed",
        thing=position,
        at=at,
        changes={"on": (None, on)},
        grant=grant,
    )


@transaction.atomic
def add_person(
    *,
    name: str,
    username: str | None = None,
    password: str | None = None,
    phone: str = "",
    zalo: str = "",
    email: str = "",
    actor: Actor,
    at: datetime,
) -> Person:
    """Someone who can be appointed; with a username also an account, whose first password must be changed.

    Raises `NotPossible` where the username is taken.
    """
    grant = require_adding(actor)
    account = _account(username, password, email) if username else None
    person = Person.objects.create(
        uid=uuid.uuid4(),
        name=name,
        account=account,
        phone=phone,
        zalo=zalo,
        email=email,
        sort_key=person_sort_key(name),
    )
    changes = {"account": (None, username)} if username else {}
    record(actor=actor, verb="organisations.person_added", thing=person, at=at, changes=changes, grant=grant)
    return person


def person_sort_key(name: str) -> str:
    """Vietnamese people are found by their given name, which comes last; then by family and middle names."""
    words = name.split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))


def _account(username: str, password: str | None, email: str) -> Account:
    if Account.objects.filter(username__iexact=username).exists():
        raise NotPossible(_("Tên đăng nhập “%(name)s” đã có người dùng.") % {"name": username})
    account = Account.objects.create_account(username, password, email=email)
    if password is not None:
        account.must_change_password = True
        account.save(update_fields=["must_change_password"])
    return account


@transaction.atomic
def appoint(*, person_id: int, position_id: int, valid_from: date | None, actor: Actor, at: datetime) -> Holding:
    """From that day the person holds the post, beside whoever else does. Raises `NotPossible` where they already do."""
    position = Position.lock(position_id)
    grant = require_staffing(actor, position.organisation_id)
    person = Person.objects.get(pk=person_id)
    try:
        with transaction.atomic():
            holding = Holding.objects.create(person=person, position=position, valid=DateRange(valid_from, None))
    except IntegrityError as error:
        raise NotPossible(_("%(name)s đã giữ vị trí này.") % {"name": person.name}) from error
    position.save_revision()
    changes = {"person_id": (None, person_id), "valid_from": (None, valid_from)}
    act = record(actor=actor, verb="organisations.appointed", thing=position, at=at, changes=changes, grant=grant)
    record(
        actor=actor,
        verb="organisations.appointed",
        thing=person,
        at=at,
        changes={"position_id": (None, position_id), "valid_from": (None, valid_from)},
        grant=grant,
        act=act,
    )
    return holding


@transaction.atomic
def give_post(
    *, person_id: int, organisation_id: int, title: str, role: str, valid_from: date, actor: Actor, at: datetime
) -> Holding:
    """The person holds a post of that title there, opened where missing, beside the posts already held. Raises as `appoint`."""
    titled = Position.objects.filter(
        organisation_id=organisation_id, title=title.strip(), role=role, valid__contains=valid_from
    )
    position = titled.first() or open_position(
        organisation_id=organisation_id, title=title.strip(), role=role, valid_from=valid_from, actor=actor, at=at
    )
    return appoint(person_id=person_id, position_id=position.pk, valid_from=valid_from, actor=actor, at=at)


@transaction.atomic
def hand_over(
    *,
    position_id: int,
    to_person_id: int,
    on: date,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Holding:
    """From `on` the post is the other person's alone. Whatever it has in hand stays with the post."""
    position = Position.lock(position_id, expected_revision=expected_revision)
    grant = require_staffing(actor, position.organisation_id)
    leaving = list(Holding.objects.filter(position=position, valid__contains=on).exclude(person_id=to_person_id))
    for holding in leaving:
        end_row(holding, on)
    coming = Holding.objects.filter(position=position, person_id=to_person_id, valid__contains=on).first()
    if coming is None:
        coming = Holding.objects.create(position=position, person_id=to_person_id, valid=DateRange(on, None))
    position.save_revision()
    record(
        actor=actor,
        verb="organisations.handed_over",
        thing=position,
        at=at,
        changes={"person_id": ([holding.person_id for holding in leaving], to_person_id), "on": (None, on)},
        grant=grant,
    )
    return coming


@transaction.atomic
def end_holding(*, holding_id: int, on: date, actor: Actor, at: datetime) -> None:
    """From `on` the person no longer holds the post. Raises `NotPossible` for the post that the actor is at work in."""
    holding = Holding.objects.select_for_update().get(pk=holding_id)
    grant = require_staffing(actor, holding.position.organisation_id)
    if holding.person.account_id == actor.account_id and holding.position_id == actor.position_id:
        raise NotPossible(_("Không tự thôi vị trí đang làm việc; hãy bàn giao cho người khác."))
    end_row(holding, on)
    changes = {"person_id": (holding.person_id, None), "on": (None, on)}
    record(actor=actor, verb="organisations.holding_ended", thing=holding.position, at=at, changes=changes, grant=grant)


@transaction.atomic
def delegate(
    *,
    from_position_id: int,
    to_position_id: int,
    manner: str,
    valid_from: date,
    valid_to: date | None = None,
    basis: str = "",
    actor: Actor,
    at: datetime,
) -> Delegation:
    """One post may sign for another until the end of `valid_to` (its last day). It passes no further.

    Raises `NotPossible` where the manner does not fit the two posts (`rules.delegation_problem`).
    """
    giver, taker = Position.objects.get(pk=from_position_id), Position.objects.get(pk=to_position_id)
    grant = can_delegate(actor, giver)
    if grant is None:
        raise NotPermitted(str(act_kind(DELEGATE_OWN).label))
    bodies = bodies_of([giver.organisation_id, taker.organisation_id], valid_from)
    problem = delegation_problem(
        manner=manner,
        from_role=giver.role,
        to_role=taker.role,
        same_organisation=giver.organisation_id == taker.organisation_id,
        same_body=len(set(bodies.values())) == 1,
        basis=basis,
    )
    if problem:
        raise NotPossible(str(problem))
    upper = date.fromordinal(valid_to.toordinal() + 1) if valid_to else None
    delegation = Delegation.objects.create(
        from_position=giver, to_position=taker, manner=manner, valid=DateRange(valid_from, upper), basis=basis
    )
    changes = {"manner": (None, manner), "valid_from": (None, valid_from), "valid_to": (None, valid_to)}
    record(actor=actor, verb="organisations.delegated", thing=delegation, at=at, changes=changes, grant=grant)
    return delegation


@transaction.atomic
def end_delegation(*, delegation_id: int, on: date, actor: Actor, at: datetime) -> None:
    """From `on` nobody signs by this delegation any more."""
    delegation = (
        Delegation.objects.select_for_update(of=("self",)).select_related("from_position").get(pk=delegation_id)
    )
    grant = can_delegate(actor, delegation.from_position)
    if grant is None:
        raise NotPermitted(str(act_kind(DELEGATE_OWN).label))
    end_row(delegation, on)
    record(
        actor=actor,
        verb="organisations.delegation_ended",
        thing=delegation,
        at=at,
        changes={"on": (None, on)},
        grant=grant,
    )


CHANNEL_OF = {"email": "mail", "phone": "sms", "zalo": "zalo"}  # which channel goes to which part of a contact


@transaction.atomic
def confirm_contact(
    *,
    person_id: int,
    phone: str,
    zalo: str,
    email: str,
    on: date,
    expected_revision: int | None = None,
    actor: Actor,
    at: datetime,
) -> Person:
    """The contact is right as of `on`, changed where it was not. The journal holds which parts changed, not their values."""
    person = Person.lock(person_id, expected_revision=expected_revision)
    grant = can_confirm_contact(actor, person)
    if grant is None:
        raise NotPermitted(str(act_kind(CONFIRM_OWN).label))
    new = {"phone": phone, "zalo": zalo, "email": email}
    changed = sorted(name for name, value in new.items() if getattr(person, name) != value)
    for name, value in new.items():
        setattr(person, name, value)
    person.contact_confirmed_on = on
    person.save_revision(*new, "contact_confirmed_on")
    if person.account_id is not None:
        account = Account.objects.filter(pk=person.account_id)
        is_mail_new = bool(account.exclude(email=email).update(email=email))
        for part in changed + ["email"] * is_mail_new:
            address_changed(account_id=person.account_id, channel=CHANNEL_OF[part], at=at)
    changes = {"changed": (None, changed), "confirmed_on": (None, on)}
    record(actor=actor, verb="organisations.contact_confirmed", thing=person, at=at, changes=changes, grant=grant)
    return person


@transaction.atomic
def anonymise_person(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Take out everything that tells who it was; the account can no longer sign in, the acts stay."""
    grant = actor.require(STAFF_ANY)
    person = Person.lock(person_id)
    if person.account is not None:
        person.account.is_active = False
        person.account.save(update_fields=["is_active"])
    person.name = _("Người đã ẩn danh")
    person.phone = person.zalo = person.email = ""
    person.sort_key = person_sort_key(person.name)
    person.save_revision("name", "phone", "zalo", "email", "sort_key")
    record(actor=actor, verb="organisations.person_anonymised", thing=person, at=at, grant=grant)
