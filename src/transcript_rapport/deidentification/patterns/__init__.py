"""Where identifiers are found, a room for each kind: by their form, and by the words and lines around them."""
