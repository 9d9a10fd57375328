"""Who owes what to whom by when, on what ground: one worklist, one clock, one reminder."""
