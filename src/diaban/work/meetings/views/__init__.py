"""The pages: lists, visits, one meeting, the day itself, papers."""
