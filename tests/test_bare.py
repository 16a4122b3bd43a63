"""`make test-bare`: a bare Debian is made, used and removed, and the machine that it stands on comes to no harm.

debootstrap takes minutes and a network; here, a stand-in makes a system of a shell and a few programs. All else is
real.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "tools/bare.sh"
GIT = str(shutil.which("git"))
NEEDED = 8 * 2**30
"""Bytes that must be free where the system is made."""


def possible() -> bool:
    """Whether this machine lets us make one."""
    if sys.platform != "linux" or os.getuid() != 0 or shutil.which("git") is None:
        return False
    alone = ["unshare", "--mount", "--pid", "--fork", "true"]
    return subprocess.run(alone, capture_output=True, check=False).returncode == 0


real = pytest.mark.skipif(not possible(), reason="only root may do this, and no container lets him")

DEBOOTSTRAP = """#!/bin/sh -eu
for last; do :; done
shift 2
system=$2
echo "$1 $last" >> "{log}"
mkdir -p "$system/bin" "$system/proc" "$system/dev" "$system/etc/apt/apt.conf.d" "$system/etc/ssl/certs"
mkdir -p "$system/usr/share" "$system/usr/local/share" "$system/tmp"
for program in sh cat env sleep touch ls; do
    path=$(command -v $program)
    cp -L "$path" "$system/bin/$program"
    for library in $(ldd "$path" | grep -o '/[^ )]*'); do
        mkdir -p "$system$(dirname "$library")"
        cp -nL "$library" "$system$library"
    done
done
"""


class Bare:
    """A project in Git with our script, and a folder for its systems."""

    def __init__(self, folder: Path) -> None:
        self.place, self.project, self.log = folder / "place", folder / "project", folder / "log"
        tools = folder / "bin"
        tools.mkdir()
        self._program(tools / "debootstrap", DEBOOTSTRAP.format(log=self.log))
        self._program(tools / "apt-get", "#!/bin/sh\necho 'sid main mirror-of-this-machine'\n")
        self._program(tools / "apt-config", "#!/bin/sh\necho 'Acquire::http::Proxy \"of-this-machine\";'\n")
        (self.project / "tools").mkdir(parents=True)
        shutil.copy(SCRIPT, self.project / "tools/bare.sh")
        (self.project / "words").write_text("committed\n", encoding="utf-8")
        for words in ("init -q", "add .", "-c user.name=a -c user.email=a@b.example commit -qm first"):
            subprocess.run([GIT, *words.split()], cwd=self.project, check=True)
        self.environment = {
            "PATH": f"{tools}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "BARE": str(self.place),
            "SUITE": "sid",
        }

    def _program(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def command(self, script: str) -> list[str]:
        return ["/bin/sh", str(self.project / "tools/bare.sh"), "sh", "-c", script]

    def run(self, script: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(script), env={**self.environment, **more}, capture_output=True, text=True, check=False
        )

    def nothing_is_left(self) -> bool:
        """No system, no mount, no process."""
        names = {path.name for path in self.place.iterdir()}
        assert names == {".printables-bare", "lock", "base", "base.made", "debootstrap.log"}, names
        assert str(self.place) not in Path("/proc/self/mountinfo").read_text(encoding="utf-8")
        return not sleeping()


NAP = "98765"
"""Seconds that processes of these tests sleep; no other ones do."""


def sleeping() -> bool:
    """Whether one of our processes is still there."""
    found = [path for path in Path("/proc").glob("[0-9]*/cmdline") if NAP.encode() in _bytes(path)]
    return bool(found)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    if shutil.disk_usage(tmp_path).free < NEEDED + 2**30:
        pytest.skip("there is no room for a system here")
    return Bare(tmp_path)


@pytest.mark.slow
@real
def test_the_command_runs_in_a_clone_of_what_is_committed_and_its_exit_code_is_passed_on(bare: Bare) -> None:
    (bare.project / "words").write_text("not committed\n", encoding="utf-8")
    done = bare.run("cat words; ls -d /usr/share/doc; exit 7")
    assert (done.returncode, done.stdout) == (7, "committed\n"), done.stderr
    assert "with what is committed (1 changes are not)" in done.stderr
    assert "this ended with exit code 7: " in done.stderr
    assert bare.nothing_is_left()


@pytest.mark.slow
@real
def test_nothing_of_the_machine_is_seen_but_what_leads_to_the_network(bare: Bare) -> None:
    done = bare.run("cat /etc/apt/apt.conf.d/90machine; env; ls /dev", MINE="mine", https_proxy="of-this-machine")
    assert done.returncode == 0, done.stderr
    assert 'Acquire::http::Proxy "of-this-machine";\n' in done.stdout
    assert "https_proxy=of-this-machine\n" in done.stdout and "MINE" not in done.stdout
    assert bare.log.read_text(encoding="utf-8") == "sid mirror-of-this-machine\n"
    devices = done.stdout.rsplit("\n", 15)[-15:]
    assert {"null", "zero", "full", "random", "urandom", "tty", "pts", "ptmx", "shm", "fd"} <= set(devices)
    assert not {path.name for path in Path("/dev").glob("[svn]*[a0-9]")} & set(devices), "no disks"


@pytest.mark.slow
@real
def test_whatever_the_command_does_to_its_devices_the_machine_keeps_its_own(bare: Bare, tmp_path: Path) -> None:
    (tmp_path / "bin/debootstrap").write_text(
        (tmp_path / "bin/debootstrap").read_text(encoding="utf-8").replace(" touch ls", " touch ls rm umount"),
        encoding="utf-8",
    )
    done = bare.run("rm -rf /dev/shm /dev/null /proc/1; umount -l /dev/null; rm -rf /dev/null /dev/zero; exit 3")
    assert done.returncode == 3, done.stderr
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode) and stat.S_ISCHR(Path("/dev/zero").stat().st_mode)
    assert Path("/dev/shm").is_dir() and Path("/proc/1").is_dir()  # noqa: S108 - the machine's own
    assert bare.nothing_is_left()


@pytest.mark.slow
@real
def test_what_the_command_leaves_running_ends_with_it(bare: Bare) -> None:
    done = bare.run(f"sleep {NAP} & exit 0")
    assert done.returncode == 0
    assert bare.nothing_is_left()


@pytest.mark.slow
@real
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGTERM, 143),
        pytest.param(signal.SIGINT, 130, marks=pytest.mark.long),
        pytest.param(signal.SIGKILL, -9, marks=pytest.mark.long),
    ],
)
def test_stopped_in_the_middle_it_leaves_nothing(bare: Bare, number: signal.Signals, code: int) -> None:
    """After SIGKILL the system itself is left; the next one removes it."""
    with subprocess.Popen(
        bare.command(f"echo begun; sleep {NAP}"), env=bare.environment, stdout=subprocess.PIPE, text=True
    ) as script:
        assert script.stdout is not None and script.stdout.readline() == "begun\n"
        script.send_signal(number)
        if number == signal.SIGKILL:
            script.wait()
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                if b"--inside" in _bytes(path) and str(bare.place).encode() in _bytes(path):
                    os.kill(int(path.parent.name), signal.SIGKILL)
    assert script.returncode == code
    end = time.monotonic() + 600
    while sleeping() and time.monotonic() < end:
        time.sleep(0.1)
    if number == signal.SIGKILL:
        assert bare.run("exit 0").returncode == 0
    assert bare.nothing_is_left()


@pytest.mark.slow
@real
def test_a_system_is_made_once_a_day_or_anew_and_each_command_gets_it_untouched(bare: Bare) -> None:
    for more, made in (({}, 1), ({}, 1), ({"FRESH": "1"}, 2)):
        assert bare.run("ls /mine 2>/dev/null && exit 5; touch /mine", **more).returncode == 0
        assert len(bare.log.read_text(encoding="utf-8").splitlines()) == made
    (bare.place / "base.made").write_text("yesterday\n", encoding="utf-8")
    assert bare.run("exit 0").returncode == 0
    assert len(bare.log.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.slow
@real
def test_a_kept_system_is_gone_on_with_and_has_the_newest_words(bare: Bare) -> None:
    assert bare.run("touch /mine ignored", KEEP="1").returncode == 0
    (bare.project / "words").write_text("newer\n", encoding="utf-8")
    subprocess.run(
        [GIT, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qam", "second"],
        cwd=bare.project, check=True,
    )  # fmt: skip
    again = bare.run("ls /mine ignored; cat words", KEEP="1")
    assert again.stdout == "/mine\nignored\nnewer\n", again.stderr
    assert bare.run("ls /mine").returncode != 0, "without KEEP it is another one"
    assert bare.run("ls /mine", KEEP="1", FRESH="1").returncode != 0, "and FRESH makes it anew"


@pytest.mark.slow
@real
def test_one_at_a_time(bare: Bare) -> None:
    with subprocess.Popen(
        bare.command(f"echo begun; sleep {NAP}"), env=bare.environment, stdout=subprocess.PIPE, text=True
    ) as script:
        assert script.stdout is not None and script.stdout.readline() == "begun\n"
        second = bare.run("exit 0")
        script.terminate()
    said = f"Another one is under way in {bare.place}. Wait for it, or name another folder with BARE=.\n"
    assert (second.returncode, second.stderr) == (125, said)


@real
def test_a_folder_that_is_somebody_elses_is_not_touched(bare: Bare, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "run").mkdir(parents=True)
    (theirs / "run/file").touch()
    (tmp_path / "link").symlink_to(theirs)
    for path in (theirs, tmp_path / "link"):
        done = bare.run("exit 0", BARE=str(path))
        said = f"{path} was not made by tools/bare.sh, so nothing is done there. "
        said += "Name another folder with BARE=, or leave it out.\n"
        assert (done.returncode, done.stderr) == (125, said)
    assert (theirs / "run/file").exists()
    assert bare.run("exit 0", BARE="here").stderr == (
        "BARE=here is not a whole path. Name one that begins with /, or leave it out.\n"
    )


@pytest.mark.slow
@real
def test_nothing_is_removed_where_something_is_mounted(bare: Bare) -> None:
    """Whoever mounts something into a system by hand keeps what is there."""
    assert bare.run("exit 0").returncode == 0
    (bare.place / "run/theirs").mkdir(parents=True)
    (bare.place / "precious").mkdir()
    (bare.place / "precious/file").touch()
    inside = f'mount --bind {bare.place}/precious {bare.place}/run/theirs; exec "$@"'
    done = subprocess.run(
        [str(shutil.which("unshare")), "--mount", "sh", "-c", inside, "sh", *bare.command("exit 0")],
        env=bare.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 125
    assert done.stderr.startswith(f"Something is mounted below {bare.place}, so nothing is removed. Look: ")
    assert (bare.place / "precious/file").exists()


@real
def test_what_debootstrap_said_is_shown_where_it_fails(bare: Bare, tmp_path: Path) -> None:
    (tmp_path / "bin/debootstrap").write_text("#!/bin/sh\necho E: no such mirror >&2\nexit 1\n", encoding="utf-8")
    done = bare.run("exit 0")
    assert done.returncode == 125
    where = f"{bare.place}/debootstrap.log"
    assert done.stderr.endswith(f"\nE: no such mirror\ndebootstrap failed; all it said is in {where}.\n")


@real
def test_a_suite_that_the_machine_has_no_sources_for(bare: Bare) -> None:
    done = bare.run("exit 0", SUITE="buzz")
    said = "The package sources of this machine have no Debian buzz. "
    assert (done.returncode, done.stderr) == (
        125, f"{said}Add it to /etc/apt, or name another one with SUITE=.\n",
    )  # fmt: skip


# Where it cannot be made


def refused(folder: Path, *, without: str = "", uid: int = 0, mounts: bool = True) -> str:
    """What is said on a machine of which some programs are stand-ins."""
    for name in ("apt-config", "debootstrap", "git", "unshare", "flock", "chroot", "dirname", "uname", "id"):
        program = folder / name
        answer = {"uname": "echo Linux", "id": f"echo {uid}", "unshare": f"exit {0 if mounts else 1}"}
        if name == "dirname":
            program.symlink_to(str(shutil.which(name)))
        elif name != without:
            program.write_text(f"#!/bin/sh\n{answer.get(name, 'exit 1')}\n", encoding="utf-8")
            program.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", str(SCRIPT)], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (125, "")
    return done.stderr


def test_somebody_who_is_not_root_is_told(tmp_path: Path) -> None:
    said = "Only root may make a bare Debian and start programs in it. Please run: sudo make test-bare\n"
    assert refused(tmp_path, uid=1000) == said


@pytest.mark.parametrize(
    ("program", "package"), [("debootstrap", "debootstrap"), ("git", "git"), ("unshare", "util-linux")]
)
def test_a_program_that_is_missing_is_named_with_its_package(program: str, package: str, tmp_path: Path) -> None:
    said = f"The program {program} is missing. Please run: apt-get install {package}\n"
    assert refused(tmp_path, without=program) == said


def test_a_machine_that_lets_nobody_mount_anything_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, mounts=False) == (
        "This machine lets nobody mount anything, as containers do. "
        "Run make test-bare on a machine, a virtual one or a privileged container.\n"
    )


def test_the_script_names_no_address_and_no_mirror() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert re.findall(r"https?://[\w.-]+|\b[\w-]+\.(?:debian|python|npmjs|pypi)\.(?:org|com)\b", text) == []


def test_make_calls_it() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\ntest-bare:\n\t@sh tools/bare.sh make test\n" in makefile
