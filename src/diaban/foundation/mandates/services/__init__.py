"""Acts on fields, functions, mandates and access tokens, by subject."""

from diaban.foundation.mandates.services.mandates import (
    Applied,
    NotPossible,
    apply_mandate_template,
    close_mandate,
    give_mandate,
    load_fields_and_functions,
)
from diaban.foundation.mandates.services.tokens import LONGEST_LIFE, issue_token, revoke_token, use_token

__all__ = [
    "LONGEST_LIFE",
    "Applied",
    "NotPossible",
    "apply_mandate_template",
    "close_mandate",
    "give_mandate",
    "issue_token",
    "load_fields_and_functions",
    "revoke_token",
    "use_token",
]
