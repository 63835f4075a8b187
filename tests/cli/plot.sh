#!/bin/sh
# ebb plot, as a user would: every picture of a result, chosen ones, and what is told when it cannot be.
. "$(dirname "$0")/../shell.sh"
plot() # OPTIONS…
{
    ebb plot "$@"
}

cat >"$tmp/small.ini" <<'END'
[run]
title = Un pequeño colegio
weeks = 90w
replicates = 6
seed = 2385
[school]
teachers = 17
units = 3
[strategy planificación común]
start = 20w
end = 70w
ramp = 8w
time = +0.4
[output]
snapshots = 0w, 40w, 90w
snapshot_runs = 2
charts = no
END
ebb run "$tmp/small.ini" -q -o "$tmp/r"
verdict "a result to draw from" "not made"

plot "$tmp/r"
[ "$status" -eq 0 ] && [ -s "$tmp/r/series.png" ] && [ -s "$tmp/r/network.png" ] &&
    [ "$(cat "$tmp/out")" = "$tmp/r/series.png
$tmp/r/network.png" ]
verdict "every picture, its path on stdout" "status $status"
refused "an existing picture stays" 2 "--force replaces it" plot "$tmp/r" series
plot "$tmp/r" series --force -q
[ "$status" -eq 0 ] && [ ! -s "$tmp/out" ]
verdict "--force replaces, -q is silent" "status $status"

plot "$tmp/r" series -o "$tmp/a.svg"
grep -q 'planificación común' "$tmp/a.svg" && grep -q 'n = 6 runs' "$tmp/a.svg" && grep -q 'Un pequeño colegio' "$tmp/a.svg"
verdict "the SVG holds title, strategy and n" "it does not"
plot "$tmp/r" --format svg,pdf -o "$tmp/deep/figures"
[ "$status" -eq 0 ] && [ "$(find "$tmp/deep/figures" -type f | wc -l)" -eq 4 ]
verdict "two formats into a new folder" "status $status"
plot "$tmp/r" series --of personal --run 3 -o "$tmp" --format svg
grep -q 'n = 1 run' "$tmp/series-personal-run3.svg" && grep -q 'congruence' "$tmp/series-personal-run3.svg" &&
    grep -q 'run 3' "$tmp/series-personal-run3.svg"
verdict "one run's components, named by the options" "status $status"
plot "$tmp/r" series --columns trust,fatigue --overlaid --singles 2 -o "$tmp/b.svg"
grep -q 'trust 0' "$tmp/b.svg" && grep -q '2 single runs' "$tmp/b.svg" && ! grep -q organizational "$tmp/b.svg"
verdict "chosen columns, overlaid" "status $status"
printf '[run]\nweeks = 6y\nreplicates = 1\n[school]\nteachers = 9\nunits = 1\n[strategy one]\nstart = 1y\nlasts = 1y\ntime = 0.1\n[strategy two]\nafter = one\nlasts = 2y\ntime = 0.1\n[strategy three]\nafter = two\nlasts = 1y\ntime = 0.1\n[output]\ncharts = no\nsnapshots = 1y, 3y, 4.5y\n' >"$tmp/chain.ini"
ebb run "$tmp/chain.ini" -q -o "$tmp/chain" && plot "$tmp/chain" network --weeks 3y -o "$tmp/chain.svg" &&
    grep -q '; two, after one;' "$tmp/chain.svg" && plot "$tmp/chain" network --weeks 4.5y -o "$tmp/chain3.svg" && grep -q '; three, after two;' "$tmp/chain3.svg"
verdict "a strategy stands where it comes after another" "$(grep -o 'year [0-9.]*;.*after[^;]*;' "$tmp/chain.svg" "$tmp/chain3.svg" | head -2)"
plot "$tmp/r" network --weeks 90w,0w --run 2 -o "$tmp/c.svg"
grep -q 'year 2.25' "$tmp/c.svg" && grep -q '17 people' "$tmp/c.svg" && grep -q 'run 2' "$tmp/c.svg" && ! grep -q 'year 1;' "$tmp/c.svg"
verdict "chosen weeks of a chosen run" "status $status"

ebb run "$tmp/small.ini" -q -o "$tmp/again" --set output.charts=yes
for f in png svg pdf; do
    plot "$tmp/r" --force -q --format $f
    cmp -s "$tmp/r/series.$f" "$tmp/again/series.$f" && cmp -s "$tmp/r/network.$f" "$tmp/again/network.$f"
    verdict "ebb run and ebb plot draw the same bytes ($f)" "they differ"
done

for k in layers rings phase spectrum initiatives; do
    plot "$tmp/r" $k -o "$tmp/v" --format svg,png
    [ "$status" -eq 0 ] && [ -s "$tmp/v/$k.png" ] && grep -q 'n = ' "$tmp/v/$k.svg"
    verdict "$k, when asked for" "status $status"
    [ ! -e "$tmp/r/$k.png" ]
    verdict "$k only when asked for" "it is there"
done
refused "a share that is none" 2 "talks is no share from 0 to 1" plot "$tmp/r" layers --columns talks -o "$tmp/x.png"

refused "a target of a series" 2 "--target says nothing to the chart series, which takes --columns, --of, --overlaid, --singles, --run, --school; it is for heat" plot "$tmp/r" series --target personal=0.5 -o "$tmp/x.png"
refused "columns of a network" 2 "it is for series, layers" plot "$tmp/r" network --columns trust -o "$tmp/x.png"
refused "single runs of rings" 2 "it is for series, phase" plot "$tmp/r" rings --singles 3 -o "$tmp/x.png"
refused "what no usual chart takes" 2 "no chart is named" plot "$tmp/r" --target personal=0.5
ebb plot "$tmp/r" --weeks 0w --columns trust
[ $? -eq 2 ] && [ "$(grep -c 'none of the usual ones takes all that is given' "$tmp/err")" -eq 2 ]
verdict "what no usual chart takes together" "$(cat "$tmp/err")"
ebb plot "$tmp/r" --columns trust -o "$tmp/some" && [ "$(ls "$tmp/some")" = series-trust.png ]
verdict "without a kind, those to which the options say something" "$(cat "$tmp/out")"
refused "an unknown kind" 2 "did you mean network?" plot "$tmp/r" netwrok
refused "an unknown column" 2 "did you mean 'personal'?" plot "$tmp/r" series --columns persnal
refused "a capacity that is none" 2 "allowed: personal, interpersonal, organizational" plot "$tmp/r" series --of trust -o "$tmp/x.png"
refused "a week without a network" 2 "stored are 0w, 40w, 90w" plot "$tmp/r" network --weeks 41w -o "$tmp/x.png"
refused "a week that is none" 2 "not a duration" plot "$tmp/r" network --weeks soon -o "$tmp/x.png"
refused "nine weeks" 2 "shows 1 to 8" plot "$tmp/r" network --weeks 0w,0w,0w,0w,0w,0w,0w,0w,0w -o "$tmp/x.png"
refused "a run without a network" 2 "no network is stored of run 3" plot "$tmp/r" network --run 3 -o "$tmp/x.png"
refused "a run that is not there" 2 "no finished run" plot "$tmp/r" series --run 7 -o "$tmp/x.png"
refused "a school that is not there" 2 "only school 1" plot "$tmp/r" series --school 2 -o "$tmp/x.png"
refused "a number that is none" 2 "--singles" plot "$tmp/r" series --singles many
refused "an unknown format" 2 "none of png, svg, pdf" plot "$tmp/r" --format jpg
refused "several charts into one file" 2 "name the kind" plot "$tmp/r" -o "$tmp/x.png"
refused "a format beside a suffix" 2 "leave --format out" plot "$tmp/r" series -o "$tmp/x.png" --format svg
refused "a folder that cannot be made" 1 "cannot be made" plot "$tmp/r" -o "$tmp/small.ini/deep"
refused "a picture in no folder" 1 "No such file or directory" plot "$tmp/r" series -o "$tmp/nowhere/x.png"
refused "no result" 3 "no result" plot "$tmp"
refused "no folder" 3 "nothere" plot "$tmp/nothere"

# A network that is too large, or none at all, does not stop the other pictures.
"$EBB" run configs/bass.ini -q -r 2 -o "$tmp/bass" --set run.weeks=20w --set bass.people=2001 --set output.charts=no \
    --set output.snapshots=0w 2>"$tmp/err" >"$tmp/out"
plot "$tmp/bass"
[ "$status" -eq 0 ] && [ -s "$tmp/bass/series.png" ] && [ ! -e "$tmp/bass/network.png" ] &&
    grep -qF "warning: no picture 'network': the network of week 0 has 2001 nodes; a picture shows 1 to 2000" "$tmp/err"
verdict "a network too large is passed over, and told" "status $status"
refused "a network too large, asked for" 3 "has 2001 nodes" plot "$tmp/bass" network
"$EBB" run configs/bass.ini -q -r 2 -o "$tmp/none" --set run.weeks=20w --set output.charts=no --set output.snapshot_runs=0 \
    2>"$tmp/err" >"$tmp/out"
plot "$tmp/none"
[ "$status" -eq 0 ] && [ -s "$tmp/none/series.png" ] && grep -qF "no picture 'network': the result has no network" "$tmp/err"
verdict "no network is passed over, and told" "status $status"

mkdir "$tmp/bad"
i=0
for damage in ': >"$db"' 'head -c 3000 "$tmp/r/results.db" >"$db"' 'head -c 60000 /dev/urandom >"$db"' \
    'printf "SQLite format 3\\000 and then nothing" >"$db"' 'mkdir "$db"'; do
    i=$((i + 1))
    db=$tmp/bad/results.db
    rm -rf "$db"
    eval "$damage"
    plot "$tmp/bad" -o "$tmp/badout"
    [ "$status" -eq 3 ] && [ "$(wc -l <"$tmp/err")" -ge 1 ] && ! ls "$tmp/badout"/*.png >/dev/null 2>&1
    verdict "damaged result $i is told" "status $status"
done
[ -z "$(find "$tmp" -name 'x.png*')" ]
verdict "nothing half is left" "$(find "$tmp" -name 'x.png*')"
exit $failed
