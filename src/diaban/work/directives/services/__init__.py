"""Acts on directives, by subject: drafting, issuing, reporting, deciding, ending, reminding by paper."""

from diaban.foundation.obligations.services import ask_extension
from diaban.work.directives.services.deciding import confirm_done, send_back
from diaban.work.directives.services.drafting import (
    Content,
    NotPossible,
    Receiver,
    Source,
    discard_draft,
    draft_directive,
    keep_source,
    rewrite_draft,
)
from diaban.work.directives.services.ending import merge_into, withdraw
from diaban.work.directives.services.issuing import draft_and_issue, give_to, hand_to_superior, issue_directive
from diaban.work.directives.services.letters import draft_letter
from diaban.work.directives.services.reporting import report_done, report_progress

__all__ = [
    "Content",
    "NotPossible",
    "Receiver",
    "Source",
    "ask_extension",
    "confirm_done",
    "discard_draft",
    "draft_and_issue",
    "draft_directive",
    "draft_letter",
    "give_to",
    "hand_to_superior",
    "issue_directive",
    "keep_source",
    "merge_into",
    "report_done",
    "report_progress",
    "rewrite_draft",
    "send_back",
    "withdraw",
]
