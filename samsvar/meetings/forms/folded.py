"""A form of which a few fields stand open and the rest lie folded below: most people need the few."""

from typing import ClassVar

from django import forms


class FoldedForm(forms.Form):
    """`FOLDED` are the names of the fields that few need. They are sent as they stand, folded or not."""

    FOLDED: ClassVar[tuple[str, ...]] = ()

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """The fields that everybody sees."""
        return [one for one in self.visible_fields() if one.name not in self.FOLDED]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The others."""
        return [one for one in self.visible_fields() if one.name in self.FOLDED]

    @property
    def unfolds(self) -> bool:
        """Whether something in the fold must be mended."""
        return any(one.errors for one in self.folded_fields)
