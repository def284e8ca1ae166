"""Pages on indicators, their values and their sources."""
