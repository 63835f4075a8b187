#!/bin/sh
# Installs those of the named Debian packages that are missing; says nothing when none is. usage: tests/deps.sh PACKAGE…
# EBB_NO_DEPS=1 leaves the system alone (package builds, other systems).
set -u
[ -z "${EBB_NO_DEPS:-}" ] || exit 0
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    pkg-config --exists gsl igraph 2>/dev/null || echo "ebb: no apt-get here; install what these hold: $*" >&2
    exit 0
fi
have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p')
missing=
for package in "$@"; do
    echo "$have" | grep -qx "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root=sudo
    if ! command -v sudo >/dev/null; then
        echo "ebb: these packages are missing, and installing them needs root or sudo: apt-get install$missing" >&2
        exit 1
    fi
fi
echo "installing:$missing" >&2
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
# Stale lists of other sources may fail to update; whether the packages can be had is what counts.
$as_root apt-get -q update >"$log" 2>&1
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 install $missing >>"$log" 2>&1 </dev/null && exit 0
tail -n 25 "$log" >&2
echo "ebb: apt-get could not install:$missing" >&2
exit 1
