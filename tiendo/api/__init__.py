"""REST v1, read-only: published facts as JSON, at the same moment as the portal shows them, without signing in.

Not here: anything that has not been released, and any way to change data.
"""
