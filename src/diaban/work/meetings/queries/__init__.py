"""Reads of visits and meetings: lists, one thing, the calendar, what is plugged elsewhere."""

from diaban.work.meetings.queries.calendar import in_days

__all__ = ["in_days"]
