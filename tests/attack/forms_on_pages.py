"""The forms that stand on a page, read from its HTML as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

TYPED = {"text", "textarea", "search", "email", "tel", "date", "number", "password", "datetime-local", "time"}


@dataclass
class Field:
    """One field: its name, its kind (an input's type, `textarea`, `select`), and what it holds."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def typed(self) -> bool:
        """Whether a person types into it."""
        return self.kind in TYPED


@dataclass
class Form:
    """A form that is posted: where to, and its fields in order."""

    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        """The names of its fields."""
        return frozenset(found.name for found in self.fields)

    def filled(self, **values: str) -> dict[str, str]:
        """What a browser would send, with some fields filled otherwise."""
        sent = {found.name: found.value or (found.choices[0] if found.choices else "") for found in self.fields}
        return {**sent, **values}


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._area: Field | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            # HTMX may post a form whose method is a get.
            post = given.get("method", "get").lower() == "post" or "hx-post" in given
            target = given.get("hx-post") or given.get("action") or self.page
            self._form = Form(urljoin(self.page, target)) if post else None
        if self._form is None or not given.get("name") or given.get("name") == "csrfmiddlewaretoken":
            if tag == "option" and self._select is not None:
                self._select.choices.append(given.get("value", ""))
            return
        name = given["name"]
        if tag == "textarea":
            self._area = Field(name, "textarea")
            self._form.fields.append(self._area)
        elif tag == "select":
            self._select = Field(name, "select")
            self._form.fields.append(self._select)
        elif tag in {"input", "button"}:
            kind = given.get("type", "text" if tag == "input" else "submit")
            if kind in {"radio", "checkbox"} and (same := [f for f in self._form.fields if f.name == name]):
                same[0].choices.append(given.get("value", "on"))
            else:
                self._form.fields.append(Field(name, kind, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.forms.append(self._form)
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data


def forms_on(page: str, html: str) -> list[Form]:
    """The forms of a page that are posted; `page` is its own address."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms
