/* One teacher followed through a run: each week's state, talks and ties, and each idea gained or lost with the hands it
 * came through. */
#include "trace.h"

#include "../../../sim/leaf/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct attribute week_columns[] = {
    {"person", "", "changes when somebody else takes the post", ""},
    {"role", "", "role", ""},
    {"years", "years", "experience", ""},
    {"commitment", "0-1", "commitment", ""},
    {"fatigue", "0-1", "fatigue", ""},
    {"benefit", "0-1", "what recent successes gave", ""},
    {"known", "ideas", "ideas heard of", ""},
    {"valued", "ideas", "of these, espoused", ""},
    {"used", "ideas", "of the known ones, enacted in class", ""},
    {"ties", "ties", "colleagues tied to", ""},
    {"trust", "0-1", "mean trust in them", ""},
    {"talks", "talks", "conversations of the week", ""},
    {"known_ideas", "", "which ideas, by their place in the pool, 1 to 64", ""},
    {"valued_ideas", "", "which ideas", ""},
    {"used_ideas", "", "which ideas", ""},
};
static const struct attribute talk_columns[] = {
    {"with", "", "the other", ""},
    {"with_person", "", "changes when somebody else takes the post", ""},
    {"asked", "", "who began: yes, the one followed", ""},
    {"depth", "", "storytelling, aid, sharing, joint work", ""},
    {"conflict", "", "none, unproductive, productive", ""},
};
static const struct attribute tie_columns[] = {
    {"with", "", "the other", ""},
    {"strength", "0-1", "strength on the side of the one followed", ""},
    {"trust", "0-1", "trust in the other", ""},
};
static const struct attribute idea_columns[] = {
    {"idea", "", "its place in the pool, 1 to 64; when it is obsolete another takes the place", ""},
    {"rung", "", "known, valued, used", ""},
    {"change", "", "gained, lost", ""},
    {"how", "", "the depth of the talk it came from, or what else gave or took it", ""},
    {"from", "", "the colleague it came from", ""},
    {"hands", "people", "colleagues it passed through on this rung", ""},
    {"lineage", "", "these, the nearest first, and how the first of all came by it", ""},
};
#define TABLE(name, meaning, columns)                              \
    {                                                              \
        name, meaning, columns, sizeof columns / sizeof columns[0] \
    }
const struct trace_table ladder_trace_tables[LADDER_TRACE_TABLES] = {
    [TRACE_WEEKS] = TABLE("trace", "state of the one followed at each week's end", week_columns),
    [TRACE_TALKS] = TABLE("trace_talks", "conversations, one a row", talk_columns),
    [TRACE_TIES] = TABLE("trace_ties", "ties at each week's end", tie_columns),
    [TRACE_IDEAS] = TABLE("trace_ideas",
                          "ideas gained and lost, and where they came from; before week 0 the school settles",
                          idea_columns),
};

static struct trace_cell text_cell(const char *text)
{
    return (struct trace_cell){.text = text};
}

static struct trace_cell number_cell(double number)
{
    return (struct trace_cell){.number = number};
}

#define IDEAS_TEXT (3 * IDEAS + 1)
static const char *list_ideas(uint64_t set, char text[IDEAS_TEXT])
{
    size_t length = 0;
    text[0] = '\0';
    for (uint64_t left = set; left; left &= left - 1)
        length += (size_t)snprintf(text + length, IDEAS_TEXT - length, "%s%d", length ? " " : "",
                                   __builtin_ctzll(left) + 1);
    return text;
}

static const char *role_word(uint8_t role)
{
    return roles[role].name;
}

static void trace_talks(const struct week *week, const struct lineage *l, uint32_t *talks)
{
    static const char *const depths[DEPTHS] = {"storytelling", "aid", "sharing", "joint work"};
    static const char *const conflicts[] = {"none", "unproductive", "productive"};
    const struct school *s = week->school;
    char name[PARAM_TEXT_SIZE];
    *talks = 0;
    for (uint32_t n = 0; n < week->talk_count; n++) {
        const struct talk *talk = &week->talks[n];
        if (talk->a != l->followed && talk->b != l->followed)
            continue;
        const uint32_t other = talk->a == l->followed ? talk->b : talk->a;
        const struct trace_cell cells[] = {
            text_cell(lineage_name(l, s, other, name)),
            number_cell(s->teachers[other].person),
            text_cell(talk->a == l->followed ? "yes" : "no"),
            text_cell(depths[talk->depth]),
            text_cell(conflicts[talk->conflict]),
        };
        l->trace->row(l->trace->self, TRACE_TALKS, week->number, cells);
        ++*talks;
    }
}

void trace_week(const struct week *week)
{
    const struct school *s = week->school;
    const struct lineage *l = s->lineage;
    const struct teacher *t = &s->teachers[l->followed];
    char name[PARAM_TEXT_SIZE], known[IDEAS_TEXT], valued[IDEAS_TEXT], used[IDEAS_TEXT];
    uint32_t talks;
    double trust = 0;
    trace_talks(week, l, &talks);
    for (uint32_t k = 0; k < t->ties; k++) {
        const struct trace_cell cells[] = {
            text_cell(lineage_name(l, s, t->alter[k], name)),
            number_cell((double)level_value(t->strength[k])),
            number_cell((double)level_value(t->trust[k])),
        };
        trust += cells[2].number;
        l->trace->row(l->trace->self, TRACE_TIES, week->number, cells);
    }
    const struct trace_cell cells[] = {
        number_cell(t->person),
        text_cell(role_word(t->role)),
        number_cell((double)t->service / week->world->weeks_per_year),
        number_cell((double)t->commitment),
        number_cell((double)t->fatigue),
        number_cell((double)t->benefit),
        number_cell(count_bits(t->known)),
        number_cell(count_bits(t->valued)),
        number_cell(count_bits(t->used)),
        number_cell(t->ties),
        number_cell(t->ties ? trust / t->ties : (double)NAN),
        number_cell(talks),
        text_cell(list_ideas(t->known, known)),
        text_cell(list_ideas(t->valued, valued)),
        text_cell(list_ideas(t->used, used)),
    };
    l->trace->row(l->trace->self, TRACE_WEEKS, week->number, cells);
}

/* Someone of a lineage, told apart from who has the post now. */
static int write_hand(const struct lineage *l, const struct school *s, const struct lineage_source *of, char *text,
                      size_t size)
{
    char name[PARAM_TEXT_SIZE];
    const bool gone = of->post >= s->staff + s->others || s->teachers[of->post].person != of->person;
    return snprintf(text, size, "%s%s", lineage_name(l, s, of->post, name), gone ? " (gone since)" : "");
}

#define LINEAGE_TEXT 4000 /* some hundred hands; a longer lineage ends in an ellipsis */
#define LINEAGE_END 200   /* left for its last words */
static size_t write_lineage(const struct lineage *l, const struct school *s, const struct lineage_source *source,
                            char text[LINEAGE_TEXT])
{
    size_t hands = 0, length = 0;
    text[0] = '\0';
    for (; source->parent >= 0; hands++) {
        source = &l->sources[source->parent];
        if (length < LINEAGE_TEXT - LINEAGE_END - PARAM_TEXT_SIZE) {
            length += (size_t)snprintf(text + length, LINEAGE_TEXT - length, "%s", hands ? " < " : "");
            length += (size_t)write_hand(l, s, source, text + length, LINEAGE_TEXT - length);
        }
    }
    snprintf(text + length, LINEAGE_TEXT - length, "%s%s in week %lld%s", length ? ": " : "", source->how,
             (long long)source->week, l->short_of_memory ? " (older hands may be missing: memory was short)" : "");
    return hands;
}

void trace_idea(const struct lineage *l, const struct school *s, int64_t week, enum rung rung, int idea,
                const struct lineage_source *source, const char *how)
{
    static const char *const rungs[RUNGS] = {"known", "valued", "used"};
    char lineage[LINEAGE_TEXT] = "", from[PARAM_TEXT_SIZE + 32] = "";
    size_t hands = 0;
    if (source)
        hands = write_lineage(l, s, source, lineage);
    if (source && source->parent >= 0)
        write_hand(l, s, &l->sources[source->parent], from, sizeof from);
    const struct trace_cell cells[] = {
        number_cell(idea + 1),
        text_cell(rungs[rung]),
        text_cell(source ? "gained" : "lost"),
        text_cell(how),
        text_cell(*from ? from : "NA"),
        number_cell(source ? (double)hands : (double)NAN),
        text_cell(*lineage ? lineage : "NA"),
    };
    l->trace->row(l->trace->self, TRACE_IDEAS, week, cells);
}

/* The names that ladder_graph() gives. */
static void name_staff(const struct world *world, const struct school *s, struct lineage *l)
{
    for (uint32_t i = 0; i < s->staff; i++) {
        if (world->network)
            snprintf(l->names[i], sizeof l->names[i], "%s", VAS(world->network, GRAPH_ID, i));
        else
            snprintf(l->names[i], sizeof l->names[i], "%u", i + 1);
    }
}

static enum status find_followed(const struct world *world, const struct school *s, struct lineage *l,
                                 struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = l->trace->agent};
    for (l->followed = 0; l->followed < s->staff; l->followed++) {
        if (strcmp(l->names[l->followed], l->trace->agent) == 0)
            return STATUS_OK;
        text_near_try(&near, l->names[l->followed]);
    }
    text_quote(l->trace->agent, quoted);
    if (world->network)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no teacher %s in the roster%s%s%s", quoted,
                         near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
    return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no teacher %s; the school has teachers 1 to %u", quoted,
                     s->staff);
}

enum status ladder_trace(struct world *world, const struct trace *trace, struct faults *faults)
{
    if (trace->school >= world->school_count)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no school %zu; there are schools 1 to %u",
                         trace->school + 1, world->school_count);
    struct school *s = &world->schools[trace->school];
    struct lineage *l = calloc(1, sizeof *l);
    s->lineage = l;
    s->watched = true;
    if (l) {
        l->trace = trace;
        l->posts = calloc(s->staff + s->other_room, sizeof *l->posts);
        l->names = calloc(s->staff, sizeof *l->names);
    }
    if (!l || !l->posts || !l->names)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "out of memory for the lineages of %u teachers", s->staff);
    name_staff(world, s, l);
    const enum status status = find_followed(world, s, l, faults);
    if (status ==
        STATUS_OK) /* what everybody brings; a surveyed school is first seen in week 0, others settle before */
        lineage_begin(world, s);
    return status;
}
