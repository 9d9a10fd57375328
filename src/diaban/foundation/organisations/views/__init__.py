"""Pages of organisations."""

from diaban.foundation.organisations.views.pages import (
    add_colleague,
    charges,
    confirm_contact,
    directory,
    directory_file,
    hand_over,
    import_people,
    office,
    organisation,
    organisations,
    organisations_file,
)
from diaban.foundation.organisations.views.reaching import send_again, unreached_page

__all__ = [
    "add_colleague",
    "charges",
    "confirm_contact",
    "directory",
    "directory_file",
    "hand_over",
    "import_people",
    "office",
    "organisation",
    "organisations",
    "organisations_file",
    "send_again",
    "unreached_page",
]
