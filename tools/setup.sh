#!/bin/sh
# Sets up what the Makefile's targets need, and says in one line what to do where it cannot.
#
#   sh tools/setup.sh requirements.lock
#
# sees to the libraries that typesetting needs and to Python's venv module, then to the .venv with exactly the packages
# that the lock names. make calls it only when a stamp is missing or older than its lock. PYTHON chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
venv=.venv

# What a person has to do first, on stderr; make stops here.
stop() {
    printf '\n%s\n' "$@" >&2
    exit 1
}

new_enough() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    stop "Printables needs Python 3.11 or newer, and none was found." \
        "Install one, or name it:  make leaflets PYTHON=/path/to/python3.12"
}

# Prints the Debian package of each library that cannot be loaded, and of the venv module where pip is missing from it.
# Braille is optional for those who make leaflets, and tested by those who work on Printables. So are the browser, and
# Java and npm, with which the website is looked at.
missing_packages() {
    "$1" - "$2" <<'PY'
import ctypes
import ctypes.util
import importlib.util
import shutil
import sys

LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "pango-1.0"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "pangoft2-1.0"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "harfbuzz-subset"),  # without it a leaflet takes twice as long
}
PROGRAMS = {}
if "dev" in sys.argv[1]:
    LIBRARIES["liblouis20"] = ("liblouis.so.20", "louis")
    PROGRAMS = {"chromium": "chromium", "default-jre-headless": "java", "npm": "npm"}


def loads(soname: str, short: str) -> bool:
    for name in (soname, ctypes.util.find_library(short)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


for package, names in LIBRARIES.items():
    if not loads(*names):
        print(package)
for package, program in PROGRAMS.items():
    if shutil.which(program) is None:
        print(package)
if importlib.util.find_spec("ensurepip") is None:
    print(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
PY
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

install_system() {
    python=$1
    lock=$2
    # shellcheck disable=SC2046  # one word a package is what is wanted
    set -- $(missing_packages "$python" "$lock")
    [ $# -gt 0 ] || return 0
    if [ "$(uname -s)" = Darwin ]; then
        stop "Some libraries are missing. Please run this line, then the same make command again:" \
            "    brew install pango python liblouis" \
            "(and, for the tests:  brew install --cask chromium && brew install openjdk node)" \
            "(The Python has to be Homebrew's: it is the one that looks where Homebrew puts libraries.)"
    fi
    if ! command -v apt-get >/dev/null 2>&1; then
        stop "Some system packages are missing. Their names on Debian: $*" \
            "Please install the same with your system's package manager, then run the same make command again."
    fi
    if [ "$(id -u)" -ne 0 ]; then
        stop "Some system packages are missing. Please run this line, then the same make command again:" \
            "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    fi
    echo "Installing system packages: $*"
    # The lists of packages on the machine may be good enough; fetching new ones is the slow part.
    if ! apt_install "$@" >/dev/null 2>&1; then
        apt-get update -q
        apt_install "$@"
    fi
    # shellcheck disable=SC2046
    set -- $(missing_packages "$python" "$lock")
    [ $# -eq 0 ] || stop "Installed, but still not found: $*"
}

install_packages() {
    python=$1
    lock=$2
    # An unfinished or outdated environment (no pip, or its Python is gone) is made anew.
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear "$venv"
    echo "Installing the packages of $lock into $venv"
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --require-hashes --requirement "$lock"
}

# The validator and the accessibility checker for the website's tests, as tools/web/package-lock.json names them.
install_web_checks() {
    echo "Installing the checkers of tools/web into $venv/web"
    mkdir -p "$venv/web"
    cp tools/web/package.json tools/web/package-lock.json "$venv/web/"
    (cd "$venv/web" && npm ci --silent --ignore-scripts --no-audit --no-fund)
}

[ $# -eq 1 ] || stop "usage: tools/setup.sh LOCK"
python=$(find_python)
install_system "$python" "$1"
install_packages "$python" "$1"
case "$1" in *dev*) install_web_checks ;; esac
