#!/bin/sh
# Runs each fuzz target for FUZZ_SECONDS (600). What it finds is left in BUILD/found; tests/sim/test_corpus_*.c replay the
# corpus, to which a mended finding is added. usage: tests/fuzz/run.sh BUILD TARGET…
build=$1
shift
for target in "$@"; do
    name=${target##*/fuzz_}
    mkdir -p "$build/found/$name" || exit 1
    echo "fuzzing $name"
    nice -n 19 "$target" -max_total_time="${FUZZ_SECONDS:-600}" -max_len=4096 -artifact_prefix="$build/found/$name-" \
        "$build/found/$name" "tests/fuzz/corpus/$name" || exit 1
done
