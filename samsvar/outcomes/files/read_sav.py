"""Reads an SPSS file from stdin and writes its columns and rows as JSON to stdout: run alone, never imported.

The library that reads it is C, and the file is anybody's. So it has a process of its own, with little memory, little
time and nothing of the program's, and what it cannot read ends that process and no other.
"""

import io
import json
import resource
import sys

_MEMORY, _SECONDS = 1536 * 1024 * 1024, 20


def main() -> None:
    """Read, and say what was read."""
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pyreadstat

    data = io.BytesIO(sys.stdin.buffer.read())
    _none, about = pyreadstat.read_sav(data, metadataonly=True)
    if len(about.column_names) > most_columns:
        sys.stdout.write(json.dumps({"columns": len(about.column_names)}))
        return
    data.seek(0)
    # One row more than there may be, so that too many are told from just enough.
    found, about = pyreadstat.read_sav(
        data, user_missing=True, disable_datetime_conversion=True, row_limit=most_rows + 1, output_format="dict"
    )
    columns = [[_plain(value) for value in found[name]] for name in about.column_names]
    rows = [list(row) for row in zip(*columns, strict=True)]
    sys.stdout.write(json.dumps({"names": about.column_names, "rows": rows}))


def _plain(value: object) -> object:
    """A figure or a text; nothing for what is missing."""
    if isinstance(value, str):
        return value
    number = float(value) if value is not None else float("nan")  # type: ignore[arg-type]
    return number if abs(number) < 1e300 else None


if __name__ == "__main__":
    main()
