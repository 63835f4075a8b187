#!/bin/sh
# mpirun over two machines, on this one: two network namespaces with a cable between them, each with a name and an address
# of its own. Ranks of both reach each other by TCP alone, and mpirun starts those of the second by a script in place of
# ssh. What they make has the bytes of a plain sweep, also when a rank of the far machine is killed, and when the cable is
# cut. usage: EBB=build/ebb tests/cluster/hosts.sh   As root.
. "$(dirname "$0")/../shell.sh"
near=ebn$$ far=ebf$$
end() # what runs in the two namespaces, and nothing else
{
    for host in $near $far; do
        for process in $(ip netns pids $host 2>/dev/null); do kill -9 "$process" 2>/dev/null; done
        ip netns del $host 2>/dev/null
    done
    rm -rf "$tmp"
}
trap end EXIT
cd "$tmp" || exit 1
[ "$(id -u)" -eq 0 ] || skip "not root, who alone makes network namespaces"
for command in mpirun ip unshare; do command -v $command >/dev/null || skip "no $command here"; done
ip netns add $near 2>err && ip netns add $far 2>err && ip link add $near netns $near type veth peer name $far netns $far 2>err ||
    skip "this machine makes no network namespaces: $(head -n 1 err)"
ip -n $near addr add 10.97.13.1/24 dev $near && ip -n $far addr add 10.97.13.2/24 dev $far || exit 1
for host in $near $far; do ip -n $host link set lo up && ip -n $host link set $host up; done
printf '127.0.0.1 localhost\n10.97.13.1 %s\n10.97.13.2 %s\n' $near $far >names

cat >there.sh <<'END_SH'
#!/bin/sh
# [OPTIONS] HOST COMMAND…: what ssh does
while [ "${1#-}" != "$1" ]; do shift; done
host=$1
shift
exec ip netns exec "$host" unshare --uts sh -c "hostname $host; $*"
END_SH
cat >here.sh <<'END_SH'
#!/bin/sh
# NEAR COMMAND…: on the near machine, which knows both names
near=$1
shift
exec ip netns exec "$near" unshare --uts --mount sh -c 'hostname $0; mount --bind names /etc/hosts; exec "$@"' "$near" "$@"
END_SH
chmod +x there.sh here.sh
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_plm_rsh_agent="$tmp/there.sh"
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
ranks() # OPTIONS… COMMAND…
{
    timeout 120 ./here.sh $near mpirun -H $near:2,$far:2 "$@" >out 2>err
    status=$?
}
cat >long.ini <<'END_INI'
[run]
weeks = 4y
replicates = 500
[output]
charts = no
[school]
teachers = 25
units = 3
[vary structures.time]
values = 0:1/8
END_INI
"$EBB" sweep long.ini -o plain -q || exit 1
grep -q '"openmpi"' plain/manifest.json || skip "built without Open MPI"

ranks sh -c 'hostname'
[ "$(sort out | uniq -c | tr -s ' \n' ' ')" = " 2 $far 2 $near " ] || [ "$(sort out | uniq -c | tr -s ' \n' ' ')" = " 2 $near 2 $far " ]
verdict "ranks on two machines" "$(cat out)"
ranks "$EBB" sweep long.ini -o both
[ "$status" -eq 0 ] && same plain both
verdict "two machines as a plain sweep" "status $status or bytes differ"

ranks "$EBB" sweep long.ini -o killed &
pid=$!
await killed/results.db $((2 * STORED))
for process in $(ip netns pids $far); do
    [ "$(readlink "/proc/$process/exe")" = "$EBB" ] && kill -9 "$process" && break
done
wait $pid
held=$(stored killed)
[ "$held" -gt 0 ] && [ "$held" -lt 4000 ] && ranks "$EBB" sweep long.ini -o killed --resume && [ "$status" -eq 0 ] && same plain killed
verdict "a rank killed on the far machine, then resumed" "$held runs held, bytes differ"

# mpirun may wait for ever for a machine that does not answer: the sweep is done all the same.
ranks --enable-recovery "$EBB" sweep long.ini -o cut &
pid=$!
await cut/results.db $((2 * STORED))
ip -n $far link set $far down
for _ in $(seq 600); do
    sleep 0.1
    grep -q '"status": "done"' cut/manifest.json && break
done
for process in $(ip netns pids $near); do kill -9 "$process" 2>/dev/null; done
wait $pid
same plain cut
verdict "the cable cut: the near machine does the work of both" "bytes differ"
exit $failed
