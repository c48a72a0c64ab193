"""From corpora to a trained coder, and how good it is."""
