"""Acts on requests, by subject: writing, sending, answering, workbooks, what ends and extends, links, facts."""

from diaban.work.requests.services.answering import (
    Answerer,
    Changed,
    NotAnswerable,
    NotFit,
    WorkbookNotTaken,
    answer,
    take_workbook,
)
from diaban.work.requests.services.ending import close_request, extend_hour, reopen_request
from diaban.work.requests.services.linking import renew_link, revoke_link
from diaban.work.requests.services.recording import Dry, make_facts
from diaban.work.requests.services.sending import send_request
from diaban.work.requests.services.writing import (
    Content,
    NewColumn,
    NotPossible,
    discard_draft,
    draft_request,
    rewrite_draft,
)

__all__ = [
    "Answerer",
    "Changed",
    "Content",
    "Dry",
    "NewColumn",
    "NotAnswerable",
    "NotFit",
    "NotPossible",
    "WorkbookNotTaken",
    "answer",
    "close_request",
    "discard_draft",
    "draft_request",
    "extend_hour",
    "make_facts",
    "renew_link",
    "reopen_request",
    "revoke_link",
    "rewrite_draft",
    "send_request",
    "take_workbook",
]
