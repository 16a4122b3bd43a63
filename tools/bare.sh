#!/bin/sh
# Runs a command in a Debian that holds make, git and Python and nothing else: what a person with a fresh machine gets.
#
#   sh tools/bare.sh [COMMAND...]        without one: make test. It runs as root, in a clone of what is committed here.
#
#   FRESH=1     makes the system anew; without it, that happens once a day
#   KEEP=1      works in a system that is kept afterwards, and in the kept one if there is one: to look closer, and to
#               try again without setting up everything, as in  KEEP=1 sh tools/bare.sh .venv/bin/pytest tests/test_x.py
#   BARE=DIR    where the systems stand, instead of /var/tmp/printables-bare
#   SUITE=NAME  which Debian, instead of the one that runs here
#
# Package sources, keys, proxies and certificates are those of the machine that it runs on. Everything is mounted in a
# namespace of its own, so that nothing of it is ever seen outside, and all of it is gone when the command has ended,
# however that came. The command's exit code is passed on; 125 says that it was not even started.
set -eu

# What a person has to do first, on stderr.
stop() {
    printf '%s\n' "$@" >&2
    exit 125
}

# --- Inside, in a mount and process namespace of its own: the system gets its devices, and the command is started there.

if [ "${1:-}" = --inside ]; then
    system=$2
    shift 2
    mount --bind "$system" "$system" # a disk of its own for what runs there
    cd "$system"
    mount -t proc proc proc
    mount -t tmpfs -o mode=755,nosuid tmpfs dev
    for device in null zero full random urandom tty; do
        : >"dev/$device"
        mount --bind "/dev/$device" "dev/$device"
    done
    mkdir dev/shm dev/pts
    mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    for stream in 0:stdin 1:stdout 2:stderr; do
        ln -s "/proc/self/fd/${stream%:*}" "dev/${stream#*:}"
    done
    # The shell stays, as the first process of its namespace, to bury what is left without a parent.
    # shellcheck disable=SC2016
    chroot . sh -c 'cd /project && "$@"; exit $?' sh "$@"
    exit $?
fi

# --- Outside

here=$(cd "$(dirname "$0")/.." && pwd)
place=${BARE:-/var/tmp/printables-bare}
# shellcheck disable=SC1091
suite=${SUITE:-$(. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_CODENAME:-}")}
packages=make,git,python3,ca-certificates
room=8 # GiB: the system, what is installed into it, what the tests write
[ $# -gt 0 ] || set -- make test

check_machine() {
    [ "$(uname -s)" = Linux ] || stop "A bare Debian can be made on Linux only. In a virtual machine with Debian, run: make test-bare"
    [ "$(id -u)" -eq 0 ] || stop "Only root may make a bare Debian and start programs in it. Please run: sudo make test-bare"
    for needed in apt-config:apt debootstrap:debootstrap git:git unshare:util-linux flock:util-linux chroot:coreutils; do
        command -v "${needed%:*}" >/dev/null 2>&1 || stop "The program ${needed%:*} is missing. Please run: apt-get install ${needed#*:}"
    done
    unshare --mount --pid --fork true 2>/dev/null ||
        stop "This machine lets nobody mount anything, as containers do. Run make test-bare on a machine, a virtual one or a privileged container."
    [ -n "$suite" ] || stop "/etc/os-release does not say which Debian this is. Name one: make test-bare SUITE=bookworm"
}

# The folder is ours alone: what is removed later is removed from there.
check_place() {
    case $place in
    /*) ;;
    *) stop "BARE=$place is not a whole path. Name one that begins with /, or leave it out." ;;
    esac
    case $place in
    *[!A-Za-z0-9/._-]* | */../* | */..) stop "BARE=$place has a blank or a sign in it that is not wanted here. Name another folder, or leave it out." ;;
    esac
    mark=$place/.printables-bare
    if [ ! -e "$place" ] && [ ! -L "$place" ]; then
        mkdir -p "$place"
        : >"$mark"
    fi
    if [ -L "$place" ] || [ ! -O "$place" ] || [ ! -f "$mark" ]; then
        stop "$place was not made by tools/bare.sh, so nothing is done there. Name another folder with BARE=, or leave it out."
    fi
    place=$(cd "$place" && pwd -P)
    chmod 700 "$place" # what is copied into it may hold a password for a proxy
    free=$(df -Pk "$place" | awk 'NR == 2 { print int($4 / 1048576) }')
    [ "$free" -ge "$room" ] || stop "$place has $free GiB free, and $room are needed. Make room, or name another folder with BARE=."
}

# A folder below $place. Nothing can be mounted there; it is looked at all the same before anything is removed.
remove() {
    if grep -q " $place/" /proc/self/mountinfo; then
        stop "Something is mounted below $place, so nothing is removed. Look: grep $place /proc/self/mountinfo"
    fi
    rm -rf --one-file-system -- "${place:?}/$1"
}

# $place/base, as debootstrap makes it; nothing ever runs in it.
make_base() {
    today="$(date +%F) $suite $packages"
    if [ -z "${FRESH:-}" ] && [ "$(cat "$place/base.made" 2>/dev/null)" = "$today" ]; then
        return
    fi
    mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk -v suite="$suite" '$1 == suite && $2 == "main" { print $3; exit }')
    [ -n "$mirror" ] || stop "The package sources of this machine have no Debian $suite. Add it to /etc/apt, or name another one with SUITE=."
    echo "Making a bare Debian $suite in $place" >&2
    rm -f "$place/base.made"
    remove base
    remove base.new
    unshare --mount debootstrap --variant=minbase "--include=$packages" "$suite" "$place/base.new" "$mirror" \
        >"$place/debootstrap.log" 2>&1 || stop "$(tail -n 5 "$place/debootstrap.log")" "debootstrap failed; all it said is in $place/debootstrap.log."
    mv "$place/base.new" "$place/base"
    printf '%s\n' "$today" >"$place/base.made"
}

# The machine's package sources, keys, proxies, certificates and name servers.
furnish() {
    for kept in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d /etc/apt/keyrings \
        /etc/apt/auth.conf /etc/apt/auth.conf.d /usr/share/keyrings /usr/local/share/ca-certificates; do
        rm -rf "${1:?}$kept"
        [ ! -e "$kept" ] || cp -aL "$kept" "$1$kept"
    done
    cp -L /etc/resolv.conf "$1/etc/resolv.conf"
    cp -L "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$1/etc/ssl/machine.crt"
    cp "$1/etc/ssl/machine.crt" "$1/etc/ssl/certs/ca-certificates.crt"
    {
        apt-config dump Acquire::http Acquire::https Acquire::Retries
        echo 'Acquire::https::CaInfo "/etc/ssl/machine.crt";'
    } >"$1/etc/apt/apt.conf.d/90machine"
}

# What is committed; what a kept system already holds of it (the .venv) stays.
clone() {
    git -c safe.directory="$here" -C "$here" bundle create -q "$place/project.bundle" HEAD
    if [ -d "$1/project/.git" ]; then
        git -C "$1/project" fetch -q "$place/project.bundle" HEAD
        git -C "$1/project" -c advice.detachedHead=false checkout -q --force --detach FETCH_HEAD
    else
        git init -q "$1/project"
        git -C "$1/project" fetch -q "$place/project.bundle" HEAD
        git -C "$1/project" -c advice.detachedHead=false checkout -q --detach FETCH_HEAD
    fi
    rm -f "$place/project.bundle"
}

# Where pip and npm of this machine find packages, if that is an address.
address() {
    found=$("$@" 2>/dev/null) || found=
    case $found in https://* | http://*) printf '%s' "$found" ;; esac
}

# The command's environment holds nothing of ours but what leads to the network.
start() {
    system=$1
    shift
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        eval "value=\${$name:-}"
        [ -z "$value" ] || set -- "$name=$value" "$@"
    done
    index=${PIP_INDEX_URL:-$(address python3 -m pip config get global.index-url)}
    [ -z "$index" ] || set -- "PIP_INDEX_URL=$index" "$@"
    registry=$(address npm config get registry)
    [ -z "$registry" ] || set -- "npm_config_registry=$registry" "$@"
    for name in SSL_CERT_FILE PIP_CERT REQUESTS_CA_BUNDLE NODE_EXTRA_CA_CERTS; do
        set -- "$name=/etc/ssl/machine.crt" "$@"
    done
    # In the background, so that a signal is heard at once; that would have the command ignore Ctrl-C.
    env -i --default-signal=INT --default-signal=QUIT PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb \
        unshare --mount --pid --fork --kill-child sh "$here/tools/bare.sh" --inside "$system" env "$@" 9>&- &
    running=$!
    wait "$running"
}

# shellcheck disable=SC2317
clean() {
    code=$?
    trap - EXIT
    [ -z "$running" ] || kill -KILL "$running" 2>/dev/null || true # and with it everything in its namespace
    [ -z "$running" ] || wait "$running" 2>/dev/null || true
    remove run 2>/dev/null || { sleep 2 && remove run; }
    exit "$code"
}

check_machine
check_place
exec 9>"$place/lock"
flock --nonblock 9 || stop "Another one is under way in $place. Wait for it, or name another folder with BARE=."
running=
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
make_base
name=run
if [ -n "${KEEP:-}" ]; then
    name=kept
    [ -z "${FRESH:-}" ] || remove kept
else
    remove run
fi
if [ ! -d "$place/$name" ]; then
    cp -a --reflink=auto "$place/base" "$place/$name.new"
    mv "$place/$name.new" "$place/$name"
fi
furnish "$place/$name"
clone "$place/$name"
changed=$(git -c safe.directory="$here" -C "$here" status --porcelain | wc -l)
echo "In a bare Debian $suite, with what is committed ($changed changes are not): $*" >&2
code=0
start "$place/$name" "$@" || code=$?
running=
echo "In the bare Debian, this ended with exit code $code: $*" >&2
[ -z "${KEEP:-}" ] || echo "The system is kept in $place/kept; FRESH=1 makes it anew." >&2
exit "$code"
