#include "libraries.h"

#include "../leaf/ranks.h"

#include <csv.h>
#include <gsl/gsl_version.h>
#include <pango/pangocairo.h>
#include <sqlite3.h>

/* 201511 → "201511" */
#define TEXT_OF(x) TEXT_OF_(x)
#define TEXT_OF_(x) #x

size_t libraries_list(struct store_library list[LIBRARIES_MAX])
{
    const char *igraph = "";
    igraph_version(&igraph, NULL, NULL, NULL);
    const struct store_library all[] = {
        {"gsl", gsl_version},
        {"igraph", igraph},
        {"sqlite", sqlite3_libversion()},
        {"cairo", cairo_version_string()},
        {"pango", pango_version_string()},
        {"libcsv", TEXT_OF(CSV_MAJOR) "." TEXT_OF(CSV_MINOR) "." TEXT_OF(CSV_RELEASE)},
#ifdef _OPENMP
        {"openmp", TEXT_OF(_OPENMP)},
#endif
        {"compiler", __VERSION__},
        {"openmpi", ranks_library()}, /* the last: may be without */
    };
    const size_t count = sizeof all / sizeof all[0] - !ranks_library();
    _Static_assert(sizeof all / sizeof all[0] <= LIBRARIES_MAX, "room for every library");
    for (size_t i = 0; i < count; i++)
        list[i] = all[i];
    return count;
}
