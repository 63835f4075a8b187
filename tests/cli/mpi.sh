#!/bin/sh
# mpirun ebb sweep, as a user would: the same bytes as alone; ranks that are killed, and Ctrl-C, lose nothing that was
# finished; what cannot be is one sentence. Where Open MPI is not installed or not compiled in, the sentence that says so.
. "$(dirname "$0")/../shell.sh"
cd "$tmp" || exit 1
cat >small.ini <<'END_INI'
[run]
model = bass
weeks = 3y
replicates = 7
seed = 2385
[output]
charts = no
[bass]
people = 150
[vary bass.p]
values = 0.005:0.02:0.005
[vary bass.degree]
values = 4, 8, 16
END_INI

# --- without MPI: what srun's and mpirun's environment say ---
SLURM_STEP_NUM_TASKS=3 SLURM_PROCID=0 "$EBB" sweep small.ini -o n 2>err
[ $? -eq 2 ] && grep -q 'srun has started 3 copies that do not know of each other' err && [ ! -e n ]
verdict "copies that do not know of each other" "not refused"
SLURM_STEP_NUM_TASKS=3 SLURM_PROCID=1 "$EBB" sweep small.ini -o n 2>err && [ ! -s err ] && [ ! -e n ]
verdict "one of them speaks for all" "the second spoke too"
SLURM_STEP_NUM_TASKS=3 SLURM_PROCID=1 "$EBB" sweep small.ini -o strange --shard 2/3 -q 2>err
verdict "copies that know their shard" "status $?"
OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0 "$EBB" sweep small.ini -o whole -q 2>err && grep -q 'one rank only' err
verdict "one rank only" "status $?"
if ! command -v mpirun >/dev/null || ! grep -q '"openmpi"' whole/manifest.json; then
    if ! grep -q '"openmpi"' whole/manifest.json; then
        OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_RANK=0 "$EBB" sweep small.ini -o n -q 2>err
        [ $? -eq 2 ] && grep -q 'built without Open MPI' err && [ ! -e n ]
        verdict "ranks of a build without Open MPI" "not refused"
    fi
    skip "no mpirun, or built without Open MPI (apt-get install libopenmpi-dev openmpi-bin, then make)"
fi

# Ranks may be more than processors, and root may start them; what a leak checker finds in Open MPI is not ours.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl=self,vader,tcp
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
ranks() # N COMMAND OPTIONS…: status in $status
{
    n=$1
    shift
    timeout 120 mpirun -n "$n" "$EBB" "$@" >out 2>err
    status=$?
}
refused() # NAME STATUS SENTENCE COMMAND OPTIONS…: of three ranks, and once, not once a rank
{
    name=$1 want=$2 sentence=$3
    shift 3
    ranks 3 "$@"
    [ "$status" -eq "$want" ] && [ "$(grep -cF -- "$sentence" err)" -eq 1 ]
    verdict "$name" "status $status, wanted $want and once '$sentence'"
}
wait_more() # OUT: until its database has grown by some runs
{
    before=$(size "$1/results.db")
    await "$1/results.db" $(((before > STORED ? before : STORED) + 20000))
}

# Each rank leaves its number before it becomes ebb.
cat >rank.sh <<'END_SH'
echo $$ >"rank-$OMPI_COMM_WORLD_RANK"
exec "$EBB" "$@"
END_SH

# --- the same bytes ---
ranks 4 sweep small.ini -o four && [ "$status" -eq 0 ] && same whole four
verdict "four ranks as none" "status $status or bytes differ"
ranks 2 sweep small.ini -o threads -j2 && [ "$status" -eq 0 ] && same whole threads
verdict "two ranks of two threads as none" "status $status or bytes differ"
grep -q '"threads": 4' threads/manifest.json
verdict "the manifest counts all threads" "$(grep threads threads/manifest.json)"
ranks 3 sweep small.ini -o fewer -r 3 && ranks 3 sweep small.ini -o fewer --extend replicates=7 && same whole fewer
verdict "extended by ranks" "status $status or bytes differ"
ranks 12 sweep small.ini -o many -r 1 --vary bass.p=0.01,0.02 --vary bass.degree=4 && [ "$(wc -l <many/runs.csv)" -eq 3 ]
verdict "more ranks than runs" "status $status"
ranks 3 sweep small.ini -o n -n && [ "$(grep -c 'Nothing was run' out)" -eq 1 ] && [ ! -e n ]
verdict "a dry run is told once" "status $status"

# --- what is refused: once, whatever the number of ranks ---
refused "a folder that is taken" 3 "holds a result already" sweep small.ini -o whole
refused "--shard with mpirun" 2 "leave --shard out" sweep small.ini -o n --shard 1/3
refused "no configuration" 3 "cannot be read" sweep nowhere.ini -o n
refused "an unknown setting" 3 "has no key 'pepole'" sweep small.ini -o n --set bass.pepole=3
refused "a file where the folder should be" 3 "small.ini" sweep small.ini -o small.ini
mkdir -p sealed && chmod 500 sealed && mount --bind sealed sealed 2>/dev/null && mount -o remount,ro,bind sealed 2>/dev/null && {
    refused "a place that is read only" 3 "sealed" sweep small.ini -o sealed/out
}
umount sealed 2>/dev/null
[ ! -e n ]
verdict "what was refused left nothing behind" "there is a folder n"
sed 's/people = 150/people = 151/' small.ini >other.ini
cat >apart.sh <<'END_SH'
file=small.ini
[ "$OMPI_COMM_WORLD_RANK" = 1 ] && file=$1
exec "$EBB" sweep $file -o apart
END_SH
timeout 60 mpirun -n 3 sh apart.sh other.ini >out 2>err
[ $? -eq 3 ] && grep -q 'rank 1 on .* another sweep' err && [ ! -e apart ]
verdict "a rank with another configuration" "not refused"
timeout 60 mpirun -n 3 sh apart.sh nowhere.ini >out 2>err
[ $? -eq 3 ] && grep -q 'rank 1 on .*nowhere.ini: cannot be read' err && [ ! -e apart ]
verdict "a rank without the configuration" "not refused"

# --- killed and interrupted ---
cat >long.ini <<'END_INI'
[run]
weeks = 10y
replicates = 60
[output]
charts = no
[school]
teachers = 100
[vary structures.time]
values = 0:1/6
[vary structures.learning]
values = 0.1, 0.4
END_INI
# About six seconds of one core, whatever this build and machine take: long enough to be killed four times.
seconds=$(sh -c '"$EBB" sweep long.ini -o timing -r 4 -j1 -q; times' 2>err | tail -n 1 | sed 's/^\([0-9]*\)m\([0-9.]*\)s.*/\1 \2/' | awk '{print 60 * $1 + $2}')
replicates=$(awk "BEGIN {r = int(4 * 6 / ($seconds + 0.001)); print (r < 20 ? 20 : r > 300 ? 300 : r)}")
sed "s/^replicates.*/replicates = $replicates/" long.ini >timed.ini && mv timed.ini long.ini
all=$((12 * replicates))
"$EBB" sweep long.ini -o long -q
held=0 lost=no
for rank in 2 0 1; do
    mpirun -n 3 sh rank.sh sweep long.ini -o killed --resume -q >out 2>err &
    pid=$!
    wait_more killed
    kill -9 "$(cat rank-$rank)" 2>/dev/null
    wait $pid
    now=$(stored killed)
    [ "$now" -gt "$held" ] && [ "$now" -lt $all ] || lost="rank $rank: $now runs after $held"
    held=$now
done
[ "$lost" = no ]
verdict "three ranks killed one after another: no committed run is lost" "$lost"
ranks 3 sweep long.ini -o "$tmp/killed" --resume && [ "$status" -eq 0 ] && same long killed
verdict "killed, then resumed, as one that was not" "status $status or bytes differ"

mpirun --enable-recovery -n 3 sh rank.sh sweep long.ini -o survived >out 2>err.survived &
pid=$!
wait_more survived
kill -9 "$(cat rank-2)"
wait $pid
cp err.survived err
grep -q 'rank 2 on .* was lost' err && same long survived
verdict "with --enable-recovery the others do the work of one that died" "bytes differ"

mpirun -n 3 sh rank.sh sweep long.ini -o left >out 2>err.left &
pid=$!
wait_more left
kill -TERM "$(cat rank-1)"
wait $pid
status=$?
cp err.left err
[ "$status" -eq 0 ] && same long left
verdict "a rank asked to end leaves its work to the others" "status $status or bytes differ"

mpirun -n 3 sh rank.sh sweep long.ini -o stopped >out 2>err.stopped &
pid=$!
wait_more stopped
kill -INT $pid
wait $pid
status=$?
cp err.stopped err
[ "$status" -ne 0 ] && grep -q -- '--resume carries on' err && [ "$(stored stopped)" -lt $all ]
verdict "Ctrl-C keeps what is done" "status $status"
"$EBB" sweep long.ini -o "$tmp/stopped" --resume -q && same long stopped
verdict "carried on alone" "bytes differ"
exit $failed
