#!/bin/sh
# Networks of schools as a user meets them: the same bytes for any number of threads, rows of networks, the chart of schools and
# the school it opens, and what is said of settings that contradict one another.
. "$(dirname "$0")/../shell.sh"
named=networks.
cat >"$tmp/n.ini" <<'INI'
[run]
weeks = 3y
replicates = 1

[school]
count = 14
teachers = 10
units = 2

[innovation]
schools = 1

[network valley]
count = 2
schools = 9
least = 3
start = 10w
focal = yes
word = 0.3

[network hills]
members = 12-14
start = 10w

[output]
level = network
every = 20w
snapshots = 0w, 3y
snapshot_schools = 3
INI
run() # OUT ARGUMENTS…; trust enough for communities across schools
{
    out=$1
    shift
    ebb run "$tmp/n.ini" -o "$tmp/$out" -q --set output.charts=no --set groups.trust=0.3 --set groups.formation=8 "$@"
}
plot() # OPTIONS…
{
    ebb plot "$@"
}

run one -j 1 --verify && run four -j 4
verdict "runs" "it does not"
for table in series nodes ties; do
    cmp -s "$tmp/one/$table.csv" "$tmp/four/$table.csv"
    verdict "$table.csv for one thread and four" "not the same bytes"
done
# COLUMN: whether it is anywhere above nothing
above() { awk -F, -v c="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == c) n = i } NR > 1 && n && $n + 0 > 0 { s = 1 } END { exit !s }' "$2"; }
above network_groups "$tmp/one/series.csv" && above network_grouped "$tmp/one/series.csv" && above community "$tmp/one/nodes.csv"
verdict "communities across schools" "there are none"
# 0, 20, … 120 weeks; three networks and the schools in none
[ "$(wc -l <"$tmp/one/series.csv")" -eq 29 ]
verdict "a row a network" "$(wc -l <"$tmp/one/series.csv") lines"
[ "$(grep -c '^1,120,0,' "$tmp/one/nodes.csv")" -eq 14 ]
verdict "schools are nodes" "they are not"
[ "$(cut -d, -f3 "$tmp/one/nodes.csv" | sort -u | grep -c '^[1-9]')" -eq 3 ]
verdict "networks of the first schools" "others are kept"

plot "$tmp/one" network-of-schools && [ -s "$tmp/one/network-of-schools.png" ]
verdict "chart of schools" "none is drawn"
plot "$tmp/one" network-of-schools --school 2 && [ -s "$tmp/one/network-school2.png" ]
verdict "opens a school" "it does not"
plot "$tmp/one" network-of-schools --weeks 3y -o "$tmp/late.svg" && grep -q 'of 14 schools in 3 networks' "$tmp/late.svg"
verdict "schools and networks are counted" "they are not"
refused "a week without" 2 'no schools are stored at week 40' plot "$tmp/one" network-of-schools --weeks 1y -o "$tmp/never.svg"
run none --set "network valley.active=no" --set "network hills.active=no" --set output.level=all
refused "without networks no chart" 3 'holds no schools as nodes' plot "$tmp/none" network-of-schools
[ "$(cut -d, -f3 "$tmp/none/nodes.csv" | sort -u | grep -c '^0')" -eq 0 ]
verdict "without networks no such nodes" "there are"

plot "$tmp/one" schools --columns personal -o "$tmp/schools.svg" && ! grep -q 'valley 3' "$tmp/schools.svg" &&
    grep -q 'valley 2' "$tmp/schools.svg" && grep -q 'schools in no network' "$tmp/schools.svg"
verdict "networks of one section are numbered" "they are not"
plot "$tmp/one" schools --columns personal --school 3 -o "$tmp/third.svg" && grep -q 'hills' "$tmp/third.svg"
verdict "a network by its number" "another's name"
plot "$tmp/one" series --columns personal -o "$tmp/series.svg" && grep -q '4 networks of 1 run' "$tmp/series.svg"
verdict "rows of networks are called so" "they are not"
run full --set "network valley.active=no" --set "network hills.members=1-14" && plot "$tmp/full" series --columns personal -o "$tmp/full.svg" &&
    grep -q 'n = 1 run' "$tmp/full.svg" && ! grep -q 'is undefined in' "$tmp/full.svg"
verdict "no schools in none, no path" "an empty one is counted"
run idle --set "network valley.active=no" --set "network hills.active=no"
[ "$status" -eq 3 ] && grep -q 'n.ini:.*output.level = network, but no \[network …\] section is active' "$tmp/err"
verdict "rows of networks at rest" "not refused"

faulty() # NAME LINE WORDS FRAGMENT: appended to the file
{
    printf '%b' "$4" | cat "$tmp/n.ini" - >"$tmp/bad.ini"
    ebb check "$tmp/bad.ini"
    [ "$status" -eq 3 ] && grep -q "bad.ini:$2: .*$3" "$tmp/err"
    verdict "$1" "status $status, or line $2, '$3' not said"
}
faulty "a school in two networks" 33 'school 13 is named by another network' '\n\n[network third]\nmembers = 10, 13\n'
faulty "an unknown school" 33 'there is no school 15' '\n\n[network third]\nmembers = 11, 15\n'
faulty "an unknown key" 33 'did you mean centralization' '\n\n[network third]\ncentralisation = 0.5\n'
faulty "too many schools" 33 '8 are asked for, but 2' '\n\n[network third]\nschools = 8\n'
faulty "an unknown way to choose" 33 'role, trusted, volunteers' '\n\n[network third]\nsend = friends\n'
printf '[run]\nweeks = 2y\n\n[network alone]\ninterval = 4w\n' >"$tmp/bad.ini"
ebb check "$tmp/bad.ini"
[ "$status" -eq 3 ] && grep -q 'bad.ini:4: .*a network takes schools, but school.count = 1' "$tmp/err"
verdict "a key left out: the section's line" "not said, or elsewhere"
sed 's/^level = network/level = district/' "$tmp/n.ini" >"$tmp/bad.ini"
refused "a level without its sections" 3 'bad.ini:26: output.level = district, but there is no' check "$tmp/bad.ini"
exit $failed
