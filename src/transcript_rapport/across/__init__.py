"""Across sessions: two side by side, one person's over time, a whole caseload, norms, and agreement with people."""
