#!/bin/sh
# coreutils: in `sha256sum -c` the first line decides whether a name follows one blank or two. A list that mixes both, as
# lists put together from two sources do, is checked in part: after a first line with two blanks a line with one is passed
# over with a warning, and the exit code is 0 though that file was never looked at. After a first line with one blank, a
# second blank is taken for the beginning of the name, and a file that is right is reported as missing.
# Seen with coreutils 9.1-1 (Debian 12).
set -eu
version=9.1-1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download "coreutils=$version" >/dev/null 2>&1
dpkg-deb -x coreutils_*.deb tools
echo one >x.img
echo two >y.img
x=$(tools/usr/bin/sha256sum x.img | cut -d' ' -f1)
y=$(tools/usr/bin/sha256sum y.img | cut -d' ' -f1)
printf '%s  x.img\n%s y.img\n' "$x" "$y" >two-first
printf '%s x.img\n%s  y.img\n' "$x" "$y" >one-first
export LC_ALL=C
echo "coreutils $version, two blanks first:"
first=$(tools/usr/bin/sha256sum -c two-first 2>warning) && code=0 || code=$?
echo "$first (exit $code; $(cat warning))"
[ "$first" = 'x.img: OK' ] && [ "$code" = 0 ] && grep -q '1 line is improperly formatted' warning
echo "one blank first:"
second=$(tools/usr/bin/sha256sum -c one-first 2>warning) && code=0 || code=$?
echo "$second (exit $code)"
[ "$code" = 1 ] && echo "$second" | grep -q '^x.img: OK$' && echo "$second" | grep -q '^ y.img: FAILED open or read$'
