"""Money per task, source and year as units enter and the finance department confirms it, and the share of the budget.

Not here: what a unit says of money in its report (`reporting`), what the public may see of it (`publication`).
"""
