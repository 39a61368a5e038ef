"""The small XML of a callback: the texts right below its root, and nothing else."""

from xml.parsers import expat

ROOT, FIELD = 1, 2  # how deep


class NoFlatXmlError(Exception):
    """This is no XML as callbacks have it."""


def read_flat_xml(text: str) -> dict[str, str]:
    """The texts by their names; NoFlatXmlError for anything with a document type, and for what is no XML."""
    fields: dict[str, str] = {}
    open_names: list[str] = []
    parser = expat.ParserCreate("utf-8")  # whatever the text says of itself

    def start(name: str, _attributes: object) -> None:
        open_names.append(name)
        if len(open_names) == FIELD:
            fields[name] = ""

    def end(_name: str) -> None:
        open_names.pop()

    def data(part: str) -> None:
        if len(open_names) == FIELD:
            fields[open_names[-1]] += part

    def refuse(*_: object) -> None:
        raise NoFlatXmlError("A document type is nothing for a callback.")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    # Entities are declared in a document type: without one nothing can grow, and nothing is fetched.
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as problem:
        raise NoFlatXmlError("It is no XML.") from problem
    return fields
