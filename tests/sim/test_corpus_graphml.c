/* What the fuzzer was given and what it found, once more. */
#include "../fuzz/fuzz_graphml.c"

#include "../fuzz/replay.h"

int main(void)
{
    return replay_folder("graphml", "tests/fuzz/corpus/graphml");
}
