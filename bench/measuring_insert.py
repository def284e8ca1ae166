"""`python -m bench.measuring_insert`: figures into a file of SQLite nobody has open; the order is on standard input."""

import json
import sys
import tempfile
from pathlib import Path

from tiendo.warehouse.engine import Limits, connect, load, quoted

if __name__ == "__main__":
    order = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as spill, connect(None, limits=Limits(), spill=Path(spill)) as engine:
        load(engine, "sqlite_scanner")
        engine.execute(f"ATTACH {quoted(order['file'])} AS target (TYPE sqlite)")
        engine.execute(f"INSERT INTO target.indicators_figure ({order['columns']}) {order['selection']}")
