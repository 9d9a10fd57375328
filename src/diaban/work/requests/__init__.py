"""Quick requests (thu thập số liệu nhanh): a few columns asked of many units by an hour, and what they answered."""
