/* The picture of who brought whom in: small schools and large ones, several innovations, wrong wishes. */
#include "look.h"

#define MOST 4000

struct lineage_sample {
    struct sample sample;
    struct chart_lineage lineage;
    struct adoption list[MOST];
    char names[2100][16];
    const char *ids[2100];
};

static const char *const innovations[] = {"reading circles", "portfolios"};
static const char *const layers[] = {"", "interest", "engagement", "practice"};
static const char *const kinds[] = {"pioneer", "talk",     "oneself", "coach",
                                    "group",   "workshop", "order",   "critical friends"};

/* `staff` people in units of ten, each brought in by the one ten before, layer after layer; one coach. */
static void open_lineage(struct lineage_sample *s, uint32_t staff)
{
    sample_open(&s->sample, 401, 1, 1);
    memset(s->list, 0, sizeof s->list);
    size_t n = 0;
    for (uint32_t i = 0; i < staff; i++)
        for (int layer = 1; layer < 4 && n < MOST; layer++, n++) {
            const bool first = i < 10;
            s->list[n] = (struct adoption){.week = i % 97 * (uint32_t)layer,
                                           .until = i % 5 == 0 ? (int64_t)(i % 97) * layer + 60 : -1,
                                           .parent = first ? -1 : (int64_t)n - 30,
                                           .post = i,
                                           .person = i,
                                           .from = first         ? ADOPTION_NOBODY
                                                   : i % 13 == 0 ? staff
                                                                 : i - 10,
                                           .from_person = first ? ADOPTION_NOBODY : i - 10,
                                           .unit = i / 10 + 1,
                                           .from_unit = first || i % 13 == 0 ? 0 : i / 10,
                                           .innovation = i % 7 == 3,
                                           .layer = (uint8_t)layer,
                                           .kind = (uint8_t)(first ? 0 : i % 8)};
        }
    for (uint32_t i = 0; i <= staff; i++) {
        snprintf(s->names[i], sizeof s->names[i], i < staff ? "T%03u" : "coach 1", i + 1);
        s->ids[i] = s->names[i];
    }
    s->lineage = (struct chart_lineage){.run = 3,
                                        .school = 1,
                                        .last_week = 400,
                                        .list = s->list,
                                        .count = n,
                                        .ids = s->ids,
                                        .innovations = innovations,
                                        .layers = layers,
                                        .kinds = kinds,
                                        .id_count = staff + 1,
                                        .innovation_count = 2,
                                        .layer_count = 4,
                                        .kind_count = 8};
    s->sample.data.lineage = &s->lineage;
}

static void schools_of_any_size_are_legible(void **state)
{
    (void)state;
    static struct lineage_sample s;
    static const uint32_t sizes[] = {1, 3, 12, 29, 60, 120};
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        open_lineage(&s, sizes[k]);
        struct look look = look_well("lineage", &s.sample.data, &(struct chart_options){.singles = -1});
        assert_says(&look, "n = 1 run (number 3)");
        assert_says(&look, "reading circles, one of several innovations");
        assert_says(&look, "school years since the start");
        assert_says(&look, "T001");
        assert_says(&look, "by pioneer (");
        assert_says(&look, "steps brought about");
        if (sizes[k] >= 29) {
            assert_says(&look, "From engagement to practice");
            assert_says(&look, "by talk (");
            assert_says(&look, "coach 1");
            assert_says(&look, "unit 2");
        }
        look_end(&look);
        sample_close(&s.sample);
    }
}

static void the_other_innovation_is_drawn_alone(void **state)
{
    (void)state;
    static struct lineage_sample s;
    open_lineage(&s, 40);
    const struct chart_options options = {.singles = -1, .of = "portfolios"};
    struct look look = look_well("lineage", &s.sample.data, &options);
    assert_says(&look, "portfolios");
    assert_says(&look, "T004");
    assert_silent(&look, "T002");
    look_end(&look);
    assert_refused("lineage", &s.sample.data, &(struct chart_options){.of = "portfolio"}, STATUS_USAGE,
                   "did you mean portfolios?");
    s.sample.data.lineage = NULL;
    assert_refused("lineage", &s.sample.data, &(struct chart_options){.of = NULL}, STATUS_BAD_INPUT, "no lineage");
    sample_close(&s.sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schools_of_any_size_are_legible),
        cmocka_unit_test(the_other_innovation_is_drawn_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
