"""What a paper of this room says."""

import io

from pypdf import PdfReader


def words(paper: bytes) -> str:
    """What a PDF says, on one line."""
    assert paper.startswith(b"%PDF")
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
