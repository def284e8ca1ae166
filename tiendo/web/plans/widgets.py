"""Controls of the filter bar."""

from html import escape
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class PlainSelect(forms.Select):
    """A select written in one go: Django renders a template for each option, which a list of all units feels."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value) or [])
        options = ((str(key), str(words)) for key, words in self.choices)
        marked = (
            f'<option value="{escape(key)}"{" selected" if key in chosen else ""}>{escape(words)}</option>'
            for key, words in options
        )
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html(
            "<select{}>{}</select>",
            format_html_join("", ' {}="{}"', ((key, each) for key, each in given.items() if each not in (None, False))),
            SafeString("".join(marked)),
        )
