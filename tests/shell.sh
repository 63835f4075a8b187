# What the tests of whole commands share. Each of tests/cli and tests/cluster begins with it:
#     . "$(dirname "$0")/../shell.sh"
# From then on there are $EBB, an absolute path; $tmp, a folder that goes with the test; $named, what stands before the
# name of each check; $failed, with which the test ends.
set -u
: "${EBB:?names the ebb that is tested}"
EBB=$(cd "$(dirname "$EBB")" && pwd)/$(basename "$EBB")
export EBB
named="$(basename "$0" .sh): "
failed=0

# A verdict asks for the status from before its own words were put together. dash and busybox keep it, bash does not.
kept()
{
    [ $? -ne 0 ]
}
false
if ! kept "$(true)"; then
    command -v dash >/dev/null && exec dash "$0" "$@"
    echo "not ok ${named}this sh forgets a status while it puts words together, so that no check could fail: use dash"
    exit 1
fi

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

ok() # NAME
{
    echo "ok $named$1"
}
not_ok() # NAME WHY
{
    echo "not ok $named$1: ${2:-}: $(head -c 600 "$tmp/err" 2>/dev/null | tr '\n' ' ')"
    failed=1
}
verdict() # NAME WHY: of the last command's status
{
    if [ $? -eq 0 ]; then ok "$1"; else not_ok "$@"; fi
}
skip() # WHY: the rest of the test cannot be made here
{
    echo "skip $named$1"
    exit $failed
}
ebb() # COMMAND OPTIONS…: its status, also in $status; its talk in $tmp/out and $tmp/err
{
    timeout 200 "$EBB" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    return $status
}
refused() # NAME STATUS SENTENCE COMMAND OPTIONS…: in one line; if it was to write to $tmp/refused, that is not there
{
    name=$1 want=$2 sentence=$3
    shift 3
    ebb "$@"
    [ "$status" -eq "$want" ] && [ "$(wc -l <"$tmp/err")" -eq 1 ] && grep -qF -- "$sentence" "$tmp/err" && [ ! -e "$tmp/refused" ]
    verdict "$name" "status $status, wanted $want and '$sentence'"
}
same() # A B: folders of results, in everything but the manifest
{
    diff -rq -x manifest.json "$1" "$2" >"$tmp/err" 2>&1
}
rows() # FILE: without its header
{
    echo $(($(wc -l <"$1") - 1))
}
stored() # OUT: how many runs are done
{
    "$EBB" export "$1" --what runs 2>"$tmp/err" | grep -c ',done,'
}
size() # FILE: in bytes, none if it is not there
{
    cat "$1" 2>/dev/null | wc -c
}
STORED=150000 # bytes: results.db of a sweep of schools is larger as soon as runs are in it, its empty tables are not
await() # FILE BYTES: until it has become larger, a minute at most
{
    for _ in $(seq 600); do
        [ "$(size "$1")" -gt "$2" ] && break
        sleep 0.1
    done
}
sql() # DATABASE STATEMENT: by python3, for there may be no sqlite3 program
{
    python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()' "$1" "$2"
}
