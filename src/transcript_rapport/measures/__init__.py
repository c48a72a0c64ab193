"""Measures: one room a subject, each number with its base, its interval and the words it was counted on."""
