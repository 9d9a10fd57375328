"""A reform as one act over many rows: planned, tried dry, carried out."""
