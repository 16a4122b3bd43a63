#!/bin/sh
# Sets up what the Makefile's targets need, and says in one line what to do where it cannot.
#
#   sh tools/setup.sh requirements.lock
#
# sees to the libraries that typesetting needs and to Python's venv module, then to the .venv with exactly the packages
# that the lock names, and starts every program that was installed, once (tools/system.py says what is needed). make calls
# it only when a stamp is missing or older than its lock. PYTHON chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
venv=.venv

# What a person has to do first, on stderr; make stops here.
stop() {
    printf '\n' >&2
    printf '%s\n' "$@" >&2
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

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Installs these Debian packages, or says what a person has to do for them.
get() {
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
        apt_install "$@" || stop "These packages could not be installed: $*"
    fi
}

install_system() {
    python=$1
    lock=$2
    # shellcheck disable=SC2046  # one word a package is what is wanted
    set -- $("$python" tools/system.py missing "$lock")
    [ $# -gt 0 ] || return 0
    get "$@"
    # shellcheck disable=SC2046
    set -- $("$python" tools/system.py missing "$lock")
    [ $# -eq 0 ] || stop "Installed, but still not found: $*"
}

# Starts everything that was installed, once. A library that turns out to be missing is installed as well, or named.
start_programs() {
    lock=$1
    before=
    while ! lacking=$("$venv/bin/python" tools/system.py start "$lock"); do
        [ -n "$lacking" ] || stop "What does not start has to be mended first; then run the same make command again."
        [ "$lacking" != "$before" ] || stop "Installed, but it still does not start."
        before=$lacking
        # shellcheck disable=SC2086
        get $lacking
    done
}

install_packages() {
    python=$1
    lock=$2
    # An unfinished or outdated environment (no pip, or its Python is gone) is made anew.
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear "$venv"
    echo "Installing the packages of $lock into $venv"
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --require-hashes --requirement "$lock"
}

# The command `printables`, as the README has it, for those who activate the environment.
install_command() {
    cp tools/printables.sh "$venv/bin/printables"
    chmod +x "$venv/bin/printables"
    echo "Set up. For the command printables, type once in each terminal:  . $venv/bin/activate"
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
start_programs "$1"
install_command
case "$1" in
*dev*)
    install_web_checks
    start_programs tools/web/package-lock.json
    ;;
esac
