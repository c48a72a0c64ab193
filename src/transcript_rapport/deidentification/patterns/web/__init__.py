"""E-mails, web addresses and the names people go by on sites, written and said."""
