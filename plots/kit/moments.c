#include "moments.h"

static enum status unknown_week(const struct moments_stored *stored, int64_t week, struct faults *faults)
{
    char known[256] = "";
    size_t used = 0;
    for (size_t k = 0; k < stored->count && used + 24 < sizeof known; k++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%lldw", k ? ", " : "",
                                 (long long)stored->week(stored->list, k));
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--weeks: %s stored at week %lld; stored are %s", stored->none,
                     (long long)week, known);
}

enum status moments_choose(const struct chart_options *options, const struct moments_stored *stored, size_t most,
                           size_t usual, struct moments *moments, struct faults *faults)
{
    enum status status = STATUS_OK;
    *moments = (struct moments){.count = 0};
    if (options->week_count > most)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--weeks: %zu weeks asked for; a picture shows 1 to %zu",
                         options->week_count, most);
    for (size_t i = 0; i < options->week_count; i++) {
        size_t k = 0;
        while (k < stored->count && stored->week(stored->list, k) != options->weeks[i])
            k++;
        if (k == stored->count)
            status = unknown_week(stored, options->weeks[i], faults);
        else
            moments->at[moments->count++] = k;
    }
    if (options->week_count == 0) {
        moments->count = stored->count < usual ? stored->count : usual;
        for (size_t i = 0; i < moments->count; i++)
            moments->at[i] = moments->count == 1 ? 0 : i * (stored->count - 1) / (moments->count - 1);
    }
    return status;
}
