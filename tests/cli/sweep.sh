#!/bin/sh
# ebb sweep and ebb merge, as a user would: the same bytes whatever the threads, kills, shards and additions; whatever is
# wrong with a design, a folder or a shard is one sentence, and nothing is lost.
. "$(dirname "$0")/../shell.sh"
trap 'umount "$tmp/small" 2>/dev/null; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1

cat >small.ini <<'END_INI'
[run]
model = bass
weeks = 3y
replicates = 7
seed = 2385
[bass]
people = 150
[vary bass.p]
values = 0.005:0.02:0.005
[vary bass.degree]
values = 4, 8, 16
END_INI

# --- the same bytes ---
ebb sweep small.ini -o whole -j4
[ "$status" -eq 0 ] && [ "$(wc -l <whole/runs.csv)" -eq 85 ] && [ "$(wc -l <whole/points.csv)" -eq 13 ]
verdict "84 runs" "status $status"
[ "$(grep -c '^points.csv,' whole/columns.csv)" -eq 3 ] && grep -q '^points.csv,bass.p,real,.*per year' whole/columns.csv
verdict "the dictionary tells the settings" "$(grep '^points' whole/columns.csv)"
ebb sweep small.ini -o single -j1 && same whole single
verdict "one thread as four" "bytes differ"
ebb sweep small.ini -o fewer -r 3 && ebb sweep small.ini -o fewer --extend replicates=7 && same whole fewer
verdict "extended as whole" "bytes differ"
for k in 1 2 3 4 5; do ebb sweep small.ini -o "shard$k" --shard $k/5; done
ebb merge shard4 shard1 shard5 shard3 shard2 -o merged && same whole merged
verdict "merged shards as whole" "bytes differ"
ebb merge shard4 shard1 -o partial --partial && ebb sweep small.ini -o partial --resume && same whole partial
verdict "two shards, then the rest" "bytes differ"
ebb sweep whole/config.ini -o again && [ ! -s "$tmp/err" ] && same whole again
verdict "the resolved configuration as the first" "bytes differ"
cp -r whole touched && ebb sweep small.ini -o touched --resume && same whole touched
verdict "nothing left to resume" "bytes differ"

# --- killed at any moment ---
cat >long.ini <<'END_INI'
[run]
weeks = 10y
replicates = 12
[school]
teachers = 100
[vary structures.time]
values = 0:1/6
[vary structures.learning]
values = 0.1, 0.4
END_INI
ebb sweep long.ini -o long -j2
verdict "a sweep of schools" "status $status"
kills=0 rounds=0 held=0 lost=no
while [ "$rounds" -lt 40 ]; do
    rounds=$((rounds + 1))
    "$EBB" sweep long.ini -o killed --resume -q -j2 2>"$tmp/err" &
    pid=$!
    sleep "0.$((rounds * 7 % 10))$((rounds * 3 % 10))"
    kill -9 $pid 2>/dev/null && kills=$((kills + 1))
    wait $pid 2>/dev/null
    status=$?
    [ "$status" -eq 0 ] && break
    [ "$status" -eq 137 ] || break
    if [ -e killed/results.db ]; then
        now=$(stored killed)
        [ "$now" -ge "$held" ] || lost=yes
        held=$now
    fi
done
[ "$lost" = no ]
verdict "killed $kills times: no committed run is lost" "fewer runs than before"
cp killed/config.ini killed/heat.pdf.part.m5OVQY # as a kill in the middle of a picture leaves it
cp killed/config.ini killed/heat.pdf.backup
ebb sweep long.ini -o killed --resume -j2 && rm killed/heat.pdf.backup && same long killed
verdict "killed, then resumed, as one that was not" "status $status or bytes differ"

# --- interrupted ---
"$EBB" sweep long.ini -o stopped -q -j1 --set run.weeks=40y 2>"$tmp/err" &
pid=$!
await stopped/results.db $STORED
kill -TERM $pid 2>/dev/null
wait $pid
status=$?
[ "$status" -eq 130 ] && grep -q -- '--resume carries on' "$tmp/err" && [ "$(wc -l <stopped/runs.csv)" -lt 145 ]
verdict "a polite end keeps what is done" "status $status"

# --- runs that fail: two of six points need more memory than there is ---
cat >failing.ini <<'END_INI'
[run]
model = bass
weeks = 3w
replicates = 2
[bass]
mixing = network
degree = 8
[output]
charts = no
[sweep]
keep = summary
[vary bass.people]
values = 500, 700000, 1000
[vary bass.p]
values = 0.01, 0.02
END_INI
starved() # like ebb, with an address space of 110 MB
{
    (ulimit -v 110000 && exec "$EBB" "$@") >"$tmp/out" 2>"$tmp/err"
    status=$?
}
starved sweep small.ini -o starved -j1 -q --set output.charts=no
if [ "$status" -eq 0 ]; then
    starved sweep failing.ini -o failing -j1
    [ "$status" -eq 1 ] && grep -q '4 of 12 runs failed; runs.csv says why, and --retry-failed' "$tmp/err" &&
        [ "$(grep -c ',done,NA$' failing/runs.csv)" -eq 8 ] && grep -q '^10,failing,4,.*,failed,no memory for a network of 700000 people$' failing/runs.csv
    verdict "runs that fail are recorded with their reason, the others done" "status $status, $(cat failing/runs.csv)"
    [ "$(tail -n +2 failing/summary.csv | cut -d, -f2 | sort -u | tr '\n' ' ')" = "1 2 5 6 " ] &&
        "$EBB" plot failing heat -o failing.svg >"$tmp/out" 2>"$tmp/err" && grep -q 'Hatched: no finished run' failing.svg
    verdict "the summary and the charts are of what is there" "$(cut -d, -f1-4 failing/summary.csv)"
    cp -r failing resumed
    starved sweep failing.ini -o resumed --resume -j1
    [ "$status" -eq 1 ] && same failing resumed
    verdict "--resume leaves them" "status $status"
    starved sweep failing.ini -o failing --retry-failed -j1
    [ "$status" -eq 1 ] && [ "$(grep -c ',failed,' failing/runs.csv)" -eq 4 ]
    verdict "what fails again is told again" "status $status"
    ebb replay failing --run 3 -o replayed
    [ "$status" -eq 1 ] && grep -q 'it had failed and now did not: no memory for a network' "$tmp/err"
    verdict "replay says that it fails no more" "status $status"
    ebb sweep failing.ini -o failing --retry-failed && ebb sweep failing.ini -o sound && same failing sound
    verdict "where there is room, --retry-failed gives the bytes of a sweep without a fault" "status $status or bytes differ"
else
    echo "skip sweep: runs that fail: 110 MB are too few to start in (a sanitizer's build)"
    cat >failing.ini <<'END_INI'
[run]
model = bass
weeks = 1y
[vary bass.degree]
values = 4, 8
END_INI
    ebb sweep failing.ini -o failing
fi

# --- what is refused, before anything is computed ---
refused "a folder that is taken" 3 "holds a result already" sweep small.ini -o whole
cp -r whole mine
refused "its own configuration with the result" 2 "--force would take it away" sweep mine/config.ini -o ./mine/. --force
ebb run mine/config.ini -o mine --force
[ "$status" -eq 2 ] && grep -q -e '--force would take it away' "$tmp/err" && same whole mine
verdict "a result over which its own configuration was to be run is left as it is" "it differs"
refused "a table over the database that it comes from" 2 "is the result itself" export whole --what runs -o ./mine/../whole/results.db --force
"$EBB" export whole >one.csv
for k in 1 2 3 4; do
    ("$EBB" export whole -o at-once.csv --force 2>"err$k" || echo "ended with status $?" >>"err$k") &
done
wait
cat err1 err2 err3 err4 >"$tmp/err" && [ ! -s "$tmp/err" ] && cmp -s one.csv at-once.csv && [ "$(ls at-once.csv* | wc -l)" -eq 1 ]
verdict "four tables at once under one name" "$(ls at-once.csv*)"
cp -r shard1 built && echo 'wizardry = 3' >>built/config.ini
sql built/results.db "UPDATE meta SET value = 'abc1234' WHERE key = 'commit'"
ebb merge built shard2 -o n
[ "$status" -eq 3 ] && grep -q "no key 'wizardry'" "$tmp/err" && grep -q 'made by another build, ebb .* of commit abc1234; this is ebb' "$tmp/err"
verdict "a shard of another build names both" "status $status"
refused "networks of a sweep" 2 "\`ebb replay OUT --run N\` makes a run again" export whole --format graphml -o n
refused "a picture of no such kind" 2 "pictures are .png, .svg or .pdf, not .GIF" plot whole heat -o n.GIF
[ ! -e n.GIF ]
verdict "makes no folder of its name" "there is n.GIF"
refused "another configuration" 3 "'q = 0.38' and this 'q = 0.3'" sweep small.ini -o whole --resume --set bass.q=0.3
refused "another design" 3 "holds another sweep" sweep small.ini -o whole --resume --vary bass.degree=4,8
refused "more replicates without a word" 3 "--extend replicates=N" sweep small.ini -o whole --resume -r 9
refused "fewer replicates" 3 "not cut to 2" sweep small.ini -o whole --extend replicates=2
refused "another shard" 3 "whose shard is 1/5; here it is 2/5" sweep small.ini -o shard1 --resume --shard 2/5
printf "[run]\nmodel = bass\nweeks = 1y\n" >plain.ini
refused "nothing to vary" 3 "nothing to vary" sweep plain.ini -o n
refused "an unknown setting" 3 "did you mean bass.p" sweep small.ini -o n --vary bass.pp=0,1
refused "a key without its section" 3 "did you mean bass.people" sweep small.ini -o n --vary people=10,20
refused "what is varied and set" 3 "varied, and --set gives it one value" sweep small.ini -o n --set bass.p=0.01
refused "points of a grid" 3 "for random, lhs, sobol, morris and saltelli designs; this one is a grid" sweep small.ini -o n --points 3
refused "levels of a hypercube" 3 "for morris designs" sweep small.ini -o n --design lhs --levels 4
refused "an addition of what is not said" 2 "allowed: replicates=N" sweep small.ini -o n --extend 5
printf "[strategy night school]\ntime = 0.1\n" >named.ini
refused "a strategy without its name" 3 "write 'strategy NAME.start'; the names here are night school" sweep named.ini -o n --vary strategy.start=1w,2w
sed 's/bass.degree/bass.degre/' small.ini >misspelt.ini
refused "ebb check, of what varies" 3 "did you mean bass.degree?" check misspelt.ini
printf "[sweep]\npoints = 9\n" | cat small.ini - >idle.ini
ebb sweep idle.ini -n -o n && grep -q 'idle.ini:[0-9]*: warning: sweep.points is for' "$tmp/err"
verdict "what a file says in vain is told" "status $status"
refused "out of range" 3 "out of range; allowed: 0 to " sweep small.ini -o n --vary bass.p=-0.5:1:0.5
refused "no points" 2 "has not the form" sweep small.ini -o n --vary bass.p
refused "far too many points" 3 "e+12 points; at most" sweep small.ini -o n --vary bass.p=0:1/10000 --vary bass.q=0:1/10000 --vary bass.people=1001:11000:1
refused "a length for each point" 3 "cannot be varied" sweep small.ini -o n --vary run.weeks=1y,2y
refused "a shard of none" 2 "k from 1 to n" sweep small.ini -o n --shard 0/4
refused "a shard beyond" 2 "k from 1 to n" sweep small.ini -o n --shard 5/4
refused "both ways at once" 2 "choose" sweep small.ini -o whole --resume --force
refused "shards that overlap" 3 "must not overlap" merge shard1 shard1 -o n
refused "a shard that is missing" 3 "hold 68 of 84 runs" merge shard1 shard2 shard3 shard4 -o n
refused "a shard of another sweep" 3 "holds another sweep" merge shard1 failing -o n
refused "no shard" 3 "cannot" merge nowhere -o n
refused "onto itself" 2 "needs its own folder" merge shard1 shard2 -o ./shard1/. --force
"$EBB" sweep long.ini -o busy -r 4000 -q -j1 2>"$tmp/err.busy" &
pid=$!
await busy/results.db $STORED
refused "a database that is in use" 1 "is being written by a run that has not ended" sweep long.ini -o busy -r 4000 --resume
refused "nor is it replaced" 1 "is being written by a run that has not ended" sweep long.ini -o busy -r 4000 --force
refused "nor drawn" 1 "is being written by a run that has not ended" plot busy heat -o n.png
kill -TERM $pid
wait $pid
pids=
for k in 1 2 3 4; do
    "$EBB" sweep long.ini -o at-once --resume -r 4000 -q -j1 2>"$tmp/err.$k" &
    pids="$pids $!"
done
for _ in $(seq 600); do
    [ "$(cat "$tmp"/err.? | grep -c 'is being written by a')" -eq 3 ] && break
    sleep 0.1
done
await at-once/results.db $STORED
kill -TERM $pids 2>/dev/null
wait $pids
cat "$tmp"/err.? >"$tmp/err"
[ "$(wc -l <"$tmp/err")" -eq 4 ] && [ "$(grep -c 'is being written by a' "$tmp/err")" -eq 3 ] && grep -q -- '--resume carries on' "$tmp/err"
verdict "four begun at once: one runs, the others say so" "other sentences"
head -c 20000 whole/results.db >cut.db && mkdir -p cut && cp whole/* cut && mv cut.db cut/results.db
refused "a truncated database" 3 "malformed" sweep small.ini -o cut --resume
refused "a truncated shard" 3 "" merge cut -o n
refused "a truncated database, drawn" 3 "malformed" plot cut heat -o n.png
ebb run plain.ini -q -o single-run
refused "a shard that is a run" 3 "holds no shard of a sweep" merge single-run -o n
echo "no database, but long enough to be one of some kind or other" >cut/results.db
refused "no database" 3 "results.db" sweep small.ini -o cut --resume
mkdir taken && echo mine >taken/notes
refused "somebody's folder" 3 "is not empty" sweep small.ini -o taken
ls n >"$tmp/err" 2>&1; [ ! -e n ] && [ -e taken/notes ] && same whole touched
verdict "what was refused left nothing behind" "there is a folder n"

# --- a job array, its tasks run by hand ---
ebb sweep small.ini -o "it's here" --slurm 3 -j2 --vary "bass.degree=4, 8, 16" && cp "$tmp/out" job.sh && grep -q '^#SBATCH --array=1-3$' job.sh
verdict "a job array's script" "status $status"
for k in 1 2 3; do SLURM_ARRAY_TASK_ID=$k SLURM_CPUS_PER_TASK=1 sh job.sh 2>"$tmp/err" || echo "task $k failed" >>"$tmp/err"; done
ebb merge "it's here"/part-* -o array && ebb sweep small.ini -o plain --vary "bass.degree=4, 8, 16" && same plain array
verdict "a job array as a plain sweep" "bytes differ"
refused "no tasks" 2 "whole number from 1" sweep small.ini -o n --slurm 0
refused "no tasks, where something lies" 2 "whole number from 1" sweep small.ini -o whole --slurm x
refused "shards of shards" 2 "leave --shard out" sweep small.ini -o n --slurm 3 --shard 1/2

# --- as few digits on an axis as tell its values apart ---
ebb sweep plain.ini -o digits -r 2 --vary bass.p=0.01:0.1/8 --vary bass.people=1001:1004:1 && ebb plot digits heat -o digits.svg
[ "$status" -eq 0 ] && grep -q '0\.0229' digits.svg && ! grep -q '0\.022857' digits.svg && grep -q '1003' digits.svg
verdict "as few digits on an axis as tell its values apart" "status $status"

# --- shown, not done ---
ebb sweep small.ini -o n -n
[ "$status" -eq 0 ] && grep -q '12 points = 4 x 3' "$tmp/out" && [ ! -e n ]
verdict "a dry run shows the design" "status $status"
for design in random lhs sobol morris saltelli; do
    ebb sweep small.ini -o "drawn-$design" --design $design --points 4 -r 2 --vary bass.p=0.01:0.1 && [ -s "drawn-$design/points.csv" ]
    verdict "design $design" "status $status"
done
printf 'bass.p,bass.degree\n0.01,4\n0.02,8\n' >points.csv
ebb sweep plain.ini -o listed --design list --list points.csv -r 2 && [ "$(wc -l <listed/runs.csv)" -eq 5 ]
verdict "design list" "status $status"
printf 'bass.p,bass.degree\n0.01,4\n0.03,8\n' >points.csv
refused "a list that changed" 3 "holds another sweep" sweep plain.ini -o listed --design list --list points.csv -r 2 --resume

printf 'bass.p,bass.degree\n0.02,4\n0.02,4\n0.03,4\n' >points.csv
ebb sweep plain.ini -o luck --design list --list points.csv -r 9 && ebb export luck
awk -F, 'NR > 1 {point = ($1 - 1) % 3; r = int(($1 - 1) / 3); $1 = ""; rows[point] = rows[point] " " r $0}
    END {exit !(rows[0] == rows[1] && rows[0] != rows[2])}' "$tmp/out"
verdict "points share their luck" "the same settings gave other numbers, or other settings the same"

# --- a full disk ---
mkdir small
if mount -t tmpfs -o size=600k tmpfs small 2>/dev/null; then
    ebb sweep long.ini -o small/out -j2 --keep weekly
    [ "$status" -eq 1 ] && grep -q 'disk is full' "$tmp/err" && ebb export small/out --what runs
    verdict "a full disk keeps what is committed" "status $status"
    rm -rf small/out && head -c 580000 /dev/zero >small/filling
    ebb merge shard4 shard1 shard5 shard3 shard2 -o small/merged
    [ "$status" -eq 1 ] && grep -q 'disk is full' "$tmp/err" && [ ! -e small/merged ]
    verdict "a full disk leaves nothing half put together" "status $status, $(ls small/merged 2>/dev/null)"
else
    echo "skip sweep: a full disk: nothing can be mounted here"
fi
exit $failed
