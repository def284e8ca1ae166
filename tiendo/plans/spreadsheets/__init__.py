"""Spreadsheets that people send: what each cell shows and where it stands. Pure: bytes in, cells out.

Not for what the cells mean: each room reads its own sheets.
"""
