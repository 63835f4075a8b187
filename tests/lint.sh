#!/bin/sh
# What compilers do not see. usage: tests/lint.sh BUILD [compiler flags]
set -u
build=$1
shift
bad=0

# Names start with their file's noun (or its folder's): fault_add in fault.c. What fits neither is listed.
nm -A -g --defined-only "$build/libebb.a" | sed 's/^[^:]*:\([^:]*\)\.o:[^ ]* [A-Z] /\1 /' | grep -v '[.]' | sort -u >"$build/symbols"
words=$(find sim models plots -name '*.[ch]' -o -type d -path '*/*' | sed 's|.*/||; s|\.[ch]$||' | tr '_-' '\n\n' | sort -u)
while read -r file symbol; do
    word=${symbol%%_*}
    echo "$words" | grep -qx -e "$word" -e "${word%s}" || { echo "$file.c: $symbol starts with no file's or folder's noun"; bad=1; }
done <"$build/symbols"
awk '{n[$2]++} END {for (s in n) if (n[s] > 1) {print s " is defined twice"; exit 1}}' "$build/symbols" || bad=1

# Arrows run one way: leaves know nothing above them, models no engine, pictures no model.
grep -nE '#include "[^"]*(config|engine|store|commands|models|plots)/' sim/leaf/*.[ch] && bad=1
grep -nE '#include "[^"]*(config|engine|store|commands|plots)/' models/*.[ch] models/*/*.[ch] && bad=1
grep -nE '#include "[^"]*(config|engine|store|commands|models)/' plots/*.[ch] && bad=1
grep -nE '(ladder|bass)_model' sim -r && bad=1
find sim models plots tests -name '*.[ch]' -exec env LC_ALL=C.UTF-8 grep -HnE '^.{121,}$' {} + && bad=1

cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
    --suppress=missingIncludeSystem -j "$(nproc)" sim models plots || bad=1
find sim models plots -name '*.c' | xargs -P "$(nproc)" -n 4 sh -c \
    'flags=$1; shift; clang-tidy --quiet --warnings-as-errors="*" "$@" -- -std=c17 -D_GNU_SOURCE $flags 2>/dev/null |
        grep -E "(error|warning):" && exit 1; exit 0' sh \
    "$* -DEBB_VERSION=\"0\" -DEBB_COMMIT=\"\"" || bad=1
exit $bad
