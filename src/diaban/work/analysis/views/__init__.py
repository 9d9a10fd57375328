"""Pages: the table with its picture, files of it, saved views."""
