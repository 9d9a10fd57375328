"""Reporting periods of two calendars: the plain one, and that of Decree 09/2019/NĐ-CP (15th to 14th).

A period is (calendar, kind, start, end) with an exclusive end; "Q1" under two calendars is two periods and two series.
"""

from diaban.lib.periods.calendars import Calendar, Kind
from diaban.lib.periods.periods import BadPeriod, Period

__all__ = ["BadPeriod", "Calendar", "Kind", "Period"]
