"""Renderers: a report as a page, a terminal's screenful, JSON or tables.

Each module has ``SUFFIX`` and ``render(report) -> str``; those that make several tables also have
``files(report) -> dict[str, str]``. None reads or writes a file of the user's, or anything online.
"""
