"""HTML mail becomes plain text: what its reader sees, not what hides in it; nothing is ever fetched."""

import re

from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

_LARGEST_TREE = 1_000_000
_MOST_CELLS = 10_000  # laying a table out costs the square of its width
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[^\"'>\s]{200,}")  # a picture written into the page itself
_HIDDEN = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all"
    r"|(?:font-size|max-height|opacity)\s{0,9}:\s{0,9}0(?:\.0{1,3})?(?:px|pt|em|%)?\s{0,9}(?:[;!]|$)",
    re.IGNORECASE,
)
_UNREAD = ("script", "style", "title", "template", "noscript")
_UNREAD_TAG = re.compile(rf"<(/?)(?:{'|'.join(_UNREAD)})\b[^<>]*>", re.IGNORECASE)
_LINE_TAG = re.compile(r"<(?:br|/?(?:p|div|tr|li|table|blockquote|h[1-6]))\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
_BLANK_LINES = re.compile(r"\n{3,}")
_QUOTE, _UNQUOTE = "\ue000", "\ue001"  # private characters: no writer's words
_CONFIG = ParserConfig(css=STRICT_CSS_PROFILE)


def html_to_text(html: str) -> str:
    """The visible words, one block a line; quoted blocks get `> `, so that history is seen as history."""
    if not html.strip():
        return ""
    html = _EMBEDDED.sub("", html).replace(_QUOTE, "").replace(_UNQUOTE, "")
    is_small = len(html) <= _LARGEST_TREE and len(_CELL.findall(html)) <= _MOST_CELLS
    text = _read_tree(html) if is_small else None
    if text is None:
        text = _without_tags(html)
    lines = _quote(text.replace("\xa0", " ").replace("\u200b", ""))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _read_tree(html: str) -> str | None:
    """None when the page is nested too deep, or broken beyond what the library reads."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "ignore"), parser=parser)
        if any("depth" in error.message for error in parser.error_log):
            return None
        _prepare(tree)
        text: str = Inscriptis(tree, _CONFIG).get_text()
    except (etree.LxmlError, ValueError, AssertionError, IndexError, RecursionError):
        return None
    return text


def _prepare(tree: etree._Element) -> None:
    for element in list(tree.iter(etree.Element)):
        style = element.get("style")
        if element.tag in _UNREAD or element.get("hidden") is not None or (style and _HIDDEN.search(style)):
            _empty(element)
        elif element.tag == "blockquote":
            _mark(element)


def _empty(element: etree._Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _mark(quotation: etree._Element) -> None:
    opening, closing = etree.Element("div"), etree.Element("div")
    opening.text, closing.text = _QUOTE, _UNQUOTE
    opening.tail, quotation.text = quotation.text, None
    quotation.insert(0, opening)
    quotation.append(closing)


def _quote(text: str) -> list[str]:
    depth = 0
    lines = []
    for line in text.split("\n"):
        if line.strip() in (_QUOTE, _UNQUOTE):
            depth = max(0, depth + (1 if _QUOTE in line else -1))
            continue
        line = line.replace(_QUOTE, "").replace(_UNQUOTE, "").rstrip()
        lines.append(f"{'>' * depth} {line.strip()}".rstrip() if depth else line)
    return lines


def _without_tags(html: str) -> str:
    """What a page says at least: for pages too big or too deep for a tree, in one pass."""
    spoken: list[str] = []
    depth = at = 0
    for tag in _UNREAD_TAG.finditer(html):
        if depth == 0:
            spoken.append(html[at : tag.start()])
        depth = max(0, depth + (-1 if tag[1] else 1))
        at = tag.end()
    if depth == 0:
        spoken.append(html[at:])
    text = _TAG.sub(" ", _LINE_TAG.sub("\n", "".join(spoken)))
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text
