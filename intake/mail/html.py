"""HTML mail becomes plain text: what its reader sees, not what hides in it; nothing is ever fetched."""

import re

from inscriptis.model.config import ParserConfig
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

_LONGEST_HTML = 2_000_000
_TAGS = re.compile(r"<[^>]{0,5000}>")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|"
                     r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.I)  # fmt: skip
_BLANK_LINES = re.compile(r"\n{3,}")
_QUOTE, _UNQUOTE = "\ue000", "\ue001"
_CONFIG = ParserConfig(css=STRICT_CSS_PROFILE)


def html_to_text(html: str) -> str:
    """The visible words, one block a line; quoted blocks get `> ` so that history is seen as history."""
    html = html[:_LONGEST_HTML]
    if not html.strip():
        return ""
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
        _prepare(tree)
        text = Inscriptis(tree, _CONFIG).get_text()
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        text = _TAGS.sub(" ", html)  # too broken for a tree: its letters still count
    lines = _quoted(text.replace("\xa0", " ").replace("\u200b", ""))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _prepare(tree: etree._Element) -> None:
    for element in list(tree.iter(etree.Element)):
        if element.tag in ("script", "style", "title") or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            _empty(element)
        elif element.tag == "blockquote":
            _mark(element)


def _mark(quote: etree._Element) -> None:
    opening, closing = etree.Element("div"), etree.Element("div")
    opening.text, closing.text = _QUOTE, _UNQUOTE
    opening.tail, quote.text = quote.text, None
    quote.insert(0, opening)
    quote.append(closing)


def _empty(element: etree._Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _quoted(text: str) -> list[str]:
    depth = 0
    lines = []
    for line in text.split("\n"):
        opened, closed = line.count(_QUOTE), line.count(_UNQUOTE)
        bare = line.replace(_QUOTE, "").replace(_UNQUOTE, "").rstrip()
        before = depth
        depth = max(0, depth + opened - closed)
        if (opened or closed) and not bare.strip():
            continue
        level = max(before, depth) if opened else before
        lines.append(f"{'>' * level} {bare.strip()}".rstrip() if level else bare)
    return lines
