"""Pages on criteria, the yearly evaluation and the audit of claims."""
