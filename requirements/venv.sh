#!/bin/sh
# Sees to it that $1 is a virtual environment for this project; makes it with the Python $2, for the make target $3.
# The version is looked at first: pip on a Python that is too old looks for minutes, without a word, for versions that fit.
set -eu

oldest=$(sed -n 's/^requires-python = ">=\(.*\)"$/\1/p' pyproject.toml)

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] < tuple(map(int, sys.argv[1].split("."))))' "$oldest" 2>/dev/null
}

refuse() {
    if version=$("$2" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null); then
        found="$2 is Python $version"
    else
        found="$2 is no Python that runs"
    fi
    for other in python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$other"; then
            echo "$found; emulate needs $oldest or newer. Name another: make $3 PYTHON=$other" >&2
            exit 1
        fi
    done
    echo "$found; emulate needs $oldest or newer. Install one (Debian, Ubuntu: apt install python$oldest-venv; macOS:" \
        "brew install python), and name it: make $3 PYTHON=python$oldest" >&2
    exit 1
}

if is_new_enough "$1/bin/python" && "$1/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
is_new_enough "$2" || refuse "$@"
exec "$2" -m venv --clear "$1"
