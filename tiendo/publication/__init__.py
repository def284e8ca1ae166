"""What the public may see: approved, dated, numbered releases, frozen when proposed and sealed when approved.

Not here: the pages (`portal`), the open API (`api`), and anything that has not been accepted in `reporting`.
"""
