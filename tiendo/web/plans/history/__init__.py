"""The history of a task for those who sign in: facts of every room, joined with the log."""
