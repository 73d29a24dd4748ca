"""What a person meets over HTTP: pages with words, links and forms. Knows nothing of models.

A form is filled in by the names of its fields and sent by a button; what a browser would send along (hidden fields,
what is ticked or chosen already) is sent along. A field or a choice that is not there is an error that names what is.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

Value = str | bool | list[str]
_NO_TEXT = {"script", "style", "template", "head"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_BREAKS = {
    "p",
    "li",
    "td",
    "th",
    "tr",
    "div",
    "h1",
    "h2",
    "h3",
    "dt",
    "dd",
    "section",
    "label",
    "option",
    "legend",
    "br",
}


@dataclass
class Choice:
    """One thing to tick, to pick or to press."""

    value: str
    label: str = ""
    chosen: bool = False


@dataclass
class Entry:
    """One field of a form."""

    name: str
    kind: str
    value: str = ""
    choices: list[Choice] = field(default_factory=list)

    def sends(self) -> list[str]:
        """What a browser sends when nobody touches the field."""
        if self.kind in {"checkbox", "radio", "select"}:
            return [choice.value for choice in self.choices if choice.chosen]
        return [self.value]

    def pick(self, wanted: str) -> str:
        """The value of the choice that is called or valued so; whole label first, then a part of it."""
        for choice in self.choices:
            if wanted in (choice.value, choice.label):
                return choice.value
        for choice in self.choices:
            if wanted.casefold() in choice.label.casefold():
                return choice.value
        offered = ", ".join(choice.label or choice.value for choice in self.choices)
        raise AssertionError(f"{self.name!r} does not offer {wanted!r}, but: {offered}")


@dataclass
class Form:
    """A form on a page."""

    action: str
    method: str
    entries: dict[str, Entry] = field(default_factory=dict)
    buttons: list[tuple[str, Choice]] = field(default_factory=list)

    def filled(self, values: dict[str, Value], button: str = "") -> dict[str, list[str]]:
        """What is sent with these values and the button that is called or valued so."""
        data = {name: entry.sends() for name, entry in self.entries.items() if entry.sends()}
        for name, value in values.items():
            if name not in self.entries:
                raise AssertionError(f"the form has no field {name!r}, but: {', '.join(self.entries)}")
            data[name] = self._given(self.entries[name], value)
        if button:
            names = [(name, choice) for name, choice in self.buttons if button in (choice.value, choice.label)]
            if not names:
                offered = ", ".join(choice.label or choice.value for _name, choice in self.buttons)
                raise AssertionError(f"the form has no button {button!r}, but: {offered}")
            name, choice = names[0]
            if name:
                data[name] = [choice.value]
        return {name: sent for name, sent in data.items() if sent}

    @staticmethod
    def _given(entry: Entry, value: Value) -> list[str]:
        if isinstance(value, bool):
            return [entry.choices[0].value] if value else []
        if entry.kind in {"checkbox", "radio", "select"}:
            return [entry.pick(one) for one in ([value] if isinstance(value, str) else value)]
        assert isinstance(value, str), entry.name
        return [value]


class _Reader(HTMLParser):
    """Reads a page into words, links, forms and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.h1: list[str] = []
        self._silent = 0
        self._labels: dict[str, str] = {}
        self._ids: dict[str, Choice] = {}
        self._open: list[tuple[str, list[str], dict[str, str]]] = []
        self._form: Form | None = None
        self._entry: Entry | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _NO_TEXT:
            self._silent += 1
        if tag in _BREAKS:
            self.words.append("\n")
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "input" and self._form is not None:
            self._input(self._form, given)
        elif tag in {"select", "textarea"} and self._form is not None and given.get("name"):
            self._entry = Entry(given["name"], tag)
            self._form.entries[given["name"]] = self._entry
        if tag not in _VOID:
            self._open.append((tag, [], given))

    def _input(self, form: Form, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if not name or kind in {"submit", "button", "reset", "image", "file"} or "disabled" in given:
            return
        entry = form.entries.get(name)
        if kind in {"checkbox", "radio"}:
            entry = entry or form.entries.setdefault(name, Entry(name, kind))
            choice = Choice(given.get("value", "on"), chosen="checked" in given)
            entry.choices.append(choice)
            if given.get("id"):
                self._ids[given["id"]] = choice
        elif entry is not None and kind == "hidden":
            # Several hidden fields of one name carry several values.
            entry.kind = "select"
            entry.choices = entry.choices or [Choice(entry.value, chosen=True)]
            entry.choices.append(Choice(given.get("value", ""), chosen=True))
        else:
            form.entries[name] = Entry(name, kind, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)
        for _tag, words, _given in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _NO_TEXT:
            self._silent -= 1
        if tag in _BREAKS:
            self.words.append("\n")
        while self._open:
            opened, words, given = self._open.pop()
            self._close(opened, _plain("".join(words)), "".join(words), given)
            if opened == tag:
                break
        if tag == "form":
            self._form = None

    def _close(self, tag: str, text: str, raw: str, given: dict[str, str]) -> None:
        if tag == "a" and given.get("href"):
            self.links.append((given["href"], text))
        elif tag == "h1":
            self.h1.append(text)
        elif tag == "label" and given.get("for"):
            self._labels[given["for"]] = text
            if given["for"] in self._ids:
                self._ids[given["for"]].label = text
        elif tag == "option" and self._entry is not None:
            self._entry.choices.append(Choice(given.get("value", text), text, "selected" in given))
        elif tag == "select" and self._entry is not None:
            if self._entry.choices and not any(choice.chosen for choice in self._entry.choices):
                self._entry.choices[0].chosen = True
            self._entry = None
        elif tag == "textarea" and self._entry is not None:
            self._entry.value = raw.removeprefix("\n")
            self._entry = None
        elif tag == "button" and self._form is not None and given.get("type", "submit") == "submit":
            self._form.buttons.append((given.get("name", ""), Choice(given.get("value", ""), text)))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class Page:
    """An answer, read."""

    def __init__(self, url: str, status: int, html: str) -> None:
        self.url, self.status, self.html = url, status, html
        reader = _Reader()
        reader.feed(html)
        reader.close()
        lines = (_plain(line) for line in "".join(reader.words).split("\n"))
        self.text = "\n".join(line for line in lines if line)
        self.links, self.forms, self.h1 = reader.links, reader.forms, reader.h1

    def says(self, words: str) -> bool:
        """Whether these words stand on the page, whatever breaks the lines."""
        return _plain(words) in _plain(self.text)

    def link(self, words: str) -> str:
        """Where the first link with these words leads."""
        for href, text in self.links:
            if words in text:
                return urljoin(self.url, href)
        raise AssertionError(f"{self.url} has no link {words!r}, but: {sorted({text for _href, text in self.links})}")

    def form(self, *fields: str, action: str = "") -> Form:
        """The first form that has all these fields and leads to this address, or a part of it."""
        for form in self.forms:
            if all(name in form.entries for name in fields) and action in form.action and form.method == "post":
                return form
        raise AssertionError(
            f"{self.url} has no such form (fields {fields}, address {action!r}). It says:\n{self.text}"
        )


class Browser:
    """A person's browser: follows links, fills in forms, and lands where it is sent."""

    def __init__(self) -> None:
        self._client = Client()

    def open(self, address: str, status: int = 200) -> Page:
        """The page at an address, after redirects, which must be answered with `status`."""
        return self._read(self._client.get(address, follow=True), address, status)

    def status(self, address: str) -> int:
        """How an address is answered, without following it anywhere."""
        return self._client.get(address).status_code

    def send(self, page: Page, form: Form, button: str = "", *, refused: bool = False, **values: Value) -> Page:
        """Fill in a form and send it. With `refused` it must come back with a message beside a field."""
        address = urljoin(page.url, form.action or page.url)
        data = form.filled(values, button)
        got = self._read(self._client.post(address, data, follow=True), address, None)
        if refused != _came_back(got):
            raise AssertionError(f"{address} {'took' if refused else 'refused'} {data}. It says:\n{got.text}")
        return got

    def post(self, address: str, data: dict[str, Any]) -> Page:
        """Send without a form, as somebody would who knows addresses by heart."""
        return self._read(self._client.post(address, data, follow=True), address, None)

    @staticmethod
    def _read(response: Any, address: str, status: int | None) -> Page:
        url = response.redirect_chain[-1][0] if response.redirect_chain else address
        page = Page(urlsplit(url).path, response.status_code, response.content.decode())
        if status is not None and response.status_code != status:
            raise AssertionError(f"{address} answered {response.status_code} and not {status}. It says:\n{page.text}")
        if response.status_code >= 500:
            raise AssertionError(f"{address} broke:\n{page.text}")
        return page


def _came_back(page: Page) -> bool:
    """Whether the form was shown again with an error, or an error is said on top of the next page."""
    said = page.html.partition('class="shell-messages"')[2].partition("</div>\n</div>")[0]
    return page.status >= 400 or "form-error" in page.html or "error-summary" in page.html or "alert-error" in said
