"""What stands on the start page."""

from samsvar.web.selectors.page import Desk, desk
from samsvar.web.selectors.parts import FIRST_LINES, MOST_LINES, Line
from samsvar.web.selectors.places import page_of

__all__ = [
    "FIRST_LINES",
    "MOST_LINES",
    "Desk",
    "Line",
    "desk",
    "page_of",
]
