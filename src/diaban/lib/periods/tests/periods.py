"""Any period, for properties."""

from datetime import date

from hypothesis import strategies as st

from diaban.lib.periods import Calendar, Kind, Period

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
CALENDARS = st.sampled_from(Calendar)
SERIES = st.sampled_from([kind for kind in Kind if kind is not Kind.RANGE])


def series() -> st.SearchStrategy[Period]:
    """Periods of a kind that repeats."""
    return st.builds(Period.containing, DAYS, SERIES, CALENDARS)


def ranges() -> st.SearchStrategy[Period]:
    ordered = st.tuples(DAYS, DAYS).map(sorted)
    return st.builds(lambda days, calendar: Period.between(*days, calendar=calendar), ordered, CALENDARS)


def periods() -> st.SearchStrategy[Period]:
    return series() | ranges()
