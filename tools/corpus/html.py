"""Web pages as organisations publish them: navigation, cookie banner, related links, footers."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from tools.corpus.blocks import Block, Heading, Items, Paragraph, Table, bold_parts
from tools.corpus.notice import NOTICE
from tools.corpus.sources import HERE, Organisation, Source


def write(source: Source, organisation: Organisation) -> str:
    """Return the page in the layout that the source's format names."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    title, *rest = source.blocks
    if not isinstance(title, Heading):
        raise TypeError(f"{source.id}: the first block must be a heading")
    # Pages say their own name in their own case; a page that never names itself stays anonymous.
    name = organisation.name.title().replace("'S", "'s").replace(" Plc", " plc")
    template = environment.get_template(f"{source.format}.html.j2")
    return template.render(
        title=title.text,
        name=name,
        number=organisation.number,
        address=", ".join(organisation.address),
        url=source.meta["url"],
        home="/".join(str(source.meta["url"]).split("/")[:3]),
        year=int(source.meta["year"]),
        sections=_sections(rest),
        notice=NOTICE,
    )


def _sections(blocks: list[Block]) -> list[tuple[str, Markup]]:
    """Group blocks under their second-level heading: ``(heading or "", content)``."""
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            sections.append((block.text, []))
        else:
            sections[-1][1].append(block)
    rendered = [(name, Markup("\n").join(map(_element, content))) for name, content in sections]
    return [(name, content) for name, content in rendered if name or content]


def _element(block: Block) -> Markup:
    match block:
        case Heading(level, text):
            return Markup("<h{0}>{1}</h{0}>").format(level, text)
        case Paragraph(lines):
            return Markup("<p>{}</p>").format(Markup("<br>\n").join(map(_inline, lines)))
        case Items(start, items):
            tag = "ul" if start is None else "ol"
            inner = Markup("\n").join(Markup("<li>{}</li>").format(_inline(x)) for x in items)
            return Markup("<{0}>\n{1}\n</{0}>").format(tag, inner)
        case Table(rows):
            head = Markup("").join(Markup("<th>{}</th>").format(cell) for cell in rows[0])
            trs = [Markup("<tr>{}</tr>").format(head)]
            for row in rows[1:]:
                cells = Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
                trs.append(Markup("<tr>{}</tr>").format(cells))
            return Markup("<table>\n{}\n</table>").format(Markup("\n").join(trs))


def _inline(text: str) -> Markup:
    parts = bold_parts(text)
    return Markup("").join(
        Markup("<strong>{}</strong>").format(part) if bold else escape(part) for part, bold in parts
    )
