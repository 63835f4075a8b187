#!/bin/sh
# What compilers do not see. usage: tests/lint.sh BUILD [compiler flags]
set -u
build=$1
shift
bad=0
for tool in nm cppcheck clang-tidy; do
    command -v $tool >/dev/null || { echo "$tool is not here: make lint installs it" >&2; exit 1; }
done

# Names start with a noun of the project: a file's, a folder's, a struct's or an enum's. A settings group is called by its
# section. nm sees what is exported, whatever headers say.
nm -A -g --defined-only "$build/libebb.a" | sed 's/^[^:]*:\([^:]*\)\.o:[^ ]* [A-Z] /\1 /' | grep -v '[.]' | sort -u >"$build/symbols"
nouns=$({
    find sim models plots -name '*.[ch]' -o -type d -path '*/*' | sed 's|.*/||; s|\.[ch]$||' | tr '_-' '\n\n'
    grep -hoE '^(struct|enum) [a-z]+' -r sim models plots --include='*.h' | sed 's/.* //'
} | sed 'p; s/s$//' | sort -u)
while read -r file symbol; do
    word=${symbol%%_*}
    case $symbol in *_group | draw_* | newcomer) continue ;; esac
    echo "$nouns" | grep -qx -e "$word" -e "${word%s}" || { echo "$file.c: $symbol starts with no noun of the project"; bad=1; }
done <"$build/symbols"
awk '{n[$2]++} END {for (s in n) if (n[s] > 1) {print s " is defined twice"; exit 1}}' "$build/symbols" || bad=1

# What no other file uses, tests among them, is none of their business.
find "$build" \( -name check -o -name fuzz \) -prune -o -name '*.o' -exec nm -u {} + | sed -n 's/^ *U //p' | sort -u >"$build/used"
awk 'NR == FNR {used[$1]; next} !($2 in used) {print $1 ".c: " $2 " is used in this file alone: make it static"; n++} END {exit n > 0}' \
    "$build/used" "$build/symbols" || bad=1

# Arrows run one way: leaves know nothing above them, models no engine, pictures no model, the drawing kit no picture.
grep -nE '#include "[^"]*(config|engine|store|commands|models|plots)/' sim/leaf/*.[ch] && bad=1
grep -nE '#include "[^"]*(config|engine|store|commands|plots)/' models/*.[ch] models/*/*.[ch] models/*/*/*.[ch] && bad=1
grep -nE '#include "[^"]*(config|engine|store|commands|models)/' plots/*.[ch] plots/*/*.[ch] && bad=1
grep -nE '#include "\.\./' plots/kit/*.[ch] | grep -vE '"\.\./(chart\.h|\.\./sim/leaf/)' && bad=1
grep -nE '(ladder|bass|influence)_model' sim -r && bad=1

cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
    --suppress=missingIncludeSystem -j "$(nproc)" sim models plots || bad=1
find sim models plots -name '*.c' | xargs -P "$(nproc)" -n 4 sh -c \
    'flags=$1; shift; clang-tidy --quiet --warnings-as-errors="*" "$@" -- -std=c17 -D_GNU_SOURCE $flags 2>/dev/null |
        grep -E "(error|warning):" && exit 1; exit 0' sh \
    "$* -DEBB_VERSION=\"0\" -DEBB_COMMIT=\"\"" || bad=1
exit $bad
