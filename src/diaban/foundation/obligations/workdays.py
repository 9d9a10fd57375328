"""The working calendar of this instance: public holidays by law, swaps and local days from their editable table."""

from diaban.foundation.obligations.models import DayOff
from diaban.lib.workdays import WorkCalendar


def work_calendar() -> WorkCalendar:
    """The calendar as the table stands now. One query."""
    swaps, extra_off, extra_worked = {}, [], []
    for row in DayOff.objects.all():
        if row.off_on and row.worked_on:
            swaps[row.off_on] = row.worked_on
        elif row.off_on:
            extra_off.append(row.off_on)
        elif row.worked_on:
            extra_worked.append(row.worked_on)
    return WorkCalendar(swaps=swaps, extra_days_off=extra_off, extra_workdays=extra_worked)
