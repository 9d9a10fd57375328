"""Visits, meetings, briefings and conclusions, the weekly calendar and the year's programme, for programs."""

from diaban.work.meetings.api import briefings, calendars, holding, planning, reading
from diaban.work.meetings.api.router import router

__all__ = ["briefings", "calendars", "holding", "planning", "reading", "router"]
