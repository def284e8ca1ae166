"""Units of government through time: who exists when, under which name, who answers for a unit that is gone.

Not here: people (`accounts`), and what a unit is charged with (`plans`).
"""
