"""Acts on indicators, targets and observations."""
