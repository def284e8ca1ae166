"""Time as the office counts it: "before D", report periods, which side of a deadline, Vietnamese working days.

Pure: dates in, values out; no clock (`on=` and `at=` are passed in), no Django. Not for reading dates out of text.
"""
