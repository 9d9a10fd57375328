"""Pages of requests, by what the reader does: asking, following, answering, by workbook, making facts."""
