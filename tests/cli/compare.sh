#!/bin/sh
# ebb compare: scenarios against each other, from the command line to tables and pictures.
. "$(dirname "$0")/../shell.sh"
run() # ARGUMENTS…
{
    ebb compare "$@"
}
plot() # OPTIONS…
{
    ebb plot "$@"
}
incomparable() # NAME STATUS SENTENCE ARGUMENTS…
{
    name=$1 want=$2 sentence=$3
    shift 3
    refused "$name" "$want" "$sentence" compare "$@" -o "$tmp/refused"
}
cell() # FILE ROW COLUMN: of a table whose quoted fields hold no commas before that column
{
    head -1 "$1" | tr , '\n' | grep -nx "$3" | cut -d: -f1 >"$tmp/at"
    sed -n "$2p" "$1" | cut -d, -f"$(cat "$tmp/at")"
}

cat >"$tmp/base.ini" <<'INI'
[run]
model = bass
weeks = 6y
replicates = 14
seed = 23
[bass]
people = 700
[output]
every = 8w
INI
cp "$tmp/base.ini" "$tmp/twin.ini"
sed 's/^people.*/&\np = 0.05/' "$tmp/base.ini" >"$tmp/keen.ini"
cat >"$tmp/school.ini" <<'INI'
[run]
weeks = 4y
replicates = 6
[school]
teachers = 20
units = 3
settle = 20w
[strategy plan]
start = 1y
end = 2y
time = +0.6
cost = 3
[strategy coach]
start = 1.5y
coaches = 2
cost = 5
[strategy rest + talk]
start = 3y
dispersal = +0.3
INI

# Identical and different
run "$tmp/base.ini" "$tmp/twin.ini" -o "$tmp/same" && [ "$status" -eq 0 ] &&
    grep -q 'twin against base (14 pairs of runs): identical in every measure, week and run' "$tmp/out"
verdict "two equal configurations are identical" "$(tail -5 "$tmp/out")"
grep -q "^In 14 pairs of simulated runs of .* adopters was the same in every run under 'twin' and 'base'," "$tmp/same/sentences.txt"
verdict "and so says the sentence for a paper" "$(cat "$tmp/same/sentences.txt")"
[ "$(cell "$tmp/same/comparison.csv" 2 mean_difference)" = 0 ] && [ "$(cell "$tmp/same/comparison.csv" 2 p)" = 1 ] &&
    ! tail -n +2 "$tmp/same/differences.csv" | grep -v ',0,0,0$' | grep -q .
verdict "no difference in any week" "$(head -3 "$tmp/same/comparison.csv")"
for f in runs.csv series.csv; do
    sed 's/twin/base/' "$tmp/same/twin/$f" | cmp -s - "$tmp/same/base/$f"
    verdict "same luck, same $f" "they differ"
done
"$EBB" run "$tmp/base.ini" -q -o "$tmp/plain" && cmp -s "$tmp/plain/series.csv" "$tmp/same/base/series.csv" &&
    cmp -s "$tmp/plain/results.db" "$tmp/same/base/results.db"
verdict "a scenario's folder is what ebb run gives" "it differs"
"$EBB" export "$tmp/same/base" >"$tmp/exported" && cmp -s "$tmp/exported" "$tmp/same/base/series.csv"
verdict "and can be exported" "it cannot"
run "$tmp/base.ini" "$tmp/keen.ini" --at 5y -j 1 -o "$tmp/keen" && grep -q 'keen against base .*: adopters is higher by 0\.1' "$tmp/out"
verdict "a known difference is found" "$(tail -5 "$tmp/out")"
# Its numbers are those of the table.
awk -F, 'NR == 2 { printf "by %.3f (95 %% interval %.3f to %.3f\n", $9, $10, $11 }' "$tmp/keen/comparison.csv" >"$tmp/numbers"
grep -qFf "$tmp/numbers" "$tmp/keen/sentences.txt" && grep -q "seed [0-9]*), adopters was higher under 'keen' than under 'base'.*; higher in [0-9]* % of pairs; p < 0.001)" "$tmp/keen/sentences.txt"
verdict "and so says the sentence for a paper" "$(cat "$tmp/numbers" "$tmp/keen/sentences.txt")"
[ "$(cell "$tmp/keen/comparison.csv" 2 scenario_a)" = keen ] && [ "$(cell "$tmp/keen/comparison.csv" 2 p_better)" = 1 ] &&
    [ "$(cell "$tmp/keen/comparison.csv" 2 week)" = 200 ] && [ "$(cell "$tmp/keen/comparison.csv" 2 n)" = 14 ]
verdict "and told in comparison.csv" "$(cat "$tmp/keen/comparison.csv")"
[ "$(sed 1d "$tmp/keen/summary.csv" | cut -d, -f1 | sort -u | tr '\n' ' ')" = "base keen " ] &&
    [ "$(grep -c '^scenario,' "$tmp/keen/summary.csv")" -eq 1 ]
verdict "one summary of all scenarios" "$(head -2 "$tmp/keen/summary.csv")"
run "$tmp/base.ini" "$tmp/keen.ini" --at 5y -j 3 -o "$tmp/keen3" && cmp -s "$tmp/keen/comparison.csv" "$tmp/keen3/comparison.csv" &&
    cmp -s "$tmp/keen/differences.csv" "$tmp/keen3/differences.csv"
verdict "the same bytes on any number of threads" "they differ"
for t in comparison differences summary; do
    head -1 "$tmp/keen/$t.csv" | tr , '\n' | while read -r column; do
        [ "$t" = summary ] || grep -q "^$t.csv,$column," "$tmp/keen/columns.csv" || echo "$t.$column"
    done
done >"$tmp/missing"
[ ! -s "$tmp/missing" ]
verdict "columns.csv describes every column" "$(tr '\n' ' ' <"$tmp/missing")"
run "$tmp/base.ini" "$tmp/base.ini" -q -o "$tmp/twice" && [ "$status" -eq 0 ] && [ ! -s "$tmp/out" ] && grep -q '^base (2),base,' "$tmp/twice/comparison.csv"
verdict "one file twice is two scenarios" "$(cat "$tmp/err")"

# Names and folders that numbers would make alike
for name in 'x (2)' x x x-y-6 'x y' x-y; do
    n=$((${n:-0} + 1))
    { cat "$tmp/base.ini"; echo charts = no; } | sed "s/^\[run\]/&\nscenario = $name/" >"$tmp/named$n.ini"
done
run "$tmp/named1.ini" "$tmp/named2.ini" "$tmp/named3.ini" "$tmp/named4.ini" "$tmp/named5.ini" "$tmp/named6.ini" -q -o "$tmp/numbered" && [ "$status" -eq 0 ] &&
    [ "$(sed 1d "$tmp/numbered/runs.csv" | cut -d, -f2 | uniq | tr '\n' ';')" = "x (2);x;x (3);x-y-6;x y;x-y;" ] &&
    [ "$(ls -d "$tmp"/numbered/*/ | wc -l)" -eq 6 ]
verdict "a numbered name is nobody else's" "$(cat "$tmp/err") $(cut -d, -f2 "$tmp/numbered/runs.csv" | uniq | tr '\n' ';')"

# Strategies
run "$tmp/school.ini" --strategy none --strategy plan --strategy "coach + plan" --measure trust,personal -o "$tmp/s" &&
    [ "$(cut -d, -f1,2,5 "$tmp/s/comparison.csv" | sed 1d | tr '\n' ' ')" = \
      "plan,none,trust plan,none,personal coach+plan,none,trust coach+plan,none,personal coach+plan,plan,trust coach+plan,plan,personal " ]
told=$?
[ "$(wc -l <"$tmp/s/sentences.txt")" -eq 6 ] && [ "$(grep -c "after Holm's correction for 6 comparisons\|the same in every run" "$tmp/s/sentences.txt")" -eq 6 ]
verdict "a sentence for each difference" "$(cat "$tmp/s/sentences.txt")"
[ $told -eq 0 ]
verdict "strategies are switched" "$(cat "$tmp/err") $(cut -d, -f1,2,5 "$tmp/s/comparison.csv" | tr '\n' ' ')"
grep -A1 '^\[strategy plan\]' "$tmp/s/none/config.ini" | grep -q 'active = no' && grep -A1 '^\[strategy plan\]' "$tmp/s/plan/config.ini" | grep -q 'active = yes' &&
    grep -A1 '^\[strategy rest + talk\]' "$tmp/s/coach+plan/config.ini" | grep -q 'active = no'
verdict "as their config.ini says" "$(grep -A1 strategy "$tmp/s/plan/config.ini")"
[ "$(cell "$tmp/s/comparison.csv" 2 parts_week)" = 40 ] || [ "$(cell "$tmp/s/comparison.csv" 2 parts_week)" = 41 ]
verdict "runs are identical until the strategy begins" "week $(cell "$tmp/s/comparison.csv" 2 parts_week)"
[ "$(cell "$tmp/s/comparison.csv" 2 cost_difference)" = 120 ] && [ "$(sed 1d "$tmp/s/frontier.csv" | wc -l)" -eq 6 ] &&
    grep -q '^trust,none,0,.*,1$' "$tmp/s/frontier.csv"
verdict "costs are counted" "$(cat "$tmp/s/frontier.csv")"
run "$tmp/school.ini" --strategy none --strategy "rest + talk" -q -o "$tmp/plus" && grep -q '^rest + talk,none' "$tmp/plus/comparison.csv"
verdict "a name may hold a plus" "$(cat "$tmp/err")"
run "$tmp/school.ini" --orders "plan+coach" --strategy none -o "$tmp/o" &&
    [ "$(sed 1d "$tmp/o/comparison.csv" | cut -d, -f1 | sort -u | tr '\n' ';')" = "coach then plan;plan then coach;" ] &&
    grep -A3 '^\[strategy coach\]' "$tmp/o/coach-then-plan/config.ini" | grep -q 'start = 1y\|start = 40w' &&
    grep -A3 '^\[strategy plan\]' "$tmp/o/coach-then-plan/config.ini" | grep -q 'end = 100w\|end = 2.5y'
verdict "orders of entry keep how long each lasts" "$(cat "$tmp/err"; grep -A3 '^\[strategy' "$tmp/o/coach-then-plan/config.ini" | tr '\n' ' ')"
run "$tmp/school.ini" --orders "all" -n && [ "$(grep -c ' then .* then ' "$tmp/out")" -eq 6 ]
verdict "three have six orders" "$(cat "$tmp/out")"

[ -s "$tmp/o/forest.png" ] && [ -s "$tmp/o/difference.svg" ] && [ -s "$tmp/o/frontier.pdf" ] && [ ! -e "$tmp/o/precision.png" ] &&
    grep -q 'n = 6 pairs of runs' "$tmp/o/forest.svg" && [ -s "$tmp/o/forest.svg" ]
verdict "charts are drawn" "$(ls "$tmp/o" | tr '\n' ' ')"
run "$tmp/school.ini" --strategy none --strategy plan -q --set output.charts=no -o "$tmp/bare" && [ "$status" -eq 0 ] && ! ls "$tmp/bare" | grep -qE 'png|svg|pdf'
verdict "or not, as output.charts says" "$(ls "$tmp/bare" | tr '\n' ' ')"
ebb plot "$tmp/o" forest
[ $? -eq 2 ] && grep -q 'this picture exists already' "$tmp/err" && "$EBB" plot "$tmp/o/none" series >/dev/null 2>&1
verdict "ebb plot draws the scenarios" "$(cat "$tmp/err")"

"$EBB" export "$tmp/o" >/dev/null 2>"$tmp/err"
[ $? -eq 3 ] && grep -q 'holds a comparison: name the folder of one of its scenarios' "$tmp/err"
verdict "a comparison is not taken for a run" "$(cat "$tmp/err")"
printf '\n[vary bass.q]\nvalues = 0.3, 0.4\n' | cat "$tmp/base.ini" - >"$tmp/vary.ini"
run "$tmp/base.ini" "$tmp/vary.ini" -n && grep -q "left to .ebb sweep." "$tmp/err"
verdict "what varies is left to a sweep, with a word" "status $status: $(cat "$tmp/err")"

# Precision
run "$tmp/base.ini" "$tmp/keen.ini" --precision adopters=0.0035 -o "$tmp/p" && [ "$status" -eq 0 ] && grep -q '^precision  adopters is known to .*reached after' "$tmp/out"
verdict "runs until the difference is known" "$(cat "$tmp/err" "$tmp/out")"
n=$(cell "$tmp/p/comparison.csv" 2 n)
run "$tmp/base.ini" "$tmp/keen.ini" -r "$n" -q -o "$tmp/q" && cmp -s "$tmp/p/comparison.csv" "$tmp/q/comparison.csv" && cmp -s "$tmp/p/keen/results.db" "$tmp/q/keen/results.db"
verdict "with the bytes of as many runs asked for" "n is $n"
[ "$(sed '1d;$!d' "$tmp/p/precision.csv" | cut -d, -f2)" = "$n" ]
verdict "precision.csv ends with them" "$(cat "$tmp/p/precision.csv")"
run "$tmp/base.ini" "$tmp/keen.ini" --precision adopters=0.00001 --most 30 -o "$tmp/cap" && [ "$status" -eq 0 ] && grep -q 'with 30 runs .*NOT reached' "$tmp/out"
verdict "a cap is told" "$(cat "$tmp/err" "$tmp/out")"

ebb run "$tmp/base.ini" --precision adopters=0.01 -o "$tmp/single"
n=$(sed '1d;$!d' "$tmp/single/precision.csv" | cut -d, -f2)
[ "$n" -ge 20 ] && grep -q "with $n runs (asked: 0.01, reached" "$tmp/out" && [ -s "$tmp/single/precision.png" ] &&
    "$EBB" run "$tmp/base.ini" -r "$n" -q -o "$tmp/counted" && cmp -s "$tmp/single/results.db" "$tmp/counted/results.db"
verdict "ebb run too, with the bytes of as many runs" "n is $n: $(cat "$tmp/err")"
"$EBB" run "$tmp/base.ini" -q --force -o "$tmp/single" && [ ! -e "$tmp/single/precision.csv" ] && [ ! -e "$tmp/single/precision.png" ]
verdict "and leaves nothing of it to the next result" "$(ls "$tmp/single" | tr '\n' ' ')"
ebb run "$tmp/base.ini" --precision adoptors=0.01 -o "$tmp/refused"
[ $? -eq 2 ] && grep -q 'did you mean adopters' "$tmp/err" && [ ! -e "$tmp/refused" ]
verdict "a measure misspelt is told" "$(cat "$tmp/err")"

# Drawn again from the folder
plot "$tmp/s" -o "$tmp/drawn" && [ "$(tr '\n' ' ' <"$tmp/out" | sed "s#$tmp/drawn/##g")" = "forest.png difference.png frontier.png " ]
verdict "ebb plot draws a comparison again" "$(cat "$tmp/out" "$tmp/err")"
for k in forest difference frontier; do
    cmp "$tmp/drawn/$k.png" "$tmp/s/$k.png" 2>"$tmp/err"
    verdict "the same $k.png" "$(cat "$tmp/err")"
done
plot "$tmp/s" forest --columns personal -o "$tmp/drawn/one.svg" && grep -q personal "$tmp/drawn/one.svg" && ! grep -q '>trust<' "$tmp/drawn/one.svg"
verdict "of one measure" "$(cat "$tmp/err")"
plot "$tmp/s" difference --columns personal -o "$tmp/drawn/two.svg" && grep -q 'coach+plan' "$tmp/drawn/two.svg"
verdict "over time of one measure" "$(cat "$tmp/err")"
plot "$tmp/p" precision -o "$tmp/drawn/p.png" && cmp "$tmp/drawn/p.png" "$tmp/p/precision.png" 2>"$tmp/err"
verdict "the precision of a comparison" "$(cat "$tmp/err")"
refused "a measure that was not compared" 2 "reach was not compared" plot "$tmp/s" forest --columns reach -o "$tmp/x.png"
refused "a scenario's chart" 3 "a series is of one scenario, in its folder in there" plot "$tmp/s" series
refused "a frontier of what costs nothing" 3 "no frontier" plot "$tmp/keen" frontier -o "$tmp/x.png"
refused "a comparison's chart of a run" 3 "holds no result of \`ebb compare\`" plot "$tmp/plain" forest
refused "no precision was asked for" 3 "no precision was asked for" plot "$tmp/plain" precision
refused "a run of a comparison" 2 "--run says nothing to the chart forest" plot "$tmp/s" forest --run 2 -o "$tmp/x.png"
for damage in 'sed -i 5d differences.csv' 'sed -i s/^plan,/plna,/ comparison.csv' 'sed -i 1s/lo,/low,/ comparison.csv' 'rm differences.csv' \
    'head -c 300 comparison.csv >c && mv c comparison.csv' ': >comparison.csv' 'rm -r none'; do
    rm -rf "$tmp/broken" && cp -r "$tmp/s" "$tmp/broken"
    (cd "$tmp/broken" && eval "$damage")
    plot "$tmp/broken" difference --force
    [ "$status" -eq 3 ] && [ "$(grep -c '^ebb: ' "$tmp/err")" -ge 1 ]
    verdict "damaged: $damage" "status $status: $(cat "$tmp/err")"
done

# What cannot be compared
printf '[run]\nmodel = ladder\nweeks = 6y\nreplicates = 14\nseed = 23\n[output]\nevery = 8w\n' >"$tmp/other.ini"
incomparable "other models" 3 "other.ini: run.model is ladder, but bass in the scenario 'base'" "$tmp/base.ini" "$tmp/other.ini"
sed 's/6y/5y/; s/= 23/= 24/; s/= 14/= 15/' "$tmp/base.ini" >"$tmp/short.ini"
run "$tmp/base.ini" "$tmp/short.ini" -o "$tmp/refused"
while IFS='|' read -r name sentence; do
    [ "$status" -eq 3 ] && grep -qF "$sentence" "$tmp/err" && [ ! -e "$tmp/refused" ]
    verdict "$name" "status $status"
done <<'FAULTS'
other lengths|run.weeks is 200, but 240
other seeds, all at once|run.seed is 24, but 23
other numbers of runs|run.replicates is 15, but 14
FAULTS
incomparable "one scenario" 2 "needs two scenarios" "$tmp/base.ini"
incomparable "one strategy" 2 "needs two scenarios" "$tmp/school.ini" --strategy plan
incomparable "a strategy misspelt" 2 "no [strategy coahc]; did you mean 'coach'" "$tmp/school.ini" --strategy none --strategy coahc
incomparable "a strategy nobody knows" 2 "there are: plan, coach, rest + talk" "$tmp/school.ini" --strategy none --strategy zzzzzz
incomparable "a strategy twice" 2 "named twice" "$tmp/school.ini" --strategy none --strategy plan+plan
incomparable "strategies of a model without" 2 "has no strategies to switch" "$tmp/base.ini" --strategy none --strategy all
incomparable "strategies of two files" 2 "of one configuration; here are 2" "$tmp/school.ini" "$tmp/school.ini" --strategy none
incomparable "one in order" 2 "names 1 strategy; allowed: 2 to 4" "$tmp/school.ini" --orders plan
incomparable "no order" 2 "all begin in week 40" "$tmp/school.ini" --orders plan+coach --set "strategy coach.start=1y"
incomparable "an order that is fixed" 2 "has an \`after\` of its own" "$tmp/school.ini" --orders plan+coach --set "strategy coach.after=plan"
incomparable "an unknown measure" 2 "did you mean adopters" "$tmp/base.ini" "$tmp/twin.ini" --measure adoptors
incomparable "a measure twice" 2 "named twice" "$tmp/base.ini" "$tmp/twin.ini" -m adopters,adopters
incomparable "a week after the end" 2 "runs end with week 240" "$tmp/base.ini" "$tmp/twin.ini" --at 7y
incomparable "a week that is not observed" 2 "week 3 is not observed; the nearest are 0 and 8" "$tmp/base.ini" "$tmp/twin.ini" --at 3w
incomparable "a span turned round" 2 "ends before it begins" "$tmp/base.ini" "$tmp/twin.ini" --at 5y-4y
incomparable "a time that is none" 2 "--at 'soon'" "$tmp/base.ini" "$tmp/twin.ini" --at soon
incomparable "a precision without number" 2 "MEASURE=HALFWIDTH" "$tmp/base.ini" "$tmp/twin.ini" --precision adopters
incomparable "a precision of nothing" 2 "above 0" "$tmp/base.ini" "$tmp/twin.ini" --precision adopters=0
incomparable "a precision and a number of runs" 2 "leave -r out" "$tmp/base.ini" "$tmp/twin.ini" --precision adopters=1 -r 5
incomparable "a cap of nothing" 2 "--most goes with --precision" "$tmp/base.ini" "$tmp/twin.ini" --most 50
incomparable "a file that is not there" 3 "absent.ini" "$tmp/base.ini" "$tmp/absent.ini"
run "$tmp/base.ini" "$tmp/twin.ini" -o "$tmp/same"
[ "$status" -eq 3 ] && grep -q 'holds a result already' "$tmp/err"
verdict "an existing folder is not overwritten" "status $status"
run "$tmp/base.ini" "$tmp/keen.ini" --force -q -o "$tmp/same" && grep -q '^keen,base' "$tmp/same/comparison.csv"
verdict "but with --force" "$(cat "$tmp/err")"
[ ! -e "$tmp/same/twin" ] && [ -e "$tmp/same/keen/results.db" ]
verdict "then no folder of the earlier one is left" "$(ls "$tmp/same")"
cp -r "$tmp/same" "$tmp/own"
run "$tmp/own/base/config.ini" "$tmp/twin.ini" --force -q -o "$tmp/own/."
[ "$status" -eq 2 ] && grep -q -e '--force would take it away' "$tmp/err" && same "$tmp/same" "$tmp/own"
verdict "nor is a scenario of this comparison replaced by itself" "status $status"
run "$tmp/base.ini" "$tmp/own/keen/config.ini" --force -q -o "$tmp/own"
[ "$status" -eq 2 ] && grep -q -e '--force would take it away' "$tmp/err" && same "$tmp/same" "$tmp/own"
verdict "nor by another, by its name" "status $status"
echo mine >"$tmp/same/keen/notes"
run "$tmp/base.ini" "$tmp/twin.ini" --force -q -o "$tmp/same" && grep -q 'keen: warning: is of an earlier comparison' "$tmp/err" &&
    [ "$(ls "$tmp/same/keen")" = notes ]
verdict "but what is the user's own" "$(cat "$tmp/err"; ls "$tmp/same/keen")"

# Too little room
(ulimit -f 200 && ebb compare "$tmp/base.ini" "$tmp/keen.ini" -r 3000 -q -o "$tmp/limited")
[ $? -eq 1 ] && grep -q "the scenario 'base' could not be finished; nothing was compared" "$tmp/err" &&
    grep -q '"status": "failed"' "$tmp/limited/manifest.json" && [ "$(wc -l <"$tmp/limited/base/runs.csv")" -gt 1 ]
verdict "too little room keeps the runs that had some" "$(cat "$tmp/err")"
run "$tmp/base.ini" "$tmp/keen.ini" -q --force -o "$tmp/limited" && [ "$status" -eq 0 ] && grep -q '^keen,base' "$tmp/limited/comparison.csv"
verdict "and --force makes it whole" "$(cat "$tmp/err")"

# Interrupted
"$EBB" compare "$tmp/base.ini" "$tmp/keen.ini" -r 200000 -q -o "$tmp/stopped" >"$tmp/out" 2>"$tmp/err" &
pid=$!
await "$tmp/stopped/base/runs.csv.part" 3000
kill -TERM $pid
wait $pid
status=$?
[ "$status" -eq 130 ] && grep -q "interrupted while 'base' ran" "$tmp/err" && grep -q '"status": "interrupted"' "$tmp/stopped/manifest.json" &&
    [ -e "$tmp/stopped/base/series.csv" ]
verdict "an interrupted comparison keeps finished runs" "status $status: $(cat "$tmp/err")"
exit $failed
