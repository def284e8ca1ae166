"""Files that nobody meant to write: whatever comes in, a reader reads it or refuses it with one sentence."""
