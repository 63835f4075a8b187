/* Networks of schools: who is in them, who meets whom, what passes between schools and what never does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../models/ladder/schools/networks.h"
#include "../near.h"
#include "school.h"

#include <math.h>
#include <stdio.h>

#define SMALL "school.teachers=12; school.units=2; school.settle=0; innovation.ideas=0; "
#define OPEN "structures.time=0.6; structures.openness=0.6; structures.dispersal=0.6; school.trust=0.6; "

static double column(const struct world *world, size_t school, const char *name)
{
    double row[LADDER_COLUMN_COUNT];
    ladder_observe(world, school, row);
    for (size_t c = 0; c < LADDER_COLUMN_COUNT; c++)
        if (strcmp(ladder_columns[c].name, name) == 0)
            return row[c];
    fail_msg("no column %s", name);
    return NAN;
}

static void members_are_as_told(void **state)
{
    (void)state;
    struct param_set *set = school_settings(SMALL
                                            "school.count=9; network b.schools=3; network b.start=1w; "
                                            "network a.members=2, 5-7; network a.start=1w; network b.exclusivity=0; ");
    struct world *world = school_world(set, NULL, 0);
    const struct networks *all = world->networks;
    assert_int_equal(all->count, 2);
    /* In the order of the file: b first, which gets the next schools that a has not. */
    assert_int_equal(all->list[0].size, 3);
    assert_int_equal(all->list[1].size, 4);
    static const int32_t of[] = {0, 1, 0, 0, 1, 1, 1, -1, -1};
    for (size_t s = 0; s < 9; s++)
        assert_int_equal(all->of[s].network, of[s]);
    const struct model *ladder = model_find("ladder");
    for (size_t k = 0; k < ladder->level_count; k++)
        if (strcmp(ladder->levels[k].name, "network") == 0) {
            assert_int_equal(ladder->levels[k].count(world), 3); /* and those in none */
            assert_int_equal(ladder->levels[k].of(world, 0), 0);
            assert_int_equal(ladder->levels[k].of(world, 8), 2);
        }
    world_free(world);
    param_set_free(set);
}

static void schools_are_shared_out(void **state)
{
    (void)state;
    struct param_set *set = school_settings(SMALL
                                            "school.teachers=2; school.units=1; school.count=300; network n.count=27; "
                                            "network n.least=6; network n.most=40; network n.exclusivity=0; ");
    for (uint32_t replicate = 0; replicate < 5; replicate++) {
        struct world *world = school_world(set, NULL, replicate);
        uint32_t sum = 0, largest = 0;
        for (uint32_t k = 0; k < world->networks->count; k++) {
            const uint32_t size = world->networks->list[k].size;
            assert_true(size >= 6 && size <= 40);
            sum += size;
            largest = size > largest ? size : largest;
        }
        assert_int_equal(sum, 300);
        assert_true(largest > 12); /* not all alike */
        world_free(world);
    }
    param_set_free(set);
}

#define FOUR \
    SMALL OPEN "school.count=6; network n.members=1-4; network n.start=1w; network n.interval=2w; network n.word=0; "

/* Contacts have two sides that name each other; brokers are those with two schools. */
static void contacts_are_mutual(void **state)
{
    (void)state;
    struct param_set *set = school_settings(FOUR "networks.decay=0; people.leaving=0; people.principal_leaving=0; ");
    struct world *world = school_world(set, NULL, 0);
    school_live(world, 1, 40);
    uint32_t contacts = 0;
    for (uint32_t s = 0; s < 4; s++)
        for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
            const struct contact *c = &world->networks->of[s].contacts[k];
            if (!c->taken)
                continue;
            const struct contact *back = &world->networks->of[c->school].contacts[c->back];
            contacts++;
            assert_true(c->school < 4 && c->school != s);
            if (back->taken && back->school == s && back->back == k) { /* else the other side's place was needed */
                assert_int_equal(back->own, c->person);
                assert_int_equal(back->person, c->own);
            }
        }
    assert_true(contacts > 20);
    assert_true(column(world, 0, "brokers") > 0);
    assert_near(column(world, 0, "networked"), 1, 0);
    assert_near(column(world, 5, "networked"), 0, 0);
    assert_near(column(world, 5, "contacts"), 0, 0);
    assert_true(isnan(column(world, 5, "network_depth")));
    world_free(world);
    param_set_free(set);
}

/* A school outside lives as if there were no networks, to the last bit; one inside does not. */
static void nothing_passes_but_by_meetings(void **state)
{
    (void)state;
    struct param_set *with = school_settings(FOUR), *without = school_settings(FOUR "network n.active=no; ");
    struct world *a = school_world(with, NULL, 0), *b = school_world(without, NULL, 0);
    assert_null(b->networks);
    school_live(a, 1, 60);
    school_live(b, 1, 60);
    const size_t bytes = a->schools[5].staff * sizeof(struct teacher);
    assert_memory_equal(a->schools[5].teachers, b->schools[5].teachers, bytes);
    assert_memory_not_equal(a->schools[1].teachers, b->schools[1].teachers, bytes);
    world_free(a);
    world_free(b);
    param_set_free(with);
    param_set_free(without);
}

/* Schools read one another only as of a week's end: in whatever order they are stepped, the same comes of it. */
static void order_of_schools_does_not_matter(void **state)
{
    (void)state;
    const struct model *ladder = model_find("ladder");
    struct param_set *set = school_settings(SMALL OPEN "school.count=6; network n.start=1w; network n.interval=1w; "
                                                       "network n.formality=0; networks.between=2; ");
    struct world *a = school_world(set, NULL, 0), *b = school_world(set, NULL, 0);
    for (int64_t week = 1; week <= 50; week++) {
        ladder->exchange(a, week);
        ladder->exchange(b, week);
        for (size_t s = 0; s < 6; s++)
            ladder->week(a, s, week);
        for (size_t s = 6; s-- > 0;)
            ladder->week(b, s, week);
    }
    for (size_t s = 0; s < 6; s++) {
        assert_memory_equal(a->schools[s].teachers, b->schools[s].teachers,
                            a->schools[s].staff * sizeof(struct teacher));
        assert_memory_equal(&a->networks->of[s].contacts, &b->networks->of[s].contacts,
                            sizeof a->networks->of[s].contacts);
    }
    world_free(a);
    world_free(b);
    param_set_free(set);
}

/* The same again where exchange() is called only before stretches, as the engine does. */
static void stretches_change_nothing(void **state)
{
    (void)state;
    const struct model *ladder = model_find("ladder");
    struct param_set *set = school_settings(FOUR "network n.interval=5w; ");
    struct world *a = school_world(set, NULL, 0), *b = school_world(set, NULL, 0);
    school_live(a, 1, 80);
    for (int64_t week = 1; week <= 80;) {
        ladder->exchange(b, week);
        int64_t to = week + ladder->stretch(b, week) - 1;
        to = to > 80 ? 80 : to;
        for (size_t s = 0; s < 6; s++)
            for (int64_t w = week; w <= to; w++)
                ladder->week(b, s, w);
        week = to + 1;
    }
    for (size_t s = 0; s < 6; s++)
        assert_memory_equal(a->schools[s].teachers, b->schools[s].teachers,
                            a->schools[s].staff * sizeof(struct teacher));
    world_free(a);
    world_free(b);
    param_set_free(set);
}

static uint32_t size_after(const char *settings, int64_t weeks)
{
    struct param_set *set = school_settings(settings);
    struct world *world = school_world(set, NULL, 0);
    school_live(world, 1, weeks);
    const uint32_t size = world->networks->list[0].size;
    world_free(world);
    param_set_free(set);
    return size;
}

static void members_come_and_go(void **state)
{
    (void)state;
    static const char many[] = SMALL "school.count=30; network n.schools=4; network n.start=1w; network n.interval=2w; "
                                     "network n.word=0.5; ";
    char settings[512];
    snprintf(settings, sizeof settings, "%snetwork n.exclusivity=0; ", many);
    const uint32_t open = size_after(settings, 60);
    snprintf(settings, sizeof settings, "%snetwork n.exclusivity=0.6; ", many);
    const uint32_t selective = size_after(settings, 60);
    snprintf(settings, sizeof settings, "%snetwork n.exclusivity=1; ", many);
    assert_int_equal(size_after(settings, 60), 4);
    assert_true(open > selective && selective >= 4);
    snprintf(settings, sizeof settings, "%snetwork n.exclusivity=0; network n.most=7; ", many);
    assert_int_equal(size_after(settings, 100), 7);
    /* Nobody comes: after three meetings everybody is out. */
    snprintf(settings, sizeof settings, "%snetworks.attendance=-10; networks.by_commitment=0; network n.patience=3; ",
             many);
    assert_int_equal(size_after(settings, 6), 4);
    assert_int_equal(size_after(settings, 8), 0);
}

/* Where only experts speak, nobody of another school is talked with; a programme reaches those in the network alone. */
static void the_source_of_ideas(void **state)
{
    (void)state;
    struct param_set *set = school_settings(FOUR "network n.ideas=6; network n.outside=1; ");
    struct world *world = school_world(set, NULL, 0);
    assert_int_equal(count_bits(world->networks->programme[0]), 6);
    school_live(world, 1, 60);
    assert_true(column(world, 0, "promoted_known") > 0.1);
    assert_near(column(world, 5, "promoted_known"), 0, 0);
    assert_near(column(world, 0, "contacts"), 0, 0);
    assert_true(isnan(column(world, 0, "network_depth")) || column(world, 0, "network_depth") == 0);
    world_free(world);
    param_set_free(set);
    set = school_settings(FOUR "network n.ideas=6; network n.outside=0; ");
    world = school_world(set, NULL, 0);
    school_live(world, 1, 60);
    assert_near(column(world, 0, "promoted_known"), 0, 0); /* nobody had it */
    assert_true(column(world, 0, "contacts") > 0);
    world_free(world);
    param_set_free(set);
}

/* Of deep talks at meetings, those that look at evidence: more of them where schools live by it or somebody asks for it. */
static void inquiry_answers_to_evidence(void **state)
{
    (void)state;
    static const struct {
        const char *settings;
        double low, high;
    } cases[] = {
        {"networks.inquiry=-20; networks.by_evidence=0; dissonance.rate=0; ", 0, 0},
        {"networks.inquiry=20; networks.by_evidence=0; dissonance.rate=0; ", 1, 1},
        /* Whoever quarrels looks at no evidence, who learns from a conflict does. */
        {"networks.inquiry=20; networks.by_evidence=0; dissonance.rate=1; dissonance.threshold=1; "
         "dissonance.by_trust=50; school.diversity=1; ",
         0.05, 0.95},
        {"networks.inquiry=-20; networks.by_evidence=0; dissonance.rate=1; dissonance.threshold=0; "
         "dissonance.by_trust=50; school.diversity=1; ",
         0.05, 0.95},
        {"structures.evidence=0; dissonance.rate=0; ", 0.01, 0.25}, /* logit⁻¹(-3) and what people make of it */
        {"structures.evidence=0.9; dissonance.rate=0; ", 0.3, 0.8},
        {"structures.evidence=0; dissonance.rate=0; network n.facilitation=4; ", 0.65, 0.95},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        char settings[1024];
        snprintf(settings, sizeof settings, "%s%s", FOUR, cases[c].settings);
        struct param_set *set = school_settings(settings);
        struct world *world = school_world(set, NULL, 0);
        school_live(world, 1, 80);
        double mean = 0;
        for (size_t s = 0; s < 4; s++)
            mean += column(world, s, "network_inquiry") / 4;
        if (!(mean >= cases[c].low && mean <= cases[c].high))
            fail_msg("%s: %g", cases[c].settings, mean);
        assert_true(isnan(column(world, 5, "network_inquiry")));
        world_free(world);
        param_set_free(set);
    }
}

/* In an inquiry the better of two ideas passes: the mean of the larger of two draws. 20,000 of them, within 5.3
 * standard errors: a false alarm in ten million. */
static void inquiry_prefers_what_is_worth_more(void **state)
{
    (void)state;
    struct param_set *set = school_settings(FOUR "learning.value_joint=1; ");
    struct world *world = school_world(set, NULL, 0);
    struct teacher me = {.known = 0xff, .commitment = 1};
    const struct rungs other = {0xff, 0xff, 0};
    double theory[2] = {0}, squares[2] = {0};
    for (int i = 0; i < 8; i++) {
        world->quality[i] = (float)i / 7;
        theory[0] += i / 7.0 / 8;
        squares[0] += i * i / 49.0 / 8;
        theory[1] += (2 * i + 1) * i / 7.0 / 64;
        squares[1] += (2 * i + 1) * i * i / 49.0 / 64;
    }
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = 2385, .stream = STREAM_TEST});
    for (int inquiry = 0; inquiry < 2; inquiry++) {
        const struct spoken spoken = {~UINT64_C(0), JOINT_WORK, 0, (uint8_t)inquiry};
        double sum = 0;
        for (int n = 0; n < 20000; n++) {
            const struct rungs gained = learning_from(world, &me, &other, &spoken, 0, &reader);
            assert_int_equal(count_bits(gained.valued), 1);
            sum += (double)world->quality[__builtin_ctzll(gained.valued)] / 20000;
        }
        const double sd = sqrt(squares[inquiry] - theory[inquiry] * theory[inquiry]);
        assert_near(sum, theory[inquiry], 5.3 * sd / sqrt(20000));
    }
    world_free(world);
    param_set_free(set);
}

static void schools_as_nodes(void **state)
{
    (void)state;
    struct param_set *set = school_settings(FOUR);
    struct world *world = school_world(set, NULL, 0);
    struct faults faults = {0};
    igraph_t graph;
    school_live(world, 1, 40);
    assert_int_equal(networks_graph(world, &graph, &faults), STATUS_OK);
    assert_int_equal(igraph_vcount(&graph), 6);
    assert_true(igraph_ecount(&graph) > 4);
    double contacts = 0;
    for (igraph_integer_t e = 0; e < igraph_ecount(&graph); e++)
        contacts += EAN(&graph, "contacts", e);
    double seen = 0;
    for (size_t s = 0; s < 6; s++)
        seen += column(world, s, "contacts") * world->schools[s].staff;
    assert_near(contacts, seen, 1e-9);
    assert_near(VAN(&graph, "network", 0), 1, 0);
    assert_near(VAN(&graph, "network", 5), 0, 0);
    igraph_destroy(&graph);
    world_free(world);
    param_set_free(set);
    set = school_settings(SMALL);
    world = school_world(set, NULL, 0);
    assert_int_equal(networks_graph(world, &graph, &faults), STATUS_OK);
    assert_int_equal(igraph_vcount(&graph), 0);
    igraph_destroy(&graph);
    world_free(world);
    param_set_free(set);
}

static void break_network(struct membership *m)
{
    m->network = 7;
}
static void break_contact(struct membership *m)
{
    m->contacts[3] = (struct contact){.taken = 1, .school = 99};
}
static void break_taken(struct membership *m)
{
    m->network = -1;
}
static void break_delegates(struct membership *m)
{
    m->delegate_count = 2;
    m->delegates[1].shown.teacher = m->delegates[0].shown.teacher;
}
static void broken_states_are_seen(void **state)
{
    (void)state;
    static const struct {
        void (*how)(struct membership *m);
        size_t school;
        const char *why;
    } cases[] = {{break_network, 0, "out of bounds"},
                 {break_contact, 0, "is with nobody"},
                 {break_delegates, 0, "twice"},
                 {break_taken, 0, "yet counted among the first"}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct param_set *set = school_settings(FOUR "network m.schools=2; network m.exclusivity=0");
        struct world *world = school_world(set, NULL, 0);
        char why[256] = "";
        school_live(world, 1, 10);
        cases[c].how(&world->networks->of[cases[c].school]);
        if (!ladder_verify(world, cases[c].school, why, sizeof why) || !strstr(why, cases[c].why))
            fail_msg("case %zu: '%s'", c, why);
        world_free(world);
        param_set_free(set);
    }
}

static void relations_are_sentences(void **state)
{
    (void)state;
    static const struct {
        const char *settings, *says;
    } cases[] = {
        {"school.count=1; network n.word=0", "school.count = 1"},
        {"school.count=5; network n.members=1, 6", "there is no school 6"},
        {"school.count=5; network n.members=0-2", "there is no school 0"},
        {"school.count=5; network n.members=first", "is no list of schools"},
        {"school.count=5; network n.members=4-2", "is no range"},
        {"school.count=5; network n.members=1 2", "not expected"},
        {"school.count=5; network n.members=2", "it takes two"},
        {"school.count=5; network n.members=1-3, 2", "is named twice"},
        {"school.count=5; network n.members=1-3; network m.members=3-4", "by another network too"},
        {"school.count=5; network n.members=1-3; network n.count=2", "of one network"},
        {"school.count=5; network n.members=1-3; network n.schools=3", "choose one"},
        {"school.count=9; network n.members=1-9; network n.most=5", "more than most"},
        {"school.count=5; network n.schools=6", "are asked for"},
        {"school.count=5; network n.count=3", "too few for count = 3"},
        {"school.count=50; network n.most=40", "too many for count = 1"},
        {"school.count=9; network n.least=5; network n.most=4", "fewer than least"},
        {"school.count=9; network n.schools=9; network m.word=0", "too few"},
        {"school.count=9; network n.start=10w; network n.end=10w", "is not after its start"},
        {"school.count=9; network n.start=10w; network n.end=12w", "would first meet in week 16"},
        {"school.count=9; network n.focal=yes; network n.ideas=3", "choose one"},
        {"school.count=9; innovation.ideas=0; network n.focal=yes", "[innovation] ideas = 0"},
        {"school.count=9; network n.ideas=60", "the pool has 64"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct param_set *set = school_settings(cases[c].settings);
        struct faults faults = {0};
        const struct model_input input = {0};
        bool said = false;
        ladder_check(set, &input, &faults);
        for (size_t k = 0; k < faults.count; k++)
            said |= strstr(faults.list[k].text, cases[c].says) != NULL && !faults.list[k].warning;
        if (!said)
            fail_msg("%s: %s", cases[c].settings, faults.count ? faults.list[0].text : "nothing is said");
        faults_free(&faults);
        param_set_free(set);
    }
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_as_told),
        cmocka_unit_test(schools_are_shared_out),
        cmocka_unit_test(contacts_are_mutual),
        cmocka_unit_test(nothing_passes_but_by_meetings),
        cmocka_unit_test(order_of_schools_does_not_matter),
        cmocka_unit_test(stretches_change_nothing),
        cmocka_unit_test(members_come_and_go),
        cmocka_unit_test(the_source_of_ideas),
        cmocka_unit_test(inquiry_answers_to_evidence),
        cmocka_unit_test(inquiry_prefers_what_is_worth_more),
        cmocka_unit_test(schools_as_nodes),
        cmocka_unit_test(broken_states_are_seen),
        cmocka_unit_test(relations_are_sentences),
    };
    return cmocka_run_group_tests_name("networks", tests, NULL, NULL);
}
