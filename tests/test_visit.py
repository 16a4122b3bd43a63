"""Visits to sources, at a real server on this machine: what is told, and how politely it is asked."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from host_case import TLS, Answer, Host, serving
from library_case import LibraryCase

from printables.authoring import link_checker
from printables.authoring.link_checker import AGENT, LARGEST, MOST_MOVES, Found, LinkResult, RequestLimits, check_links
from printables.authoring.review_dates import summary
from printables.cli.app import cli

ROOT = Path(__file__).resolve().parent.parent
SOURCES = "content/sources.yaml"
NG222 = "  - id: ng222"
QUICK = RequestLimits(timeout=60, pause=0)


@pytest.fixture(autouse=True)
def _here(case: LibraryCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.root)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))


def heard(_: LinkResult) -> None:
    """Nobody listens in these tests; the command's own lines have a test below."""


def visit(host: Host, path: str, known: dict[str, str] | None = None, manners: RequestLimits = QUICK) -> LinkResult:
    (found,) = check_links({"x": host.address + path}, known or {}, manners, heard)
    return found


def to(place: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", place),))


def test_a_page_is_first_then_the_same_then_changed() -> None:
    with serving({"/a": Answer("<p>Offer 8 sessions</p>")}) as host:
        first = visit(host, "/a")
        assert first.found == "first"
        known = {first.address: first.fingerprint}
        assert visit(host, "/a", known).found == "same"
        host.pages["/a"] = Answer("<p>Offer 16 sessions</p>")
        assert visit(host, "/a", known).found == "changed"


@pytest.mark.parametrize(
    "other",
    [
        "<p class=new>Offer 8\n sessions</p>",
        "<script nonce=2>let a = 7</script><p>Offer 8 sessions</p>",
        "<style>p { top: 1 }</style><p>Offer 8 sessions</p><!-- built at noon -->",
        "<noscript>Turn it on</noscript><p>Offer 8 sessions</p>",
    ],
)
def test_only_words_count_as_a_change(other: str) -> None:
    with serving({"/a": Answer("<p>Offer 8 sessions</p>"), "/b": Answer(other)}) as host:
        assert visit(host, "/b").fingerprint == visit(host, "/a").fingerprint


def test_a_file_that_is_no_page_is_compared_as_it_is() -> None:
    pdf = (("Content-Type", "application/pdf"),)
    with serving({"/a": Answer("%PDF <b>1</b>", headers=pdf), "/b": Answer("%PDF <i>1</i>", headers=pdf)}) as host:
        assert visit(host, "/a").fingerprint != visit(host, "/b").fingerprint


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone(status: int) -> None:
    with serving({"/a": Answer(status=status)}) as host:
        assert visit(host, "/a") == LinkResult("x", host.address + "/a", "gone", f"the answer is {status}")


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_page_that_cannot_be_had_now_is_not_called_gone(status: int) -> None:
    with serving({"/a": Answer(status=status)}) as host:
        assert visit(host, "/a") == LinkResult("x", host.address + "/a", "unreachable", f"the answer is {status}")


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_moved_for_good_says_where_to(status: int) -> None:
    with serving({"/a": to("/b", status), "/b": Answer("here")}) as host:
        found = visit(host, "/a")
        assert (found.found, found.detail) == ("moved", host.address + "/b")
        assert found.fingerprint == visit(host, "/b").fingerprint


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_passing_redirect_such_as_that_of_a_doi_is_followed_in_silence(status: int) -> None:
    with serving({"/a": to("/b", status), "/b": Answer("here")}) as host:
        assert visit(host, "/a").found == "first"


def test_moved_and_then_gone_is_gone() -> None:
    with serving({"/a": to("/b", 301)}) as host:
        assert visit(host, "/a").found == "gone"


def test_a_ring_of_redirects_ends() -> None:
    with serving({"/a": to("/b"), "/b": to("/a")}) as host:
        assert visit(host, "/a").detail == f"it leads on more than {MOST_MOVES} times"
        assert len(host.paths()) == MOST_MOVES + 2  # robots.txt, the page, and the moves


@pytest.mark.parametrize("place", ["file:///etc/hostname", "ftp://127.0.0.1/a", "data:text/plain,a"])
def test_a_redirect_to_anything_but_the_web_is_not_followed(place: str) -> None:
    with serving({"/a": to(place)}) as host:
        found = visit(host, "/a")
        assert (found.found, found.fingerprint) == ("unreachable", "")


@pytest.mark.slow
def test_a_host_that_does_not_answer_in_time() -> None:
    with serving({"/a": Answer("late", wait=3)}) as host:
        found = visit(host, "/a", manners=RequestLimits(timeout=0.5, pause=0))
        assert (found.found, found.detail) == ("unreachable", "it did not answer in time")


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/a"
        (found,) = check_links({"x": address}, {}, QUICK, heard)
    assert (found.found, found.detail) == ("unreachable", "Connection refused")


@pytest.mark.slow
def test_a_host_whose_certificate_nobody_vouches_for_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving({"/a": Answer("a")}, tls=True) as host:
        found = visit(host, "/a")
        assert (found.found, host.paths()) == ("unreachable", [])
        assert "certificate verify failed: self-signed certificate" in found.detail


@pytest.mark.slow
def test_a_page_that_drips_in_is_given_up() -> None:
    """Each letter comes in time, and all of them would take 8 seconds."""
    with serving({"/a": Answer("x" * 80, drip=0.1)}) as host:
        began = time.monotonic()
        found = visit(host, "/a", manners=RequestLimits(timeout=0.4, pause=0))
        assert (found.found, found.detail) == ("unreachable", "it did not answer in time")
        assert time.monotonic() - began < 7


def test_what_comes_after_the_first_4_mib_does_not_count() -> None:
    text = "x" * LARGEST
    with serving({"/a": Answer(text), "/b": Answer(f"{text}more")}) as host:
        assert visit(host, "/a").fingerprint == visit(host, "/b").fingerprint


@pytest.mark.slow
def test_a_redirect_waits_for_its_turn_too() -> None:
    with serving({"/a": to("/b"), "/b": Answer("b")}) as host:
        assert visit(host, "/a", manners=RequestLimits(timeout=60, pause=0.15)).found == "first"
        assert host.paths() == ["/robots.txt", "/a", "/b"]
        assert all(b - a >= 0.14 for (_, _, a), (_, b, _) in zip(host.asked, host.asked[1:], strict=False))


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_is_busy_is_asked_once(status: int) -> None:
    with serving({"/a": Answer(status=status, headers=(("Retry-After", "1"),))}) as host:
        assert visit(host, "/a").detail == f"the answer is {status}"
        assert host.paths() == ["/robots.txt", "/a"]


@pytest.mark.slow
def test_a_host_that_cannot_be_reached_at_once_is_tried_once_more() -> None:
    """It begins to listen between the two tries."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with contextlib.ExitStack() as later:
        opening = threading.Timer(0.3, lambda: later.enter_context(serving({"/a": Answer("a")}, port=port)))
        opening.start()
        answer = link_checker._ask(f"http://127.0.0.1:{port}/a", RequestLimits(timeout=60, pause=1))
        opening.join()
    assert (answer.status, answer.text) == (200, "a")


def test_the_proxy_of_the_system_is_used_with_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"http://example.org/a": Answer("a")}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address.replace("//", "//jo:p%40ss@"))
        (found,) = check_links({"x": "http://example.org/a"}, {}, QUICK, heard)
        assert found.found == "first"
        assert proxy.paths() == ["http://example.org/robots.txt", "http://example.org/a"]
        assert proxy.proxy_users == {"Basic " + base64.b64encode(b"jo:p@ss").decode()}


def test_a_proxy_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
    (found,) = check_links({"x": "http://example.org/a"}, {}, QUICK, heard)
    assert found.found == "unreachable" and "socks5" in found.detail


def test_robots_txt_is_heeded() -> None:
    rules = Answer("User-agent: *\nDisallow: /private\n", headers=(("Content-Type", "text/plain"),))
    with serving({"/robots.txt": rules, "/private/a": Answer("a"), "/b": Answer("b")}) as host:
        found = check_links({"a": f"{host.address}/private/a", "b": f"{host.address}/b"}, {}, QUICK, heard)
        assert [one.found for one in found] == ["not-asked", "first"]
        assert host.paths() == ["/robots.txt", "/b"]
        assert host.agents == {AGENT}


@pytest.mark.slow
def test_one_request_at_a_time_goes_to_a_host_with_a_pause_between_and_hosts_go_beside_each_other() -> None:
    pages = {f"/{n}": Answer(str(n), wait=0.1) for n in range(4)}
    with serving(pages) as one, serving(pages) as other:
        addresses = {f"{host.address}{path}": f"{host.address}{path}" for path in pages for host in (one, other)}
        found = check_links(addresses, {}, RequestLimits(timeout=60, pause=0.15), heard)
        assert [visit.id for visit in found] == list(addresses)
        for host in (one, other):
            assert host.paths() == ["/robots.txt", *pages]
            assert all(b - a >= 0.14 for (_, _, a), (_, b, _) in zip(host.asked, host.asked[1:], strict=False))
        assert other.asked[1][1] < one.asked[-1][2], "the second host waited for the first"


def run(*options: str) -> Result:
    return CliRunner().invoke(cli, ["sources", "check", "--pause", "0", *options])


@pytest.mark.slow
def test_the_command_tells_each_finding_at_the_line_of_the_address(case: LibraryCase) -> None:
    with serving({"/a": to("/new", 301), "/new": Answer("a"), "/c": Answer(status=403)}, tls=True) as host:
        moved = case.replace(SOURCES, "    address", f"    address: {host.address}/a", NG222)
        gone = case.replace(SOURCES, "    address", f"    address: {host.address}/b", "  - id: ng134")
        closed = case.replace(SOURCES, "    address", f"    address: {host.address}/c", "  - id: cg31")
        done = run("ng222", "ng134", "cg31")
        assert done.exit_code == 1
        assert done.stderr.splitlines() == [
            (
                f'warning: {SOURCES}:{moved}: The page of source "ng222" has moved to {host.address}/new. '
                "Look at it, and write that address."
            ),
            (
                f'error: {SOURCES}:{gone}: The page of source "ng134" is gone: the answer is 404. '
                "Find where it stands now, or take it out."
            ),
            (
                f'warning: {SOURCES}:{closed}: Source "cg31" could not be reached: the answer is 403. '
                "Try again later, or look by hand."
            ),
        ]
        assert done.stdout.splitlines()[-1] == "3 sources: 1 moved, 1 gone, 1 not reached."
        assert f"moved        ng222  {host.address}/a" in done.stdout.splitlines()


@pytest.mark.slow
def test_the_command_remembers_what_it_saw_and_nobody_is_said_to_have_read(case: LibraryCase) -> None:
    with serving({"/a": Answer("<p>old</p>")}, tls=True) as host:
        line = case.replace(SOURCES, "    address", f"    address: {host.address}/a", NG222)
        before = case.text(SOURCES)
        assert run("ng222").stdout.splitlines()[-1] == "1 source: 1 visited for the first time."
        seen = json.loads(Path("output/reports/sources-seen.json").read_text(encoding="utf-8"))
        assert set(seen) == {f"{host.address}/a"}
        assert run("ng222").stdout.splitlines()[-1] == "1 source: 1 as before."
        host.pages["/a"] = Answer("<p>new</p>")
        done = run("ng222", "--json")
        assert done.exit_code == 0
        answer = json.loads(done.stdout)
        assert answer["problems"][0]["line"] == line
        assert (
            answer["problems"][0]["what"] == 'The words of the page of source "ng222" are not those of the last visit.'
        )
        assert answer["problems"][0]["mend"] == "Read it again; then write read_on."
        assert [one["found"] for one in answer["visits"]] == ["changed"]
        assert case.text(SOURCES) == before


def test_a_page_that_keeps_programs_out_is_told(case: LibraryCase) -> None:
    rules = Answer("User-agent: *\nDisallow: /\n", headers=(("Content-Type", "text/plain"),))
    with serving({"/robots.txt": rules}, tls=True) as host:
        line = case.replace(SOURCES, "    address", f"    address: {host.address}/a", NG222)
        done = run("ng222", "--quiet")
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr == (
            f'warning: {SOURCES}:{line}: Source "ng222" was not visited: its robots.txt asks programs to stay away. '
            "Look at it by hand.\n"
        )


def test_an_unknown_source_is_told() -> None:
    done = run("ng223")
    what = 'error: command line: There is no source "ng223". Did you mean "ng222"? See content/sources.yaml.\n'
    assert (done.exit_code, done.stderr) == (1, what)


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '{"a": {"text": "b"}}', '"a"'])
def test_a_file_that_the_command_did_not_write_is_told_and_kept(tmp_path: Path, text: str) -> None:
    file = tmp_path / "seen.json"
    file.write_text(text, encoding="utf-8")
    done = run("ng222", "--seen", str(file))
    what = f"error: {file}: The file is not one that this command wrote. Remove it, or give another with --seen.\n"
    assert (done.exit_code, done.stderr) == (1, what)
    assert file.read_text(encoding="utf-8") == text


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    done = run("ng222", "--seen", str(tmp_path))
    what = f"error: {tmp_path}: The file cannot be read: Is a directory. Give another with --seen.\n"
    assert (done.exit_code, done.stderr) == (1, what)


def python(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_without_the_extra_it_says_how_to_install_it() -> None:
    begin = "import sys; sys.modules['urllib3'] = None; sys.argv[1:] = ['sources', 'check', 'none-of-ours']"
    done = python(f"{begin}; from printables.cli.app import main; main()")
    mend = 'Run "make web" in the folder of Printables, or there: pip install ".[sources]".'
    assert done.stderr == f'error: sources: The package "urllib3" is not installed. {mend}\n'
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.slow
def test_other_commands_do_not_load_the_extra() -> None:
    done = python(
        "import click, sys; from printables.cli.app import cli; context = click.Context(cli);"
        "commands = [cli.get_command(context, name) for name in cli.list_commands(context)];"
        "print(len(commands) > 10, {'urllib3'} & set(sys.modules))"
    )
    assert (done.stdout, done.stderr) == ("True set()\n", "")


def test_the_sum_names_every_kind() -> None:
    kinds: tuple[Found, ...] = ("same", "same", "first", "changed", "moved", "gone", "unreachable", "not-asked")
    said = "2 as before, 1 visited for the first time, 1 changed, 1 moved, 1 gone, 1 not reached, 1 not visited"
    assert summary([LinkResult(str(n), "", kind) for n, kind in enumerate(kinds)]) == f"8 sources: {said}."
