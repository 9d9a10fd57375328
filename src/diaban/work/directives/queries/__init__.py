"""Reads of directives, by subject: counting, lists, one thing, boards, the week."""

from diaban.work.directives.queries.boards import board
from diaban.work.directives.queries.counting import counts
from diaban.work.directives.queries.things import open_from, tasks_from

__all__ = ["board", "counts", "open_from", "tasks_from"]
