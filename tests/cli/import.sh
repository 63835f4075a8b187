#!/bin/sh
# ebb import as a user meets it: the example, real schools where they are, and several dozen broken surveys.
here=$(pwd)
. "$(dirname "$0")/../shell.sh"
named=import.

refuse() # NAME STATUS LINES PATTERN ARGUMENTS…: so many sentences, the first like this, no report and no folder
{
    name=$1 want=$2 lines=$3 pattern=$4
    shift 4
    ebb import "$@" -o "$tmp/refused"
    [ "$status" -eq "$want" ] && [ ! -e "$tmp/refused" ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" -eq "$lines" ] &&
        head -1 "$tmp/err" | grep -qE -e "$pattern"
    verdict "$name" "status $status, wanted $want and $lines lines, first /$pattern/"
    rm -rf "$tmp/refused"
}
# Files named after what they hold; the other file of a broken pair is sound.
file() # NAME CONTENT
{
    # shellcheck disable=SC2059
    printf "$2" >"$tmp/$1"
}
roster() # NAME LINES PATTERN CONTENT
{
    file "$1.csv" "$4"
    refuse "$1" 3 "$2" "$3" "$tmp/$1.csv" "$tmp/ties.csv"
}
ties() # the same
{
    file "$1.csv" "$4"
    refuse "$1" 3 "$2" "$3" "$tmp/roster.csv" "$tmp/$1.csv"
}
graph() # the same
{
    file "$1.graphml" "$4"
    refuse "$1" 3 "$2" "$3" "$tmp/$1.graphml"
}
file roster.csv 'id,unit,years,trust\na,x,3,2\nb,y,,3\nc,x,11,4\n'
file ties.csv 'from,to\na,b\nb,c\nc,a\n'

awk 'BEGIN{print "id"; for (i = 0; i < 40; i++) print "p" i}' >"$tmp/forty.csv"
awk 'BEGIN{print "from,to"; for (i = 1; i < 40; i++) print "p" i ",p0"}' >"$tmp/hub.csv"

# --- what works ---------------------------------------------------------------------------------------------------------
ebb import configs/example-school/roster.csv configs/example-school/nominations.csv --trust-scale 1:5 \
    -o "$tmp/example"
verdict example "status $?"
for word in '24 staff in 6 units; 21 of them (88 %) answered' "'T05' names 'T29', who is not in the roster" \
    "'T13' names itself" "'T18' names 'T02' again (first in line 51)" "'T10', 'T16', 'T19'" \
    'counted as teachers: .librarian. (1)' 'No unit: 1 of 24' 'No years of service: 1 of 24' 'No trust: 1 of 24' \
    'reciprocity  *0.28  *0.33  *0.10 to 0.62' 'Pitts and J. P. Spillane (2009)' "Columns not used: 'name'"; do
    grep -q "$word" "$tmp/out" && grep -q "$word" "$tmp/example/report.txt"
    verdict "report: $word" "not on the screen or not in report.txt"
done
[ "$(wc -l <"$tmp/example/ties.csv")" -eq 66 ] && grep -qx 'T16,Sciences,NA,0.6,teacher' "$tmp/example/roster.csv" &&
    grep -qx 'T17,"Arts, music and sport",7,0.9,lead teacher' "$tmp/example/roster.csv"
verdict files "roster.csv or ties.csv are not as expected"
ebb check "$tmp/example/school.ini" && [ ! -s "$tmp/err" ]
verdict check "ebb check does not like school.ini"
sed 's/^;\([[a-z]\)/\1/' "$tmp/example/school.ini" >"$tmp/example/tried.ini"
ebb check "$tmp/example/tried.ini" && grep -q 'joint planning' "$tmp/example/tried.ini" &&
    [ ! -s "$tmp/err" ]
verdict suggested_strategy "what school.ini suggests to try is not sound"
rm -f "$tmp/example/tried.ini"
# What was written is a survey too, and a clean one: importing it again changes nothing but names and scale.
ebb import "$tmp/example/roster.csv" "$tmp/example/ties.csv" --trust-scale 0:1 -q -o "$tmp/again" &&
    cmp -s "$tmp/example/roster.csv" "$tmp/again/roster.csv" && cmp -s "$tmp/example/ties.csv" "$tmp/again/ties.csv" &&
    grep -q 'Nothing was left out' "$tmp/again/report.txt"
verdict again "a second import differs"
# The same survey as Windows spreadsheets write it, and with other names of columns.
sed 's/$/\r/; 1s/^/\xef\xbb\xbf/; s/,\([^ ]\)/;\1/g; s/,\r/;\r/' configs/example-school/nominations.csv >"$tmp/semi.csv"
sed -i '1s/from;to/Wer;Wen/' "$tmp/semi.csv"
ebb import configs/example-school/roster.csv "$tmp/semi.csv" --from-col Wer --to-col Wen --trust-scale 1:5 -q \
    -o "$tmp/windows" && cmp -s "$tmp/example/ties.csv" "$tmp/windows/ties.csv"
verdict windows "CRLF, byte order mark and semicolons give other ties"
file wide.csv 'me,n1,n2,n3\na,b,c,\nb,NA,,\nc,a,a,zed\n'
ebb import "$tmp/roster.csv" "$tmp/wide.csv" --from-col me --to-col n1,n2,n3 -o "$tmp/wide" &&
    [ "$(tr '\n' ' ' <"$tmp/wide/ties.csv")" = 'from,to a,b a,c c,a ' ] && grep -q '3 of them (100 %) answered' "$tmp/out"
verdict wide "several columns of names"
file good.graphml '<graphml><key id="u" for="node" attr.name="unit" attr.type="string"/><key id="w" for="edge" attr.name="weight" attr.type="double"/><graph edgedefault="directed"><node id="a"><data key="u">Kunst &amp; Musik</data></node><node id="b"/><edge source="a" target="b"><data key="w">4</data></edge><edge source="b" target="a"><data key="w">1</data></edge></graph></graphml>'
ebb import "$tmp/good.graphml" --weight-col weight -o "$tmp/graph" &&
    [ "$(tr '\n' ' ' <"$tmp/graph/ties.csv")" = 'from,to,strength a,b,1 b,a,0.25 ' ] &&
    grep -qx 'a,Kunst & Musik' "$tmp/graph/roster.csv" && ebb check "$tmp/graph/school.ini"
verdict graphml "a sound GraphML file"
ebb import "$tmp/roster.csv" "$tmp/ties.csv" -n && grep -q '3 staff' "$tmp/out"
verdict dry_run "-n without -o gives no report"
# A file name that would drive the terminal or the INI.
evil=$(printf 'r\033[2J\n[run].csv')
cp "$tmp/roster.csv" "$tmp/$evil"
ebb import "$tmp/$evil" "$tmp/ties.csv" -o "$tmp/evil" &&
    ! grep -q "$(printf '\033')" "$tmp/out" "$tmp/evil/school.ini" && ebb check "$tmp/evil/school.ini"
verdict hostile_name "a line end or escape in a file name"

# --- the command line ---------------------------------------------------------------------------------------------------
refuse one_csv 2 1 'ROSTER and TIES, or one .graphml' "$tmp/roster.csv"
refuse graphml_and_csv 2 1 'give it alone' "$tmp/good.graphml" "$tmp/ties.csv"
refuse delimiter 2 1 'allowed are comma, semicolon, tab' "$tmp/roster.csv" "$tmp/ties.csv" --delimiter x
for scale in 1 4:1 1:1 1:x a:b 1:inf nan:4 '' 1:4:5; do
    refuse "scale '$scale'" 2 1 '--trust-scale is .*takes the lowest and highest' "$tmp/roster.csv" "$tmp/ties.csv" --trust-scale "$scale"
done
refuse no_column 3 1 "has no column 'grade'.*its columns are: id, unit, years, trust" "$tmp/roster.csv" "$tmp/ties.csv" --unit-col grade
refuse scale_too_narrow 3 1 ':4: trust is 4; allowed is 1 to 3' "$tmp/roster.csv" "$tmp/ties.csv" --trust-scale 1:3
ebb import "$tmp/roster.csv" "$tmp/ties.csv"
[ $? -eq 2 ] && grep -q -e '-o DIR is missing' "$tmp/err"
verdict no_out "without -o"

# --- nothing is overwritten ---------------------------------------------------------------------------------------------
before=$(cat "$tmp/example"/* | cksum)
ebb import "$tmp/roster.csv" "$tmp/ties.csv" -o "$tmp/example"
[ $? -eq 3 ] && [ "$(cat "$tmp/example"/* | cksum)" = "$before" ] && grep -q 'is there already' "$tmp/err"
verdict not_overwritten "without --force"
# The folder was empty when this began; while it waits for the lock, another import fills it.
mkdir "$tmp/late"
flock "$tmp/late" sh -c "touch '$tmp/held'; sleep 0.2; cp '$tmp/example'/* '$tmp/late'" &
until [ -e "$tmp/held" ]; do sleep 0.01; done
ebb import "$tmp/roster.csv" "$tmp/ties.csv" -o "$tmp/late"
wait
[ "$status" -ne 0 ] && [ "$(cat "$tmp/late"/* | cksum)" = "$before" ] && grep -qE 'is there already|has not ended' "$tmp/err"
verdict late "what another import has just written"
ebb import "$tmp/broken.csv" "$tmp/ties.csv" --force -o "$tmp/example"
[ $? -eq 3 ] && [ "$(cat "$tmp/example"/* | cksum)" = "$before" ]
verdict bad_input_overwrites_nothing "--force with bad input"
ebb import "$tmp/example/roster.csv" "$tmp/example/ties.csv" --force -o "$tmp/example"
[ $? -eq 3 ] && [ "$(cat "$tmp/example"/* | cksum)" = "$before" ]
verdict own_input_is_safe "its own input was overwritten"
ebb import "$tmp/roster.csv" "$tmp/ties.csv" --force -q -o "$tmp/example" &&
    [ "$(wc -l <"$tmp/example/ties.csv")" -eq 4 ] && [ ! -s "$tmp/out" ] && [ ! -e "$tmp/example/ties.csv.part" ]
verdict force "--force"
ebb import "$tmp/roster.csv" "$tmp/ties.csv" -o "$tmp/ties.csv"
[ $? -eq 3 ] && grep -q 'is no folder' "$tmp/err"
verdict out_is_a_file "-o names a file"
ebb import "$tmp/roster.csv" "$tmp/ties.csv" -o "$tmp/ties.csv/below"
[ $? -eq 1 ] && grep -q 'cannot be made' "$tmp/err"
verdict out_below_a_file "-o lies below a file"
ebb import "$tmp/roster.csv" "$tmp/ties.csv" -q -o "$tmp/deep/er" &&
    [ -s "$tmp/deep/er/school.ini" ]
verdict out_with_parents "folders above were not made"
ebb import "$tmp/roster.csv" "$tmp/ties.csv" -o ''
[ $? -eq 2 ]
verdict out_empty "-o without a name"
if [ -d /dev/fd ] && [ "$(id -u)" -ne 0 ]; then
    mkdir "$tmp/locked" && chmod 555 "$tmp/locked"
    ebb import "$tmp/roster.csv" "$tmp/ties.csv" -o "$tmp/locked"
    [ $? -eq 1 ] && grep -q 'cannot be written' "$tmp/err"
    verdict locked "a folder without leave to write"
fi
before=$(cat "$tmp/example"/* | cksum)
mkdir "$tmp/example/school.ini.part"
ebb import "$tmp/forty.csv" "$tmp/hub.csv" --force -o "$tmp/example"
[ $? -eq 1 ] && rmdir "$tmp/example/school.ini.part" && [ "$(cat "$tmp/example"/* | cksum)" = "$before" ] &&
    [ "$(ls "$tmp/example" | wc -l)" -eq 4 ]
verdict half_written_leaves_the_old "a file that could not be written"
if [ -c /dev/full ]; then
    "$EBB" import "$tmp/roster.csv" "$tmp/ties.csv" -n >/dev/full 2>"$tmp/err"
    [ $? -eq 1 ]
    verdict full_screen "a report that cannot be printed"
fi

# --- no such file, no file, too large -----------------------------------------------------------------------------------
refuse missing_both 3 2 'nowhere.csv: cannot be read: No such file' "$tmp/nowhere.csv" "$tmp/either.csv"
refuse folder 3 1 'is a folder; a table is an ordinary text file' "$tmp" "$tmp/ties.csv"
refuse device 3 1 'is a device' /dev/zero "$tmp/ties.csv"
mkfifo "$tmp/fifo.csv" "$tmp/fifo.graphml"
refuse fifo 3 1 'is a pipe' "$tmp/fifo.csv" "$tmp/ties.csv"
refuse fifo_graphml 3 1 'is a pipe' "$tmp/fifo.graphml"
truncate -s 100M "$tmp/large.csv" "$tmp/large.graphml"
refuse large 3 1 'is larger than 64 MiB' "$tmp/roster.csv" "$tmp/large.csv"
refuse large_graphml 3 1 'is larger than 64 MiB' "$tmp/large.graphml"
if [ "$(id -u)" -ne 0 ]; then
    cp "$tmp/roster.csv" "$tmp/secret.csv" && chmod 000 "$tmp/secret.csv"
    refuse unreadable 3 1 'Permission denied' "$tmp/secret.csv" "$tmp/ties.csv"
fi

# --- broken staff lists -------------------------------------------------------------------------------------------------
roster empty 1 'is empty; a header was expected' ''
roster blank 1 'blank lines only' '\n\r\n   \n'
roster only_header 1 'has a header but no staff below it' 'id,unit\n'
roster one_person 1 'the roster has 1 people; a school has 2 to' 'id\na\n'
roster no_id 1 ":1: has no column 'id'.*did you mean 'ids'" 'ids,unit\na,x\n'
roster empty_id 1 ':3: has no id' 'id,unit\na,x\n,y\nc,z\n'
roster twice 2 ":4: the id 'a' stands in line 2 already" 'id\na\nb\na\na\nc\n'
roster ragged 2 ':2: has 1 field where the header has 2' 'id,unit\na\nb,x,y\nc,x\n'
roster columns_twice 1 "the column 'unit' is named twice" 'id,unit,unit\na,x,y\nb,x,y\n'
roster open_quote 1 ':3: the quote that opens in this row never closes' 'id,name\na,x\nb,"y\nc,z\n'
roster stray_quote 1 ':2: a quote is out of place' 'id,name\na,5" pipe\nb,y\n'
roster latin1 2 ':2: byte 0xE9 is not UTF-8' 'id,name\na,Andr\351\nb,Ren\351\n'
roster utf16 1 'is UTF-16' '\377\376i\000d\000\n\000'
roster nul 1 ':2: has a NUL byte' 'id,name\na,x\000y\nb,y\n'
roster binary 1 'is not UTF-8|NUL' '\177ELF\002\001\001\000\000\000\000'
roster png 2 ':1: byte 0x89 is not UTF-8' '\211PNG\r\n\032\n\000\000\000\rIHDR'
roster years_words 3 ":2: years is 'three', which is no number" 'id,years\na,three\nb,20+\nc,0x1F\n'
roster years_range 3 ':2: years is -1; allowed is 0 to 80' 'id,years\na,-1\nb,81\nc,1e300\n'
roster trust_odd 1 'its trust runs from -7 to 2, which is no usual scale' 'id,trust\na,-7\nb,2\n'
roster trust_words 1 ":2: trust is 'high'" 'id,trust\na,high\nb,2\n'
roster escape 1 'has no id|x1b|x1B' 'id,unit\n,\033[31m\nb,x\n'
roster xml 1 ":1: has no column 'id'" '<graphml/>\nb\n'
awk 'BEGIN{print "id"; for (i = 0; i < 100000; i++) print i}' >"$tmp/many.csv"
refuse staff_100000 3 1 'the roster has 100000 people; a school has 2 to' "$tmp/many.csv" "$tmp/ties.csv"
awk 'BEGIN{printf "id,name\na,"; for (i = 0; i < 70000; i++) printf "x"; print "\nb,y"}' >"$tmp/field.csv"
refuse huge_field 3 1 ':2: .*a field of 70000 bytes; at most 65536' "$tmp/field.csv" "$tmp/ties.csv"
awk 'BEGIN{printf "id"; for (i = 0; i < 9000; i++) printf ",c%d", i; print ""}' >"$tmp/columns.csv"
refuse many_columns 3 1 'has more than 4096 columns' "$tmp/columns.csv" "$tmp/ties.csv"
awk 'BEGIN{print "id,unit"; for (i = 0; i < 1500; i++) print i "," i}' >"$tmp/units.csv"
refuse many_units 3 1 'the roster has 1500 units' "$tmp/units.csv" "$tmp/ties.csv"
awk 'BEGIN{print "id,unit"; for (i = 0; i < 3000; i++) print "x"}' >"$tmp/worse.csv"
refuse many_faults 3 201 ':2: has 1 field where the header has 2' "$tmp/worse.csv" "$tmp/ties.csv"

# --- broken nominations -------------------------------------------------------------------------------------------------
ties ties_empty 1 'is empty' ''
ties ties_columns 2 ":1: has no column 'from'" 'who,whom\na,b\n'
ties ties_ragged 1 ':3: has 3 fields where the header has 2' 'from,to\na,b\nb,c,a\n'
ties ties_strength 2 ":2: strength is 'much'" 'from,to,strength\na,b,much\nb,c,-1\n'
ties ties_quote 1 ':2: the quote that opens in this row never closes' 'from,to\na,"b\nb,c\n'
ties ties_utf8 1 ':2: byte 0xFF' 'from,to\na,\377\n'
refuse faults_of_both 3 2 'empty.csv: is empty' "$tmp/empty.csv" "$tmp/ties_ragged.csv"
file nobody.csv 'from,to\n'
ebb import "$tmp/roster.csv" "$tmp/nobody.csv" -o "$tmp/nobody" &&
    grep -q 'No response: 3 of 3' "$tmp/out" && grep -q 'warning: only 0 of 3 staff answered' "$tmp/err" &&
    ebb check "$tmp/nobody/school.ini"
verdict no_answers "nominations without a row"
awk 'BEGIN{print "from,to"; for (i = 0; i < 100000; i++) print "a,stranger" i}' >"$tmp/strangers.csv"
ebb import "$tmp/roster.csv" "$tmp/strangers.csv" -o "$tmp/strangers" &&
    grep -q 'Named, but not in the roster: 100000' "$tmp/out" && [ "$(wc -l <"$tmp/out")" -lt 60 ] &&
    [ "$(grep -c "names 'stranger" "$tmp/strangers/report.txt")" -eq 100000 ]
verdict all_strangers_listed "100000 unmatched ids"

ebb import "$tmp/forty.csv" "$tmp/hub.csv" -q -o "$tmp/hub" &&
    grep -q "warning: 'p0' has ties with 39 colleagues; the model holds [0-9]* of them" "$tmp/err"
verdict more_ties_than_places "no word about ties that the model cannot hold"

# --- broken GraphML -----------------------------------------------------------------------------------------------------
graph g_empty 1 'is empty; GraphML was expected' ''
graph g_text 1 'holds no <graph>' 'id,unit\na,b\n'
graph g_html 1 'holds no <graph>' '<!-- <graph> --><html><body>hi</body></html>'
graph g_truncated 1 'the graph library says' '<graphml><graph edgedefault="directed"><node id="a"/><node id='
graph g_bomb 1 ':2: declares a document type or entities' '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>\n<graphml><graph edgedefault="directed"><node id="&b;"/></graph></graphml>'
graph g_external 1 'declares a document type' '<!DOCTYPE x SYSTEM "file:///etc/passwd"><graphml><graph edgedefault="directed"><node id="a"/></graph></graphml>'
graph g_no_nodes 1 'has no <node>' '<graphml><graph edgedefault="directed"/></graphml>'
graph g_node_twice 1 '3 <node>s but only 2 different ones' '<graphml><graph edgedefault="directed"><node id="a"/><node id="b"/><node id="a"/></graph></graphml>'
graph g_unknown_end 1 '1 node that no <node> tells of' '<graphml><graph edgedefault="directed"><node id="a"/><edge source="a" target="b"/></graph></graphml>'
graph g_half_edge 1 'missing source or target' '<graphml><graph edgedefault="directed"><node id="a"/><edge source="a"/></graph></graphml>'
graph g_missing_id 1 'missing ID' '<graphml><graph edgedefault="directed"><node/><node/></graph></graphml>'
graph g_hyperedge 1 'hyperedges' '<graphml><graph edgedefault="directed"><node id="a"/><hyperedge/></graph></graphml>'
graph g_two_graphs 1 ':3: a second <graph>' '<graphml><graph edgedefault="directed"><node id="a"/>\n</graph>\n<graph edgedefault="directed"><node id="b"/></graph></graphml>'
graph g_type 1 'Unknown attribute type' '<graphml><key id="u" for="node" attr.name="unit" attr.type="colour"/><graph edgedefault="directed"><node id="a"/></graph></graphml>'
graph g_number 1 'the graph library says' '<graphml><key id="u" for="node" attr.name="years" attr.type="double"/><graph edgedefault="directed"><node id="a"><data key="u">many</data></node></graph></graphml>'
graph g_utf8 1 'not proper UTF-8' '<graphml><graph edgedefault="directed"><node id="\377"/></graph></graphml>'
graph g_nul 1 'NUL bytes' '<graphml><graph edgedefault="directed"><node id="a\000"/></graph></graphml>'
graph g_one_node 1 'the roster has 1 people' '<graphml><graph edgedefault="directed"><node id="a"/></graph></graphml>'
awk 'BEGIN{print "<graphml><graph edgedefault=\"directed\">"; for (i = 0; i < 100000; i++) printf "<node id=\"%d\"/>", i; print "</graph></graphml>"}' >"$tmp/g_many.graphml"
refuse g_100000 3 1 'the roster has 100000 people' "$tmp/g_many.graphml"
awk 'BEGIN{printf "<graphml>"; for (i = 0; i < 60000; i++) printf "<graph edgedefault=\"directed\"><node id=\"%d\">", i}' >"$tmp/g_deep.graphml"
refuse g_deep 3 1 'a second <graph>' "$tmp/g_deep.graphml"

# --- real schools -------------------------------------------------------------------------------------------------------
schools=$here/../shared/data/schools
if [ -r "$schools/school01-roster.csv" ]; then
    for number in 01 02 03 05 06 08 10 11 13 14; do
        folder=$tmp/school$number
        if ! ebb import "$schools/school$number-roster.csv" "$schools/school$number-advice.csv" --trust-scale 1:4 \
            -o "$folder"; then
            not_ok "school$number" "import failed"
        elif ! grep -q 'Nothing was left out' "$tmp/out" || grep -q ' of them$' "$tmp/out"; then
            not_ok "school$number" "left something out or lies outside the published ranges"
        elif ! ebb run "$folder/school.ini" --set run.weeks=1y -r 2 -q --progress none -o "$folder/run"; then
            not_ok "school$number" "ebb run failed"
        elif ! [ -s "$folder/run/series.csv" ]; then
            not_ok "school$number" "ebb run wrote no series.csv"
        else
            ok "school$number"
        fi
    done
else
    echo "skip import.schools: the schools' data is not there"
fi
exit "$failed"
