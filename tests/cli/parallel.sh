#!/bin/sh
# GNU parallel over the shards of a sweep, as the README has it: the bytes of a plain sweep, also when some of the jobs
# were killed and run again. Where parallel is not installed, a word.
command -v parallel >/dev/null && parallel --version 2>/dev/null | grep -q '^GNU parallel' || {
    echo "skip parallel: GNU parallel is not here (apt-get install parallel)"
    exit 0
}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
failed=0
verdict() # NAME WHY: after a test command
{
    if [ $? -eq 0 ]; then echo "ok parallel: $1"; else echo "not ok parallel: $1: $2: $(head -c 600 "$tmp/err" | tr '\n' ' ')"; failed=1; fi
}
same() # A B: everything but the manifest
{
    diff -rq -x manifest.json "$1" "$2" >"$tmp/err" 2>&1
}
mkdir "$tmp/bin" && ln -s "$EBB" "$tmp/bin/ebb" && cp -R configs "$tmp/configs" && cd "$tmp" || exit 1
export PATH="$tmp/bin:$PATH" PARALLEL_HOME="$tmp/home"
mkdir -p home && touch home/will-cite
ebb sweep configs/sweep.ini -r 6 -o plain -q 2>err
parallel -j 4 ebb sweep configs/sweep.ini -r 6 -q -j 1 --resume --shard {}/4 -o out/part-{} ::: 1 2 3 4 2>err &&
    ebb merge out/part-* -o out/whole -q 2>err && same plain out/whole
verdict "four shards as a plain sweep" "status $? or bytes differ"

# --timeout ends a job that takes too long, here all of those that have work; then they carry on
ebb sweep configs/sweep.ini -r 40 -o longer -q 2>err
parallel -j 2 --timeout 0.3 --termseq KILL,100 ebb sweep configs/sweep.ini -r 40 -q -j 1 --resume --shard {}/3 -o torn/part-{} ::: 1 2 3 2>err
status=$?
ebb merge torn/part-* -o torn/whole -q 2>err
[ $? -ne 0 ] && [ "$status" -ne 0 ]
verdict "killed by a limit of time, they are not merged" "parallel's status $status"
parallel -j 3 --retries 2 ebb sweep configs/sweep.ini -r 40 -q -j 1 --resume --shard {}/3 -o torn/part-{} ::: 1 2 3 2>err &&
    ebb merge torn/part-* -o torn/whole -q 2>err && same longer torn/whole
verdict "carried on, as a plain sweep" "status $? or bytes differ"

# Four that all want the same folder: one has it, the others are told.
parallel -N0 -j 4 ebb sweep configs/sweep.ini -r 2 -q -j 1 --shard 1/4 -o clash ::: 1 2 3 4 2>err
status=$?
[ "$(grep -c '^ebb: clash' err)" -eq 3 ] && [ "$(ebb export clash --what runs | wc -l)" -eq 11 ]
verdict "jobs that share one folder" "status $status"
exit $failed
