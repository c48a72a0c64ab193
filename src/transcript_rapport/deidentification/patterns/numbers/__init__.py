"""Phones, codes, dates and ages over 89, in figures and in words."""
