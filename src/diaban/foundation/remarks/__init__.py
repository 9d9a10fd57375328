"""Threads of remarks on any subject, or on one cell of it."""
