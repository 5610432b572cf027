"""Makes matplotlib's SVG fit to stand inside a page with a strict Content-Security-Policy."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMESPACE = "http://www.w3.org/2000/svg"
SVG = f"{{{NAMESPACE}}}"
XLINK = "{http://www.w3.org/1999/xlink}href"
# No clock and no version: the same data must give the same file.
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
# Set for the whole picture by the style sheet that is removed.
INHERITED = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


def inline_svg(figure: Figure, name: str, title: str, description: str) -> Markup:
    """The figure as an SVG element: no inline styles, ids of its own, named for screen readers.

    Args:
        name: Prefix of the ids within the page, e.g. ``scatter``.
    """
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata=NO_METADATA)
    root = ET.fromstring(drawn.getvalue())  # noqa: S314 - drawn here
    _remove(root, {f"{SVG}style", f"{SVG}metadata"})
    used = _used_ids(root)
    for element in root.iter():
        _style_to_attributes(element)
        _own_ids(element, name, used)
        _unprefix(element)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    _describe(root, name, title, description)
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - serialised, so escaped


def _remove(root: ET.Element, tags: set[str]) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in tags:
                parent.remove(child)


def _style_to_attributes(element: ET.Element) -> None:
    """``style="fill: red"`` becomes ``fill="red"``; the font family is left to the page."""
    for declaration in element.attrib.pop("style", "").split(";"):
        key, colon, value = declaration.partition(":")
        if colon and key.strip() != "font-family":
            element.set(key.strip(), value.strip())


def _used_ids(root: ET.Element) -> set[str]:
    used = set()
    for element in root.iter():
        used.add(element.get(XLINK, "").removeprefix("#"))
        used.add(element.get("clip-path", "").removeprefix("url(#").removesuffix(")"))
    return used


def _own_ids(element: ET.Element, name: str, used: set[str]) -> None:
    """Keep only ids that are pointed at, with a prefix: two pictures share one page."""
    found = element.attrib.pop("id", None)
    if found in used:
        element.set("id", f"{name}-{found}")
    if link := element.attrib.pop(XLINK, None):
        element.set("href", f"#{name}-{link.removeprefix('#')}")
    if clip := element.get("clip-path"):
        element.set("clip-path", clip.replace("url(#", f"url(#{name}-"))


def _unprefix(element: ET.Element) -> None:
    """HTML knows SVG elements by their plain names; line breaks only make the page longer."""
    element.tag = element.tag.removeprefix(SVG)
    element.tail = None
    if element.text and not element.text.strip():
        element.text = None
    if outline := element.get("d"):
        element.set("d", " ".join(outline.split()))


def _describe(root: ET.Element, name: str, title: str, description: str) -> None:
    attributes = {"role": "img", "aria-labelledby": f"{name}-title {name}-desc"}
    root.attrib.update(attributes | INHERITED)
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(tag, {"id": f"{name}-{tag}"})
        element.text = text
        root.insert(position, element)
