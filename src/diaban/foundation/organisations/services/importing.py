"""People by list: all of them, or none and what is wrong with each row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from diaban.foundation.accounts.models import Account
from diaban.foundation.acts.actor import Actor
from diaban.foundation.acts.catalogue import Role
from diaban.foundation.organisations.models import Person
from diaban.foundation.organisations.permissions import can_staff, require_adding
from diaban.foundation.organisations.queries import UnknownOrganisation, body_of, organisation_named
from diaban.foundation.organisations.services.accounts import first_password
from diaban.foundation.organisations.services.people import add_person, give_post
from diaban.lib.vietnamese import fold


@dataclass(frozen=True)
class PersonRow:
    """One row of a list as it was typed. `role` is a code or its Vietnamese name; `organisation` a code or a name, blank for the own body."""

    number: int
    name: str
    username: str
    title: str
    role: str
    organisation: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class RowProblem:
    number: int
    message: str


class PeopleRefused(Exception):
    """Nothing was imported. `problems` are in the order of the rows."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__("; ".join(f"{problem.number}: {problem.message}" for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class ImportedPerson:
    """`password` is shown once to whoever imported; it is stored nowhere and must be changed at the first sign-in."""

    person: Person
    username: str
    password: str = field(repr=False)
    organisation: str = ""  # as the list names it


@dataclass(frozen=True)
class _Placed:
    row: PersonRow
    organisation_id: int
    role: Role


@transaction.atomic
def import_people(rows: Sequence[PersonRow], *, valid_from: date, actor: Actor, at: datetime) -> list[ImportedPerson]:
    """Each row's person with an account, in a post of that title (opened where missing). Raises `PeopleRefused`."""
    require_adding(actor)
    placed, problems = _check(rows, valid_from, actor)
    if problems:
        raise PeopleRefused(problems)
    return [_import(one, valid_from, actor, at) for one in placed]


@transaction.atomic
def add_colleague(
    *,
    name: str,
    username: str,
    organisation_id: int,
    title: str,
    role: str,
    valid_from: date,
    phone: str = "",
    email: str = "",
    actor: Actor,
    at: datetime,
) -> ImportedPerson:
    """One new person with an account, in a post of that title (opened where missing). Raises `NotPossible`."""
    row = PersonRow(1, name, username, title, role, "", phone, email)
    return _import(_Placed(row, organisation_id, Role(role)), valid_from, actor, at)


def _import(placed: _Placed, valid_from: date, actor: Actor, at: datetime) -> ImportedPerson:
    row = placed.row
    password = first_password()
    username = row.username.strip()
    person = add_person(
        name=row.name.strip(),
        username=username,
        password=password,
        phone=row.phone.strip(),
        email=row.email.strip(),
        actor=actor,
        at=at,
    )
    give_post(
        person_id=person.pk,
        organisation_id=placed.organisation_id,
        title=row.title,
        role=placed.role,
        valid_from=valid_from,
        actor=actor,
        at=at,
    )
    return ImportedPerson(person, username, password, row.organisation.strip())


def _check(rows: Sequence[PersonRow], on: date, actor: Actor) -> tuple[list[_Placed], list[RowProblem]]:
    typed = Counter(row.username.strip().lower() for row in rows)
    taken = {name.lower() for name in Account.objects.values_list("username", flat=True)}
    placed: list[_Placed] = []
    problems: list[RowProblem] = []
    known: dict[str, int | str] = {}
    for row in rows:
        if row.organisation not in known:
            known[row.organisation] = _organisation(row.organisation, on, actor)
        organisation = known[row.organisation]
        role = role_of(row.role)
        messages = _row_problems(row, typed, taken)
        if isinstance(organisation, str):
            messages.append(organisation)
        if role is None:
            messages.append(_("Không có vai trò “%(role)s”.") % {"role": row.role})
        problems += [RowProblem(row.number, message) for message in messages]
        if role is not None and isinstance(organisation, int):
            placed.append(_Placed(row, organisation, role))
    return placed, problems


def _row_problems(row: PersonRow, typed: Counter[str], taken: set[str]) -> list[str]:
    messages = []
    if not row.name.strip():
        messages.append(_("Thiếu họ và tên."))
    if not row.title.strip():
        messages.append(_("Thiếu chức vụ, vị trí công tác."))
    username = row.username.strip().lower()
    if not username:
        messages.append(_("Thiếu tên đăng nhập."))
    elif username in taken:
        messages.append(_("Tên đăng nhập “%(name)s” đã có người dùng.") % {"name": row.username})
    elif typed[username] > 1:
        messages.append(_("Tên đăng nhập “%(name)s” có ở nhiều dòng.") % {"name": row.username})
    if row.email.strip() and not _is_email(row.email.strip()):
        messages.append(_("Thư điện tử “%(email)s” không đúng.") % {"email": row.email})
    return messages


def _organisation(name: str, on: date, actor: Actor) -> int | str:
    """The organisation's id, or why not; the own body where none is written."""
    try:
        if not name.strip() and actor.organisation_id is not None:
            return body_of(actor.organisation_id, on)
        organisation_id = organisation_named(name, on).organisation_id
    except UnknownOrganisation as unknown:
        return str(unknown)
    if can_staff(actor, organisation_id) is None:
        return _("Bạn không được thêm người vào “%(name)s”.") % {"name": name}
    return organisation_id


def role_of(text: str) -> Role | None:
    """A role by its code or its Vietnamese name, with or without diacritics."""
    wanted = fold(text.strip())
    return next((role for role in Role if wanted in {role.value, fold(str(role.label))}), None)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
