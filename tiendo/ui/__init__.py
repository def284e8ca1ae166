"""One look for the three faces: base pages, component tags, CSS, icons, small scripts.

It knows how things look and how values are worded; it knows no task, no unit and no person, and imports no other room.
"""
