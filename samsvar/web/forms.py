"""How forms are drawn: DKFDS markup for every Django form, formset row and widget."""

from pathlib import Path
from typing import Any

from django import forms
from django.forms import renderers
from django.forms.boundfield import BoundField
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property

from samsvar.forms.fields import without_forbidden

TEMPLATES = Path(__file__).resolve().parent / "templates"

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class DkfdsBoundField(BoundField):
    """A field that knows its DKFDS classes and where a link from the error summary lands."""

    @property
    def anchor(self) -> str:
        """The id of the first control of the field, so that the link moves the focus to it."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def is_voluntary(self) -> bool:
        """Whether "(frivilligt)" stands beside it: not where the form may demand it (`forms.demanded_at_times`)."""
        return not self.field.required and not getattr(self.field, "at_times", False)

    @property
    def is_checkbox(self) -> bool:
        """Whether the label stands after the control."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes with a DKFDS class; `required` becomes `aria-required`.

        The browser's own check would stop the form with a message in the browser's language, gone after a moment.
        """
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        required = attrs.pop("required", False)
        if isinstance(widget, _CHOICES):
            # A radio button has neither state; the group's fieldset carries the description.
            attrs.pop("aria-invalid", None)
            return attrs
        if required:
            attrs["aria-required"] = "true"
        if isinstance(widget, forms.CheckboxInput):
            name = "form-checkbox"
        elif isinstance(widget, forms.Select):
            name = "form-select"
        else:
            name = "form-input"
        given = widget.attrs.get("class", "")
        attrs["class"] = f"{name} {given}".strip()
        return attrs

    def value(self) -> Any:
        """What is given back: no field of any library hands out what cannot be seen."""
        given = super().value()
        return without_forbidden(given) if isinstance(given, str) else given


class DkfdsRenderer(renderers.DjangoTemplates):
    """Finds our form templates first, then Django's, then those of the rooms."""

    form_template_name = "django/forms/form.html"
    bound_field_class = DkfdsBoundField

    @cached_property
    def engine(self) -> DjangoTemplates:
        """A template engine of its own, since the rooms' settings put the rooms' templates first."""
        return DjangoTemplates(
            {
                "APP_DIRS": True,
                "DIRS": [TEMPLATES, Path(renderers.__file__).parent / "templates"],
                "NAME": "forms",
                "OPTIONS": {},
            }
        )
