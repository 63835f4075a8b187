#!/bin/sh
# Every `ebb` line of the README's ```sh blocks runs as it stands, in order, in a folder that holds the configurations;
# its ```ini block is a sound configuration.
. "$(dirname "$0")/../shell.sh"
[ -f README.md ] || skip "no README.md"
awk '/^```/ {inside = $0 == "```sh"; next} inside && /^ebb /' README.md >"$tmp/commands"
awk '/^```/ {inside = $0 == "```ini"; next} inside' README.md >"$tmp/readme.ini"
mkdir "$tmp/bin" && ln -s "$EBB" "$tmp/bin/ebb" && cp -R configs "$tmp/configs" && cd "$tmp" || exit 1
PATH=$tmp/bin:$PATH
[ -s commands ] || not_ok "commands" "none found"
echo "ebb check readme.ini" >>commands
while read -r line; do
    sh -c "$line" >said 2>err </dev/null
    verdict "$line" "$(tail -n 3 said | tr '\n' ' ')"
done <commands
grep -q "), personal was higher under 'shared planning' than under 'none', mean of weeks 361 to 400, the last year, by 0" out/coaching/sentences.txt
verdict "the sentence for the paper is of the form that it shows" "$(head -n 1 out/coaching/sentences.txt)"
exit $failed
