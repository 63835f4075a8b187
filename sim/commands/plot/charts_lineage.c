#include "charts_lineage.h"

enum status charts_lineage_read(const char *out_dir, int64_t run, int64_t school, int64_t last_week,
                                struct charts_lineage *l, struct faults *faults)
{
    *l = (struct charts_lineage){0};
    const enum status status = store_read_lineage(out_dir, run, school, &l->stored, faults);
    if (status != STATUS_OK)
        return status;
    const struct store_lineage *s = &l->stored;
    l->shown = (struct chart_lineage){.run = s->run,
                                      .school = s->school,
                                      .last_week = last_week,
                                      .list = s->list,
                                      .count = s->count,
                                      .ids = (const char *const *)s->ids.word,
                                      .innovations = (const char *const *)s->innovations.word,
                                      .layers = (const char *const *)s->layers.word,
                                      .kinds = (const char *const *)s->kinds.word,
                                      .id_count = s->ids.count,
                                      .innovation_count = s->innovations.count,
                                      .layer_count = s->layers.count,
                                      .kind_count = s->kinds.count};
    return STATUS_OK;
}

void charts_lineage_free(struct charts_lineage *l)
{
    store_lineage_free(&l->stored);
    *l = (struct charts_lineage){0};
}
