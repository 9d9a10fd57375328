"""Pages of directives, by subject."""
