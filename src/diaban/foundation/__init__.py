"""The five ideas (territory, mandate, obligation, fact, journal) and what every room needs."""
