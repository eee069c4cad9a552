"""Typed text becomes values: dates, names, choices, numbers. One parser for each, shared by all."""
