"""How dates and numbers are written, by language; day before month in both, since the papers say so."""
