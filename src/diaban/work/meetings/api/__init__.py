"""Visits, meetings and conclusions, the weekly calendar and the year's programme, for programs."""

from diaban.work.meetings.api import calendars, holding, planning, reading
from diaban.work.meetings.api.router import router

__all__ = ["calendars", "holding", "planning", "reading", "router"]
