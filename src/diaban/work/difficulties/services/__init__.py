"""Acts on difficulties: raising, passing on, answering, joining, and what whoever raised them says to the answer."""

from diaban.work.difficulties.services.answering import accept_answer, answer, contest_answer, withdraw_answer
from diaban.work.difficulties.services.joining import join, part
from diaban.work.difficulties.services.kinds import set_kind
from diaban.work.difficulties.services.passing import forward, send_up
from diaban.work.difficulties.services.proving import add_evidence
from diaban.work.difficulties.services.raising import Row, raise_difficulty, raise_rows, withdraw, write_down
from diaban.work.difficulties.services.steps import NotPossible

__all__ = [
    "NotPossible",
    "Row",
    "accept_answer",
    "add_evidence",
    "answer",
    "contest_answer",
    "forward",
    "join",
    "part",
    "raise_difficulty",
    "raise_rows",
    "send_up",
    "set_kind",
    "withdraw",
    "withdraw_answer",
    "write_down",
]
