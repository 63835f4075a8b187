#!/bin/sh
# A configuration made of several files: keys of included files hold, each fault names the file and line it stands in, and
# loops, missing files and keys given twice are told with both places.
. "$(dirname "$0")/../shell.sh"
named=include.
cd "$tmp" || exit 1
mkdir deep
check() # NAME STATUS TEXT, of stderr or stdout
{
    # shellcheck disable=SC2086
    ebb check -v "${file:-main.ini}" ${more:-}
    [ "$status" -eq "$2" ] && cat out err | grep -qF -e "$3"
    verdict "$1" "status $status, not $2, or does not say: $3: $(head -8 out)"
}

printf 'include = deep/plan.ini\ninclude = deep/more.ini\n[run]\nweeks = 3y\n[strategy plan]\nstart = 37w\n' >main.ini
printf '[strategy plan]\ntime = +0.385\n' >deep/plan.ini
printf 'include = ../one.ini ; beside main.ini\n[school]\nteachers = 23\n' >deep/more.ini
printf '[school]\nunits = 3\n' >one.ini
check "settings of all files hold" 0 'school.teachers = 23 (default 60; more.ini line 3)'
check "a section goes on in another file" 0 'strategy plan.start = 37w (default 2y; line 6)'
check "the included part of it" 0 'strategy plan.time = 0.385 (default 0; plan.ini line 2)'
check "nested, relative to the file that asks" 0 'school.units = 3 (default 6; one.ini line 2)'
more='--set school.units=5' check "--set comes after all files" 0 'school.units = 5 (default 6; --set)'
(cd / && ebb check "$tmp/main.ini")
verdict "from another folder" "fails"

ebb run main.ini -o res -r 1 --set run.weeks=2 --set output.charts=no -q --set output.snapshots=0w &&
    grep -q 'time = 0.385' res/config.ini && ! grep -q include res/config.ini && ebb check res/config.ini &&
    grep -q 'deep/plan.ini' res/manifest.json
verdict "a result stands alone and names its inputs" "it does not"

printf '[school]\nunitz = 3\n' >one.ini
check "unknown key in an included file" 3 'ebb: deep/../one.ini:2: [school] has no key '"'unitz'"'; did you mean units?'
printf '[school]\nunits = 3000\n' >one.ini
check "bad value in an included file" 3 'ebb: deep/../one.ini:2: school.units is '"'3000'"
printf '[strategy plan]\nend = 3w\n' >one.ini
check "a relation names the file" 3 'ebb: deep/../one.ini:2: [strategy plan] end: week 3 is not after its start, week 37'
printf '[school]\nteachers = 11\n' >one.ini
check "the same key in two files" 3 'ebb: deep/more.ini:3: teachers is given here and at deep/../one.ini:2; keep one'
printf 'garbage\n' >one.ini
check "no INI" 3 "ebb: deep/../one.ini:1: 'garbage' is neither"
: >one.ini
check "an empty one is told" 0 'one.ini: warning: sets nothing'
rm one.ini
check "missing file" 3 "ebb: deep/more.ini:1: include: 'deep/../one.ini' cannot be read: No such file"
mkdir one.ini
check "a folder" 3 "ebb: deep/more.ini:1: include: 'deep/../one.ini' is a folder"
rmdir one.ini
printf 'include = main.ini\n' >one.ini
check "a loop" 3 'ebb: deep/../one.ini:1: main.ini is included by itself: a loop'
printf 'include = one.ini\n' >one.ini
check "itself" 3 'one.ini:1: deep/../one.ini includes itself'
printf 'include = deep/plan.ini\n' >one.ini
check "the same file twice" 3 'ebb: deep/../one.ini:1: deep/plan.ini is included already, at main.ini:1; keep one'
printf 'include =\n' >one.ini
check "nothing" 3 'ebb: deep/../one.ini:1: include names no file'
printf '[run]\ninclude = one.ini\n' >late.ini
file=late.ini check "in a section" 3 'ebb: late.ini:2: include stands in a section; it belongs before the first'
for i in 1 2 3 4 5 6 7 8 9; do printf 'include = d%d.ini\n' $((i + 1)) >d$i.ini; done
echo '[run]' >d10.ini
file=d1.ini check "too deep" 3 'files are nested deeper than 8'
i=0
while [ $i -lt 70 ]; do
    echo "[strategy s$i]" >w$i.ini
    echo "include = w$i.ini"
    i=$((i + 1))
done >wide.ini
file=wide.ini check "too many" 3 'ebb: wide.ini:64: include: a configuration has at most 64 files'
exit $failed
