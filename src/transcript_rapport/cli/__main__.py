"""``python -m transcript_rapport.cli`` is ``rapport``."""

from transcript_rapport.cli import main

main()
