"""Pages of difficulties."""

from diaban.work.difficulties.views.acting import (
    answer,
    evidence,
    join,
    part,
    pass_on,
    set_clock,
    stance,
    withdraw,
    withdraw_answer,
)
from diaban.work.difficulties.views.printing import matrix_file, printed_list
from diaban.work.difficulties.views.reading import difficulties, difficulty, kinds, matrix, messages_page, new

__all__ = [
    "answer",
    "difficulties",
    "difficulty",
    "evidence",
    "join",
    "kinds",
    "matrix",
    "matrix_file",
    "messages_page",
    "new",
    "part",
    "pass_on",
    "printed_list",
    "set_clock",
    "stance",
    "withdraw",
    "withdraw_answer",
]
