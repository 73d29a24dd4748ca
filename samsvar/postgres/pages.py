"""A long list in pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window


class Pages(Paginator):
    """Pages of a queryset whose first comes with the number of all rows.

    Counted by itself, everything in reach would be put to its row policy twice.
    """

    def __init__(self, rows: QuerySet, per_page: int) -> None:
        super().__init__(rows, per_page)
        self._all = rows

    def get_page(self, number: Any) -> Page:
        """The page asked for; the first for no number, the nearest for one that there is not."""
        if number not in (None, "", "1"):
            return super().get_page(number)
        rows = list(self._all.annotate(of=Window(Count("*")))[: self.per_page])
        self.__dict__["count"] = rows[0].of if rows else 0
        return Page(rows, 1, self)
