"""The year 2025 replayed: a plan of February lives through mergers, the end of districts, and an amendment."""
