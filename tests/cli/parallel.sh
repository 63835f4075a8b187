#!/bin/sh
# GNU parallel over the shards of a sweep, as the README has it: the bytes of a plain sweep, also when some of the jobs
# were killed and run again. Where parallel is not installed, a word.
. "$(dirname "$0")/../shell.sh"
parallel --version 2>/dev/null | grep -q '^GNU parallel' || skip "GNU parallel is not here (apt-get install parallel)"
mkdir "$tmp/bin" && ln -s "$EBB" "$tmp/bin/ebb" && cp -R configs "$tmp/configs" && cd "$tmp" || exit 1
export PATH="$tmp/bin:$PATH" PARALLEL_HOME="$tmp/home"
mkdir -p home && touch home/will-cite
ebb sweep configs/sweep.ini -r 6 -o plain -q
parallel -j 4 ebb sweep configs/sweep.ini -r 6 -q -j 1 --resume --shard {}/4 -o shards/part-{} ::: 1 2 3 4 2>err &&
    ebb merge shards/part-* -o shards/whole -q && same plain shards/whole
verdict "four shards as a plain sweep" "status $? or bytes differ"

# --timeout ends a job that takes too long, here all of those that have work; then they carry on
ebb sweep configs/sweep.ini -r 40 -o longer -q
parallel -j 2 --timeout 0.3 --termseq KILL,100 ebb sweep configs/sweep.ini -r 40 -q -j 1 --resume --shard {}/3 -o torn/part-{} ::: 1 2 3 2>err
status=$?
ebb merge torn/part-* -o torn/whole -q
[ $? -ne 0 ] && [ "$status" -ne 0 ]
verdict "killed by a limit of time, they are not merged" "parallel's status $status"
parallel -j 3 --retries 2 ebb sweep configs/sweep.ini -r 40 -q -j 1 --resume --shard {}/3 -o torn/part-{} ::: 1 2 3 2>err &&
    ebb merge torn/part-* -o torn/whole -q && same longer torn/whole
verdict "carried on, as a plain sweep" "status $? or bytes differ"

# Four that all want the same folder: one has it, the others are told.
parallel -N0 -j 4 ebb sweep configs/sweep.ini -r 2 -q -j 1 --shard 1/4 -o clash ::: 1 2 3 4 2>err
status=$?
[ "$(grep -c '^ebb: clash' err)" -eq 3 ] && [ "$(stored clash)" -eq 10 ]
verdict "jobs that share one folder" "status $status"
exit $failed
