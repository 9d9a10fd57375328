"""Địa Bàn: the working system of a provincial authority over its localities."""
