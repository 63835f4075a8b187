#!/bin/sh
# Districts as a user meets them: the same bytes for any number of threads, rows a district, and faults that name file and line.
. "$(dirname "$0")/../shell.sh"
named=district.
cat >"$tmp/base.ini" <<'INI'
[run]
weeks = 3y
replicates = 2
[school]
count = 6
teachers = 15
units = 3
settle = 20w
[district north]
schools = 4
hospice = 0.5
budget = 2000
allocation = demand
[district south]
control = 0.9
[strategy shared planning]
start = 10w
time = +0.5
cost = 8
[shock merger]
start = 1y
end = 2y
merger = yes
district = north
[shock cut]
start = 60w
end = 70w
schools = 0.5
turnover = 3
[output]
charts = no
INI
run() # OUT ARGUMENTS…
{
    out=$1
    shift
    ebb run "$tmp/base.ini" -q -o "$tmp/$out" "$@"
}

run one -j 1 -r 1 && run many -j 3 -r 1 && cmp -s "$tmp/one/series.csv" "$tmp/many/series.csv" &&
    cmp -s "$tmp/one/nodes.csv" "$tmp/many/nodes.csv"
verdict threads "other bytes with three threads"
run level --set output.level=district
[ "$(cut -d, -f3 "$tmp/level/series.csv" | sort -u | tr '\n' ' ')" = '1 2 school ' ]
verdict level "not a row for each of two districts"
ebb check "$tmp/base.ini" && grep -q 'district *north' "$tmp/out"
verdict check "check does not name the districts"
ebb replay "$tmp/one" --run 1 -o "$tmp/again"
verdict replay "it fails"

faulty() # NAME LINE WORDS  <<EOF lines
{
    cat >"$tmp/bad.ini"
    ebb run "$tmp/bad.ini" -q -o "$tmp/bad"
    [ "$status" -eq 3 ] && grep -q "bad.ini:$2: .*$3" "$tmp/err"
    verdict "$1" "status $status, or line $2, '$3' not said"
}
faulty 'no schools left' 2 'none is left' <<'INI'
[district a]
schools = 0
[district b]
schools = 1
INI
faulty 'more schools than there are' 4 '9 are wanted where 3 are left' <<'INI'
[school]
count = 3
[district a]
schools = 9
INI
faulty 'unknown district' 4 'did you mean north' <<'INI'
[district north]
control = 0.2
[shock cut]
district = nroth
INI
faulty 'a shock that hits nobody' 4 'is nobody' <<'INI'
[school]
count = 4
[shock cut]
schools = 0.1
INI
faulty 'a merger of one' 2 'takes two schools' <<'INI'
[shock closing]
merger = yes
INI
faulty 'a district without a name' 1 'needs a name' <<'INI'
[district]
control = 0.2
INI
faulty 'an unknown key' 2 'did you mean' <<'INI'
[district a]
hospise = 0.2
INI
faulty 'a rule without money' 2 'no budget' <<'INI'
[district a]
allocation = need
INI
faulty 'an unknown rule' 3 'equal, need, demand' <<'INI'
[district a]
budget = 10
allocation = merit
INI
faulty 'a hospice that finds nothing' 2 'unused' <<'INI'
[district a]
hospice = 0.3
unused = 0
INI
faulty 'offices without units' 4 'units' <<'INI'
[school]
units = 2
[district a]
offices = 5
INI
faulty 'a level without districts' 2 'no \[district' <<'INI'
[output]
level = district
INI
# Strategies that cannot do what they say.
faulty 'random: nobody' 4 'is nobody' <<'INI'
[school]
teachers = 20
[strategy a]
target = random:1%
time = 0.1
INI
faulty 'a role nobody has' 4 'leads = 0' <<'INI'
[school]
leads = 0
[strategy a]
target = role:lead teacher
time = 0.1
INI
faulty 'a condition beyond the scale' 2 'never holds' <<'INI'
[strategy a]
when = trust > 2
time = 0.1
INI
faulty 'a condition against itself' 2 'never holds' <<'INI'
[strategy a]
when = trust < 0.4 and trust > 0.6
time = 0.1
INI
faulty 'a condition that breaks off' 2 'name of a column' <<'INI'
[strategy a]
when = trust > 0.5 and
time = 0.1
INI
faulty 'an include that is a folder' 1 'is a folder' <<INI
include = $tmp
INI
faulty 'an include that is itself' 1 'includes itself' <<'INI'
include = bad.ini
INI
faulty 'an include that is missing' 1 'cannot be read' <<'INI'
include = nowhere.ini
INI
warned() # NAME LINE WORDS  <<EOF lines
{
    cat >"$tmp/bad.ini"
    ebb check "$tmp/bad.ini" && grep -q "bad.ini:$2: warning: .*$3" "$tmp/err"
    verdict "$1" "line $2, '$3' not said"
}
warned 'strategies against each other' 5 'pull against each other' <<'INI'
[strategy a]
time = 0.5
decree = 1
[strategy b]
time = -0.5
INI
warned 'a strategy without deeds' 2 'does nothing' <<'INI'
[strategy a]
start = 1y
INI
warned 'a ramp too long' 2 'never reaches' <<'INI'
[strategy a]
ramp = 3y
start = 1y
end = 2y
time = 0.1
INI
warned 'more than there are' 4 'is everybody' <<'INI'
[school]
teachers = 20
[strategy a]
target = trusted:99
time = 0.1
INI
warned 'coupling of one office' 4 'coupling does nothing' <<'INI'
[district a]
offices = 1
control = 0.1
coupling = 0.4
INI
cat >"$tmp/fine.ini" <<'INI'
[strategy a]
time = 0.5
end = 4y
when = trust > 0.4 and trust < 0.9 or fatigue > 2
[strategy b]
time = -0.5
start = 4y
[strategy c]
target = random:50%
cost = 3
openness = -0.1
[strategy d]
openness = +0.1
target = unit:2
INI
ebb check "$tmp/fine.ini" && ! grep -q warning "$tmp/err"
verdict 'what can be meant is not warned of' "it is"
exit $failed
