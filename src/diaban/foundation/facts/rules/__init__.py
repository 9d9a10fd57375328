"""Pure decisions on figures: cells, columns over units, totals, time, recasting. Values in, values out."""
