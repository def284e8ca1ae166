"""Pages on money."""
