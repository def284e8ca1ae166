"""The read-only analytical copy: built beside the database, swapped in whole, asked in staged SQL.

Losing it loses nothing. Only this room speaks to DuckDB.
"""
