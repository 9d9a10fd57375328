"""Reports of localities and enterprises: forms, schedules, reports, consolidation."""
