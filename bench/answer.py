"""One process per scale: answers the measurer's wishes, one line each, so that the scales can take turns.

A wish is a JSON list [actor, page, turn]; the answer tells how long one request took, how many queries it made and how
long they took (seconds), and the same rows fetched by hand. Runs as the application, except for the rows by hand.
"""

import json
import os
import sys


def main() -> None:
    """Load Django on the database in the environment and serve wishes until the line is closed."""
    import django

    django.setup()
    from bench.pages import Reader

    reader = Reader(os.environ["BENCH_SCALE"], os.environ["BENCH_OWNER_URL"])
    print(json.dumps(reader.pages()), flush=True)
    for line in sys.stdin:
        actor, page, turn = json.loads(line)
        print(json.dumps(reader.read(actor, page, turn)), flush=True)
    reader.close()


if __name__ == "__main__":
    main()
