"""Nobody but the author's own page changes anything: raw requests to a real server, wrong in every way."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator

import pytest
from library_case import IPT, LibraryCase, copy_of_leaflets
from preview_case import Visitor, previewing, quick
from test_preview_guard import raw, status

QUERY = "therapy=ipt&audience=teens"
EDITS = [{"operation": "set", "path": ["titles", "teens", "title"], "value": "Written by a stranger"}]
ORIGIN = "http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """One editor for all, of a library of its own."""
    with previewing(LibraryCase(copy_of_leaflets(tmp_path_factory.mktemp("edited"))), quick, editing=True) as found:
        found.get()
        yield found


def token(visitor: Visitor, query: str = QUERY) -> str:
    """The token of the page that shows this choice."""
    found = re.search(r'name="edit-token" content="(\w+)"', visitor.get(f"/?{query}").body.decode())
    assert found
    return found[1]


def record(visitor: Visitor, query: str = QUERY) -> dict[str, object]:
    found: dict[str, object] = json.loads(visitor.get(f"/edit/record?{query}").body)
    return found


def post(
    visitor: Visitor, body: object, path: str = f"/edit/change?{QUERY}", /, **headers: str | None
) -> tuple[int, bytes]:
    """The answer to a POST as our page sends it, with these headers changed, or left out where they are None."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    usual: dict[str, str | None] = {
        "Host": f"127.0.0.1:{visitor.port}",
        "Origin": ORIGIN.format(port=visitor.port),
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        "Content-Length": str(len(data)),
        "X-Edit-Token": headers.pop("token", None) or token(visitor),
        "Connection": "close",
    }
    usual |= headers
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in usual.items() if value is not None)]
    answer = raw(visitor.port, "\r\n".join(lines).encode() + b"\r\n\r\n" + data)
    return status(answer), answer


def body(visitor: Visitor, **more: object) -> dict[str, object]:
    return {"kind": "therapy", "version": record(visitor)["version"], "edits": EDITS, **more}


WRONG: dict[str, tuple[dict[str, str | None], int]] = {
    "a foreign host (DNS rebinding)": ({"Host": "evil.example"}, 421),
    "a foreign host with our port": ({"Host": "evil.example:{port}"}, 421),
    "another site's page": ({"Origin": "https://evil.example"}, 403),
    "another port's page": ({"Origin": "http://127.0.0.1:1"}, 403),
    "our other name": ({"Origin": "http://localhost:{port}"}, 403),
    "a page without an origin": ({"Origin": "null"}, 403),
    "no origin at all": ({"Origin": None}, 403),
    "a browser that says cross-site": ({"Sec-Fetch-Site": "cross-site"}, 403),
    "no token": ({"X-Edit-Token": ""}, 403),
    "a token of nobody": ({"token": "0" * 64}, 403),
    "a token in other letters": ({"token": "\u00e9" * 3}, 403),
    "a form": ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    "plain text, which asks no browser": ({"Content-Type": "text/plain"}, 415),
    "no type": ({"Content-Type": None}, 415),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_request_that_is_not_our_pages_changes_nothing(name: str, visitor: Visitor) -> None:
    headers, expected = WRONG[name]
    before = (visitor.case.root / IPT).read_bytes()
    filled = {key: value.replace("{port}", str(visitor.port)) if value else value for key, value in headers.items()}
    found, answer = post(visitor, body(visitor), **filled)
    assert found == expected, answer[:300]
    assert (visitor.case.root / IPT).read_bytes() == before
    assert visitor.get().status == 200, "the server still answers"


def test_companion_our_own_page_is_taken_at_its_word(visitor: Visitor) -> None:
    before = (visitor.case.root / IPT).read_bytes()
    found, answer = post(visitor, body(visitor))
    assert found == 200, answer
    assert (visitor.case.root / IPT).read_bytes() == before.replace(
        b'title: "IPT: a talking therapy for depression"', b'title: "Written by a stranger"'
    )
    version = json.loads(answer.partition(b"\r\n\r\n")[2])["version"]
    assert post(visitor, {"kind": "therapy", "version": version}, f"/edit/undo?{QUERY}")[0] == 200
    assert (visitor.case.root / IPT).read_bytes() == before


def test_a_token_is_of_one_page_and_of_one_run(visitor: Visitor) -> None:
    assert post(visitor, body(visitor), token=token(visitor, "therapy=ipt&audience=adults"))[0] == 403
    with previewing(visitor.case, quick, editing=True) as other:
        assert post(visitor, body(visitor), token=token(other))[0] == 403


BODIES = {
    "nothing": (b"", 422),
    "no JSON": (b"{", 422),
    "a list": ([], 422),
    "nested too deep to read": (b"[" * 100_000, 422),
    "no edits": ({"edits": []}, 422),
    "too many edits": ({"edits": EDITS * 51}, 422),
    "another operation": ({"edits": [{"operation": "delete", "path": ["id"]}]}, 422),
    "a path as a text": ({"edits": [{"operation": "set", "path": "/id", "value": "x"}]}, 422),
    "a path of other things": ({"edits": [{"operation": "set", "path": [None], "value": "x"}]}, 422),
    "a number as a value": ({"edits": [{"operation": "set", "path": ["id"], "value": 5}]}, 422),
    "another kind of record": ({"kind": "region"}, 404),
    "a kind that leads out": ({"kind": "../therapies"}, 404),
    "a record that the page does not show": ({"kind": "clinic"}, 404),
    "a kind that is no text": ({"kind": ["therapy"]}, 422),
    "an old version": ({"version": "0" * 64}, 409),
    "no version": ({"version": ""}, 409),
    "too much": ({"note": "x" * 300_000}, 413),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_not_right_changes_nothing(name: str, visitor: Visitor) -> None:
    given, expected = BODIES[name]
    before = (visitor.case.root / IPT).read_bytes()
    sent = body(visitor, **given) if isinstance(given, dict) else given
    found, answer = post(visitor, sent)
    assert found == expected, answer[:300]
    said = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert said["ok"] is False and said["problem"].endswith(".") and said["mend"].endswith(".")
    assert (visitor.case.root / IPT).read_bytes() == before


def test_a_body_without_an_end_is_cut_off(visitor: Visitor) -> None:
    chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
    head = (
        f"POST /edit/change?{QUERY} HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\nConnection: close\r\n"
        f"Origin: {ORIGIN.format(port=visitor.port)}\r\nContent-Type: application/json\r\n"
        f"X-Edit-Token: {token(visitor)}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    answer = raw(visitor.port, head.encode() + chunk * 40)
    assert status(answer) == 413, answer[:200]


@pytest.mark.parametrize("name", ["../../etc/passwd", "ipt%00", "%2e%2e%2fipt", "IPT", "nobody", "/etc/passwd"])
def test_no_name_leads_to_another_file(name: str, visitor: Visitor) -> None:
    for path in (f"/edit/record?therapy={name}", f"/edit/find?therapy={name}&text=x", f"/edit/pdf?therapy={name}"):
        assert visitor.get(path).status == 404, path
    assert post(visitor, body(visitor), f"/edit/change?therapy={name}")[0] in (403, 404)
    assert visitor.get(f"/edit/readers?{QUERY}&path={name}").status in (200, 422)


def test_what_writes_cannot_be_read_and_what_reads_cannot_be_written(visitor: Visitor) -> None:
    for name in ("change", "undo", "redo", "reading", "add", "start", "logo", "approve"):
        assert visitor.get(f"/edit/{name}?{QUERY}").status == 405
    for name in ("record", "find", "form", "approval", "pdf"):
        assert post(visitor, body(visitor), f"/edit/{name}?{QUERY}")[0] == 405
    assert post(visitor, body(visitor), "/")[0] == 405, "only below /edit/"


def test_the_preview_by_itself_takes_nothing(visitor: Visitor) -> None:
    sent, secret = body(visitor), token(visitor)
    with previewing(visitor.case, quick) as reader:
        assert "edit-token" not in reader.get(f"/?{QUERY}").body.decode()
        assert reader.get(f"/edit/record?{QUERY}").status == 404
        found, _ = post(reader, sent, token=secret)
        assert found == 405


def test_of_two_writers_at_once_one_is_told(visitor: Visitor) -> None:
    sent, secret = body(visitor), token(visitor)
    found: list[int] = []
    writers = [threading.Thread(target=lambda: found.append(post(visitor, sent, token=secret)[0])) for _ in range(6)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert sorted(found) == [200, 409, 409, 409, 409, 409]
    version = record(visitor)["version"]
    assert post(visitor, {"kind": "therapy", "version": version}, f"/edit/undo?{QUERY}")[0] == 200


def test_a_logo_is_looked_at_before_it_is_kept(visitor: Visitor) -> None:
    query = "therapy=ipt&audience=teens&clinic=riverside"
    folder = visitor.case.root / "content/clinics"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name, data in (
        ("evil.html", "PHNjcmlwdD4="),
        ("../../x.svg", "PHN2Zz48c2NyaXB0Lz48L3N2Zz4="),
        ("logo.png", "bm8gcGljdHVyZQ=="),
        ("logo.png", "no base64!"),
    ):
        found, answer = post(visitor, {"name": name, "data": data}, f"/edit/logo?{query}", token=token(visitor, query))
        assert found == 422, (name, answer)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before, name
