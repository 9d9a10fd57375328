"""Analysis (phân tích số liệu): figures crossed by unit, indicator, period and part, as tables, charts and maps; saved views."""
