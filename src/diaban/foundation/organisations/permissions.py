"""Who may see organisations and people, and who may change them."""

from django.db.models import Q, QuerySet

from diaban.foundation.acts.actor import Actor, Grant, NotPermitted
from diaban.foundation.acts.catalogue import Role, act_kind
from diaban.foundation.organisations.lines import bodies_of
from diaban.foundation.organisations.models import Delegation, Organisation, OrganisationVersion, Person, Position
from diaban.foundation.territory.models import UnitVersion
from diaban.foundation.territory.queries import descendants, version_of

FOUND = "organisations.found"
CHANGE = "organisations.change"
STAFF_ANY = "organisations.staff"
STAFF_OWN = "organisations.staff_own"
KEEP_ACCOUNTS = "organisations.keep_accounts"
DELEGATE_OWN = "organisations.delegate_own"
GIVE_CHARGE = "organisations.give_charge_own"
READ_CONTACTS = "organisations.read_contacts"
CONFIRM_OWN = "organisations.confirm_own_contacts"


def visible_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Which organisations exist is no secret to anyone who works in the system."""
    return Organisation.objects.named()


def visible_positions(actor: Actor) -> QuerySet[Position]:
    """Nor is which posts they have."""
    return Position.objects.all()


def visible_delegations(actor: Actor) -> QuerySet[Delegation]:
    """Whoever receives a signed paper may ask by what right it was signed."""
    return Delegation.objects.select_related("from_position", "to_position")


def visible_people(actor: Actor) -> QuerySet[Person]:
    """People with their contacts: for offices; an enterprise sees its own people only."""
    if actor.may(READ_CONTACTS) or actor.reaches(STAFF_ANY):
        return Person.objects.all()
    own = Q(account_id=actor.account_id) & ~Q(account=None)
    return Person.objects.filter(own | Q(holdings__position__organisation_id=actor.organisation_id)).distinct()


def is_own_body(actor: Actor, organisation_id: int) -> bool:
    """Whether the organisation works in the same legal body as the actor's. At most one query."""
    if actor.organisation_id is None:
        return False
    if actor.organisation_id == organisation_id:
        return True
    bodies = bodies_of([actor.organisation_id, organisation_id], actor.today)
    return organisation_id in bodies and bodies[organisation_id] == bodies.get(actor.organisation_id)


def grant_in(actor: Actor, organisation_id: int, *, own: str, elsewhere: str) -> Grant | None:
    """The ground for `own` within the actor's own body, or for `elsewhere` over the organisation's seat."""
    in_own = actor.may(own)
    if in_own and is_own_body(actor, organisation_id):
        return in_own
    return _over_seat(actor, elsewhere, organisation_id)


def _over_seat(actor: Actor, act: str, organisation_id: int) -> Grant | None:
    """Nobody has an act over the seat of an organisation that is no more."""
    seat = OrganisationVersion.objects.on(actor.today).filter(organisation_id=organisation_id)
    unit_id = seat.values_list("unit_id", flat=True).first()
    return None if unit_id is None else actor.may(act, None, unit_id)


def can_change(actor: Actor, organisation_id: int) -> Grant | None:
    """May rename this organisation: whoever keeps the registers over its ground."""
    return _over_seat(actor, CHANGE, organisation_id)


def grounds_of_founding(actor: Actor) -> list[UnitVersion]:
    """Where the actor may seat a new organisation: his ground and the units on it, from above. A query for each reach."""
    found: dict[int, UnitVersion] = {}
    for reach in actor.reaches(FOUND):
        for root in reach.unit_ids:
            here = [version_of(root, actor.today), *descendants(root, actor.today)]
            found |= {unit.unit_id: unit for unit in here}
    return list(found.values())


def can_staff(actor: Actor, organisation_id: int) -> Grant | None:
    """May add colleagues and hand over posts here: its unit administrator, or whoever keeps the registers over its ground."""
    return grant_in(actor, organisation_id, own=STAFF_OWN, elsewhere=STAFF_ANY)


def require_staffing(actor: Actor, organisation_id: int) -> Grant:
    """As `can_staff`, but raises NotPermitted."""
    grant = can_staff(actor, organisation_id)
    if grant is None:
        raise NotPermitted(str(act_kind(STAFF_OWN).label))
    return grant


def require_adding(actor: Actor) -> Grant:
    """The ground for entering a person at all; where they work is asked when they are appointed. Raises NotPermitted."""
    grant = actor.may(STAFF_OWN)
    if grant is None and not actor.reaches(STAFF_ANY):
        raise NotPermitted(str(act_kind(STAFF_OWN).label))
    return grant or actor.require(STAFF_ANY)


def can_keep_account(actor: Actor, person: Person) -> Grant | None:
    """May renew the password of someone, lock his account, end his posts: the unit administrator of the one body that he works
    in (or worked in last), but for an auditor, who watches the administrator too; or that of whoever keeps the registers over
    all of its bodies."""
    held = person.holdings.select_related("position").order_by("-valid")
    posts = [one.position for one in held if one.holds_on(actor.today)] or [one.position for one in held[:1]]
    if not posts:
        return None
    own = actor.may(STAFF_OWN)
    is_watched = all(post.role != Role.AUDITOR for post in posts)
    if own and is_watched and all(is_own_body(actor, post.organisation_id) for post in posts):
        return own
    grants = [_over_seat(actor, KEEP_ACCOUNTS, post.organisation_id) for post in posts]
    return grants[0] if all(grants) else None


def can_delegate(actor: Actor, position: Position) -> Grant | None:
    """A leader gives away his own signature; the unit administrator enters it for the office."""
    grant = actor.may(DELEGATE_OWN)
    if (
        grant
        and (actor.position_id == position.pk or actor.may(STAFF_OWN))
        and is_own_body(actor, position.organisation_id)
    ):
        return grant
    return _over_seat(actor, STAFF_ANY, position.organisation_id)


def require_giving_charge(actor: Actor, position: Position) -> Grant:
    """The ground for dividing the ground of the actor's own body among its leaders. Raises NotPermitted."""
    grant = actor.may(GIVE_CHARGE)
    if grant is None or not is_own_body(actor, position.organisation_id):
        raise NotPermitted(str(act_kind(GIVE_CHARGE).label))
    return grant


def can_confirm_contact(actor: Actor, person: Person) -> Grant | None:
    """Everyone confirms their own contact; the unit administrator those of the office."""
    if person.account_id is not None and person.account_id == actor.account_id:
        return actor.may(CONFIRM_OWN)
    if not actor.may(STAFF_OWN):
        return None
    posts = Position.objects.filter(holdings__person=person, holdings__valid__contains=actor.today)
    organisations = list(posts.values_list("organisation_id", flat=True))
    return actor.may(STAFF_OWN) if any(is_own_body(actor, one) for one in organisations) else None
