#!/bin/sh
# The command `printables` of a checkout: tools/setup.sh copies this file to .venv/bin/printables.
here=$(cd "$(dirname "$0")/../.." && pwd)
[ $# -gt 0 ] || set -- build
exec "$here/.venv/bin/python" "$here/make_printables.py" "$@"
