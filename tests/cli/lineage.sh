#!/bin/sh
# Who brought whom in, as a user would ask: tables, summary, picture, GraphML, and what is told when it is not kept.
. "$(dirname "$0")/../shell.sh"

cat >"$tmp/two.ini" <<'END'
[run]
weeks = 160w
replicates = 3
[school]
teachers = 22
units = 3
[innovation reading circles]
ideas = 4
start = 1y
[strategy coach]
start = 1y
focal = yes
innovation = reading circles
coaches = 1
[output]
every = 40w
charts = no
lineage_runs = 2
END
ebb run "$tmp/two.ini" -o "$tmp/two"
verdict run "it failed"
[ "$(cut -d, -f1 "$tmp/two/lineage.csv" | sort -u | tr '\n' ' ')" = '1 2 run ' ]
verdict "runs that are kept" "$(cut -d, -f1 "$tmp/two/lineage.csv" | sort -u | tr '\n' ' ')"
grep -q 'who brought whom in, run 1: reading circles' "$tmp/out" && grep -q 'coach 1' "$tmp/out"
verdict summary "$(tail -20 "$tmp/out")"
"$EBB" export "$tmp/two" --what lineage 2>"$tmp/err" | cmp -s - "$tmp/two/lineage.csv"
verdict export "the table is another than lineage.csv"
for column in $(head -1 "$tmp/two/lineage.csv" | tr , ' '); do
    grep -q "^lineage.csv,$column," "$tmp/two/columns.csv" || { false; break; }
done
verdict dictionary "columns.csv does not tell $column"
rows=$(grep -c '^1,' "$tmp/two/lineage.csv") arcs=$(grep '^1,' "$tmp/two/lineage.csv" | grep -vc 'NA$')
ebb export "$tmp/two" --format graphml --what lineage -o "$tmp/forest.graphml" &&
    [ "$(grep -c '<node ' "$tmp/forest.graphml")" -eq "$rows" ] && [ "$(grep -c '<edge ' "$tmp/forest.graphml")" -eq "$arcs" ]
verdict graphml "not $rows nodes and $arcs arcs"
ebb plot "$tmp/two" lineage --of 'reading circles' --run 2 -o "$tmp/r.svg" && grep -q 'reading circles' "$tmp/r.svg" &&
    grep -q 'number 2' "$tmp/r.svg"
verdict picture "it says something else"
ebb run "$tmp/two.ini" -j1 --set output.lineage_runs=0 -o "$tmp/none" -q && cmp -s "$tmp/none/series.csv" "$tmp/two/series.csv" &&
    [ "$(wc -l <"$tmp/none/lineage.csv")" -eq 1 ]
verdict "asking changes nothing" "series differ, or a lineage is there"
ebb replay "$tmp/none" --run 3 -q && ebb plot "$tmp/none/run-3" lineage -q
verdict "replay makes it" "no lineage"
ebb plot "$tmp/two" layers --of 'reading circles' -o "$tmp/l.svg" && grep -q 'Of the innovation called reading circles' "$tmp/l.svg" &&
    grep -q 'practice_2 [0-9]* %' "$tmp/l.svg"
verdict "layers of a name" "$(cat "$tmp/err")"
printf '[run]\nweeks = 20w\nreplicates = 1\n[school]\nteachers = 9\nunits = 1\n[innovation]\nideas = 0\n[output]\ncharts = no\n' >"$tmp/no.ini"
ebb run "$tmp/no.ini" -o "$tmp/no"
refused "layers of nothing" 3 'the scenario has no innovation whose layers could be shown' plot "$tmp/no" layers
refused "layers of no innovation" 2 'in the order of the file there are innovation, reading circles' plot "$tmp/two" layers --of zzz
refused "none is kept" 3 'output.lineage_runs says of how many' plot "$tmp/none" lineage
refused "not of this run" 3 'keeps no lineage of run 3' plot "$tmp/two" lineage --run 3
refused "unknown innovation" 2 'did you mean reading circles?' plot "$tmp/two" lineage --of 'reading circle'
refused "a week of a lineage" 2 'of the whole run' export "$tmp/two" --format graphml --what lineage --week 4
refused "other tables as GraphML" 2 '--what chooses a table' export "$tmp/two" --format graphml --what series
printf '[run]\nweeks = 5y\nreplicates = 2\n[strategy paid]\nstart = 2y\ntime = 0.1\ncost = 7\n[output]\nevery = 20w\ncharts = no\n' >"$tmp/paid.ini"
ebb run "$tmp/paid.ini" --set school.count=2 --set school.teachers=8 --set school.units=2 -o "$tmp/paid"
grep -q 'cost: 840 a school over the run, from the weeks that were kept' "$tmp/out"
verdict "cost from rarer rows" "$(grep cost "$tmp/out")"
grep -q 'who brought whom in, run 1, school 1' "$tmp/out"
verdict "which school of several" "$(grep 'brought' "$tmp/out")"
cat >"$tmp/many.ini" <<'INI'
[run]
weeks = 2w
replicates = 1
[school]
count = 1001
teachers = 3
units = 1
settle = 0w
[output]
every = 2w
level = all
snapshots =
charts = no
INI
ebb run "$tmp/many.ini" -o "$tmp/many" -q && [ "$(wc -l <"$tmp/many/lineage.csv")" -eq 1 ] &&
    grep -q 'of 1001 schools it is not kept who brought whom in' "$tmp/err" && grep -q '^lineage_runs = 0' "$tmp/many/config.ini"
verdict "a large world keeps none and says so" "it does not"
ebb run "$tmp/many.ini" -o "$tmp/asked" -q --set output.lineage_runs=1 && [ "$(wc -l <"$tmp/asked/lineage.csv")" -gt 1000 ] &&
    ! grep -q 'brought whom' "$tmp/err"
verdict "a large world keeps it when asked" "it does not"
exit $failed
