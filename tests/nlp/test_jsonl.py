"""`huiyin read --jsonl`: a line in, a line out; a bad line is told and the rest goes on."""

import json

from nlp.jsonl import read_lines
from nlp.reader import Reader


def test_it_reads_each_line_and_goes_on_after_a_bad_one(reader: Reader) -> None:
    lines: list[str | bytes] = [
        json.dumps({"id": 1, "channel": "wecom", "subject": None, "text": "多少钱一个"}),
        "{not json",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": "x", "date": "yesterday"}),
        "[1]",
        "",
        b"\xff\xfe{",
        json.dumps({"id": 2, "text": "订单PO-7，500件，12月1日前交", "date": "2026-11-21"}).encode(),
    ]
    found = list(read_lines(lines, reader))
    assert [one["id"] for one in found] == [1, None, "b", "c", None, None, 2]
    assert ["error" in one for one in found] == [False, True, True, True, True, True, False]
    assert found[-1]["entities"]["due_date"] == "2026-12-01"
    names = "id language kind confidence severity special_requirements entities auto_generated evidence"
    assert set(found[0]) == set(names.split())


def test_it_reads_one_line_at_a_time(reader: Reader) -> None:
    def endless() -> object:
        while True:
            yield '{"id": 1, "text": "你好"}'

    stream = read_lines(endless(), reader)  # type: ignore[arg-type]
    assert [next(stream)["id"] for _ in range(3)] == [1, 1, 1]
