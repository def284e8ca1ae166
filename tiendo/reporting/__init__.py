"""Who reports what by when: periods, duties, entries, their acceptance, and the consolidated report made from them.

Not here: what a task is (`plans`), what the public may see (`publication`).
"""
