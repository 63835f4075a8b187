#!/bin/sh
# A real Slurm on this machine: its own munge, controller and node, on the loopback, out of a temporary folder, ended with
# the test. What `ebb sweep --slurm` writes runs as a job array, is cancelled and requeued in the middle, and ends as a
# plain sweep does, byte for byte; so do mpirun and srun inside a job. Debian's packages are installed when they are missing.
# usage: EBB=build/ebb tests/cluster/slurm.sh   As root.
. "$(dirname "$0")/../shell.sh"
chmod 755 "$tmp"
end() # what this test has started, and nothing else
{
    [ -e "$tmp/slurmctld.pid" ] && scancel --state=RUNNING --quiet 2>/dev/null
    for daemon in slurmd slurmctld munged; do
        [ -s "$tmp/$daemon.pid" ] && kill "$(cat "$tmp/$daemon.pid")" 2>/dev/null
    done
    sleep 1
    rm -rf "$tmp"
}
trap end EXIT
here=$(dirname "$0")
[ "$(id -u)" -eq 0 ] || skip "not root, as whom alone slurmd starts jobs"
for command in slurmctld slurmd sbatch srun munged; do
    command -v $command >/dev/null || missing="${missing:-}$command "
done
if [ "${missing:-}" ]; then
    sh "$here/../deps.sh" slurm-wlm munge >"$tmp/log" 2>&1 || skip "no Slurm here and none can be installed: $(tail -n 1 "$tmp/log")"
    command -v slurmctld >/dev/null || skip "no Slurm here"
fi
cd "$tmp" || exit 1

# --- a cluster of one node with four processors ---
host=$(hostname -s)
ports=$((20000 + $$ % 20000))
mkdir state spool secret && chmod 711 secret
head -c 1024 /dev/urandom >secret/key && chmod 400 secret/key
cat >slurm.conf <<END_CONF
ClusterName=ebbtest
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$tmp/secret/socket
SlurmUser=root
SlurmctldPort=$ports
SlurmdPort=$((ports + 1))
SlurmctldPidFile=$tmp/slurmctld.pid
SlurmdPidFile=$tmp/slurmd.pid
SlurmdSpoolDir=$tmp/spool
StateSaveLocation=$tmp/state
SlurmctldLogFile=$tmp/slurmctld.log
SlurmdLogFile=$tmp/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END_CONF
printf 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n' >cgroup.conf # none is used, but one must be named
export SLURM_CONF="$tmp/slurm.conf"
munged --force --key-file="$tmp/secret/key" --socket="$tmp/secret/socket" --pid-file="$tmp/munged.pid" \
    --log-file="$tmp/munged.log" --seed-file="$tmp/secret/seed" >>log 2>&1 || skip "munged cannot be started: $(tail -n 1 log)"
slurmctld >>log 2>&1 || skip "slurmctld cannot be started: $(tail -n 1 log slurmctld.log | tr '\n' ' ')"
slurmd >>log 2>&1 || skip "slurmd cannot be started: $(tail -n 1 slurmd.log)"
for _ in $(seq 100); do
    sinfo -h -o %t 2>/dev/null | grep -q idle && break
    sleep 0.2
done
sinfo -h -o %t 2>/dev/null | grep -q idle || skip "the node does not come up: $(tail -n 1 slurmd.log)"

cat >long.ini <<'END_INI'
[run]
weeks = 10y
replicates = 30
[output]
charts = no
[school]
teachers = 100
[vary structures.time]
values = 0:1/6
[vary structures.learning]
values = 0.1, 0.4
END_INI
"$EBB" sweep long.ini -o plain -q 2>err
verdict "a plain sweep to compare with" "status $?"

# --- the job array that ebb writes, and the merge as a job that waits for it ---
"$EBB" sweep long.ini -o array --slurm 4 >job.sh 2>err && job=$(sbatch --parsable --output=array-%a.log job.sh 2>err) &&
    sbatch --quiet --wait --output=merge.log --dependency="afterok:$job" --wrap "'$EBB' merge array/part-* -o array/whole" 2>err
status=$?
cat merge.log array-*.log >err 2>/dev/null
[ $status -eq 0 ] && [ "$(ls -d array/part-* | wc -l)" -eq 4 ]
verdict "a job array of four, and its merge" "status $status"
same plain array/whole
verdict "the array as a plain sweep" "bytes differ"

# --- tasks that are cancelled and requeued in the middle ---
"$EBB" sweep long.ini -o torn --slurm 4 >torn.sh 2>err && job=$(sbatch --parsable --output=torn-%a.log torn.sh 2>err)
await torn/part-2/results.db $STORED
await torn/part-3/results.db $STORED
scontrol requeue "${job}_3" 2>err
scancel "${job}_2" 2>>err
verdict "one task requeued, one cancelled" "status $?"
for _ in $(seq 600); do
    [ "$(squeue -h -j "$job" 2>/dev/null | wc -l)" -eq 0 ] && break
    scontrol release "${job}_3" 2>/dev/null # it is held back for two minutes after requeueing
    scontrol update jobid="${job}_3" starttime=now 2>/dev/null
    sleep 0.2
done
"$EBB" merge torn/part-* -o torn/whole 2>err
[ $? -eq 3 ] && grep -q 'Add the shards that lack' err
verdict "what was cancelled is missed" "merged all the same"
sbatch --quiet --wait --array=2 --output=torn-%a.log torn.sh 2>err && "$EBB" merge torn/part-* -o torn/whole -q 2>err && same plain torn/whole
verdict "cancelled and submitted again, requeued: as a plain sweep" "status $? or bytes differ"

# --- ranks inside a job ---
[ -s plain/manifest.json ] && grep -q '"openmpi"' plain/manifest.json || skip "this ebb was built without Open MPI"
srun -n 3 "$EBB" sweep long.ini -o strangers 2>err
grep -q 'srun has started 3 copies' err && [ ! -e strangers ]
verdict "srun without MPI is refused" "not refused"
if srun --mpi=list 2>&1 | grep -q pmix; then
    srun --mpi=pmix -n 3 "$EBB" sweep long.ini -o stepped -q >out 2>err && same plain stepped
    verdict "srun --mpi=pmix as a plain sweep" "status $? or bytes differ"
else
    echo "skip slurm: this Slurm has no PMIx, so srun starts no ranks"
fi
command -v mpirun >/dev/null || skip "no mpirun"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
cat >ranks.sh <<END_JOB
#!/bin/sh
#SBATCH --ntasks=4
mpirun '$EBB' sweep long.ini -o ranks -q --resume
END_JOB
sbatch --quiet --wait --output=ranks.log ranks.sh 2>err
status=$?
cp ranks.log err && [ $status -eq 0 ] && grep -q '"threads": 4' ranks/manifest.json && same plain ranks
verdict "mpirun inside a job takes its four tasks, as a plain sweep" "status $status or bytes differ"
exit $failed
