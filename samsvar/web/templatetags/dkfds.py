"""DKFDS components as template tags: `{% load dkfds %}`. Each tag's docstring shows its use."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from samsvar.web import moments, picture

register = template.Library()

_VARIANTS = ("info", "success", "warning", "error")


def _chosen(value: str, allowed: Sequence[str], what: str) -> str:
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "lock" %}` beside a text, `{% icon "lock" label=_("Lås") %}` alone. Names: DKFDS icons."""
    href = f"{static('dkfds/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon-svg" focusable="false" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            href,
        )
    return format_html('<svg class="icon-svg" focusable="false" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def button(
    text: str,
    variant: str = "primary",
    icon_name: str = "",
    href: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",
    key: str = "",
    form: str = "",
) -> SafeString:
    """`{% button _("Gem") %}`; with `href` it is a link. `key` is a keyboard shortcut of the page, shown by `?`."""
    _chosen(variant, ("primary", "secondary", "tertiary", "quaternary", "warning", "unstyled"), "a button's variant")
    inner = format_html("{}<span>{}</span>", icon(icon_name) if icon_name else "", text)
    shortcut = format_html(' data-key="{}"', key) if key else SafeString("")
    if href:
        return format_html('<a class="button button-{}" href="{}"{}>{}</a>', variant, href, shortcut, inner)
    pairs = [(attribute, given) for attribute, given in (("name", name), ("value", value), ("form", form)) if given]
    attributes = format_html_join("", ' {}="{}"', pairs)
    return format_html(
        '<button class="button button-{}" type="{}"{}{}>{}</button>', variant, type, attributes, shortcut, inner
    )


@register.simple_block_tag
def alert(content: str, variant: str = "info", heading: str = "", level: int = 2, live: bool = False) -> SafeString:
    """`{% alert "warning" heading=_("...") %}...{% endalert %}`; `live=True` is read aloud at once."""
    _chosen(variant, _VARIANTS, "an alert's variant")
    labels = {
        "info": gettext("Oplysning"),
        "success": gettext("Det lykkedes"),
        "warning": gettext("Bemærk"),
        "error": gettext("Fejl"),
    }
    symbol = format_html(
        '<svg class="icon-svg alert-icon" focusable="false" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
        labels[variant],
        static("dkfds/icons.svg"),
        variant,
    )
    head = format_html('<h{0} class="alert-heading">{1}</h{0}>', int(level), heading) if heading else ""
    return format_html(
        '<div class="alert alert-{}"{}>{}<div class="alert-body">{}<div class="alert-text">{}</div></div></div>',
        variant,
        mark_safe(' role="alert"') if live else "",
        symbol,
        head,
        mark_safe(content),  # noqa: S308 - the block's own template output, already escaped
    )


@register.simple_tag
def badge(text: str, variant: str = "") -> SafeString:
    """`{% badge _("Akut") "error" %}`: a short state. The word carries the meaning, the colour only helps."""
    if variant:
        _chosen(variant, _VARIANTS, "a badge's variant")
    return format_html('<span class="badge{}">{}</span>', f" badge-{variant}" if variant else "", text)


@register.simple_tag
def tag(text: str, href: str) -> SafeString:
    """`{% tag _("Kun mine") url %}`: a filter that can be followed."""
    return format_html('<a class="tag" href="{}">{}</a>', href, text)


@register.simple_tag
def breadcrumb(*parts: str) -> SafeString:
    """`{% breadcrumb _("Sager") list_url case.reference %}`: pairs of text and address, the page itself last."""
    if len(parts) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumb takes pairs of text and address, then the page's own name")
    return render_to_string(
        "web/components/breadcrumb.html",
        {"links": list(zip(parts[:-1:2], parts[1::2], strict=True)), "here": parts[-1]},
    )


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """`{% details _("Hvad betyder det?") %}...{% enddetails %}`: a short explanation that can be unfolded."""
    return format_html(
        '<details class="details"{}><summary class="details-summary">{}</summary>'
        '<div class="details-text">{}</div></details>',
        mark_safe(" open") if open else "",
        summary,
        mark_safe(content),  # noqa: S308 - the block's own template output, already escaped
    )


@register.simple_block_tag
def accordion(content: str, title: str, open: bool = False, note: str = "", level: int = 2) -> SafeString:
    """`{% accordion _("Historik") note=_("4 hændelser") %}...{% endaccordion %}`: a part of a page, folded."""
    return format_html(
        '<details class="fold"{}><summary class="fold-title"><h{} class="fold-heading">{}</h{}>{}</summary>'
        '<div class="fold-content">{}</div></details>',
        mark_safe(" open") if open else "",
        int(level),
        title,
        int(level),
        format_html('<span class="fold-note">{}</span>', note) if note else "",
        mark_safe(content),  # noqa: S308 - the block's own template output, already escaped
    )


@register.simple_block_tag
def table(content: str, caption: str, hide_caption: bool = False) -> SafeString:
    """`{% table _("Åbne sager") %}<thead>…</thead><tbody>…</tbody>{% endtable %}`: cards on a narrow screen.

    Rows use `{% cell _("Kolonne") %}…{% endcell %}`, so that each card line has its column's name.
    """
    return format_html(
        '<table class="table table--borderless table--compact table--responsive-headers">'
        '<caption class="{}">{}</caption>{}</table>',
        "sr-only" if hide_caption else "table-caption",
        caption,
        mark_safe(content),  # noqa: S308 - the block's own template output, already escaped
    )


@register.simple_block_tag
def cell(content: str, column: str = "", header: bool = False) -> SafeString:
    """One cell of a `{% table %}` row; `header=True` for the cell that names the row."""
    return format_html(
        '<{0}{1} data-title="{2}">{3}</{4}>',
        "th" if header else "td",
        mark_safe(' scope="row"') if header else "",
        column,
        mark_safe(content),  # noqa: S308 - the block's own template output, already escaped
        "th" if header else "td",
    )


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, parameter: str = "side") -> dict[str, Any]:
    """`{% pagination page %}`: earlier and later page, keeping the rest of the address."""
    query = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("web/components/steps.html")
def steps(names: Sequence[str], current: int) -> dict[str, Any]:
    """`{% steps names 2 %}`: where one is in a form of several pages; `current` counts from 1."""
    return {"names": names, "current": current, "total": len(names)}


@register.simple_block_tag
def empty_state(content: str, heading: str, level: int = 2) -> SafeString:
    """`{% empty_state _("Intet venter på dig") %}…{% endempty_state %}`: nothing here, and that is fine."""
    return format_html(
        '<div class="empty-state"><h{0} class="empty-heading">{1}</h{0}>{2}</div>',
        int(level),
        heading,
        mark_safe(content),  # noqa: S308 - the block's own template output, already escaped
    )


@register.simple_tag
def when(moment: moments.Moment | None, distance: bool = True) -> SafeString:
    """`{% when action.due %}`: relative words, the full stamp on hover; nothing for no moment.

    `{% when task.since distance=False %}` after "siden", "fra" or "til".
    """
    if not moment:
        return SafeString("")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        moments.stamp(moment),
        moments.say(moment, distance=distance),
    )


@register.filter
def to_the_second(moment: datetime) -> str:
    """The clock as a log has it: 13.05.07, in English 13:05:07."""
    return date_format(localtime(moment), "H:i:s" if get_language() == "en" else "H.i.s")


@register.simple_tag
def table_picture(table: picture.TablePicture, size: str = "big") -> SafeString:
    """`{% table_picture case_table %}` on a case, `{% table_picture case_table "small" %}` in a list row."""
    _chosen(size, ("big", "small"), "a picture's size")
    if size == "small":
        return format_html(
            '<span class="table-picture-small">{}<span class="table-picture-small-text">{} {}</span></span>',
            small_drawing(table),
            table.holder_sentence,
            table.next_sentence,
        )
    drawing = picture.draw(table, picture.BIG) if table.drawable else None
    return render_to_string("web/components/table_picture_big.html", {"table": table, "drawing": drawing})


def small_drawing(table: picture.TablePicture) -> SafeString:
    """The table alone, without names, as a list row shows it; empty with more chairs than can be drawn."""
    return _small_drawing(*table.outline) if table.drawable else SafeString("")


@lru_cache(maxsize=1024)
def _small_drawing(count: int, holder: int | None, supporting: tuple[int, ...]) -> SafeString:
    """The drawing of a list row: without names there are few of them, and a list shows many."""
    chairs = [picture.Chair("", "", is_holder=n == holder, supports=n in supporting) for n in range(count)]
    drawing = picture.draw(picture.TablePicture(chairs), picture.SMALL)
    return render_to_string("web/components/table_picture_svg.html", {"drawing": drawing})


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """`{% field form.reference %}`: one field with label, hint and error, in its DKFDS group."""
    return format_html(
        '<div class="form-group{}{}">{}</div>',
        " form-error" if bound.errors else "",
        f" {bound.css_classes()}" if bound.css_classes() else "",
        bound.as_field_group(),
    )


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """`{% error_summary form %}`: for pages that place their fields one by one with `{% field %}`."""
    return form.render("django/forms/error_summary.html")
