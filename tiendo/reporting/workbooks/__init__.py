"""A unit's report as an Excel workbook: written to be filled in, read back, compared cell by cell."""
