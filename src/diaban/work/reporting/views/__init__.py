"""Pages of reports and schedules."""
