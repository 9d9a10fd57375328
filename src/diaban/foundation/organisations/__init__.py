"""Organisations through time, their positions, the people who hold them, and delegation."""
