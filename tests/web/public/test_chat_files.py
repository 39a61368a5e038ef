"""Files in the web chat over HTTP: from the visitor and to him, for his own conversation only, never run."""

import httpx
import pytest

from casework.replies import StoredFile
from store.tables import Attachment, Incoming, Message
from tests.office import Office
from tests.web.public.test_chat import SCRIPT, deliver, say, shown
from web.public.chat_files import LARGEST_FILE, MOST_FILES

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NUMBER = "7a5a1c6e-0c1f-4c58-9b3a-5d1f6c6d0b11"
PHOTO = b"\xff\xd8\xff" + b"x" * 5000
Files = list[tuple[str, bytes]]


def send(client: httpx.Client, files: Files, text: str = "", number: str = NUMBER) -> httpx.Response:
    parts = [("files", (name, content, "text/html")) for name, content in files]
    return client.post("/chat", data={"text": text, "number": number}, files=parts, headers=SCRIPT)


def test_it_keeps_several_files_with_their_line_and_hands_them_out_to_their_visitor(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    name = "外壳 <b>划痕</b>\u202e.JPG"
    for _ in range(2):  # the answer was lost: the same line again
        answer = send(visitor, [(name, PHOTO), ("图纸.pdf", b"%PDF")], "请看照片")
        assert answer.status_code == 200
    assert len(office.all(Incoming)) == 1
    office.receiver().receive_all()
    (message,) = office.all(Message)[:1]
    photo, paper = office.all(Attachment)
    assert (message.text, photo.message_id, paper.message_id) == ("请看照片", message.id, message.id)
    assert (photo.type, paper.type, photo.size) == ("image/jpeg", "application/pdf", len(PHOTO))
    assert office.files.get(photo.sha256) == PHOTO
    assert "\u202e" not in photo.name
    page = visitor.get("/chat").text
    assert "<b>划痕" not in page
    (row,) = office.all(Incoming)
    own = f"/chat/files/said/{row.id}/1"
    assert f'href="{own}"' in page
    got = visitor.get(own)
    assert (got.content, got.headers["x-content-type-options"]) == (PHOTO, "nosniff")
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["content-security-policy"].startswith("sandbox;")
    assert visitor.get(f"/chat/files/said/{row.id}/2").content == b"%PDF"
    assert visitor.get(f"/chat/files/said/{row.id}/3").status_code == 404
    # What it is called on the desk opens nothing here, nor does another visitor's key.
    assert visitor.get(f"/chat/files/{photo.id}").status_code == 404
    other.get("/chat")
    for address in (own, f"/chat/files/{photo.id}", "/chat/files/999", "/chat/files/99999999999999"):
        assert other.get(address).status_code == 404
    # A photo alone is a line, too.
    assert send(visitor, [("又一张.png", b"x")], number=NUMBER.replace("7", "8")).status_code == 200
    office.receiver().receive_all()
    assert len(office.all(Attachment)) == 3


def test_it_gives_the_visitor_our_files_once_they_are_sent(visitor: httpx.Client, office: Office) -> None:
    say(visitor, "请发图纸")
    office.receiver().receive_all()
    drawing = StoredFile("drawing.html", "text/html", 9, office.files.put(b"<script>x"))
    office.answer(office.the_case(), office.hire("小林"), "见附件。", drawing)
    (file,) = office.all(Attachment)
    assert visitor.get(f"/chat/files/{file.id}").status_code == 404
    deliver(office)
    got = visitor.get(f"/chat/files/{file.id}")
    assert (got.content, got.headers["content-type"]) == (b"<script>x", "application/octet-stream")
    assert "drawing.html" in visitor.get("/chat").text
    assert "见附件。" in shown(visitor)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("病毒.exe", b"MZ")], "“病毒.exe”这种文件不能发送"),
        ([("page.pdf.html", b"<script>")], "这种文件不能发送"),
        ([("noending", b"x")], "这种文件不能发送"),
        ([("空.pdf", b"")], "是空文件"),
        ([(f"{one}.pdf", b"x") for one in range(MOST_FILES * 3)], "一次最多 5 个文件"),
        ([("大.pdf", b"x" * (LARGEST_FILE + 1))], "每个文件不能超过 10.0 MB"),
        ([(f"{one}.pdf", b"x" * (7 << 20)) for one in range(3)], "合计不能超过 20.0 MB"),
    ],
)
def test_it_says_in_plain_words_why_a_file_cannot_be_taken(
    visitor: httpx.Client, office: Office, files: Files, sentence: str
) -> None:
    answer = send(visitor, files, "附件")
    assert (answer.status_code, sentence in answer.json()["problem"]) == (413, True)
    assert office.all(Incoming) == []


def test_it_takes_only_so_much_from_one_address(
    visitor: httpx.Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.public.chat_files.BYTES_A_QUARTER", 1 << 20)
    big = [("照片.jpg", b"x" * 700_000)]
    assert send(visitor, big).status_code == 200
    refused = send(visitor, big, number=NUMBER.replace("7", "8"))
    assert (refused.status_code, "十五分钟" in refused.json()["problem"]) == (413, True)
    assert say(visitor, "没有附件的留言照常").status_code == 303
    office.pass_time(minutes=16)
    assert send(visitor, big, number=NUMBER.replace("7", "9")).status_code == 200
    for body in (b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb"):
        headers = {"content-type": "multipart/form-data; boundary=x"}
        assert visitor.post("/chat", content=body, headers=headers).status_code in {413, 422}
    assert len(office.all(Incoming)) == 3
