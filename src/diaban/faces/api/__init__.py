"""The REST API put together from the rooms, with tokens bound to a position."""
