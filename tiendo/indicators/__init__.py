"""What is measured: indicators with their passports, targets, the ledger of observations, and progress to target.

Not here: money (`budget`), what a unit reports on a task (`reporting`), judgement of units (`evaluation`).
"""
