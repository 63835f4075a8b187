#!/bin/sh
# Runs every test of the given builds, a few at once, and ends with one line `N passed, N failed[, N skipped]`.
# usage: tests/run.sh BUILD…   In the first build also the patterns' short form. Logs: BUILD/tests/logs.
# A test prints TAP-like lines: `ok NAME`, `not ok NAME: why`, `skip NAME: why` (cmocka's TAP is close enough; patterns
# print `P12 held …`). Ending badly, or without a single such line, counts as a failure.
# EBB_UNDER is put before each program, as "valgrind -q".
set -u
limit=${EBB_TEST_SECONDS:-400}

if [ "${1:-}" = --one ]; then # --one BUILD SOURCE
    build=$2 source=$3
    log=$build/tests/logs/$(echo "$source" | tr / _).log
    case $source in
    *.sh) set -- sh "$source" ;;
    tests/patterns) set -- "$build/tests/patterns/patterns" --short ;;
    *) set -- ${EBB_UNDER:-} "$build/${source%.c}" ;;
    esac
    EBB=$(cd "$build" && pwd)/ebb CMOCKA_MESSAGE_OUTPUT=TAP timeout -k 5 "$limit" "$@" >"$log" 2>&1 </dev/null
    status=$?
    skipped=$(grep -cE '^skip |^(not )?ok .*# SKIP|^[EP][0-9]+ +not held .*; known: ' "$log")
    passed=$(grep -E '^ok |^[EP][0-9]+ +held' "$log" | grep -vc '# SKIP')
    failed=$(grep -E '^not ok |^[EP][0-9]+ +not held' "$log" | grep -vcE '# SKIP|; known: ')
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
        echo "not ok $source: ended with status $status" >>"$log"
    elif [ $((passed + failed + skipped)) -eq 0 ]; then
        failed=1
        echo "not ok $source: tested nothing" >>"$log"
    fi
    note=
    [ "$skipped" -eq 0 ] || note="  $(grep -m1 -E '^skip ' "$log")"
    [ "$failed" -eq 0 ] || note="  FAILED: $failed"
    echo "$passed $failed $skipped" >"$log.count"
    printf '%5d ok  %s: %s%s\n' "$passed" "$build" "$source" "$note"
    [ "$failed" -eq 0 ] || sed 's/^/        /' "$log"
    exit 0
fi

export ASAN_OPTIONS="detect_stack_use_after_return=1:${ASAN_OPTIONS:-}"
export UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS:-}"
export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0:${LSAN_OPTIONS:-}"
first=$1
for build in "$@"; do
    rm -rf "$build/tests/logs" && mkdir -p "$build/tests/logs" || exit 1
    for source in tests/patterns tests/cli/*.sh tests/sim/test_*.c tests/models/test_*.c tests/plots/test_*.c; do
        [ -e "$source" ] || continue
        if [ "$source" = tests/patterns ]; then
            [ "$build" = "$first" ] && [ -x "$build/tests/patterns/patterns" ] || continue
        fi
        echo "$build $source"
    done
done >"$first/tests/list"
xargs -P "$(nproc)" -L 1 "$0" --one <"$first/tests/list"

for build in "$@"; do cat "$build"/tests/logs/*.count; done |
    awk -v want="$(wc -l <"$first/tests/list")" '{p += $1; f += $2; s += $3; n++}
        END {if (n != want) f += want - n
             printf "%d passed, %d failed%s\n", p, f, s ? ", " s " skipped" : ""; exit f > 0 || p == 0}'
