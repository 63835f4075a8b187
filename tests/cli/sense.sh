#!/bin/sh
# ebb sense, as a user would: both methods, stored, partial and partly failed sets, what cannot be asked.
. "$(dirname "$0")/../shell.sh"
sense() # OPTIONS…
{
    ebb sense "$@"
}
plot() # OPTIONS…
{
    ebb plot "$@"
}
says() # NAME PATTERN…: each in what was said
{
    name=$1
    shift
    for pattern in "$@"; do
        grep -qE -- "$pattern" "$tmp/out" || { false; verdict "$name" "'$pattern' is not in: $(cat "$tmp/out")"; return; }
    done
    true
    verdict "$name"
}

cat >"$tmp/spread.ini" <<'END_OF'
[run]
model = bass
title = Who adopts
weeks = 2y
seed = 2385
[bass]
people = 137
END_OF
vary="--vary bass.p=0.01:0.2 --vary bass.q=0.1:0.9"

# Adoption rates decide; a setting that a well mixed market does not look at does not.
sense "$tmp/spread.ini" $vary --vary bass.degree=2:8 --samples 200 -o "$tmp/sobol"
[ "$status" -eq 0 ]
verdict "indices of a scenario" "status $status"
says "verdicts in words" 'bass\.p .*matters, by itself' 'bass\.degree .*no effect at all' \
    '4000 of 4000 runs are there; 200 of 200 samples count, with up to 4 replicates' 'luck alone is [0-9]+ %' \
    'from half of them to all'
[ -s "$tmp/sobol/sense-adopters-80w.csv" ] && [ -s "$tmp/sobol/sobol-adopters-80w.png" ] &&
    [ -s "$tmp/sobol/sobol-adopters-80w.svg" ] && [ -s "$tmp/sobol/sobol-adopters-80w.pdf" ]
verdict "table and charts" "$(ls "$tmp/sobol")"
# 4 subsets of (3 settings x 2 indices and luck)
[ "$(wc -l <"$tmp/sobol/sense-adopters-80w.csv")" -eq 29 ] &&
    grep -q '^adopters,80,sobol,200,4,bass.p,total,0\.' "$tmp/sobol/sense-adopters-80w.csv" &&
    grep -q '^adopters,80,sobol,25,4,NA,luck,' "$tmp/sobol/sense-adopters-80w.csv"
verdict "what the table holds" "$(head -5 "$tmp/sobol/sense-adopters-80w.csv")"

sense "$tmp/spread.ini" $vary --vary bass.degree=2:8 --samples 200 -o "$tmp/again" -j 3 -q
[ ! -s "$tmp/out" ] && cmp -s "$tmp/sobol/sense-adopters-80w.csv" "$tmp/again/sense-adopters-80w.csv" &&
    cmp -s "$tmp/sobol/sobol-adopters-80w.png" "$tmp/again/sobol-adopters-80w.png"
verdict "the same bytes whatever the threads, and quiet" "$(cat "$tmp/out")"

sense "$tmp/sobol" --force
[ "$status" -eq 0 ] && cmp -s "$tmp/sobol/sense-adopters-80w.csv" "$tmp/again/sense-adopters-80w.csv"
verdict "a stored result tells the same" "status $status"
refused "a table that is there" 3 "is there already; replace it with --force" sense "$tmp/sobol"

sense "$tmp/spread.ini" $vary --factors bass.people,bass.degree --method morris --samples 17 -r 3 -o "$tmp/morris"
says "screening" 'bass\.p +[0-9.]+ \[.*raises it' 'bass\.degree .*no effect at all' '17 of 17 trajectories' \
    'with up to 3 replicates' 'verdicts rest on the mean square of effects'
[ -s "$tmp/morris/morris-adopters-80w.svg" ] && grep -q ',bass.q,mean_square,' "$tmp/morris/sense-adopters-80w.csv"
verdict "its table and charts" "$(ls "$tmp/morris")"

# --factors: a fifth around the value, inside what is allowed.
cat >"$tmp/school.ini" <<'END_OF'
[run]
weeks = 9w
[school]
teachers = 11
units = 2
settle = 0w
[strategy more time]
start = 2w
time = 0.35
[structures]
time = 0.9
[learning]
relief = 0
END_OF
sense "$tmp/school.ini" --factors 'learning.*' --factors 'structures.time,strategy more time.time' -n -o "$tmp/none"
[ "$status" -eq 0 ] && [ ! -e "$tmp/none" ] && grep -q 'Morris' "$tmp/out" && grep -q 'strategy more time.time' "$tmp/out" &&
    grep -q 'learning.relief is 0: 20 % around it is no range' "$tmp/err"
verdict "settings of sections, many of them screened" "status $status, $(head -3 "$tmp/out")"
sense "$tmp/school.ini" --factors 'structures.time,school.teachers' --around 50 -r 2 --samples 4 --method morris -o "$tmp/around" -q
# values of four levels from .45 to 1 (not 1.35), and whole people from 6 to 16
[ "$(cut -d, -f2 "$tmp/around/points.csv" | tail -n +2 | sort -n | sed -n '1p;$p' | tr '\n' ' ')" = "0.45 1 " ]
verdict "ranges end where the registry ends" "$(sort -u "$tmp/around/points.csv" | head -4)"
sense "$tmp/around" --measure trust,reach --week 9w
says "several measures" '^trust after 9 weeks' '^reach after 9 weeks'

# Cut short, and with failed runs.
cp -r "$tmp/sobol" "$tmp/partial"
if command -v python3 >/dev/null; then
    python3 - "$tmp/partial/results.db" <<'END_OF'
import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("DELETE FROM run WHERE run > 2700")
c.execute("UPDATE run SET status = 'failed', message = 'odd' WHERE run % 97 = 0")
c.commit()
END_OF
    sense "$tmp/partial" --force
    [ "$status" -eq 0 ] && ! cmp -s "$tmp/partial/sense-adopters-80w.csv" "$tmp/sobol/sense-adopters-80w.csv"
    verdict "a set cut short and partly failed" "status $status"
    says "it tells so" '2673 of 4000 runs are there, others failed; 1[0-9][0-9] of 200 samples count, with up to 3' \
        'bass\.p .*matters'
    python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute("DELETE FROM run WHERE run > 6"); c.commit()' "$tmp/partial/results.db"
    refused "too few runs" 3 "whole samples can be made of the design; two are the least. Runs come spread" sense "$tmp/partial" --force
else
    echo "skip sense: partial and failed sets: no python3"
fi
# Interrupted: what it holds are whole samples.
"$EBB" sense "$tmp/school.ini" --vary structures.time=0:1 --vary structures.openness=0:1 --samples 2000 -r 2 --set run.weeks=10y -j2 -q -o "$tmp/cut" \
    >"$tmp/out" 2>"$tmp/err" &
pid=$!
await "$tmp/cut/results.db" 600000 # of which half are the points of the design
kill -TERM $pid
wait $pid
[ $? -eq 130 ] && held=$(sed -n 's/.*: \([0-9]*\) of 16000 runs are kept.*/\1/p' "$tmp/err") && sense "$tmp/cut" --measure trust &&
    [ "$status" -eq 0 ] && counted=$(sed -n 's/.*; \([0-9]*\) of 2000 samples count.*/\1/p' "$tmp/out") && [ "$((counted * 4 + 12))" -gt "$((held > 8000 ? 8000 : held))" ]
verdict "what an interrupted sweep holds is nearly all of use" "held ${held:-no} runs, counted ${counted:-no} samples"
sense "$tmp/spread.ini" $vary --samples 64 -r 1 -o "$tmp/one"
says "one replicate" 'with one replicate luck cannot be told from the settings'
sense "$tmp/spread.ini" --vary bass.degree=2:8 --samples 8 --set bass.p=0 --set bass.q=0 -o "$tmp/still"
says "a measure that does not vary" 'adopters does not vary: it is 0 in every run'

refused "no such file" 3 "cannot be read" sense "$tmp/nowhere.ini"
refused "nothing varies" 2 "nothing varies: name settings with --factors" sense "$tmp/spread.ini"
refused "a setting of one value" 3 "bass.p takes one value only" sense "$tmp/spread.ini" --vary bass.p=0.1 -o "$tmp/none"
refused "around nothing" 2 "how far --factors vary, and there are none" sense "$tmp/spread.ini" --vary bass.p=0:0.1 --around 10 -o "$tmp/none"
refused "an unknown section" 2 "there is no section of the model called bas; did you mean bass?" sense "$tmp/spread.ini" --factors 'bas.*'
refused "the run's own settings" 2 "there is no section of the model called run" sense "$tmp/spread.ini" --factors run.weeks
refused "an unknown key" 2 "no number in that section is called peple; did you mean people?" sense "$tmp/spread.ini" --factors bass.peple
refused "a pattern without a point" 2 "allowed: section.* or section.key" sense "$tmp/spread.ini" --factors bass
refused "an unknown measure" 2 "there is no measure 'adopter'; did you mean adopters?" sense "$tmp/spread.ini" $vary --measure adopter
refused "a week after the end" 2 "--week is '3y'; allowed: a week from 0w to 80w" sense "$tmp/spread.ini" $vary --week 3y
refused "half a week" 2 "--week is '1.5w'" sense "$tmp/spread.ini" $vary --week 1.5w
refused "a week that is not kept" 2 "does not hold week 40" sense "$tmp/sobol" --week 1y
refused "an unknown method" 2 "--method is 'sobel'; allowed: morris, sobol" sense "$tmp/spread.ini" $vary --method sobel
refused "no samples" 2 "--samples is '1'; allowed: a whole number from 2" sense "$tmp/spread.ini" $vary --samples 1
refused "around nothing" 2 "--around is '0'; allowed: percent above 0" sense "$tmp/spread.ini" --factors 'bass.*' --around 0
refused "what to run, of a result" 2 "is a result: name its configuration instead" sense "$tmp/sobol" --samples 9
refused "replicates, of a result" 2 "is a result: name its configuration instead" sense "$tmp/sobol" -r 9
refused "a folder that is taken" 3 "holds" sense "$tmp/spread.ini" $vary -o "$tmp/sobol"
"$EBB" sweep "$tmp/spread.ini" --vary bass.p=0.1,0.2 -r 2 -o "$tmp/grid" -q 2>/dev/null
refused "another design" 3 "is of a grid design; what settings decide is told from a morris or a saltelli one" sense "$tmp/grid"
"$EBB" run "$tmp/spread.ini" -r 2 --set output.charts=no -o "$tmp/run" -q 2>/dev/null
refused "a result of ebb run" 3 "is a result in which nothing varies" sense "$tmp/run"

# Drawn again from the folder.
plot "$tmp/again" sobol -o "$tmp/drawn" --format png,svg && cmp "$tmp/drawn/sobol-adopters-80w.svg" "$tmp/again/sobol-adopters-80w.svg" 2>>"$tmp/err" &&
    cmp "$tmp/drawn/sobol-adopters-80w.png" "$tmp/again/sobol-adopters-80w.png" 2>>"$tmp/err"
verdict "ebb plot draws the bars again" "other bytes"
plot "$tmp/morris" -o "$tmp/drawn" && [ "$(tr '\n' ' ' <"$tmp/out" | sed "s#$tmp/drawn/##g")" = "response.png morris-adopters-80w.png convergence-adopters-80w.png " ] &&
    cmp "$tmp/drawn/morris-adopters-80w.png" "$tmp/morris/morris-adopters-80w.png" 2>>"$tmp/err" &&
    cmp "$tmp/drawn/convergence-adopters-80w.png" "$tmp/morris/convergence-adopters-80w.png" 2>>"$tmp/err"
verdict "and the plane and the convergence, without being asked" "$(cat "$tmp/out")"
plot "$tmp/morris" morris --columns adopters,new_adopters -o "$tmp/several" && [ -s "$tmp/several/morris-new_adopters-80w.png" ]
verdict "a picture for each measure" "$(cat "$tmp/out")"
refused "the other method's chart" 3 "its charts are sobol and convergence" plot "$tmp/sobol" morris
refused "two measures in a file" 2 "a picture is of one measure" plot "$tmp/sobol" sobol --columns adopters,new_adopters -o "$tmp/x.png"
refused "a chart of sense, of a grid" 3 "is of a grid design" plot "$tmp/grid" sobol
refused "a chart of sense, of a run" 3 "holds no result of \`ebb sense\`" plot "$tmp/run" sobol
refused "a week that is not kept, drawn" 2 "does not hold week 40" plot "$tmp/sobol" sobol --weeks 1y
refused "a picture that is there" 2 "this picture exists already" plot "$tmp/sobol" sobol

# Another method over an old result leaves nothing of the old one.
sense "$tmp/spread.ini" $vary --method morris --samples 8 --force -o "$tmp/again" -q
[ "$status" -eq 0 ] && [ -s "$tmp/again/morris-adopters-80w.png" ] && ! ls "$tmp/again" | grep -q sobol
verdict "--force leaves no chart of the earlier method" "$(ls "$tmp/again")"
exit $failed
