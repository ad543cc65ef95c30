#!/bin/sh
# Installs all that the lock $2 names into the virtual environment $1. The lock leaves nothing to resolve, so pip, which
# looks up and unpacks one package after the other, has half of them twice at a time: two thirds of the time.
set -eu

halves=$(mktemp -d)
trap 'rm -rf "$halves"' EXIT
half="$halves/$(basename "$2" .txt)"
awk -v half="$half" '/^[A-Za-z0-9]/ { n++ } /^ *#/ || !NF { next } { print > (half "." n % 2 ".txt") }' "$2"

running=
# What runs in the background of a script hears no Ctrl-C of its own.
trap 'kill $running 2>/dev/null; exit 1' INT TERM
for half in "$halves"/*.txt; do
    # What nobody imports need not be compiled: a third of the time.
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes \
        --requirement "$half" &
    running="$running $!"
done
failed=0
for one in $running; do
    wait "$one" || failed=1
done
exit $failed
