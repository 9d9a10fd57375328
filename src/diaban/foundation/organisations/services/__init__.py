"""The acts on organisations, their posts and people."""

from diaban.foundation.organisations.services.accounts import lock_account, renew_password, unlock_account
from diaban.foundation.organisations.services.charges import end_charge, put_in_charge
from diaban.foundation.organisations.services.importing import (
    ImportedPerson,
    PeopleRefused,
    PersonRow,
    RowProblem,
    add_colleague,
    import_people,
)
from diaban.foundation.organisations.services.organisations import (
    NotPossible,
    dissolve_organisation,
    found_organisation,
    rename_organisation,
    reparent_organisation,
    succeed,
)
from diaban.foundation.organisations.services.people import (
    add_person,
    anonymise_person,
    appoint,
    close_position,
    confirm_contact,
    delegate,
    end_delegation,
    end_holding,
    give_post,
    hand_over,
    open_position,
)
from diaban.foundation.organisations.services.reaching import send_notices_again

__all__ = [
    "ImportedPerson",
    "NotPossible",
    "PeopleRefused",
    "PersonRow",
    "RowProblem",
    "add_colleague",
    "add_person",
    "anonymise_person",
    "appoint",
    "close_position",
    "confirm_contact",
    "delegate",
    "dissolve_organisation",
    "end_charge",
    "end_delegation",
    "end_holding",
    "found_organisation",
    "give_post",
    "hand_over",
    "import_people",
    "lock_account",
    "open_position",
    "put_in_charge",
    "rename_organisation",
    "renew_password",
    "reparent_organisation",
    "send_notices_again",
    "succeed",
    "unlock_account",
]
