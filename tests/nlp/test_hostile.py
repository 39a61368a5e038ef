"""Text written to break the reader: it is read, and twice as much text takes no more than twice the work."""

import sys
from datetime import date
from types import FrameType

import pytest

from nlp.reader import READ_CHARACTERS, Reader
from nlp.reading import Kind

HOSTILE = {
    "nothing": "",
    "one character": "又",
    "negations": "没不良",
    "needs": "包装。",
    "halves of words": "与才用了",
    "brackets": "(",
    "null bytes": "\x00",
    "lone surrogates": "\ud800报价",
    "right-to-left marks": "\u202e订单\u202c",
    "digits": "1",
    "codes": "A-1",
    "amounts": "1,",
    "quotes": "\n> on x wrote:",
    "spaces": " ",
    "letters": "x",
    "dates": "12月3日前",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_it_reads_a_megabyte_of_it_without_raising(reader: Reader, text: str) -> None:
    long = text * (1_000_000 // max(1, len(text)))
    assert reader.read(long, subject=long[:1000], date=date(2026, 11, 21)).kind in Kind


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_it_does_no_more_than_twice_the_work_for_twice_the_text(reader: Reader, text: str) -> None:
    short = text * (READ_CHARACTERS // 20 // max(1, len(text)))
    reader.read(short)  # what is made only once is made now
    assert _calls(reader, short * 2) <= 2.1 * _calls(reader, short) + 100


def test_it_takes_up_only_the_first_pages(reader: Reader) -> None:
    page = "没不良" * (READ_CHARACTERS // 3)
    assert _calls(reader, page * 10) == pytest.approx(_calls(reader, page), rel=0.01)


def _calls(reader: Reader, text: str) -> int:
    """How many functions are called to read a text: work that no clock disturbs."""
    count = 0

    def counted(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        reader.read(text)
    finally:
        sys.setprofile(before)
    return count
