#!/bin/sh
# Every way to spread a sweep over machines, on this one: mpirun, also over two network namespaces as two machines, GNU
# parallel, and a Slurm of its own. Ends with one line
# `N passed, N failed[, N skipped]`. usage: tests/cluster/run.sh BUILD   As root, for Slurm and the namespaces.
EBB=$(cd "$1" && pwd)/ebb
export EBB
log=$1/cluster.log
for test in tests/cli/mpi.sh tests/cluster/hosts.sh tests/cli/parallel.sh tests/cluster/slurm.sh; do
    sh "$test" 2>&1 || echo "not ok $test: ended with status $?"
done | tee "$log"
passed=$(grep -c '^ok ' "$log") failed=$(grep -c '^not ok ' "$log") skipped=$(grep -c '^skip ' "$log")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
