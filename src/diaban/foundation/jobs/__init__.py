"""Long work: its state, progress, result and owner; it can be left and found again."""
