"""Pages on what is done about the facts: supervision, inspections, difficulties, directions, amendments, registers."""
