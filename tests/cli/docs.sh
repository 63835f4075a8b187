#!/bin/sh
# Documents hold what the registry says now; the manual page and the completions can be made and read.
. "$(dirname "$0")/../shell.sh"
named=
docs=$(dirname "$EBB")/docs
check() # NAME WHY COMMAND…
{
    name=$1 why=$2
    shift 2
    "$@" >"$tmp/err" 2>&1
    verdict "$name" "$why"
}

for f in $(grep -ls '<!-- generated:' ./*.md models/*/*.md); do
    "$docs" fill "$f" >"$tmp/filled" || not_ok "docs $f" "not made"
    check "docs $f is current" "run make docs" diff "$f" "$tmp/filled"
done
printf '<!-- generated: nonsense -->\n<!-- end -->\n' >"$tmp/odd.md"
! "$docs" fill "$tmp/odd.md" >"$tmp/out" 2>"$tmp/err"
verdict "docs refuses an unknown region" "it did not"

"$docs" man >"$tmp/ebb.1"
for c in run plot check params explain; do
    check "manual page names ebb $c" "missing" grep -q "^.SS ebb $c" "$tmp/ebb.1"
done
"$docs" bash >"$tmp/ebb.bash"
check "bash completion parses" "bash refuses it" bash -n "$tmp/ebb.bash"
complete() # WORDS… (the last is being typed)
{
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ebb; echo "${COMPREPLY[*]}"' bash "$tmp/ebb.bash" "$@"
}
for row in "run:ebb ru" "--replicates:ebb run --rep" "run.seed:ebb run --set run.se" "school.teachers:ebb explain school.tea"; do
    # shellcheck disable=SC2086
    got=$(complete ${row#*:})
    echo " $got " | grep -qF -- " ${row%%:*} "
    verdict "completion of ${row#*:}" "gives '$got'"
done
exit $failed
