"""Bytes become words, also when the sender's program names the wrong character set or none."""

import re

import chardet

# Only character sets that mail really uses. Any other name Python knows is refused: some of its codecs
# (punycode, idna, unicode_escape) are slow or mean something else in a stranger's hands.
_GB = ("gb18030",)
_BIG5 = ("cp950", "big5hkscs")
_JIS = ("iso2022_jp_ext", "iso2022_jp_2004")
_CODECS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("utf8", "unicode11utf8", "utf8mb4", "cp65001", "xutf8"), ("utf-8",)),
    **dict.fromkeys(("utf7", "unicode11utf7", "xunicode20utf7"), ("utf-7",)),
    **dict.fromkeys(("gb2312", "gbk", "xgbk", "gb18030", "cp936", "euccn", "xeuccn", "gb231280", "chinesegb",
                     "windows936", "ms936", "isoir58", "chinese", "csgb2312"), _GB),
    **dict.fromkeys(("hzgb2312", "hz", "hzgb"), ("hz", "gb18030")),
    **dict.fromkeys(("big5", "xxbig5", "cnbig5", "cp950", "big5eten", "windows950", "csbig5", "xbig5"), _BIG5),
    **dict.fromkeys(("big5hkscs", "hkscs", "big5hk"), ("big5hkscs", "cp950")),
    **dict.fromkeys(("euctw", "xeuctw"), _BIG5),
    **dict.fromkeys(("iso2022jp", "csiso2022jp", "iso2022jpms", "cp50220", "cp50221"), _JIS),
    **dict.fromkeys(("shiftjis", "sjis", "xsjis", "cp932", "windows31j", "mskanji"), ("cp932", "shift_jis_2004")),
    **dict.fromkeys(("eucjp", "xeucjp"), ("euc_jis_2004",)),
    **dict.fromkeys(("euckr", "ksc56011987", "ksc5601", "cp949", "uhc", "windows949", "ks_c_5601"), ("cp949",)),
    "iso2022kr": ("iso2022_kr",),
    "utf16": ("utf-16",), "utf16le": ("utf-16-le",), "utf16be": ("utf-16-be",),
    "koi8r": ("koi8-r",), "koi8u": ("koi8-u",), "macintosh": ("mac_roman",), "tis620": ("cp874",),
    **{f"iso8859{n}": (f"iso8859-{n}",) for n in (*range(2, 12), *range(13, 17))},
    **{f"windows{n}": (f"cp{n}",) for n in (874, *range(1250, 1259))},
    **{f"cp{n}": (f"cp{n}",) for n in (437, 850, 852, 866, 874, *range(1250, 1259))},
}  # fmt: skip
# These decode anything, so they prove nothing: many programs write them whatever the bytes are.
_LATIN = frozenset(("iso88591", "latin1", "l1", "windows1252", "cp1252", "iso885915"))
_PLAUSIBLE = frozenset((
    "utf8", "gb2312", "gb18030", "gbk", "big5", "big5hkscs", "cp950", "shiftjis", "cp932", "eucjp", "euckr", "cp949",
    "iso2022jp", "iso2022kr", "hzgb2312", "koi8r", "windows1250", "windows1251", "windows1252", "iso88591",
    "iso88592", "iso88595", "iso885915", "utf16", "utf16le", "utf16be",
))  # fmt: skip
_NOT_LETTERS = re.compile(r"[^a-z0-9]")
_WIDE_RUN = re.compile(rb"[\x80-\xff]{4,}")
_WIDE = re.compile(rb"[\x80-\xff]")
_SHORTEST_GUESS = 10
_LONGEST_GUESS = 20_000


def decode(raw: bytes, declared: str | None = None) -> str:
    """The text of `raw`; never raises, replaces what nothing can read.

    Declared set (gb2312 and its kin read as gb18030) → strict UTF-8 → a guess → gb18030 → replacement.
    """
    if raw.startswith(b"\xef\xbb\xbf"):
        raw, declared = raw[3:], "utf-8"
    elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    name = _NOT_LETTERS.sub("", declared.lower()) if declared else ""
    if raw.isascii() and b"\x1b" not in raw and b"\x00" not in raw and not name.startswith(("hz", "utf7", "unicode11utf7")):
        return raw.decode("ascii")
    return _decode_declared(raw, name) or _decode_undeclared(raw, name)


def _decode_declared(raw: bytes, name: str) -> str | None:
    codecs = _CODECS.get(name, ())
    if codecs and codecs[0] != "utf-8" and (text := _certainly_utf8(raw)) is not None:
        return text
    for codec in codecs:
        if (text := _strict(raw, codec)) is not None:
            return text
    return _almost(raw, codecs[0]) if codecs else None


def _decode_undeclared(raw: bytes, name: str) -> str:
    if (text := _strict(raw, "utf-8")) is not None:
        return text
    if name in _LATIN and not _looks_wide(raw):
        return raw.decode("cp1252", "replace")
    if (codec := _guess(raw)) and (text := _strict(raw, codec)) is not None:
        return text
    if (text := _strict(raw, "gb18030")) is not None:
        return text
    return max((raw.decode(codec, "replace") for codec in ("utf-8", "gb18030")), key=_readable)


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeError:
        return None


def _certainly_utf8(raw: bytes) -> str | None:
    """UTF-8 under another name. Two-byte letters do not count: 一 in GBK is also a Cyrillic letter in UTF-8."""
    text = _strict(raw, "utf-8")
    if text is None or text.isascii() or re.search("[\x80-\u07ff]", text):
        return None
    return text


def _almost(raw: bytes, codec: str) -> str | None:
    """The declared set with a few broken characters: a mail cut in the middle is still the mail it says it is."""
    text = raw.decode(codec, "replace")
    broken = text.count("\ufffd")
    return text if broken * 20 <= sum(map(len, _WIDE_RUN.findall(raw))) or broken <= 1 < len(text) // 20 else None


def _looks_wide(raw: bytes) -> bool:
    """Western text has single high bytes between letters; Chinese, Japanese and Korean have runs of them."""
    in_runs = sum(map(len, _WIDE_RUN.findall(raw)))
    return in_runs * 2 > len(_WIDE.findall(raw))


def _guess(raw: bytes) -> str | None:
    if len(raw) < _SHORTEST_GUESS:
        return None
    found = chardet.detect(raw[:_LONGEST_GUESS])["encoding"]
    name = _NOT_LETTERS.sub("", (found or "").lower())
    if name not in _PLAUSIBLE:
        return None
    return _CODECS[name][0] if name in _CODECS else "cp1252"


def _readable(text: str) -> int:
    return -text.count("\ufffd")
