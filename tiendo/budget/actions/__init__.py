"""Acts on money."""
