"""Pages of organisations."""

from diaban.foundation.organisations.views.office import (
    add_colleague,
    colleague,
    delegations,
    end_delegation,
    end_holding,
    give_post,
    hand_over,
    import_people,
    lock_account,
    office,
    people_template,
    renew_password,
    unlock_account,
)
from diaban.foundation.organisations.views.pages import (
    charges,
    confirm_contact,
    directory,
    directory_file,
    organisation,
    organisations,
    organisations_file,
)
from diaban.foundation.organisations.views.reaching import send_again, unreached_page
from diaban.foundation.organisations.views.registers import found, rename

__all__ = [
    "add_colleague",
    "charges",
    "colleague",
    "confirm_contact",
    "delegations",
    "directory",
    "directory_file",
    "end_delegation",
    "end_holding",
    "found",
    "give_post",
    "hand_over",
    "import_people",
    "lock_account",
    "office",
    "organisation",
    "organisations",
    "organisations_file",
    "people_template",
    "rename",
    "renew_password",
    "send_again",
    "unlock_account",
    "unreached_page",
]
