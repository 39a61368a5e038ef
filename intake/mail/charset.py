"""Bytes become words, also when the sender's program names the wrong character set or none."""

import re

import chardet

# Only character sets that mail really uses. Any other name Python knows is refused: some of its codecs
# (punycode, idna, unicode_escape) are slow or mean something else in a stranger's hands.
_NAMES = {
    "utf-8": "utf8 unicode11utf8 utf8mb4 cp65001 xutf8",
    "utf-7": "utf7 unicode11utf7 xunicode20utf7",
    "utf-16": "utf16",
    "utf-16-le": "utf16le",
    "utf-16-be": "utf16be",
    "gb18030": "gb2312 gbk xgbk gb18030 cp936 windows936 ms936 euccn xeuccn gb231280 csgb2312 chinese",
    "hz": "hz hzgb hzgb2312",
    "cp950": "big5 xxbig5 xbig5 cnbig5 csbig5 big5eten cp950 windows950 euctw xeuctw",
    "big5hkscs": "big5hkscs big5hk hkscs",
    "iso2022_jp_ext": "iso2022jp csiso2022jp iso2022jpms cp50220 cp50221",
    "cp932": "shiftjis sjis xsjis cp932 windows31j mskanji",
    "euc_jis_2004": "eucjp xeucjp",
    "cp949": "euckr ksc56011987 ksc5601 cp949 uhc windows949",
    "iso2022_kr": "iso2022kr",
    "koi8-r": "koi8r",
    "koi8-u": "koi8u",
    "mac_roman": "macintosh",
    "cp874": "tis620 windows874 cp874",
}
_CODECS = {name: codec for codec, names in _NAMES.items() for name in names.split()}
_CODECS |= {f"iso8859{n}": f"iso8859-{n}" for n in (*range(2, 12), 13, 14, 16)}
_CODECS |= {
    f"{prefix}{n}": f"cp{n}" for prefix in ("cp", "windows") for n in (1250, 1251, *range(1253, 1259))
}
# when the first reading fails: letters that one set has and its brother lacks
_BROTHERS = {
    "hz": "gb18030",
    "cp950": "big5hkscs",
    "big5hkscs": "cp950",
    "iso2022_jp_ext": "iso2022_jp_2004",
    "cp932": "shift_jis_2004",
}
# These decode anything and prove nothing: many programs write them whatever the bytes are.
_LATIN = frozenset(("iso88591", "latin1", "l1", "windows1252", "cp1252", "iso885915"))
_CHINESE = frozenset(("gb18030", "hz", "cp950", "big5hkscs", "utf-8", "utf-16", "utf-16-le", "utf-16-be"))
_EAST_ASIAN = frozenset(("cp932", "euc_jis_2004", "cp949", "iso2022_jp_ext", "iso2022_kr"))
_SEVEN_BIT = frozenset(("hz", "utf-7", "utf-16", "utf-16-le", "utf-16-be"))

_NOT_LETTERS = re.compile(r"[^a-z0-9]")
_ASCII = bytes(range(128))
_LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_ONLY_GB = re.compile(rb"[\xc7-\xd7][\xa1-\xfe]")
_ONLY_BIG5 = re.compile(rb"[\xa4-\xaf][\x40-\x7e\xa1-\xfe]|[\xb0-\xc6][\x40-\x7e]")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_TWO_BYTES = re.compile("[\x80-\u07ff]")
# Letters that no sender uses without any of three bytes beside them: 图纸 in GBK is ͼֽ in UTF-8.
_ODD_LETTERS = re.compile("[\u0250-\u02c5\u0340-\u0385\u0460-\u05cf\u0700-\u07ff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # what a reading in the wrong set ends up with
_SHORTEST_GUESS = 10
_SHORTEST_FOREIGN_GUESS = 40
_SAMPLE = 20_000


def decode(raw: bytes, declared: str | None = None) -> str:
    """The text of `raw`; never raises, replaces what nothing can read.

    Declared set (gb2312 and its kin read as gb18030) → strict UTF-8 → a guess → gb18030 → replacement.
    """
    if raw.startswith(b"\xef\xbb\xbf"):
        raw, declared = raw[3:], "utf-8"
    elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    name = _NOT_LETTERS.sub("", declared[:60].lower()) if declared else ""
    codec = _CODECS.get(name)
    if raw.isascii() and codec not in _SEVEN_BIT and b"\x1b" not in raw:
        return raw.decode("ascii")
    if codec and (text := _decode_declared(raw, codec)) is not None:
        return text
    return _decode_undeclared(raw, is_latin=name in _LATIN)


def _decode_declared(raw: bytes, codec: str) -> str | None:
    if codec == "utf-8":
        return _gb_seen_as_utf8(raw) or _almost(raw, codec)
    if (text := _certainly_utf8(raw)) is not None:
        return text
    if codec in ("gb18030", "cp950", "big5hkscs") and (other := _certainly_other_chinese(raw, codec)):
        return other
    for attempt in (codec, _BROTHERS.get(codec, codec)):
        if (text := _strict(raw, attempt)) is not None:
            return text
    return _almost(raw, codec)


def _decode_undeclared(raw: bytes, *, is_latin: bool) -> str:
    if b"\x1b$" in raw[:_SAMPLE] and (text := _strict(raw, "iso2022_jp_ext")) is not None:
        return text
    if (text := _gb_seen_as_utf8(raw) or _strict(raw, "utf-8")) is not None:
        return text
    if _looks_western(raw):
        codec = None if is_latin else _guess(raw)
        western = codec is None or codec in _CHINESE or codec in _EAST_ASIAN
        return raw.decode("cp1252" if western else str(codec), "replace")
    codec = _guess(raw)
    if codec in _EAST_ASIAN and len(raw) >= _SHORTEST_FOREIGN_GUESS:
        attempts: list[str | None] = [codec]
    else:
        attempts = [_chinese(raw), "gb18030", codec]
    for attempt in attempts:
        if attempt and (text := _strict(raw, attempt)) is not None:
            return text
    return min((raw.decode(codec, "replace") for codec in ("utf-8", "gb18030")), key=_broken)


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeError:
        return None


def _almost(raw: bytes, codec: str) -> str | None:
    """The declared set with a few broken letters: a mail cut in the middle is still what it says it is."""
    text = raw.decode(codec, "replace")
    return text if _broken(text) * 20 <= len(raw.translate(None, _ASCII)) else None


def _broken(text: str) -> int:
    return text.count("\ufffd")


def _certainly_utf8(raw: bytes) -> str | None:
    """UTF-8 under another name. Two-byte letters prove nothing: 一 in GBK is a Cyrillic letter in UTF-8."""
    text = _strict(raw, "utf-8")
    if text is None or text.isascii():
        return None
    sample = text[:_SAMPLE]
    narrow = len(_TWO_BYTES.findall(sample))
    wide = sum(character > "\u07ff" for character in sample)
    return text if wide and wide >= narrow else None


def _gb_seen_as_utf8(raw: bytes) -> str | None:
    """A few Chinese letters whose bytes happen to be UTF-8, too: common in file names and short subjects."""
    text = _strict(raw, "utf-8")
    if text is None or len(text) > _SHORTEST_FOREIGN_GUESS or not _ODD_LETTERS.search(text):
        return None
    return _strict(raw, "gb2312") if not any(letter > "\u07ff" for letter in text) else None


def _certainly_other_chinese(raw: bytes, codec: str) -> str | None:
    """Traditional under the name of simplified Chinese, or the other way round."""
    big5, gb = _chinese_signs(raw)
    if codec == "gb18030":
        return _strict(raw, "big5hkscs") if big5 > 2 * gb + 2 or _is_private(raw) else None
    return _strict(raw, "gb18030") if gb > 2 * big5 + 2 else None


def _chinese(raw: bytes) -> str:
    big5, gb = _chinese_signs(raw)
    return "cp950" if big5 > gb or _is_private(raw) else "gb18030"


def _is_private(raw: bytes) -> bool:
    """Whether GB has no public letter for some bytes, which a sender of GB would not have written."""
    return bool(_PRIVATE.search(raw[:_SAMPLE].decode("gb18030", "ignore")))


def _chinese_signs(raw: bytes) -> tuple[int, int]:
    """How many letters only Big5 uses often, and how many only GB does."""
    pairs = b"\n".join(_PAIR.findall(raw[:_SAMPLE]))
    return len(_ONLY_BIG5.findall(pairs)), len(_ONLY_GB.findall(pairs))


def _looks_western(raw: bytes) -> bool:
    """Western letters stand alone between plain ones; Chinese, Japanese and Korean ones come in runs."""
    sample = raw[:_SAMPLE]
    return len(_LONE.findall(sample)) * 2 >= len(sample.translate(None, _ASCII))


def _guess(raw: bytes) -> str | None:
    if len(raw) < _SHORTEST_GUESS:
        return None
    found = chardet.detect(raw[:_SAMPLE])["encoding"] or ""
    return _CODECS.get(_NOT_LETTERS.sub("", found.lower()))
