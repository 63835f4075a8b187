/* What is observed of a school in a week. The three capacities are weighted means of components that are always recorded
 * beside them, so that nothing hides in an index. */
#include "../schools/networks.h"

#include <math.h>
#include <string.h>

/* name, unit, meaning, kind, of, lo, hi; the order of columns is the order of this list. */
#define LADDER_COLUMNS(X)                                                                                            \
    X(personal, "0-1", "personal capacity: repertoire, congruence, reach", CAPACITY, "", 0, 1)                       \
    X(interpersonal, "0-1", "interpersonal capacity: trust, inclusion, depth, phase", CAPACITY, "", 0, 1)            \
    X(organizational, "0-1", "organizational capacity: five lived structures times coherence", CAPACITY, "", 0, 1)   \
    X(repertoire, "share", "share of the pool valued and used, mean of staff", COMPONENT, "personal", 0, 1)          \
    X(congruence, "0-1", "Jaccard index of valued and used, mean of staff", COMPONENT, "personal", 0, 1)             \
    X(reach, "share", "share of the pool in use by oneself or one's ties", COMPONENT, "personal", 0, 1)              \
    X(trust, "0-1", "trust in ties, mean", COMPONENT, "interpersonal", 0, 1)                                         \
    X(inclusion, "share", "staff with two or more ties of trust above a half", COMPONENT, "interpersonal", 0, 1)     \
    X(depth, "share", "talks that reach sharing or joint work", COMPONENT, "interpersonal", 0, 1)                    \
    X(phase, "0-1", "team phase over its range: naming 0, analyzing a half, experimenting 1", COMPONENT,             \
      "interpersonal", 0, 1)                                                                                         \
    X(time, "0-1", "lived time to meet", COMPONENT, "organizational", 0, 1)                                          \
    X(learning, "0-1", "lived professional learning", COMPONENT, "organizational", 0, 1)                             \
    X(openness, "0-1", "lived openness", COMPONENT, "organizational", 0, 1)                                          \
    X(evidence, "0-1", "lived use of evidence", COMPONENT, "organizational", 0, 1)                                   \
    X(dispersal, "0-1", "lived dispersal of power", COMPONENT, "organizational", 0, 1)                               \
    X(coherence, "0-1", "1 / (1 + load of initiatives)", COMPONENT, "organizational", 0, 1)                          \
    X(interest, "share", "staff who know of the focal innovation", LAYER, "", 0, 1)                                  \
    X(engagement, "share", "staff who value the focal innovation", LAYER, "", 0, 1)                                  \
    X(practice, "share", "staff who value and use the focal innovation", LAYER, "", 0, 1)                            \
    X(pioneering, "share", "pioneers of the first innovation who are still there and practise it, of these there",   \
      STATE, "", 0, 1)                                                                                               \
    X(interest_2, "share", "staff who know of the second innovation", LAYER, "innovation_2", 0, 1)                   \
    X(engagement_2, "share", "staff who value the second innovation", LAYER, "innovation_2", 0, 1)                   \
    X(practice_2, "share", "staff who value and use the second innovation", LAYER, "innovation_2", 0, 1)             \
    X(interest_3, "share", "staff who know of the third innovation", LAYER, "innovation_3", 0, 1)                    \
    X(engagement_3, "share", "staff who value the third innovation", LAYER, "innovation_3", 0, 1)                    \
    X(practice_3, "share", "staff who value and use the third innovation", LAYER, "innovation_3", 0, 1)              \
    X(interest_4, "share", "staff who know of the fourth innovation", LAYER, "innovation_4", 0, 1)                   \
    X(engagement_4, "share", "staff who value the fourth innovation", LAYER, "innovation_4", 0, 1)                   \
    X(practice_4, "share", "staff who value and use the fourth innovation", LAYER, "innovation_4", 0, 1)             \
    X(commitment, "0-1", "commitment, mean of staff", STATE, "", 0, 1)                                               \
    X(fatigue, "0-1", "fatigue, mean of staff", STATE, "", 0, 1)                                                     \
    X(pushback, "0-1", "push-back against change", STATE, "", 0, 1)                                                  \
    X(purpose, "share", "shared purpose: of what one values, colleagues who value it too", STATE, "", 0, 1)          \
    X(invitation, "share", "staff with two or more ties of trust above a half beyond their unit", STATE, "", 0, 1)   \
    X(others, "people", "members who are not staff: coaches, parents, partners …", STATE, "", 0, OTHERS_MAX)         \
    X(hours, "hours per person and week", "given to community nights", STATE, "", 0, 1000)                           \
    X(known, "share", "share of the pool known, mean of staff", STATE, "", 0, 1)                                     \
    X(valued, "share", "share of the pool valued (espoused theory)", STATE, "", 0, 1)                                \
    X(used, "share", "share of the pool used (theory-in-use)", STATE, "", 0, 1)                                      \
    X(compliance, "share", "share of the pool used but not valued", STATE, "", 0, 1)                                 \
    X(gap, "share", "share of the pool valued but not used: the knowing-doing gap", STATE, "", 0, 1)                 \
    X(promoted_known, "share", "of the ideas that strategies and initiatives promote: known", STATE, "", 0, 1)       \
    X(promoted_valued, "share", "of the ideas promoted: valued", STATE, "", 0, 1)                                    \
    X(promoted_used, "share", "of the ideas promoted: used", STATE, "", 0, 1)                                        \
    X(talks, "talks per person and week", "conversations started", STATE, "", 0, 100)                                \
    X(conflict, "share", "deep talks that come to conflict", STATE, "", 0, 1)                                        \
    X(productive, "share", "conflicts that teach", STATE, "", 0, 1)                                                  \
    X(churn, "changes per person and week", "practices taken up or dropped", STATE, "", 0, 100)                      \
    X(acts, "acts/week", "leadership acts, smoothed over half a year", STATE, "", 0, 50000)                          \
    X(informal_acts, "acts/week", "those of people without office", STATE, "", 0, 50000)                             \
    X(turnover, "share", "staff who left this week", STATE, "", 0, 1)                                                \
    X(load, "load", "weight of initiatives and their residue", STATE, "", 0, 1e6)                                    \
    X(residue, "load", "the part of the load that ended initiatives have left", STATE, "", 0, 1e6)                   \
    X(initiatives, "initiatives", "initiatives in force", STATE, "", 0, INITIATIVES_MAX)                             \
    X(rested, "initiatives", "initiatives that the district has laid to rest so far", STATE, "", 0, 1e9)             \
    X(groups, "groups", "communities of practice", STATE, "", 0, GROUPS_MAX)                                         \
    X(grouped, "share", "staff in one of them", STATE, "", 0, 1)                                                     \
    X(told_across, "share", "of new ideas heard from colleagues: from another unit", STATE, "", 0, 1)                \
    X(taken_strong, "share", "of practices taken up in joint work: over a strong tie", STATE, "", 0, 1)              \
    X(lesson, "rungs", "ideas heard, valued or taken up in a deep talk, both sides", STATE, "", 0, 12)               \
    X(strong, "share", "ties of more than half strength", NETWORK, "", 0, 1)                                         \
    X(degree, "ties", "ties per person", NETWORK, "", 0, TIES_MAX)                                                   \
    X(names, "people", "advice network: colleagues named", NETWORK, "", 0, NAMES_MAX)                                \
    X(density, "share", "advice network: named pairs of all ordered pairs", NETWORK, "", 0, 1)                       \
    X(reciprocity, "share", "advice network: names that are returned", NETWORK, "", 0, 1)                            \
    X(transitivity, "share", "advice network, undirected: closed triples", NETWORK, "", 0, 1)                        \
    X(centralization, "0-1", "advice network: Freeman centralization of being named", NETWORK, "", 0, 1)             \
    X(ei_index, "-1..1", "advice network: (external - internal) / all names, by unit (Krackhardt & Stern)", NETWORK, \
      "", -1, 1)                                                                                                     \
    X(student_learning, "0-1", "student learning, quality-weighted practice with a lag", STATE, "", 0, 1)            \
    NETWORK_COLUMNS(X)                                                                                               \
    X(strategies, "strategies", "strategies on this week", STATE, "", 0, STRATEGIES_MAX)                             \
    X(unfunded, "strategies", "strategies that ended, or rest, for want of money", STATE, "", 0, STRATEGIES_MAX)     \
    X(granted, "unit", "money that the district has given so far", STATE, "", 0, 1e18)                               \
    X(spent, "unit", "cost of strategies so far", STATE, "", 0, 1e18)                                                \
    X(cost, "unit/week", "cost of strategies this week", COST, "", 0, 1e15)

#define COLUMN_ENUM(name, unit, meaning, kind, of, lo, hi) AT_##name,
enum { LADDER_COLUMNS(COLUMN_ENUM) AT_COUNT };
#define COLUMN_ROW(name, unit, meaning, kind, of, lo, hi) {#name, unit, meaning, COLUMN_##kind, of, lo, hi},
const struct column ladder_columns[LADDER_COLUMN_COUNT] = {LADDER_COLUMNS(COLUMN_ROW)};
_Static_assert(AT_COUNT == LADDER_COLUMN_COUNT, "state.h counts the columns");

static const int of_layer[INNOVATIONS_MAX][3] = {{AT_interest, AT_engagement, AT_practice},
                                                 {AT_interest_2, AT_engagement_2, AT_practice_2},
                                                 {AT_interest_3, AT_engagement_3, AT_practice_3},
                                                 {AT_interest_4, AT_engagement_4, AT_practice_4}};

static void observe_people(const struct world *world, const struct school *s, double *row)
{
    const double n = s->staff, share = 1.0 / (n * IDEAS);
    const int promoted = count_bits(world->promoted);
    double sums[AT_COUNT] = {0};
    uint64_t trust = 0, ties = 0, strong = 0;
    uint32_t pioneers = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        uint64_t around = t->used;
        for (uint32_t k = 0; k < t->ties; k++) {
            around |= s->teachers[t->alter[k]].used;
            const bool colleague = t->alter[k] < s->staff;
            trust += colleague ? t->trust[k] : 0;
            strong += colleague && t->strength[k] >= STRONG;
            ties += colleague;
        }
        sums[AT_repertoire] += count_bits(t->valued & t->used);
        sums[AT_congruence] += (double)likeness(t->valued, t->used);
        sums[AT_reach] += count_bits(around);
        sums[AT_known] += count_bits(t->known);
        sums[AT_valued] += count_bits(t->valued);
        sums[AT_used] += count_bits(t->used);
        sums[AT_compliance] += count_bits(t->used & ~t->valued);
        sums[AT_gap] += count_bits(t->valued & ~t->used);
        sums[AT_promoted_known] += count_bits(t->known & world->promoted);
        sums[AT_promoted_valued] += count_bits(t->valued & world->promoted);
        sums[AT_promoted_used] += count_bits(t->used & world->promoted);
        sums[AT_commitment] += (double)t->commitment;
        sums[AT_fatigue] += (double)t->fatigue;
        for (uint32_t k = 0; k < world->innovation_count; k++) {
            const enum layer layer = innovation_layer(&world->innovations[k], t);
            sums[of_layer[k][0]] += layer >= LAYER_INTEREST;
            sums[of_layer[k][1]] += layer >= LAYER_ENGAGEMENT;
            sums[of_layer[k][2]] += layer >= LAYER_PRACTICE;
            pioneers += k == 0 && (t->pioneer & 1);
            sums[AT_pioneering] += k == 0 && (t->pioneer & 1) && layer == LAYER_PRACTICE;
        }
    }
    static const int of_pool[] = {AT_repertoire, AT_reach, AT_known, AT_valued, AT_used, AT_compliance, AT_gap};
    for (size_t k = 0; k < sizeof of_pool / sizeof of_pool[0]; k++)
        row[of_pool[k]] = sums[of_pool[k]] * share;
    static const int of_bundle[] = {AT_promoted_known, AT_promoted_valued, AT_promoted_used};
    for (size_t k = 0; k < sizeof of_bundle / sizeof of_bundle[0]; k++)
        row[of_bundle[k]] = promoted ? sums[of_bundle[k]] / (n * promoted) : (double)NAN;
    static const int of_staff[] = {AT_congruence, AT_commitment, AT_fatigue};
    for (size_t k = 0; k < sizeof of_staff / sizeof of_staff[0]; k++)
        row[of_staff[k]] = sums[of_staff[k]] / n;
    for (uint32_t k = 0; k < INNOVATIONS_MAX; k++)
        for (int layer = 0; layer < 3; layer++)
            row[of_layer[k][layer]] = k < world->innovation_count ? sums[of_layer[k][layer]] / n : (double)NAN;
    row[AT_pioneering] = pioneers ? sums[AT_pioneering] / pioneers : (double)NAN;
    row[AT_trust] = ties ? (double)trust / 65535.0 / (double)ties : 0;
    row[AT_strong] = ties ? (double)strong / (double)ties : (double)NAN;
    row[AT_degree] = (double)ties / n;
}

static void observe_week(const struct school *s, double *row)
{
    const struct tally *tally = &s->tally;
    const double n = s->staff, deep = tally->by_depth[SHARING] + tally->by_depth[JOINT_WORK];
    uint32_t included = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        uint32_t trusted = 0;
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            trusted += s->teachers[i].trust[k] > 32767;
        included += trusted >= 2;
    }
    double phase = 0;
    for (uint32_t u = 0; u < s->unit_count; u++)
        phase += (double)s->units[u].phase * s->units[u].members;
    row[AT_inclusion] = included / n;
    row[AT_depth] = tally->talks ? deep / tally->talks : 0;
    row[AT_phase] = phase / (2 * n);
    const enum lever levers[] = {LEVER_TIME, LEVER_LEARNING, LEVER_OPENNESS, LEVER_EVIDENCE, LEVER_DISPERSAL};
    for (int l = 0; l < LEVERS; l++)
        row[AT_time + l] = (double)s->lived[levers[l]];
    row[AT_coherence] = 1 / (1 + (double)s->load);
    row[AT_pushback] = (double)s->pushback;
    row[AT_talks] = tally->talks / n;
    row[AT_conflict] = deep > 0 ? tally->conflicts / deep : 0;
    row[AT_productive] = tally->conflicts ? (double)tally->productive / tally->conflicts : (double)NAN;
    row[AT_churn] = (tally->enacted + tally->dropped) / n;
    row[AT_acts] = (double)s->acts[0];
    row[AT_informal_acts] = (double)s->acts[1];
    row[AT_turnover] = fmin(1, tally->leavers / n); /* a post may be left twice in a week: by a shock, then again */
    row[AT_told_across] = tally->told ? (double)tally->told_across / tally->told : (double)NAN;
    row[AT_taken_strong] = tally->taken ? (double)tally->taken_strong / tally->taken : (double)NAN;
    row[AT_lesson] = deep > 0 ? tally->rungs_deep / deep : (double)NAN;
    double grouped = 0;
    for (uint32_t g = 0; g < s->group_count; g++)
        grouped += s->groups[g].size;
    row[AT_groups] = s->group_count;
    row[AT_grouped] = grouped / n;
    row[AT_load] = (double)s->load;
    double residue = 0;
    uint32_t in_force = 0;
    for (uint32_t k = 0; k < s->initiative_count; k++) {
        in_force += s->initiatives[k].pressure >= 0;
        residue += s->initiatives[k].pressure < 0 ? (double)s->initiatives[k].weight : 0;
    }
    row[AT_initiatives] = in_force;
    row[AT_rested] = s->rested;
    row[AT_residue] = residue < (double)s->load ? residue : (double)s->load; /* sums in another order */
    row[AT_student_learning] = (double)s->student_learning;
    row[AT_strategies] = count_bits(s->active);
    row[AT_unfunded] = count_bits(s->unfunded);
    row[AT_granted] = s->granted;
    row[AT_spent] = s->spent;
    row[AT_cost] = (double)s->cost;
}

/* Shared purpose: of an idea that somebody of the staff values, drawn at random, how many of the colleagues value it too.
 * How many value each idea is counted for all 64 at once: slice[b] holds bit b of each count. */
static double purpose_of(const struct school *s)
{
    uint64_t slice[16] = {0};
    for (uint32_t i = 0; i < s->staff; i++) {
        uint64_t carry = s->teachers[i].valued;
        for (int b = 0; carry && b < 16; b++) {
            const uint64_t both = slice[b] & carry;
            slice[b] ^= carry;
            carry = both;
        }
    }
    double held = 0, met = 0;
    for (int k = 0; k < IDEAS; k++) {
        double count = 0;
        for (int b = 0; b < 16; b++)
            count += (double)((slice[b] >> k & 1) << b);
        held += count;
        met += count * (count - 1);
    }
    return held > 0 ? met / (held * (s->staff - 1)) : (double)NAN;
}

static void observe_community(const struct school *s, double *row)
{
    uint32_t invited = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        uint32_t beyond = 0;
        for (uint32_t k = 0; k < t->ties; k++)
            beyond += (t->trust[k] > 32767) & (s->teachers[t->alter[k]].unit != t->unit);
        invited += beyond >= 2;
    }
    row[AT_purpose] = purpose_of(s);
    row[AT_invitation] = (double)invited / s->staff;
    row[AT_others] = s->others;
    row[AT_hours] = (double)s->tally.hours / s->staff;
}

/* Weighted mean; all weights 0 leaves it undefined. */
static double composite(const double *row, const int *at, const double *weight, int count)
{
    double sum = 0, weights = 0;
    for (int k = 0; k < count; k++) {
        sum += weight[k] * row[at[k]];
        weights += weight[k];
    }
    return weights > 0 ? sum / weights : (double)NAN;
}

static void observe_capacities(const struct world *world, double *row)
{
    const struct weights_params *w = param_set_get(world->set, &weights_group, 0);
    static const int personal[] = {AT_repertoire, AT_congruence, AT_reach};
    static const int interpersonal[] = {AT_trust, AT_inclusion, AT_depth, AT_phase};
    static const int organizational[] = {AT_time, AT_learning, AT_openness, AT_evidence, AT_dispersal};
    row[AT_personal] = composite(row, personal, &w->repertoire, 3);
    row[AT_interpersonal] = composite(row, interpersonal, &w->trust, 4);
    row[AT_organizational] = composite(row, organizational, &w->time, 5) * row[AT_coherence];
}

/* Measures of the advice network; tests hold them to igraph's. One bit matrix of who is tied with whom, undirected, serves
 * reciprocity and triangles. */
static void observe_advice(const struct world *world, const struct school *s, double *row)
{
    static _Thread_local struct advice advice;
    static _Thread_local uint32_t in[STAFF_MAX];
    static _Thread_local uint64_t tied[STAFF_MAX][(STAFF_MAX + 63) / 64];
    const uint32_t n = s->staff, words = (n + 63) / 64;
    advice_ask(world, s, &advice);
    memset(in, 0, n * sizeof in[0]);
    for (uint32_t i = 0; i < n; i++)
        memset(tied[i], 0, words * sizeof tied[i][0]);
    uint32_t arcs = 0, inside = 0, mutual = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < advice.count[i]; k++) {
            const uint32_t j = advice.named[i][k];
            arcs++;
            in[j]++;
            inside += s->teachers[i].unit == s->teachers[j].unit;
            mutual += tied[i][j / 64] >> (j % 64) & 1; /* j named i before */
            tied[i][j / 64] |= UINT64_C(1) << (j % 64);
            tied[j][i / 64] |= UINT64_C(1) << (i % 64);
        }
    double triples = 0, closed = 0, most = 0;
    for (uint32_t i = 0; i < n; i++) {
        double degree = 0;
        for (uint32_t w = 0; w < words; w++)
            degree += count_bits(tied[i][w]);
        triples += degree * (degree - 1);
        most = in[i] > most ? in[i] : most;
        for (uint32_t k = 0; k < advice.count[i]; k++) {
            /* Each undirected edge once: a returned name counts with the lower number. */
            const uint32_t j = advice.named[i][k];
            bool returned = false;
            for (uint32_t m = 0; m < advice.count[j]; m++)
                returned |= advice.named[j][m] == i;
            if (returned && j < i)
                continue;
            for (uint32_t w = 0; w < words; w++)
                closed += 2 * count_bits(tied[i][w] & tied[j][w]);
        }
    }
    const double pairs = (double)n * (n - 1), mean = (double)arcs / n;
    row[AT_names] = mean;
    row[AT_density] = arcs / pairs;
    row[AT_reciprocity] = arcs ? 2.0 * mutual / arcs : (double)NAN;
    row[AT_transitivity] = triples > 0 ? closed / triples : (double)NAN;
    row[AT_centralization] = n > 1 ? (most - mean) * n / ((double)(n - 1) * (n - 1)) : (double)NAN;
    row[AT_ei_index] = arcs ? ((double)arcs - 2.0 * inside) / arcs : (double)NAN;
}

void ladder_observe(const struct world *world, size_t school, double *row)
{
    const struct school *s = &world->schools[school];
    observe_people(world, s, row);
    observe_week(s, row);
    observe_community(s, row);
    observe_capacities(world, row);
    observe_advice(world, s, row);
    networks_observe(world, s, row + AT_networked);
}
