"""Documents, plan versions, groups, tasks, who is charged with them, and the ledger of their deadlines.

Not here: who reports what by when (`reporting`), how documents are read (`intake`), what is measured (`indicators`).
"""
