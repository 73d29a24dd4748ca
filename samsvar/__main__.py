"""`python -m samsvar` is the same as `samsvar`."""

import sys

from samsvar.cli import main

if __name__ == "__main__":
    sys.exit(main())
