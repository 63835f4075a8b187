#!/bin/sh
# ebb replay, as a user would: any stored run again, the same bytes, a teacher followed, and what cannot be made again.
. "$(dirname "$0")/../shell.sh"
replay() # OPTIONS…
{
    ebb replay "$@"
}

cat >"$tmp/school.ini" <<'END_OF'
[run]
weeks = 67w
replicates = 6
seed = 2385
[school]
teachers = 23
units = 3
count = 2
settle = 31w
[strategy coaching]
start = 11w
end = 41w
coaches = 2
workshop_hours = 0.7
ideas = 3
[output]
every = 7w
charts = no
END_OF
ebb run "$tmp/school.ini" -o "$tmp/stored" -q
verdict "a result to start from" "ebb run failed"
ebb run "$tmp/school.ini" --set output.every=1w -o "$tmp/weekly" -q

replay "$tmp/stored" --run 4
[ "$status" -eq 0 ] && grep -q "all 22 stored rows are the same" "$tmp/out"
verdict "run 4 is the same" "status $status, $(cat "$tmp/out")"
head -1 "$tmp/weekly/series.csv" >"$tmp/want" && grep '^4,' "$tmp/weekly/series.csv" >>"$tmp/want"
cmp -s "$tmp/want" "$tmp/stored/run-4/series.csv"
verdict "its weekly rows are those of a run that kept every week" "series.csv differs"

# Every run of a result, joined, is the weekly result.
head -1 "$tmp/weekly/series.csv" >"$tmp/joined"
for n in 1 2 3 4 5 6; do
    replay "$tmp/stored" --run $n -o "$tmp/all/$n" -j 1 -q && tail -n +2 "$tmp/all/$n/series.csv" >>"$tmp/joined"
done
cmp -s "$tmp/joined" "$tmp/weekly/series.csv"
verdict "all runs one by one are the whole" "rows differ"

replay "$tmp/stored" --run 5 --snapshots 0w,13w,66w -o "$tmp/nets" -q
[ "$(cut -d, -f1,2 "$tmp/nets/nodes.csv" | sort -u | grep -v run | tr '\n' ' ')" = "5,0 5,13 5,66 " ]
verdict "networks at the weeks asked for" "nodes.csv has $(cut -d, -f1,2 "$tmp/nets/nodes.csv" | sort -u | tr '\n' ' ')"

# A teacher followed: nothing of the run changes, and the tables agree with each other.
replay "$tmp/stored" --run 4 --trace teacher=17 --school 2 -o "$tmp/trace"
[ "$status" -eq 0 ] && cmp -s "$tmp/stored/run-4/series.csv" "$tmp/trace/series.csv"
verdict "following a teacher changes nothing" "status $status or series.csv differs"
replay "$tmp/stored" --run 4 --trace teacher=17 --school 2 -o "$tmp/trace2" -q
cmp -s "$tmp/trace/trace_ideas.csv" "$tmp/trace2/trace_ideas.csv"
verdict "the trace is the same bytes again" "trace_ideas.csv differs"
# Runs of a sweep: of their point, by their number, whatever weeks it kept.
cat "$tmp/school.ini" >"$tmp/sweep.ini"
printf '[vary school.teachers]\nvalues = 11, 16, 23\n[vary strategy coaching.coaches]\nvalues = 0:2:1\n' >>"$tmp/sweep.ini"
for keep in summary yearly weekly; do
    ebb sweep "$tmp/sweep.ini" --keep $keep -r 2 -o "$tmp/swept-$keep" -q
    replay "$tmp/swept-$keep" --run 13 --trace teacher=11
    [ "$status" -eq 0 ] && grep -q "stored rows are the same" "$tmp/out" && [ "$(sed -n 2p "$tmp/swept-$keep/run-13/runs.csv" | cut -d, -f1,3,4)" = "13,4,2" ]
    verdict "a run of a sweep that kept $keep rows" "status $status, $(cat "$tmp/out")"
done
grep -q "all 136 stored rows" "$tmp/out" && cmp -s "$tmp/swept-summary/run-13/series.csv" "$tmp/swept-weekly/run-13/series.csv"
verdict "its weekly rows are those of a sweep that kept every week" "$(head -1 "$tmp/out") or series.csv differs"
ebb run "$tmp/swept-summary/run-13/config.ini" -r 2 --set output.charts=no -o "$tmp/point" -q
grep '^2,' "$tmp/point/series.csv" | cut -d, -f2- >"$tmp/want"
tail -n +2 "$tmp/swept-summary/run-13/series.csv" | cut -d, -f2- | cmp -s - "$tmp/want"
verdict "its config.ini runs that point" "series.csv differs"

refused "no run asked for" 2 "needs --run N" replay "$tmp/stored"
refused "run 0" 2 "--run is '0'; allowed: a whole number from 1" replay "$tmp/stored" --run 0
refused "run 7 of 6" 2 "holds no run 7; it has runs 1 to 6" replay "$tmp/stored" --run 7
refused "a network after the end" 2 "--snapshots asks for week 3960; the run ends at week" replay "$tmp/stored" --run 1 --snapshots 0w,99y -o "$tmp/late"
refused "no result" 3 "cannot be read" replay "$tmp/nowhere" --run 1
mkdir "$tmp/empty"
refused "an empty folder" 3 "holds no result" replay "$tmp/empty" --run 1
refused "a folder that is taken" 3 "holds a result already" replay "$tmp/stored" --run 4
refused "a trace of nobody" 2 "there is no teacher '99'; the school has teachers 1 to 23" replay "$tmp/stored" --run 1 --trace teacher=99 -o "$tmp/no"
refused "a trace of something else" 2 "follows a teacher: --trace teacher=17" replay "$tmp/stored" --run 1 --trace pupil=3 -o "$tmp/no"
refused "a trace in a school that is not there" 2 "there is no school 3; there are schools 1 to 2" replay "$tmp/stored" --run 1 --trace teacher=1 --school 3 -o "$tmp/no"
refused "a school without a trace" 2 "--school says where --trace looks" replay "$tmp/stored" --run 1 --school 2 -o "$tmp/no"
refused "a wrong week" 3 "output.snapshots" replay "$tmp/stored" --run 1 --snapshots 3x -o "$tmp/no"
[ ! -e "$tmp/no" ]
verdict "what is refused writes nothing" "there is a folder"
printf '[run]\nmodel = bass\nweeks = 9w\nreplicates = 2\n[output]\ncharts = no\n' >"$tmp/bass.ini"
"$EBB" run "$tmp/bass.ini" -o "$tmp/bass" -q && refused "a model that follows nobody" 2 "the model bass follows nobody" replay "$tmp/bass" --run 1 --trace teacher=1
replay "$tmp/bass" --run 2
[ "$status" -eq 0 ] && grep -q "all 10 stored rows" "$tmp/out"
verdict "bass again" "status $status"
if ! command -v python3 >/dev/null; then
    echo "skip replay: tables of a trace and touched databases: no python3"
    exit $failed
fi
cat >"$tmp/trace.py" <<'END_OF'
import csv, sys
folder = sys.argv[1]
table = lambda name: list(csv.DictReader(open(f"{folder}/{name}.csv")))
weeks, talks, ideas, ties = table("trace"), table("trace_talks"), table("trace_ideas"), table("trace_ties")
assert [int(w["week"]) for w in weeks] == list(range(68)), "a row a week"
with_whom = {(t["week"], t["with"]) for t in talks}
sets = {"known": set(), "valued": set(), "used": set()}
changes, n, learned = {}, 0, 0
for row in ideas:
    changes.setdefault(int(row["week"]), []).append(row)
for week in sorted(set(changes) | set(range(68))):
    for row in changes.get(week, []):
        mine, idea = sets[row["rung"]], int(row["idea"])
        assert (row["change"] == "gained") == (idea not in mine), f"week {week}: idea {idea} {row['change']} twice"
        (mine.add if row["change"] == "gained" else mine.remove)(idea)
        if row["from"] != "NA":
            learned += 1
            name = row["from"].replace(" (gone since)", "")
            assert row["lineage"].startswith(row["from"]), "a lineage begins with whom it came from"
            assert row["lineage"].count(" < ") + 1 == int(row["hands"]), "hands are counted"
            if week > 0:
                assert (row["week"], name) in with_whom, f"week {week}: learned from {name} without a talk"
    if week >= 0:
        for rung, mine in sets.items():
            want = {int(i) for i in weeks[week][f"{rung}_ideas"].split()}
            assert mine == want and len(mine) == int(weeks[week][rung]), f"week {week}: {rung} {mine ^ want}"
        assert int(weeks[week]["talks"]) == sum(t["week"] == str(week) for t in talks)
        assert int(weeks[week]["ties"]) == sum(t["week"] == str(week) for t in ties)
assert learned > 5 and any(r["how"] == "own attempt" for r in ideas), "something was learned"
END_OF
python3 "$tmp/trace.py" "$tmp/trace" 2>"$tmp/err"
verdict "sets, talks, ties and lineages agree in every week" "$(tail -1 "$tmp/err")"

# What is not the same is told.
cp -r "$tmp/stored" "$tmp/touched"
sql "$tmp/touched/results.db" "UPDATE series SET trust = trust + 1e-15 WHERE run = 2 AND week = 35 AND school = 2"
refused "a stored number that was touched" 1 "trust of school 2 in week 35 is" replay "$tmp/touched" --run 2
cp -r "$tmp/stored" "$tmp/other"
sed -i 's/^teachers = 23/teachers = 24/' "$tmp/other/config.ini"
refused "a configuration that was touched" 1 "does not come out as stored" replay "$tmp/other" --run 2
cp -r "$tmp/stored" "$tmp/older"
sql "$tmp/older/results.db" "UPDATE meta SET value = '0.0.3' WHERE key = 'version'"
refused "another version" 3 "was made by ebb 0.0.3" replay "$tmp/older" --run 2
# Another build of this version, with other measures or settings: both builds are named, and what differs.
cp -r "$tmp/stored" "$tmp/built"
sql "$tmp/built/results.db" "UPDATE meta SET value = 'abc1234' WHERE key = 'commit'"
replay "$tmp/built" --run 2
verdict "another build that has the same measures" "status $status"
cp "$tmp/built/config.ini" "$tmp/kept.ini"
echo 'wizardry = 3' >>"$tmp/built/config.ini"
replay "$tmp/built" --run 2 --force
[ "$status" -eq 3 ] && grep -q "no key 'wizardry'" "$tmp/err" && grep -q 'another build, ebb .* of commit abc1234; this is ebb .* of commit ' "$tmp/err"
verdict "another build, whose settings are others" "status $status"
cp "$tmp/kept.ini" "$tmp/built/config.ini"
sql "$tmp/built/results.db" "UPDATE column SET name = 'trusting' WHERE name = 'trust'"
sql "$tmp/built/results.db" "ALTER TABLE series RENAME COLUMN trust TO trusting"
replay "$tmp/built" --run 2 --force
[ "$status" -eq 3 ] && grep -q 'it alone has trusting; here alone is trust: its runs cannot be made again' "$tmp/err" &&
    grep -q 'another build, ebb .* of commit abc1234; this is ebb .* of commit ' "$tmp/err"
verdict "another build, whose measures are others" "status $status"
cp -r "$tmp/stored" "$tmp/whole"
refused "over the result itself" 2 "is the result itself" replay "$tmp/whole" --run 2 -o "$tmp/whole/." --force
same "$tmp/stored" "$tmp/whole"
verdict "which is left as it is" "it differs"
cp -r "$tmp/stored" "$tmp/lucky"
sql "$tmp/lucky/results.db" "UPDATE meta SET value = '77' WHERE key = 'stream_layout'"
refused "another layout of random numbers" 3 "by layout 77" replay "$tmp/lucky" --run 2
cp -r "$tmp/stored" "$tmp/gaps"
sql "$tmp/gaps/results.db" "DELETE FROM run WHERE run = 3"
refused "a run that is missing" 2 "holds no run 3; it has some of runs 1 to 6" replay "$tmp/gaps" --run 3
sql "$tmp/gaps/results.db" "UPDATE run SET status = 'failed', message = 'week 3: odd' WHERE run = 2"
refused "a failed run that does not fail again" 1 "it had failed and now did not: week 3: odd" replay "$tmp/gaps" --run 2

exit $failed
