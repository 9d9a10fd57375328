"""Who is mandated to do what, in which field, over which ground; permission and routing from one table."""
