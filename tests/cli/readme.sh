#!/bin/sh
# Every `ebb` line of the README's ```sh blocks runs as it stands, in order, in a folder that holds the configurations;
# its ```ini block is a sound configuration.
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
[ -f README.md ] || { echo "skip readme: no README.md"; exit 0; }
awk '/^```/ {inside = $0 == "```sh"; next} inside && /^ebb /' README.md >"$tmp/commands"
[ -s "$tmp/commands" ] || { echo "not ok readme: no commands found"; exit 1; }
awk '/^```/ {inside = $0 == "```ini"; next} inside' README.md >"$tmp/readme.ini"
mkdir "$tmp/bin" && ln -s "$EBB" "$tmp/bin/ebb" && cp -R configs "$tmp/configs" || exit 1
PATH=$tmp/bin:$PATH
cd "$tmp" || exit 1
status=0
echo "ebb check readme.ini" >>commands
while read -r line; do
    if sh -c "$line" >out.txt 2>&1 </dev/null; then
        echo "ok readme: $line"
    else
        echo "not ok readme: $line: $(tail -n 3 out.txt | tr '\n' ' ')"
        status=1
    fi
done <commands
if [ "$(grep -c "), personal was higher under 'shared planning' than under 'none', mean of weeks 361 to 400, the last year, by 0" out/coaching/sentences.txt)" -eq 1 ]; then
    echo "ok readme: the sentence for the paper is of the form that it shows"
else
    echo "not ok readme: the sentence for the paper: $(head -n 1 out/coaching/sentences.txt)"
    status=1
fi
exit $status
