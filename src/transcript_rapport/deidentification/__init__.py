"""De-identification: direct identifiers give way to placeholders such as ``[Name 1]``, one for each person.

Found by patterns, word lists and the words around them, and by small networks that carry them on and find more; some
will be missed, and what people tell can point to them without any: see docs/deidentification.md.
"""

from transcript_rapport.deidentification.finding import replaced
from transcript_rapport.deidentification.replacing import NAME, RESIDUAL, deidentified

__all__ = ["NAME", "RESIDUAL", "deidentified", "replaced"]
