"""Criteria sets, the yearly evaluation of units and their heads, scores and ranks with their working, audited claims.

Not here: the facts that are judged (`plans`, `reporting`, `indicators`, `budget`); inspection of units (`oversight`).
"""
