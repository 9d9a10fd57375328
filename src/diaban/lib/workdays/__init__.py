"""Working days of Vietnamese administrative bodies: weekends, public holidays, Tết, swaps and make-up Saturdays."""

from diaban.lib.workdays.workdays import WorkCalendar, published_swaps, working_days_by_law

__all__ = ["WorkCalendar", "published_swaps", "working_days_by_law"]
