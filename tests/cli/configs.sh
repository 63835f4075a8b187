#!/bin/sh
# Every configuration that comes with the program says what it shows, loads without a warning and runs; every strategy of
# the library says its source, can be included alone and with all others, and makes a difference.
. "$(dirname "$0")/../shell.sh"
named=configs.
root=$(pwd)
run() # CONFIG OUT ARGUMENTS…
{
    ini=$1 out=$2
    shift 2
    ebb run "$ini" -o "$out" -q -j 1 --set output.charts=no "$@"
}

for config in configs/*.ini; do
    name=$(basename "$config" .ini)
    grep -q '^; What it shows: ' "$config" && grep -q '^; What to look at: ' "$config"
    verdict "$name says what it shows" "it does not"
    grep -o -- '--set "[^"]*"' "$config" | sed 's/--set "//; s/"//' >"$tmp/tried"
    # what a configuration suggests to try must work
    while read -r set; do
        ebb check "$config" --set "$set"
        verdict "$name: $set" "is refused"
    done <"$tmp/tried"
    ebb check "$config" && [ ! -s "$tmp/err" ]
    verdict "$name is sound" "it is not, or warns"
    case $name in # a tenth of the largest: its size is for the benchmark
    networked-schools) set -- --set school.count=150 --set "network learning communities.count=13" ;;
    *) set -- ;;
    esac
    run "$config" "$tmp/$name" -r 2 "$@" && [ "$(wc -l <"$tmp/$name/runs.csv")" -eq 3 ]
    verdict "$name runs" "it does not"
done

for n in 1 2 3 4 5 6 7 8 9 10 11 12; do # the systems of the theory
    grep -lq "^; S$n, " configs/*.ini
    verdict "S$n has a scenario" "none opens with S$n"
done

printf "[run]\nseed = 1\n" >"$tmp/none.ini"
common='--set run.weeks=3y --set innovation.pioneers=15 --set output.snapshots=0w'
# shellcheck disable=SC2086
run "$tmp/none.ini" "$tmp/none" -r 1 $common
for config in configs/strategies/*.ini; do
    name=$(basename "$config" .ini)
    grep -q '^; Source: ' "$config" && grep -q '^; Sets: ' "$config"
    verdict "$name says its source" "it does not"
    # whoever includes it says when
    ! grep -qE '^(start|end|active) *=' "$config"
    verdict "$name leaves its dates open" "it sets them"
    printf 'include = %s\n' "$root/$config" >"$tmp/one.ini"
    echo "include = $root/$config" >>"$tmp/all"
    # shellcheck disable=SC2086
    run "$tmp/one.ini" "$tmp/one" --force -r 1 $common && [ ! -s "$tmp/err" ]
    verdict "$name is includable" "it fails or warns"
    cut -d, -f1-20 "$tmp/one/series.csv" >"$tmp/a"
    cut -d, -f1-20 "$tmp/none/series.csv" >"$tmp/b"
    ! cmp -s "$tmp/a" "$tmp/b"
    verdict "$name makes a difference" "same numbers as without"
    grep -qE '^(cost|grant_cost) = ' "$config"
    verdict "$name has a cost" "it has none"
done
mv "$tmp/all" "$tmp/all.ini"
# shellcheck disable=SC2086
run "$tmp/all.ini" "$tmp/all" -r 1 $common
verdict "all strategies at once" "they fail"
exit $failed
