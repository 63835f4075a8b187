/* Leadership acts, one kind at a time: each does what it says, by those who may, at the cost of energy; and what a leader
 * takes along. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../near.h"
#include "school.h"

#define STILL                                                                                   \
    "people.leaving=0; people.principal_leaving=0; ideas.initiatives=0; ideas.obsolescence=0; " \
    "leadership.mandates=0; innovation.ideas=0; "
#define ONLY_NONE \
    "leadership.invite=0; leadership.broker=0; leadership.champion=0; leadership.facilitate=0; leadership.rest=0; "

/* A settled school in the midst of its week: what leadership.c sees. */
struct stage {
    struct param_set *set;
    struct world *world;
    struct school *school;
    struct week week;
};

static struct stage *stage_new(const char *settings)
{
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    stage->set = school_settings(settings);
    stage->world = school_world(stage->set, NULL, 21);
    stage->school = &stage->world->schools[0];
    school_settle(stage->world);
    memset(&stage->school->tally, 0, sizeof stage->school->tally);
    stage->week.world = stage->world;
    stage->week.school = stage->school;
    stage->week.people = stage->school->staff;
    return stage;
}

static void stage_free(struct stage *stage)
{
    model_find("ladder")->free(stage->world);
    param_set_free(stage->set);
    free(stage);
}

static void lead(struct stage *stage, int64_t weeks)
{
    for (int64_t w = 1; w <= weeks; w++) {
        stage->week.number = w;
        stage->week.talk_count = 0;
        stage->week.any_eased = false;
        leadership_process.step(&stage->week, stage->world->params[PROCESS_leadership]);
    }
}

static void sound(const struct stage *stage)
{
    char why[256];
    if (ladder_verify(stage->world, 0, why, sizeof why))
        fail_msg("%s", why);
}

static double effort(const struct stage *stage)
{
    double sum = 0;
    for (uint32_t i = 0; i < stage->school->staff; i++)
        sum += (double)stage->week.effort[i];
    return sum;
}

static uint32_t trusted(const struct teacher *t)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < t->ties; k++)
        count += level_value(t->trust[k]) > 0.5f;
    return count;
}

static void the_lonely_are_invited(void **state)
{
    (void)state;
    struct stage *stage = stage_new(STILL ONLY_NONE "leadership.invite=1; leadership.formal=20; leadership.looks=50");
    struct school *s = stage->school;
    const uint32_t lonely = 17;
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            s->teachers[i].trust[k] = level_of(0.7f);
    tie_drop_all(s, lonely);
    lead(stage, 1);
    assert_true(s->tally.acts > 0);
    assert_true(s->teachers[lonely].ties > 0);
    for (uint32_t k = 0; k < s->teachers[lonely].ties; k++)
        assert_true(stage->world->part[s->teachers[s->teachers[lonely].alter[k]].role].office > 0 ||
                    s->lived[LEVER_DISPERSAL] > 0);
    for (uint32_t n = 0; n < stage->week.talk_count; n++)
        assert_true(stage->week.talks[n].b == lonely || trusted(&s->teachers[stage->week.talks[n].b]) < 2);
    assert_near(effort(stage), 0.01 * s->tally.acts, 1e-5);
    sound(stage);
    /* Everybody included: nobody to invite, and nothing spent. */
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            s->teachers[i].trust[k] = level_of(0.7f);
    tie_found(s, lonely, 3, 0.5f, 0.7f);
    tie_found(s, lonely, 4, 0.5f, 0.7f);
    const uint32_t before = s->tally.acts;
    lead(stage, 5);
    assert_int_equal(s->tally.acts, before);
    stage_free(stage);
}

static void brokers_close_open_triples(void **state)
{
    (void)state;
    struct stage *stage = stage_new(STILL ONLY_NONE "leadership.broker=1; leadership.formal=20; leadership.informal=0");
    struct school *s = stage->school;
    for (uint32_t i = 0; i < s->staff; i++)
        tie_drop_all(s, i);
    /* The principal between two who do not know each other. */
    tie_found(s, s->principal, 5, 0.5f, 0.8f);
    tie_found(s, s->principal, 9, 0.5f, 0.6f);
    lead(stage, 4);
    const int place = tie_place(&s->teachers[5], 9);
    assert_true(place != NO_TIE);
    assert_near((double)level_value(s->teachers[5].trust[place]), 0.7 * 0.6, 1e-3);
    assert_int_equal(s->tally.acts, 1); /* then there is nobody left to introduce */
    sound(stage);
    stage_free(stage);
}

static void champions_are_heard(void **state)
{
    (void)state;
    struct stage *stage = stage_new(STILL ONLY_NONE
                                    "leadership.champion=1; leadership.formal=20; leadership.informal=0; "
                                    "leadership.tenure=4000; leadership.heard=1");
    struct school *s = stage->school;
    s->cause_count = 0; /* all have heard of what was championed while the school settled */
    s->championed = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        if (stage->world->part[s->teachers[i].role].office <= 0)
            s->teachers[i].known = s->teachers[i].valued = s->teachers[i].used = s->teachers[i].shallow = 0;
    lead(stage, 60);
    assert_true(s->cause_count > 0 && s->tally.heard > 0);
    for (uint32_t c = 0; c < s->cause_count; c++) {
        const struct teacher *t = &s->teachers[s->causes[c].who];
        assert_true(t->used & t->valued & s->causes[c].idea);
        assert_true(stage->world->part[t->role].office > 0);
        for (uint32_t k = 0; k < t->ties && t->role == ROLE_PRINCIPAL; k++)
            assert_true(s->teachers[t->alter[k]].known & s->causes[c].idea);
    }
    sound(stage);
    /* Who leaves takes the cause along. */
    const uint32_t who = s->causes[0].who, before = s->cause_count;
    struct rng_reader reader;
    week_reader(&stage->week, STREAM_TEST, &reader);
    const uint64_t idea = s->causes[0].idea;
    tie_drop_all(s, who);
    newcomer(stage->world, s, who, &reader);
    s->style = 0;
    s->lived[LEVER_DISPERSAL] = 0;
    lead(stage, 1);
    assert_true(s->cause_count < before);
    assert_false(s->championed & idea);
    sound(stage);
    stage_free(stage);
}

/* Where one of the ideas that all value and nobody uses is championed, groups are about it; else about any of them. */
static void groups_form_around_what_is_championed(void **state)
{
    (void)state;
    for (int voice = 0; voice < 2; voice++) {
        struct stage *stage = stage_new(STILL "groups.formation=0.04; groups.trust=0");
        struct school *s = stage->school;
        const uint64_t shared = 0x0ff0, idea = 0x0100;
        while (s->group_count) /* whoever is in one leaves it */
            for (uint32_t i = s->staff, g = --s->group_count + 1; i-- > 0;)
                s->teachers[i].group = s->teachers[i].group == g ? 0 : s->teachers[i].group;
        for (uint32_t i = 0; i < s->staff; i++) {
            s->teachers[i].known = s->teachers[i].valued = shared;
            s->teachers[i].used = s->teachers[i].shallow = 0;
        }
        s->championed = voice ? idea : 0;
        uint64_t about = 0;
        for (int64_t w = 1; w <= 400 && s->group_count < 6; w++) {
            stage->week.number = w;
            s->lived[LEVER_DISPERSAL] = 1;
            const uint32_t before = s->group_count;
            groups_process.step(&stage->week, stage->world->params[PROCESS_groups]);
            for (uint32_t g = before; g < s->group_count; g++)
                about |= s->groups[g].ideas;
        }
        assert_true(s->group_count > 0);
        assert_true(voice ? about == idea : (about & ~idea & shared) != 0);
        stage_free(stage);
    }
}

static void facilitation_reaches_those_around(void **state)
{
    (void)state;
    struct stage *stage = stage_new(STILL ONLY_NONE
                                    "leadership.facilitate=1; leadership.formal=3; leadership.informal=0");
    struct school *s = stage->school;
    for (uint32_t i = 0; i < s->staff; i++)
        s->teachers[i].commitment = 1;
    s->style = 1;
    while (!stage->week.any_eased)
        lead(stage, 1);
    uint32_t eased = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        eased += week_eased(&stage->week, i);
    assert_true(eased > 1 && eased <= s->staff);
    assert_true(stage->week.talk_count == 0);
    stage_free(stage);
}

static void residue_is_laid_to_rest(void **state)
{
    (void)state;
    struct stage *stage = stage_new(
        STILL ONLY_NONE "leadership.rest=1; leadership.formal=20; leadership.informal=0; leadership.laid=0.5");
    struct school *s = stage->school;
    s->initiative_count = 2;
    s->initiatives[0] = (struct initiative){.pressure = -1, .weight = 0.8f, .end = 0};
    s->initiatives[1] = (struct initiative){.pressure = 0.1f, .weight = 0.9f, .end = 1000, .ideas = 1};
    lead(stage, 1);
    assert_near((double)s->initiatives[0].weight, 0.8 * pow(0.5, s->tally.acts), 1e-6);
    assert_near((double)s->initiatives[1].weight, 0.9, 1e-6); /* what is still pressed nobody inside can end */
    stage_free(stage);
}

/* Acts with style: none by office where the principal controls, but orders, and they end with the principal. */
static void control_orders_instead_of_acting(void **state)
{
    (void)state;
    struct stage *stage = stage_new("people.leaving=0; people.principal_leaving=0; ideas.initiatives=0; "
                                    "leadership.mandates=20; leadership.informal=0; leadership.formal=20");
    struct school *s = stage->school;
    s->initiative_count = 0;
    s->style = 1;
    lead(stage, 20);
    assert_true(s->tally.acts > 0);
    assert_int_equal(s->initiative_count, 0);
    s->style = 0;
    s->tally.acts = 0;
    lead(stage, 20);
    assert_int_equal(s->tally.acts, 0);
    assert_true(s->initiative_count > 0);
    for (uint32_t k = 0; k < s->initiative_count; k++) {
        assert_true(s->initiatives[k].pressure > 0 && s->initiatives[k].end > 20);
        assert_int_equal(count_bits(s->initiatives[k].ideas), 3);
        assert_int_equal(s->initiatives[k].ideas & ~s->teachers[s->principal].valued, 0);
    }
    struct rng_reader reader;
    week_reader(&stage->week, STREAM_TEST, &reader);
    people_replace_principal(stage->world, s, &reader);
    s->style = 1;
    lead(stage, 1);
    for (uint32_t k = 0; k < s->initiative_count; k++)
        assert_true(s->initiatives[k].end <= 1);
    stage_free(stage);
}

/* Informal acts are done in proportion to trust received: with all trust in one colleague, by that one alone. */
static void trust_received_leads(void **state)
{
    (void)state;
    struct stage *stage = stage_new(STILL ONLY_NONE
                                    "leadership.facilitate=1; leadership.formal=0; leadership.informal=2");
    struct school *s = stage->school;
    const uint32_t trusted_one = 23;
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            s->teachers[i].trust[k] = s->teachers[i].alter[k] == trusted_one ? UINT16_MAX : 0;
    s->lived[LEVER_DISPERSAL] = 0;
    lead(stage, 30);
    assert_int_equal(s->tally.acts, 0);
    s->lived[LEVER_DISPERSAL] = 1;
    lead(stage, 30);
    assert_true(s->tally.acts > 10);
    assert_int_equal(s->tally.acts, s->tally.acts_informal);
    for (uint32_t i = 0; i < s->staff; i++)
        assert_true((stage->week.effort[i] > 0) == (i == trusted_one));
    stage_free(stage);
}

/* The whole: a school with much leading is bridged, one with none is as it was without this process. */
static void acts_are_observed(void **state)
{
    (void)state;
    struct stage *none = stage_new("leadership.formal=0; leadership.informal=0");
    struct stage *much = stage_new("leadership.formal=20; leadership.informal=2");
    double row[LADDER_COLUMN_COUNT];
    int acts = -1, informal = -1;
    for (int c = 0; c < LADDER_COLUMN_COUNT; c++) {
        acts = strcmp(ladder_columns[c].name, "acts") ? acts : c;
        informal = strcmp(ladder_columns[c].name, "informal_acts") ? informal : c;
    }
    school_live(none->world, 1, 20);
    school_live(much->world, 1, 20);
    ladder_observe(none->world, 0, row);
    assert_near(row[acts], 0, 0);
    ladder_observe(much->world, 0, row);
    assert_true(row[acts] > 6 && row[informal] > 0 && row[informal] < row[acts]);
    stage_free(none);
    stage_free(much);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lonely_are_invited),
        cmocka_unit_test(brokers_close_open_triples),
        cmocka_unit_test(champions_are_heard),
        cmocka_unit_test(groups_form_around_what_is_championed),
        cmocka_unit_test(facilitation_reaches_those_around),
        cmocka_unit_test(residue_is_laid_to_rest),
        cmocka_unit_test(control_orders_instead_of_acting),
        cmocka_unit_test(trust_received_leads),
        cmocka_unit_test(acts_are_observed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
