"""What an account sets for itself, what it is told, and how that goes outside."""

from diaban.foundation.accounts.services.keeping import (
    choices_of,
    keep_choice,
    keep_preferences,
    mark_read,
    tell,
)
from diaban.foundation.accounts.services.sending import Sent, address_changed, send_again, send_notices

__all__ = [
    "Sent",
    "address_changed",
    "choices_of",
    "keep_choice",
    "keep_preferences",
    "mark_read",
    "send_again",
    "send_notices",
    "tell",
]
