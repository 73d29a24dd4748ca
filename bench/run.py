"""The command line."""

import argparse
import time

from bench.country import SCALES
from bench.place import database, server


def main() -> int:
    """Seed, measure, print."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--scales", default="rows,places,full")
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args()
    with server() as cluster:
        for name in options.scales.split(","):
            began = time.monotonic()
            database(
                cluster,
                SCALES[name],
                lambda text, name=name: print(f"  {name}: {text}", flush=True),
                fresh=options.fresh,
            )
            print(f"{name} {time.monotonic() - began:.0f} s", flush=True)
    return 0
