"""Who may own work, who works in whose name, who may sign for whom."""

import pytest

from diaban.foundation.organisations.models import Kind
from diaban.foundation.organisations.rules import (
    NEVER_OWN,
    ROOMS_OF_A_BODY,
    delegation_problem,
    is_room_of,
    length_in_body,
    may_be_ranked,
    may_own_obligations,
)


def test_a_party_body_never_owns_work_and_is_never_ranked() -> None:
    assert not may_own_obligations(Kind.PARTY_BODY)
    assert not may_be_ranked(Kind.PARTY_BODY)
    assert may_own_obligations(Kind.PEOPLE_COMMITTEE)


def test_the_rules_speak_of_kinds_that_exist() -> None:
    assert set(Kind.values) >= NEVER_OWN | ROOMS_OF_A_BODY


@pytest.mark.parametrize(
    ("kind", "above", "expected"),
    [
        ("office", "department", True),
        ("district_office", "people_committee", True),
        ("commune_office", "people_committee", True),
        ("inspectorate", "department", True),
        ("inspectorate", "people_committee", False),
        ("department", "people_committee", False),
        ("public_service_unit", "department", False),
        ("office", None, False),
    ],
)
def test_a_room_works_in_the_name_of_the_body_above(kind: str, above: str | None, expected: bool) -> None:
    assert is_room_of(kind, above) is expected


def test_the_line_within_a_body_stops_at_the_body() -> None:
    assert length_in_body(["office", "department", "people_committee"]) == 2
    assert length_in_body(["office", "office", "department", "people_committee"]) == 3
    assert length_in_body(["department", "people_committee"]) == 1
    assert length_in_body([]) == 0


@pytest.mark.parametrize(
    ("manner", "from_role", "to_role", "same_organisation", "same_body", "basis", "is_allowed"),
    [
        ("KT", "head", "deputy", True, True, "", True),
        ("KT", "head", "deputy", False, True, "", False),
        ("KT", "deputy", "head", True, True, "", False),
        ("TL", "head", "section_head", False, True, "", True),
        ("TL", "head", "officer", False, True, "", False),
        ("TL", "head", "section_head", False, False, "", False),
        ("TUQ", "head", "officer", False, True, "Giấy ủy quyền số 1", True),
        ("TUQ", "head", "officer", False, True, "", False),
        ("TUQ", "section_head", "officer", True, True, "Giấy ủy quyền số 1", False),
    ],
)
def test_a_manner_of_signing_fits_the_two_posts(
    manner: str, from_role: str, to_role: str, same_organisation: bool, same_body: bool, basis: str, is_allowed: bool
) -> None:
    problem = delegation_problem(
        manner=manner,
        from_role=from_role,
        to_role=to_role,
        same_organisation=same_organisation,
        same_body=same_body,
        basis=basis,
    )

    assert (problem is None) is is_allowed
