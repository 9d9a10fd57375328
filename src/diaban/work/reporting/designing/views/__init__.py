"""Pages of forms, by what the reader does: reading what is published, drafting, changing one record, taking files in."""
