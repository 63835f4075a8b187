#!/bin/sh
# ebb run, as a user would: the same bytes whatever the threads, Ctrl-C, full disks, folders that are taken, odd sizes.
. "$(dirname "$0")/../shell.sh"
run() # OPTIONS…
{
    ebb run "$@"
}
trap 'umount "$tmp/small" 2>/dev/null; rm -rf "$tmp"' EXIT

cat >"$tmp/spread.ini" <<'END'
[run]
title = Ausbreitung, "schnell"
model = bass
weeks = 83w
replicates = 13
seed = 0xfeedfacecafebeef
[bass]
people = 47
mixing = network
degree = 3.5
p = 0.4
q = 2.385
[output]
every = 4w
snapshots = 0w, 9w, 83w
snapshot_runs = 3
END
cat >"$tmp/school.ini" <<'END'
[run]
weeks = 61w
replicates = 9
[school]
teachers = 23
units = 3
[strategy shared planning]
start = 20w
end = 50w
ramp = 8w
time = +0.4
cost = 2.5
[output]
snapshots = 0w, 61w
END

for config in spread school; do
    run "$tmp/$config.ini" -j1 -o "$tmp/$config-1" && [ "$status" -eq 0 ]
    verdict "$config" "status $status"
    run "$tmp/$config.ini" -j4 -q -o "$tmp/$config-4" && same "$tmp/$config-1" "$tmp/$config-4"
    verdict "$config: one thread and four give the same bytes" "they differ"
    [ ! -s "$tmp/out" ] && [ ! -s "$tmp/err" ]
    verdict "$config: -q is quiet" "it said something"
    run "$tmp/$config-1/config.ini" -q -o "$tmp/$config-again" && same "$tmp/$config-1" "$tmp/$config-again"
    verdict "$config: the resolved configuration gives the same bytes" "they differ"
    for file in manifest.json config.ini results.db runs.csv series.csv summary.csv nodes.csv ties.csv lineage.csv columns.csv; do
        [ -s "$tmp/$config-1/$file" ] || break
    done
    verdict "$config: every file is there" "$file is not"
    ! ls "$tmp/$config-1" | grep -q -e part -e journal
    verdict "$config: nothing unfinished is left" "$(ls "$tmp/$config-1" | tr '\n' ' ')"
    run "$tmp/$config.ini" --verify -r 2 -q -o "$tmp/$config-verified" && [ "$status" -eq 0 ]
    verdict "$config: every invariant holds every week" "status $status"
done
[ "$(rows "$tmp/spread-1/runs.csv")" -eq 13 ] && [ "$(rows "$tmp/spread-1/series.csv")" -eq $((13 * 22)) ] &&
    [ "$(rows "$tmp/spread-1/summary.csv")" -eq $((22 * 4)) ] && [ "$(rows "$tmp/spread-1/nodes.csv")" -eq $((3 * 3 * 47)) ]
verdict "as many rows as asked" "$(wc -l "$tmp"/spread-1/*.csv | tr '\n' ' ')"
run "$tmp/spread.ini" -s 7 -q -o "$tmp/other" && ! cmp -s "$tmp/other/series.csv" "$tmp/spread-1/series.csv"
verdict "another seed gives other numbers" "they are the same"
run "$tmp/spread.ini" -r 5 -q -o "$tmp/five" && head -n $((1 + 5 * 22)) "$tmp/spread-1/series.csv" | cmp -s - "$tmp/five/series.csv"
verdict "fewer runs are the first of many" "they differ"

# What is told
run "$tmp/school.ini" -o "$tmp/told" && grep -q '^  personal  *0\.' "$tmp/out" && grep -q 'interest .* %' "$tmp/out" &&
    grep -q 'shared planning: 2.5 a week for 30 weeks = 75' "$tmp/out" && grep -qF "results in $tmp/told" "$tmp/out"
verdict "the summary tells capacities, layers, costs and where" "$(tr '\n' '|' <"$tmp/out")"
run "$tmp/school.ini" -o "$tmp/open" --set "strategy shared planning.end=never" && grep -q 'shared planning: 2.5 a week for' "$tmp/out" &&
    awk '/a week for/ {told += $NF} / a school over the run/ {spent = $2} END {exit !(told > 0 && told == spent)}' "$tmp/out"
verdict "a strategy without an end costs what it is told to cost" "$(grep -A4 '^costs' "$tmp/out" | tr '\n' '|')"
for chart in series network; do
    [ -s "$tmp/told/$chart.png" ] && [ -s "$tmp/told/$chart.svg" ] && [ -s "$tmp/told/$chart.pdf" ] || break
done
verdict "charts are drawn" "$chart is missing"
run "$tmp/school.ini" -q -o "$tmp/more" --set "output.more_charts=layers, spectrum"
[ "$status" -eq 0 ] && [ -s "$tmp/more/layers.svg" ] && [ -s "$tmp/more/spectrum.png" ] && [ -s "$tmp/more/series.png" ] && [ ! -e "$tmp/more/rings.png" ]
verdict "so are those asked for besides" "status $status, $(ls "$tmp/more" | tr '\n' ' ') $(cat "$tmp/err")"
run "$tmp/school.ini" -q -o "$tmp/alone" --set "output.more_charts=network-of-schools"
[ "$status" -eq 0 ] && [ ! -e "$tmp/alone/network-of-schools.png" ] && [ -s "$tmp/alone/series.png" ] &&
    grep -q "warning: no picture 'network-of-schools'" "$tmp/err"
verdict "one that has nothing to show is told and stops nothing" "status $status, $(cat "$tmp/err")"
sed 's/^\[output\]$/&\nmore_charts = layer, heat/' "$tmp/school.ini" >"$tmp/wrong.ini"
run "$tmp/wrong.ini" -q -o "$tmp/unknown"
[ "$status" -eq 3 ] && [ ! -e "$tmp/unknown" ] && [ "$(grep -c "wrong.ini:[0-9]*: output.more_charts: '" "$tmp/err")" -eq 2 ] &&
    grep -q "'layer' is no chart; .* did you mean layers?" "$tmp/err" && grep -q "'heat' is no chart of runs" "$tmp/err"
verdict "an unknown one is told before anything runs, with the nearest" "status $status, $(cat "$tmp/err")"
run "$tmp/school.ini" -n -o "$tmp/dry" && [ "$status" -eq 0 ] && [ ! -e "$tmp/dry" ] && grep -q 'Nothing was run' "$tmp/out"
verdict "-n does nothing" "status $status"
mkdir "$tmp/here"
(cd "$tmp/here" && run ../spread.ini -q && [ "$status" -eq 0 ] && [ -s out/spread/runs.csv ])
verdict "without -o results are in out/SCENARIO" "$(ls "$tmp/here" 2>&1)"
run "$tmp/spread.ini" --progress=plain -o "$tmp/plain" && [ ! -s "$tmp/err" ]
verdict "no progress line before a minute is over" "there is one"

# Folders
refused "a result is not overwritten" 3 "holds a result already" run "$tmp/spread.ini" -o "$tmp/five"
echo "dear diary" >"$tmp/five/diary.txt"
run "$tmp/spread.ini" -r 2 -q --force -o "$tmp/five" && [ "$status" -eq 0 ] && [ "$(cat "$tmp/five/diary.txt")" = "dear diary" ] &&
    [ "$(rows "$tmp/five/runs.csv")" -eq 2 ]
verdict "--force replaces the result and nothing else" "status $status"
run "$tmp/spread.ini" -q --force --set output.charts=no -o "$tmp/five" && ! ls "$tmp/five" | grep -qE 'png|svg|pdf'
verdict "pictures of an earlier result go with it" "$(ls "$tmp/five" | tr '\n' ' ')"
mkdir "$tmp/web" && echo '{"name": "a web app"}' >"$tmp/web/manifest.json"
# Two that began at once found the folder empty; while the one is kept waiting, the other has filled it.
cp "$tmp/spread.ini" "$tmp/again.ini"
for late in run sweep compare; do
    mkdir "$tmp/late" && cp -R "$tmp/five" "$tmp/first"
    flock "$tmp/late" sh -c "touch '$tmp/held'; sleep 0.2; cp -R '$tmp/first/.' '$tmp/late'" &
    until [ -e "$tmp/held" ]; do sleep 0.01; done
    set -- "$tmp/spread.ini" -r 3
    [ $late = sweep ] && set -- "$@" --vary bass.p=0.01,0.02
    [ $late = compare ] && set -- "$@" "$tmp/again.ini"
    ebb $late "$@" -q -o "$tmp/late"
    status=$?
    wait
    [ $status -ne 0 ] && grep -qE 'holds a result already|has not ended' "$tmp/err" && diff -r "$tmp/first" "$tmp/late"
    verdict "ebb $late: what another ebb has just finished is not replaced" "status $status"
    rm -r "$tmp/late" "$tmp/first" "$tmp/held"
done
refused "a folder with something else in it is left alone" 3 "is not empty" run "$tmp/spread.ini" -o "$tmp/web"
refused "somebody else's manifest.json is not replaced" 3 "somebody else's" run "$tmp/spread.ini" --force -o "$tmp/web"
refused "a file is no folder" 3 "is no folder" run "$tmp/spread.ini" -o "$tmp/spread.ini"
refused "nothing fits below a file" 3 "Not a directory" run "$tmp/spread.ini" -o "$tmp/spread.ini/deep/er"
refused "a device is no folder" 3 "is no folder" run "$tmp/spread.ini" -o /dev/full
refused "an empty name" 2 "empty name" run "$tmp/spread.ini" -o ''
if [ "$(id -u)" -ne 0 ]; then
    mkdir -m 555 "$tmp/closed"
    refused "a closed folder" 3 "Permission denied" run "$tmp/spread.ini" -o "$tmp/closed/in"
else
    echo "skip run: a closed folder: root may write anywhere"
fi

# Sizes
refused "no runs" 3 "run.replicates" run "$tmp/spread.ini" -r 0 -o "$tmp/none"
refused "no weeks" 3 "run.weeks" run "$tmp/spread.ini" --set run.weeks=0 -o "$tmp/none"
[ ! -e "$tmp/none" ]
verdict "what is refused leaves no folder" "$tmp/none is there"
run "$tmp/spread.ini" --set run.weeks=1 --set output.every=1w --set output.snapshots=0w -r 1 -o "$tmp/one" && [ "$status" -eq 0 ] &&
    [ "$(rows "$tmp/one/series.csv")" -eq 2 ] && grep -q '^bass,\|^spread,0,1,adopters,1,[^,]*,NA,.*,NA,NA$' "$tmp/one/summary.csv"
verdict "one run of one week; what one run cannot tell is NA" "status $status"
run "$tmp/spread.ini" --set bass.mixing=well_mixed --set bass.markets=3 --set output.level=all -q -o "$tmp/all" &&
    [ "$(rows "$tmp/all/series.csv")" -eq $((13 * 22)) ] && [ "$(sed -n 2p "$tmp/all/series.csv" | cut -d, -f3)" = 0 ]
verdict "a row for the mean of all" "$(head -2 "$tmp/all/series.csv" | tail -1)"
refused "more memory than there is" 3 "raise output.every" run "$tmp/spread.ini" --set bass.mixing=well_mixed \
    --set bass.markets=100000 --set run.weeks=400000w --set output.every=1w -o "$tmp/huge"
[ ! -e "$tmp/huge" ]
verdict "that is seen before anything is made" "$tmp/huge is there"
cp "$tmp/spread.ini" "$tmp/moved.ini"
"$EBB" run "$tmp/moved.ini" -r 100000 --set output.every=1w -q -o "$tmp/gigabyte" >"$tmp/out" 2>"$tmp/err" &
pid=$!
await "$tmp/gigabyte/runs.csv.part" 3000
grep -q 'this will write about [0-9.]* GB' "$tmp/err"
verdict "a gigabyte is announced" "it is not"

# Ctrl-C: the run above has just begun. A shell's background jobs ignore SIGINT, so SIGTERM stands in for it.
rm "$tmp/moved.ini" # what was read need not be there any more
kill -TERM $pid
wait $pid
status=$?
kept=$(rows "$tmp/gigabyte/runs.csv")
[ "$status" -eq 130 ] && grep -qE "interrupted: $kept of 100000 runs are kept; missing: [0-9, -]*-100000;" "$tmp/err"
verdict "an interrupted run says what is kept" "status $status, $kept runs"
[ "$kept" -gt 0 ] && [ "$(rows "$tmp/gigabyte/series.csv")" -eq $((kept * 84)) ] && [ -s "$tmp/gigabyte/summary.csv" ] &&
    grep -q '"status": "interrupted"' "$tmp/gigabyte/manifest.json" && grep -q '"missing": "[0-9]' "$tmp/gigabyte/manifest.json"
verdict "finished runs are whole, missing ones are listed" "$kept runs"
grep -q "\"sha256\": \"$(sha256sum <"$tmp/spread.ini" | cut -d' ' -f1)\"" "$tmp/gigabyte/manifest.json"
verdict "the manifest tells the checksum of what was read, not of what is there at the end" "$(grep -A4 inputs "$tmp/gigabyte/manifest.json")"
n=$(head -$((kept < 3 ? kept + 1 : 4)) "$tmp/gigabyte/runs.csv" | tail -1 | cut -d, -f1)
"$EBB" export "$tmp/gigabyte" | grep "^$n," >"$tmp/kept" && "$EBB" run "$tmp/spread.ini" -r "$n" --set output.every=1w -q \
    -o "$tmp/check" >/dev/null 2>&1 && "$EBB" export "$tmp/check" | grep "^$n," | cmp -s - "$tmp/kept"
verdict "a kept run is the one that an undisturbed command gives" "run $n differs"

# Killed without warning: committed runs can be read, and --force starts again
"$EBB" run "$tmp/spread.ini" -r 100000 --set output.every=1w -q -o "$tmp/killed" >/dev/null 2>&1 &
pid=$!
await "$tmp/killed/runs.csv.part" 3000
await "$tmp/killed/runs.csv.part" "$(size "$tmp/killed/runs.csv.part")" # a further batch, so that the first is committed
kill -KILL $pid
wait $pid 2>/dev/null
[ "$("$EBB" export "$tmp/killed" --what runs 2>"$tmp/err" | wc -l)" -gt 1 ]
verdict "after a kill the committed runs are there" "they are not"
run "$tmp/spread.ini" -q --force -o "$tmp/killed" && same "$tmp/spread-1" "$tmp/killed"
verdict "after a kill --force makes a whole result" "status $status"

# A full disk
limited() # BLOCKS DIR: files may not grow beyond
{
    (ulimit -f "$1" && ebb run "$tmp/spread.ini" -r 2000 -q -o "$2")
    status=$?
}
limited 400 "$tmp/limited"
kept=$(rows "$tmp/limited/runs.csv")
[ "$status" -eq 1 ] && [ "$kept" -gt 10 ] && grep -q "$kept of 2000 runs are kept" "$tmp/err" &&
    [ "$(rows "$tmp/limited/series.csv")" -eq $((22 * kept)) ]
verdict "too little room keeps the runs that had some" "status $status, $kept runs"
if [ "$(id -u)" -eq 0 ] && mkdir "$tmp/small" && mount -t tmpfs -o size=900k none "$tmp/small" 2>/dev/null; then
    run "$tmp/spread.ini" -r 2000 -q -o "$tmp/small/x"
    kept=$(rows "$tmp/small/x/runs.csv")
    [ "$status" -eq 1 ] && [ "$kept" -gt 5 ] && grep -q 'No space left\|disk is full' "$tmp/err" &&
        [ "$("$EBB" export "$tmp/small/x" --what runs | wc -l)" -eq $((kept + 1)) ]
    verdict "a full disk keeps the runs that had room" "status $status, $kept runs"
    umount "$tmp/small"
else
    echo "skip run: a full disk: only root can make a small one"
fi
"$EBB" run "$tmp/spread.ini" -o "$tmp/full" >/dev/full 2>"$tmp/err"
[ $? -eq 1 ] && grep -q 'standard output cannot be written' "$tmp/err" && [ "$(rows "$tmp/full/runs.csv")" -eq 13 ]
verdict "a full standard output is told, and the result is there" "it is not"

# One large group is cut in parts for the threads; an anchored one and DeGroot's answer on the way, from files
printf '[run]\nmodel = influence\nweeks = 12w\nreplicates = 1\n[influence]\npeople = 40000\n[output]\ncharts = no\nsnapshot_runs = 0\n' >"$tmp/large.ini"
run "$tmp/large.ini" -q -j 1 -o "$tmp/large-1" && run "$tmp/large.ini" -v -j 4 -o "$tmp/large-4" && grep -q 'on 4 threads' "$tmp/out" &&
    cmp -s "$tmp/large-1/results.db" "$tmp/large-4/results.db" && cmp -s "$tmp/large-1/series.csv" "$tmp/large-4/series.csv"
verdict "a large group on four threads has the bytes of one" "they differ, or it ran on one thread"
printf 'id\na\nb\nc\n' >"$tmp/three.csv" && printf 'from,to\na,b\na,c\nb,a\nc,b\n' >"$tmp/three-ties.csv"
printf '[run]\nmodel = influence\nweeks = 200w\nreplicates = 1\n[influence]\nroster = three.csv\nnetwork = three-ties.csv\nnoise = 0
self = 0.33333333333333333, 0.5, 0.75\nopinions = 11, 22, 33\n[output]\ncharts = no\n' >"$tmp/three.ini"
run "$tmp/three.ini" -q -o "$tmp/three" && tail -1 "$tmp/three/series.csv" | grep -q '^1,200,1,23,'
verdict "three people agree as DeGroot says" "$(tail -1 "$tmp/three/series.csv")"
refused "opinions of too few" 3 "influence.opinions has 2 entries for 3 people" run "$tmp/three.ini" --set "influence.opinions=1, 2" -o "$tmp/few"

# Every configuration of the project
for config in configs/*.ini configs/*/*.ini; do
    [ -e "$config" ] || continue
    run "$config" --verify --set run.weeks=30w --set output.snapshots=0w,30w -r 2 -q -o "$tmp/config-$(basename "$config")" &&
        [ "$status" -eq 0 ]
    verdict "$config" "status $status"
done

# Selftest
"$EBB" selftest >"$tmp/out" 2>"$tmp/err" && grep -q '^all [0-9]* checks passed' "$tmp/out" && ! grep -q '^not ok' "$tmp/out"
verdict "selftest" "$(grep '^not ok' "$tmp/out")"
exit $failed
