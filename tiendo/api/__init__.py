"""REST v1: published facts as JSON, at the same moment as the portal shows them, without signing in; and values of
indicators brought by other systems, with a key, through the same act as the pages.

Not here: anything that has not been released, but to the person a key stands for; any rule the pages do not have.
"""
