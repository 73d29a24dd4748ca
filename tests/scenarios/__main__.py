"""`python -m tests.scenarios`: play every scenario and print one line for each vignette of the requirements.

A line: `passed`, `failed` or `missing`, tab, id, tab, title. 1 when one has failed.
"""

import sys
from pathlib import Path

from tests.ledger import SCENARIOS, Collected, listed, run_pytest, say


def main(arguments: list[str]) -> int:
    """Play the scenarios, those in the arguments or all, and print the list."""
    collected = Collected("scenario")
    code = run_pytest(["-q", *(arguments or [str(Path(__file__).parent)])], collected)
    failed = False
    for key, title in listed(SCENARIOS).items():
        outcomes = collected.outcomes[key]
        passed = bool(outcomes) and set(outcomes) == {"passed"}
        # A scenario that was found but never ran to its end has not passed.
        state = "passed" if passed else "failed" if outcomes or collected.tests[key] else "missing"
        failed |= state == "failed"
        say(state, key, title)
    return 1 if failed or code not in (0, 5) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
