"""Visits, meetings, briefings and conclusions, the weekly calendar and the year's programme, for programs."""

from diaban.work.meetings.api import briefings, calendars, carrying, concluding, holding, planning, reading, regimes
from diaban.work.meetings.api.router import router

__all__ = ["briefings", "calendars", "carrying", "concluding", "holding", "planning", "reading", "regimes", "router"]
