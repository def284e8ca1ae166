"""A year of reports in a made-up province, lived day by day through the pages people use.

`province` puts units, people and tasks in place; `people` are browsers with a clock; `story` says who does what on
which day; `chronicle` is the storyteller's own notebook, from which `tests.oracles.year` counts every figure again
without looking into the database.
"""
