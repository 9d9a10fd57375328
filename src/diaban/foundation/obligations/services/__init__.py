"""Acts on obligations, by subject: duties, the obligations themselves, assignment inside an office, deadlines, reminders."""

from diaban.foundation.obligations.services.assigning import ONLY_OWN_OPEN_WORK, NotOurOffice, assign, report_done
from diaban.foundation.obligations.services.days_off import load_published_swaps
from diaban.foundation.obligations.services.deadlines import (
    AlreadyAsked,
    BadRequest,
    ask_exemption,
    ask_extension,
    decide_request,
)
from diaban.foundation.obligations.services.duties import (
    Generated,
    declare_duty,
    end_duty,
    generate_obligations,
    move_duty,
)
from diaban.foundation.obligations.services.obligations import (
    NeverOwes,
    close,
    extend,
    fulfil,
    fulfil_all,
    move_counterpart,
    move_owner,
    open_for_each,
    open_obligation,
)
from diaban.foundation.obligations.services.reminders import send_reminders
from diaban.foundation.obligations.services.telling import notify_counterpart, notify_owners

__all__ = [
    "ONLY_OWN_OPEN_WORK",
    "AlreadyAsked",
    "BadRequest",
    "Generated",
    "NeverOwes",
    "NotOurOffice",
    "ask_exemption",
    "ask_extension",
    "assign",
    "close",
    "decide_request",
    "declare_duty",
    "end_duty",
    "extend",
    "fulfil",
    "fulfil_all",
    "generate_obligations",
    "load_published_swaps",
    "move_counterpart",
    "move_duty",
    "move_owner",
    "notify_counterpart",
    "notify_owners",
    "open_for_each",
    "open_obligation",
    "report_done",
    "send_reminders",
]
