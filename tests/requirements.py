"""`python -m tests.requirements`: each MUST, with the tests that carry its id or the decision record that says no.

A line: `tested`, `declined` or `missing`, tab, id, tab, title, tab, tests or record. With a file or folder as argument
only tests in there are counted.
"""

import re
import sys
from pathlib import Path

from tests.ledger import REQUIREMENTS, TESTS, Collected, listed, run_pytest, say

RECORDS = TESTS.parent / "docs" / "decisions"
# How a decision record says no, on a line of its own: "Says no to: R-000-129, R-002-5".
_SAYS_NO = re.compile(r"^Says no to:(.*)$", re.MULTILINE)


def declined() -> dict[str, str]:
    """The requirements that a decision record says no to, with the record's name."""
    found: dict[str, str] = {}
    for record in sorted(RECORDS.glob("*.md")):
        for line in _SAYS_NO.findall(record.read_text(encoding="utf-8")):
            found |= dict.fromkeys(re.findall(r"R-\d{3}-\d+", line), record.name)
    return found


def main(arguments: list[str]) -> int:
    """Print the list; the counts go to standard error. 1 when the tests could not be read."""
    collected = Collected("req")
    code = run_pytest(["--collect-only", "-qq", *(arguments or [str(TESTS)])], collected)
    if code != 0:
        return 1
    records, counts = declined(), {"tested": 0, "declined": 0, "missing": 0}
    for key, title in listed(REQUIREMENTS).items():
        tests = [Path(test.partition("::")[0]).name + "::" + test.partition("::")[2] for test in collected.tests[key]]
        state = "tested" if tests else "declined" if key in records else "missing"
        counts[state] += 1
        say(state, key, title, ", ".join(tests) or records.get(key, ""))
    sys.stderr.write(", ".join(f"{state}: {count}" for state, count in counts.items()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
