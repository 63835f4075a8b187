#!/bin/sh
# Networks of schools as a user meets them: the same bytes for any number of threads, rows of networks, the chart of schools and
# the school it opens, and what is said of settings that contradict one another.
set -u
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
failed=0
ok() { echo "ok networks.$1"; }
not_ok() {
    echo "not ok networks.$1: $2"
    head -3 "$tmp/err" | sed 's/^/    /'
    failed=1
}
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
run() { # OUT ARGUMENTS…; trust enough for communities across schools
    out=$1
    shift
    timeout 120 "$EBB" run "$tmp/n.ini" -o "$tmp/$out" -q --set output.charts=no --set groups.trust=0.3 --set groups.formation=8 "$@" >"$tmp/said" 2>"$tmp/err" </dev/null
}

run one -j 1 --verify && run four -j 4 && ok "runs" || not_ok "runs" "it does not"
for table in series nodes ties; do
    cmp -s "$tmp/one/$table.csv" "$tmp/four/$table.csv" && ok "$table.csv for one thread and four" ||
        not_ok "$table.csv for one thread and four" "not the same bytes"
done
# COLUMN: whether it is anywhere above nothing
above() { awk -F, -v c="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == c) n = i } NR > 1 && n && $n + 0 > 0 { s = 1 } END { exit !s }' "$2"; }
above network_groups "$tmp/one/series.csv" && above network_grouped "$tmp/one/series.csv" && above community "$tmp/one/nodes.csv" &&
    ok "communities across schools" || not_ok "communities across schools" "there are none"
# 0, 20, … 120 weeks; three networks and the schools in none
[ "$(wc -l <"$tmp/one/series.csv")" -eq 29 ] && ok "a row a network" || not_ok "a row a network" "$(wc -l <"$tmp/one/series.csv") lines"
[ "$(grep -c '^1,120,0,' "$tmp/one/nodes.csv")" -eq 14 ] && ok "schools are nodes" || not_ok "schools are nodes" "they are not"
[ "$(cut -d, -f3 "$tmp/one/nodes.csv" | sort -u | grep -c '^[1-9]')" -eq 3 ] && ok "networks of the first schools" ||
    not_ok "networks of the first schools" "others are kept"

plot() { "$EBB" plot "$@" >"$tmp/said" 2>"$tmp/err" </dev/null; }
plot "$tmp/one" network-of-schools && [ -s "$tmp/one/network-of-schools.png" ] && ok "chart of schools" ||
    not_ok "chart of schools" "none is drawn"
plot "$tmp/one" network-of-schools --school 2 && [ -s "$tmp/one/network-school2.png" ] && ok "opens a school" ||
    not_ok "opens a school" "it does not"
plot "$tmp/one" network-of-schools --weeks 3y -o "$tmp/late.svg" && grep -q 'of 14 schools in 3 networks' "$tmp/late.svg" &&
    ok "schools and networks are counted" || not_ok "schools and networks are counted" "they are not"
plot "$tmp/one" network-of-schools --weeks 1y -o "$tmp/never.svg"
[ $? -eq 2 ] && grep -q 'no schools are stored at week 40' "$tmp/err" && ok "a week without" || not_ok "a week without" "not said"
run none --set "network valley.active=no" --set "network hills.active=no" --set output.level=all
plot "$tmp/none" network-of-schools
[ $? -eq 3 ] && grep -q 'holds no schools as nodes' "$tmp/err" && ok "without networks no chart" ||
    not_ok "without networks no chart" "not said"
[ "$(cut -d, -f3 "$tmp/none/nodes.csv" | sort -u | grep -c '^0')" -eq 0 ] && ok "without networks no such nodes" ||
    not_ok "without networks no such nodes" "there are"

plot "$tmp/one" schools --columns personal -o "$tmp/schools.svg" && ! grep -q 'valley 3' "$tmp/schools.svg" &&
    grep -q 'valley 2' "$tmp/schools.svg" && grep -q 'schools in no network' "$tmp/schools.svg" &&
    ok "networks of one section are numbered" || not_ok "networks of one section are numbered" "they are not"
plot "$tmp/one" schools --columns personal --school 3 -o "$tmp/third.svg" && grep -q 'hills' "$tmp/third.svg" &&
    ok "a network by its number" || not_ok "a network by its number" "another's name"
plot "$tmp/one" series --columns personal -o "$tmp/series.svg" && grep -q '4 networks (4 in each of 1 run)' "$tmp/series.svg" &&
    ok "rows of networks are called so" || not_ok "rows of networks are called so" "they are not"
run full --set "network valley.active=no" --set "network hills.members=1-14" && plot "$tmp/full" series --columns personal -o "$tmp/full.svg" &&
    grep -q 'n = 1 run' "$tmp/full.svg" && ! grep -q 'is undefined in' "$tmp/full.svg" && ok "no schools in none, no path" ||
    not_ok "no schools in none, no path" "an empty one is counted"
run idle --set "network valley.active=no" --set "network hills.active=no"
[ $? -eq 3 ] && grep -q 'n.ini:.*output.level = network, but no \[network …\] section is active' "$tmp/err" &&
    ok "rows of networks at rest" || not_ok "rows of networks at rest" "not refused"

# LINES FRAGMENT: appended to the file, refused at the file with the line
refused() {
    name=$1 line=$2 says=$3
    cp "$tmp/n.ini" "$tmp/bad.ini"
    printf '%b' "$4" >>"$tmp/bad.ini"
    "$EBB" check "$tmp/bad.ini" >"$tmp/said" 2>"$tmp/err"
    [ $? -eq 3 ] && grep -q "bad.ini:$line: .*$says" "$tmp/err" && ok "$name" || not_ok "$name" "not said, or elsewhere"
}
refused "a school in two networks" 33 'school 13 is named by another network' '\n\n[network third]\nmembers = 10, 13\n'
refused "an unknown school" 33 'there is no school 15' '\n\n[network third]\nmembers = 11, 15\n'
refused "an unknown key" 33 'did you mean centralization' '\n\n[network third]\ncentralisation = 0.5\n'
refused "too many schools" 33 '8 are asked for, but 2' '\n\n[network third]\nschools = 8\n'
refused "an unknown way to choose" 33 'role, trusted, volunteers' '\n\n[network third]\nsend = friends\n'
printf '[run]\nweeks = 2y\n\n[network alone]\ninterval = 4w\n' >"$tmp/bad.ini"
"$EBB" check "$tmp/bad.ini" >"$tmp/said" 2>"$tmp/err"
[ $? -eq 3 ] && grep -q 'bad.ini:4: .*a network takes schools, but school.count = 1' "$tmp/err" && ok "a key left out: the section's line" ||
    not_ok "a key left out: the section's line" "not said, or elsewhere"
sed 's/^level = network/level = district/' "$tmp/n.ini" >"$tmp/bad.ini"
"$EBB" check "$tmp/bad.ini" >"$tmp/said" 2>"$tmp/err"
[ $? -eq 3 ] && grep -q 'bad.ini:26: output.level = district, but there is no' "$tmp/err" && ok "a level without its sections" ||
    not_ok "a level without its sections" "not said"
exit $failed
