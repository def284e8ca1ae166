"""Pages of plans and tasks: the overview, lists, one task, acts on it, plans and their documents."""
