"""Pages of difficulties."""

from diaban.work.difficulties.views.acting import answer, evidence, join, part, pass_on, set_clock, stance, withdraw
from diaban.work.difficulties.views.reading import difficulties, difficulty, kinds, matrix, new, workbook

__all__ = [
    "answer",
    "difficulties",
    "difficulty",
    "evidence",
    "join",
    "kinds",
    "matrix",
    "new",
    "part",
    "pass_on",
    "set_clock",
    "stance",
    "withdraw",
    "workbook",
]
