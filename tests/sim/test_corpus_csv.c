/* What the fuzzer was given and what it found, once more. */
#include "../fuzz/fuzz_csv.c"

#include "../fuzz/replay.h"

int main(void)
{
    return replay_folder("csv", "tests/fuzz/corpus/csv");
}
