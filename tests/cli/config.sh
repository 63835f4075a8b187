#!/bin/sh
# A configuration as a user meets it: sound ones, and the ways in which one can be broken. A broken one ends with the right
# status, says one sentence a fault with file and line, writes nothing to standard output and never crashes.
. "$(dirname "$0")/../shell.sh"
named=config.
here=$(pwd)
cd "$tmp" || exit 1
faulty() # NAME STATUS LINES TEXT COMMAND OPTIONS…: so many sentences of ebb's, the first with this text, and no output
{
    name=$1 want=$2 lines=$3 text=$4
    shift 4
    ebb "$@"
    [ "$status" -eq "$want" ] && [ "$(wc -l <err)" -eq "$lines" ] && ! grep -qv '^ebb: ' err && head -1 err | grep -qF -e "$text" &&
        [ ! -s out ]
    verdict "$name" "status $status, wanted $want and $lines sentences, first: $text"
}

# NAME | STATUS | FAULTS | TEXT OF THE FIRST | THE FILE, as printf takes it | MORE ARGUMENTS
while IFS='|' read -r name want lines text file more; do
    [ -n "$name" ] || continue
    # shellcheck disable=SC2059
    printf "$file" >c.ini
    # shellcheck disable=SC2086
    faulty "$name" "$want" "$lines" "$text" check c.ini $more
done <<'CASES'
misspelled key|3|1|ebb: c.ini:2: [run] has no key 'wekks'; did you mean weeks?|[run]\nwekks = 3\n|
misspelled section|3|1|ebb: c.ini:1: there is no section 'rum'; did you mean [run]?|[rum]\nweeks = 3\n|
capital section|3|1|ebb: c.ini:1: there is no section 'Run'; did you mean [run]?|[Run]\nweeks = 3\n|
misspelled named section|3|1|ebb: c.ini:1: there is no section 'stategy'; did you mean [strategy more time]?|[stategy more time]\n|
key of another section|3|1|ebb: c.ini:2: [run] has no key 'weeks_per_year'; it is a key of [calendar]|[run]\nweeks_per_year = 40\n|
unknown key|3|1|ebb: c.ini:2: [run] has no key 'xyzzy'; `ebb params --model ladder run`|[run]\nxyzzy = 1\n|
unknown section|3|1|ebb: c.ini:1: there is no section 'xyzzy'; `ebb params --model ladder`|[xyzzy]\na = b\n|
section of another model|3|1|ebb: c.ini:1: [bass] belongs to the model bass, but run.model is ladder|[bass]\np = 1\n|
unknown model|3|1|ebb: c.ini:2: run.model is 'bas', not one of its choices; did you mean bass?|[run]\nmodel = bas\n[bass]\np = 0.01\n|
key before any section|3|1|ebb: c.ini:1: 'replicates' stands before any [section]; it is a key of [run]|replicates = 3\n|
duplicate key|3|1|ebb: c.ini:3: weeks is given here and at line 2|[run]\nweeks = 3\nweeks = 4\n|
duplicate section|3|1|ebb: c.ini:3: [run] is there already, at line 1|[run]\nweeks = 3\n[run]\nseed = 4\n|
duplicate named section|3|1|ebb: c.ini:2: [strategy a b] is there already, at line 1|[strategy a b]\n[strategy  a b]\n|
named section without name|3|1|ebb: c.ini:1: [strategy] needs a name of its own|[strategy]\nstart = 2y\n|
plain section with name|3|1|ebb: c.ini:1: [run] takes no name, but here it has 'fast'|[run fast]\n|
no closing bracket|3|1|ebb: c.ini:1: '[run' lacks its closing ]|[run\nweeks = 3\n|
text after bracket|3|1|ebb: c.ini:1: '[run] weeks = 3' goes on after its ]|[run] weeks = 3\n|
empty section name|3|1|ebb: c.ini:1: [] names no section|[]\n|
no equals sign|3|1|ebb: c.ini:2: 'weeks 10' is neither [section] nor key = value|[run]\nweeks 10\n|
colon for equals|3|1|ebb: c.ini:2: 'weeks: 10' has : where = belongs|[run]\nweeks: 10\n|
quoted key|3|1|ebb: c.ini:2: '"weeks" = 3' does not begin with a key|[run]\n"weeks" = 3\n|
open quote|3|1|ebb: c.ini:2: title = '"Our school' lacks its closing quote|[run]\ntitle = "Our school\n|
text after quote|3|1|ebb: c.ini:2: title = '"a" b' goes on after its closing quote|[run]\ntitle = "a" b\n|
empty number|3|1|ebb: c.ini:2: run.replicates is empty; allowed: 1 to 1000000|[run]\nreplicates =\n|
replicates 0|3|1|ebb: c.ini:2: run.replicates is '0', out of range; allowed: 1 to 1000000|[run]\nreplicates = 0\n|
weeks 0|3|1|ebb: c.ini:2: run.weeks is '0w', out of range|[run]\nweeks = 0w\n|
weeks beyond all|3|1|ebb: c.ini:2: run.weeks is '1000000y', out of range|[run]\nweeks = 1000000y\n|
no duration|3|1|ebb: c.ini:2: run.weeks is '10m', not a duration (10w is ten weeks, 2y two years)|[run]\nweeks = 10m\n|
half a week|3|1|ebb: c.ini:2: run.weeks is '1.33y', not a whole number of weeks|[run]\nweeks = 1.33y\n|
trailing word|3|1|ebb: c.ini:2: run.replicates is '40 runs', not a whole number|[run]\nreplicates = 40 runs\n|
comment without space|3|1|(a comment needs a space before it)|[run]\nreplicates = 40;many\n|
whole number with point|3|1|ebb: c.ini:2: run.replicates is '4.0', not a whole number|[run]\nreplicates = 4.0\n|
negative seed|3|1|ebb: c.ini:2: run.seed is '-1', not a seed|[run]\nseed = -1\n|
seed of 65 bits|3|1|ebb: c.ini:2: run.seed is '18446744073709551616', more than 64 bits|[run]\nseed = 18446744073709551616\n|
decimal comma|3|1|ebb: c.ini:2: structures.time is '0,5', not a number (the decimal sign is a point)|[structures]\ntime = 0,5\n|
percent|3|1|(write a share as a fraction: 0.5, not 50%)|[structures]\ntime = 50%%\n|
nan|3|1|ebb: c.ini:2: structures.time is 'nan', not a number|[structures]\ntime = nan\n|
infinity|3|1|ebb: c.ini:2: structures.time is 'inf', not a number|[structures]\ntime = inf\n|
hexadecimal number|3|1|ebb: c.ini:2: structures.time is '0x1', not a number|[structures]\ntime = 0x1\n|
overflow|3|1|ebb: c.ini:2: structures.time is '1e999', too large a number|[structures]\ntime = 1e999\n|
out of range|3|1|ebb: c.ini:2: structures.time is '1.0000001', out of range; allowed: 0 to 1|[structures]\ntime = 1.0000001\n|
no such choice|3|1|ebb: c.ini:2: output.charts is 'true', not one of its choices; allowed: no, yes|[output]\ncharts = true\n|
bad list entry|3|1|ebb: c.ini:2: output.snapshots is '0w, 2q', a list whose entry 2 is '2q', not a duration|[output]\nsnapshots = 0w, 2q\n|
empty list entry|3|1|a list whose entry 2 is empty|[output]\nsnapshots = 0w,,2y\n|
missing file|3|2|/roster.csv|[school]\nroster = roster.csv\nnetwork = ties.csv\n|
roster without ties|3|1|school.roster is given but school.network is not|[school]\nroster = roster.csv\n|
home folder|3|1|(only a shell knows ~; write the folder out)|[school]\nroster = ~/roster.csv\n|
no teachers|3|1|ebb: c.ini:2: school.teachers is '0', out of range|[school]\nteachers = 0\n|
too many teachers|3|1|ebb: c.ini:2: school.teachers is '100000', out of range|[school]\nteachers = 100000\n|
Latin-1|3|1|ebb: c.ini:2: byte 13 of this line, 0xE9, is not UTF-8; save the file as UTF-8|[run]\ntitle = Coll\351ge\n|
escape codes|3|1|ebb: c.ini:2: byte 9 of this line, 0x1B, is a control character|[run]\ntitle = \033]0;owned\007\n|
NUL byte|3|1|ebb: c.ini:2: is no text file: it holds a NUL byte|[run]\nweeks = 3\000\n|
UTF-16|3|1|ebb: c.ini: is UTF-16 text; save it as UTF-8|\377\376[\000r\000|
stray continuation|3|1|ebb: c.ini:2: '2y' is neither [section] nor key = value|[output]\n  2y\n|
joined continuation|3|1|ebb: c.ini:2: output.snapshots is '0w, 2y five', a list whose entry 2|[output]\nsnapshots = 0w,\n  2y\n  five\n|
all faults at once|3|5|ebb: c.ini:1: 'a' stands before any [section]|a = 1\n[run]\nweeks = x\nseed = y\ngarbage\n[nowhere]\n|
misspelled set|3|1|ebb: command line: [run] has no key 'wekks'; did you mean weeks?|[run]\nweeks = 3\n|--set run.wekks=3
set of unknown section|3|1|ebb: command line: there is no section 'rum'; did you mean [run]?|[run]\nweeks = 3\n|--set rum.weeks=3
set out of range|3|1|ebb: command line: run.weeks is '0', out of range|[run]\nweeks = 3\n|--set run.weeks=0
set twice|3|1|ebb: command line: run.seed is set twice on the command line|[run]\nweeks = 3\n|-s 3 --set run.seed=4
set without section|2|1|ebb: --set 'weeks=3' has not the form section.key=value|[run]\nweeks = 3\n|--set weeks=3
set without value|2|1|ebb: --set 'run.weeks' has not the form section.key=value|[run]\nweeks = 3\n|--set run.weeks
bad replicates|3|1|ebb: command line: run.replicates is 'many', not a whole number|[run]\nweeks = 3\n|-r many
set and file at once|3|2|ebb: c.ini:2: run.weeks is 'x'|[run]\nweeks = x\n|--set run.seed=x
unknown option|2|1|ebb: ebb check has no option '--verbos3'; did you mean --verbose?|[run]\nweeks = 3\n|--verbos3
two files|2|1|ebb: 'c.ini' is one argument too many: ebb check CONFIG|[run]\nweeks = 3\n|c.ini
CASES

# Files that are none.
mkdir folder
mkfifo pipe
: >locked.ini
chmod 0 locked.ini
head -c 1048577 /dev/zero | tr '\0' ';' >huge.ini
truncate -s 1T hole.ini 2>/dev/null || cp huge.ini hole.ini
head -c 3000 "$EBB" >binary.ini
while IFS='|' read -r path text; do
    faulty "$path" 3 1 "$text" check "$path"
done <<'CASES'
missing.ini|ebb: missing.ini: cannot be read: No such file or directory
folder|ebb: folder: is a folder
pipe|ebb: pipe: is a pipe
/dev/zero|ebb: /dev/zero: is a device
huge.ini|ebb: huge.ini: is larger than 1 MiB
hole.ini|ebb: hole.ini: is larger than 1 MiB
binary.ini|ebb: binary.ini:1: is no text file
CASES
if [ "$(id -u)" -ne 0 ]; then
    faulty locked 3 1 "Permission denied" check locked.ini
else
    echo "skip config.locked: root may read everything"
fi

# A flood of faults is cut, counted, and still ends well.
{ echo "[run]"; seq -f 'x%g = 1' 1000; } >flood.ini
faulty flood 3 201 "flood.ini:2: " check flood.ini
grep -q '^ebb: and 800 more$' err
verdict "flood: how many more" "not said"

# Sound ones.
sound() # NAME ARGUMENTS…
{
    name=$1
    shift
    ebb check "$@"
    verdict "$name" "status $status"
}
printf '\357\273\277; BOM, CRLF, comments, no last line end\r\n[run] ; here\r\nweeks = 2y # and here\r\ntitle = "a ; b"\r\n\r\n[output]\r\nsnapshots = 0w,\r\n  ; between\r\n\t1y\r\n[strategy more # time]\r\nstart = 1y\r\ntime = 0.1' >good.ini
sound "sound" -v good.ini
for row in 'run.weeks = 80w' 'run.title = a ; b' 'output.snapshots = 0w, 40w' 'strategy more # time.start = 40w'; do
    grep -qF "  $row (" out
    verdict "sound shows $row" "it does not"
done
[ ! -s err ]
verdict "sound says nothing more" "it does"
sound "set on a named section" good.ini --set 'strategy more # time.start=3w'
faulty "set on an unknown name" 3 1 'ebb: command line: the configuration has no [strategy more  time]; did you mean [strategy more # time]?' \
    check good.ini --set 'strategy more  time.start=3w'
: >empty.ini
sound "empty" empty.ini
grep -qF 'ebb: empty.ini: warning: sets nothing' err
verdict "empty warns" "it does not"
for file in "$here"/configs/*.ini; do
    sound "configs/$(basename "$file")" "$file"
done
ebb check -q good.ini && [ ! -s out ]
verdict "quiet" "it speaks"

# Every model's template runs as it stands, and every default is as good as none.
ebb explain model && sed -n 's/^model \([a-z_0-9]*\):.*/\1/p' out >models
[ -s models ]
verdict "models are listed" "none is"
while read -r model; do
    ebb params --ini --model "$model" && cp out template.ini
    sound "template of $model" -v template.ini
    [ "$(grep -c '^  [a-z_]*\.[a-z_]* = ' out)" -le 1 ]
    verdict "template of $model changes nothing" "$(grep '^  [a-z_]*\.' out | head -3 | tr '\n' ' ')"
    ebb params --markdown --model "$model"
    [ "$(grep -c '^### ' out)" -ge 4 ]
    verdict "tables of $model" "too few"
    awk -F ' \\| ' '/^\| `/ && NF != 6 {bad = 1} END {exit bad}' out
    verdict "tables of $model have five columns" "a row has not"
done <models

# What explain and params say, and how the whole command line answers.
while IFS='|' read -r name want stream text call; do
    # shellcheck disable=SC2086
    ebb $call
    [ "$status" -eq "$want" ] && grep -qF -e "$text" "$stream"
    verdict "$name" "status $status, wanted $want, or does not say: $text"
done <<'CASES'
explain a setting|0|out|allowed   1w to 16000000w|explain run.weeks
explain a bare key|0|out|calendar.weeks_per_year: |explain weeks_per_year
explain a section|0|out|[output]: What is kept|explain output
explain a pasted section|0|out|[output]: What is kept|explain [output]
explain a measure|0|out|measure   capacity|explain personal
explain a setting of a named section|0|out|strategy NAME.start: |explain strategy.start
explain a near name|2|err|there is no setting, section or measure 'run.wekks'; did you mean run.weeks?|explain run.wekks
explain a near section|2|err|did you mean run.weeks?|explain rn.weeks
explain nonsense|2|err|there is no setting, section or measure 'xyzzy'|explain xyzzy
explain nothing|2|err|ebb explain needs an argument: ebb explain KEY|explain
params of a section|0|out|weeks_per_year = 40|params calendar
params of a near section|2|err|there is no section 'calender'; did you mean calendar?|params calender
params of an unknown model|2|err|there is no model 'bas'; did you mean bass?|params --model bas
params two ways|2|err|--markdown and --ini exclude each other|params --ini --markdown
no command|2|err|usage: ebb COMMAND|
help|0|out|usage: ebb COMMAND|--help
help of a command|0|out|usage: ebb check CONFIG|check --help
help on a command|0|out|usage: ebb check CONFIG|help check
help beats faults|0|out|usage: ebb check CONFIG|check --nonsense --help
version|0|out|ebb |--version
unknown command|2|err|there is no command 'chekc'; did you mean `ebb check`?|chekc
unknown first option|2|err|there is no option '--hlep'|--hlep
CASES
if [ -w /dev/full ]; then
    "$EBB" params >/dev/full 2>err
    [ $? -eq 1 ] && grep -q 'standard output cannot be written' err
    verdict "full disk" "not told"
fi
exit $failed
