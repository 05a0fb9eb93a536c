"""A document as one HTML file to hand on: read-only, no script, no outside request, every value escaped."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assistant.export.document import Document


def to_html(document: Document) -> str:
    """The whole document as an HTML page that needs nothing but itself."""
    environment = Environment(
        loader=PackageLoader("assistant.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (files("assistant.export") / "templates" / "document.css").read_text(encoding="utf-8")
    return environment.get_template("document.html.j2").render(
        document=document,
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )
