"""Lines that a mail program broke for its own screen are put together again (RFC 3676)."""


def unflow(text: str, *, delete_space: bool) -> str:
    """Joins lines that end with a space; with DelSp=yes, as in Chinese mail, that space goes, too."""
    paragraphs: list[str] = []
    flowing: list[str] = []
    flowing_depth = 0
    for line in text.split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest.removeprefix(" ")
        if flowing and depth != flowing_depth:
            paragraphs.append(_paragraph(flowing_depth, flowing))
            flowing = []
        flowing_depth = depth
        soft = rest.endswith(" ") and rest != "-- "
        flowing.append(rest[:-1] if soft and delete_space else rest)
        if not soft:
            paragraphs.append(_paragraph(depth, flowing))
            flowing = []
    if flowing:
        paragraphs.append(_paragraph(flowing_depth, flowing))
    return "\n".join(paragraphs)


def _paragraph(depth: int, pieces: list[str]) -> str:
    line = "".join(pieces)
    return f"{'>' * depth} {line}" if depth else line
