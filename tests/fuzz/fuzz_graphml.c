/* libFuzzer target for the GraphML reader, igraph behind it: no input may crash, hang or leak. */
#include "../../sim/config/graphml.h"
#include "../../sim/leaf/graph.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int started;
    struct csv_table roster, ties;
    struct faults faults = {0};
    bool undirected;
    char *copy = malloc(size + 1);
    if (!copy)
        return 0;
    if (!started)
        graph_library_init();
    started = 1;
    memcpy(copy, data, size);
    copy[size] = '\0';
    enum status status = graphml_parse("g", copy, size, "id", &roster, &ties, &undirected, &faults);
    if ((status == STATUS_OK) != (faults.errors == 0))
        abort();
    if (!status) {
        csv_table_free(&roster);
        csv_table_free(&ties);
    }
    faults_free(&faults);
    free(copy);
    return 0;
}
