"""Pure decisions about organisations: which may own work, which belong to the body above, who may sign for whom."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEVER_OWN = frozenset({"party_body", "steering_committee"})
ROOMS_OF_A_BODY = frozenset({"office", "commune_office", "district_office"})


def may_own_obligations(kind: str) -> bool:
    """A Party body leads and is reported to; it is never given a deadline. A steering committee works through its standing body."""
    return kind not in NEVER_OWN


def may_be_ranked(kind: str) -> bool:
    """Whoever owns no obligations stands in no ranking and on no board of overdue work."""
    return may_own_obligations(kind)


def is_room_of(kind: str, parent_kind: str | None) -> bool:
    """Whether an organisation works in the name of the one above it, so that it uses that one's mandates.

    A room of a department does, a district or commune office does for its people's committee, and so does a department's
    inspectorate; the provincial inspectorate is a body of its own, and so is a department under its people's committee.
    """
    if parent_kind is None:
        return False
    return kind in ROOMS_OF_A_BODY or (kind == "inspectorate" and parent_kind != "people_committee")


def length_in_body(kinds: Sequence[str]) -> int:
    """How many of a line of kinds, from an organisation upwards, belong to one legal body (at least 1 of a line of any)."""
    for index, kind in enumerate(kinds):
        above = kinds[index + 1] if index + 1 < len(kinds) else None
        if not is_room_of(kind, above):
            return index + 1
    return 0


def delegation_problem(
    *, manner: str, from_role: str, to_role: str, same_organisation: bool, same_body: bool, basis: str
) -> str | Promise | None:
    """Why one position may not sign for another in this manner, or None.

    KT. is a deputy's signature for the head of the same organisation, TL. that of a head of section for the head of the
    body, TUQ. an exception by document (Decree 30/2020, Article 13).
    """
    if manner == "KT" and not (same_organisation and from_role == "head" and to_role == "deputy"):
        return _("Ký thay (KT.) là cấp phó ký thay người đứng đầu của chính cơ quan đó.")
    if manner == "TL" and not (same_body and from_role == "head" and to_role in {"section_head", "head"}):
        return _("Thừa lệnh (TL.) là người đứng đầu đơn vị thuộc cơ quan ký thừa lệnh người đứng đầu cơ quan.")
    if manner == "TUQ" and not (same_body and from_role == "head" and basis):
        return _("Thừa ủy quyền (TUQ.) do người đứng đầu cơ quan ủy quyền bằng văn bản, trong thời hạn xác định.")
    return None


def is_contact_current(confirmed_on: date | None, today: date) -> bool:
    """Whether a contact was confirmed in the quarter of `today`; contacts are confirmed once a quarter."""
    if confirmed_on is None:
        return False
    return (confirmed_on.year, (confirmed_on.month - 1) // 3) >= (today.year, (today.month - 1) // 3)
