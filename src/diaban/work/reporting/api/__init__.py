"""Forms, schedules, reports and consolidated figures, for programs: the same queries and services as the pages."""

from diaban.work.reporting.api import consolidating, reading, writing
from diaban.work.reporting.api.router import router

__all__ = ["consolidating", "reading", "router", "writing"]
