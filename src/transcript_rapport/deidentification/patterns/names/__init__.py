"""People's names, and what else capitals, lists and the words around give away as a name."""
