"""Pages: sheets of past figures, and figures over periods."""
