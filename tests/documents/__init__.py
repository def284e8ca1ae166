"""Documents to read, each with its expected reading."""
