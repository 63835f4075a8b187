/* What the fuzzer was given and what it found, once more. */
#include "../fuzz/fuzz_ini.c"

#include "../fuzz/replay.h"

int main(void)
{
    LLVMFuzzerInitialize(NULL, NULL);
    return replay_folder("ini", "tests/fuzz/corpus/ini");
}
