"""The public pages and open data: what approved releases say, for anybody, without signing in.

Not here: deciding what is public (`publication`), and anything that has not been released.
"""
