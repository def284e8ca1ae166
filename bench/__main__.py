"""`python -m bench`: measure on the database DATABASE_URL names (SQLite without it), in a data folder of its own."""

import os
import tempfile

import django

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as home:
        os.environ["TIENDO_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        django.setup()
        from bench.run import main

        main()
