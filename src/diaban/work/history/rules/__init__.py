"""What stands in an office's own sheet: its heads and rows, periods, names of places, values. Nothing here asks a database."""
