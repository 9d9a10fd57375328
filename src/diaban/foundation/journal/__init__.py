"""The append-only journal: who did what, when and under which mandate; sealed in a chain that shows tampering."""
