"""Acts of the evaluation: criteria, cycle, objections, audit of claims."""
