"""`python -m bench`: seed what is missing, measure, print."""

import sys

from bench.run import main

sys.exit(main())
