#include "bass_network.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* People compared at once with the step: enough for vectors, few enough that most lots hold no adopter. */
#define LOT 16

static double hazard(const struct bass_network *k, const struct bass_person *person)
{
    return k->alone + (person->alters ? k->imitating * person->seen / person->alters : 0);
}

/* The step in which her luck ends, at least one after the present. */
static int64_t due(const struct bass_network *k, const struct bass_person *person)
{
    const double h = hazard(k, person);
    const double steps = h > 0 ? fmax(1, ceil(person->luck / h)) : (double)INFINITY;
    return steps < 1e15 ? person->since + (int64_t)steps : BASS_NEVER;
}

/* Luck by inversion, from 32 bits shifted by half a step: above 1e-10, below 23. */
static int draw_luck(struct bass_network *k, struct rng_key key)
{
    const uint32_t people = k->sees.people, lot = 4096;
    uint32_t words[4096];
    key.stream = STREAM_BASS_LUCK;
    for (uint32_t v = 0; v < people; v++) {
        if (v % lot == 0)
            rng_words(&key, v / 4, words, lot);
        struct bass_person *person = &k->person[v];
        *person = (struct bass_person){.luck = -log(((double)words[v % lot] + 0.5) * 0x1p-32),
                                       .alters = neighbours_degree(&k->sees, v)};
        k->most = person->alters > k->most ? person->alters : k->most;
        k->due[v] = due(k, person);
        k->week[v] = -1;
    }
    k->waiting = calloc((size_t)k->most + 1, sizeof *k->waiting);
    return k->waiting ? 0 : -1;
}

int bass_network_begin(struct bass_network *k, const igraph_t *given, uint32_t people, double degree,
                       const struct rng_key *key)
{
    if (given ? neighbours_copy(&k->sees, given, false) || neighbours_copy(&k->seen_by, given, true)
              : neighbours_draw(&k->sees, people, degree, key))
        return -1;
    const size_t n = ((size_t)people + LOT - 1) / LOT * LOT;
    k->person = malloc(n * sizeof *k->person);
    k->due = malloc(n * sizeof *k->due);
    k->week = malloc(n * sizeof *k->week);
    k->news = malloc(n * sizeof *k->news);
    if (!k->person || !k->due || !k->week || !k->news)
        return -1;
    for (size_t v = people; v < n; v++)
        k->due[v] = BASS_NEVER;
    return draw_luck(k, *key);
}

void bass_network_free(struct bass_network *k)
{
    neighbours_free(&k->sees);
    neighbours_free(&k->seen_by);
    free(k->person);
    free(k->due);
    free(k->week);
    free(k->news);
    free(k->waiting);
    *k = (struct bass_network){0};
}

/* Lists who is due; nobody is due before the present step. */
static uint32_t list_due(const struct bass_network *k)
{
    const int64_t step = k->step;
    uint32_t n = 0;
    for (uint32_t v = 0; v < k->sees.people; v += LOT) {
        const int64_t *const lot = &k->due[v];
        int64_t any = 0;
        for (int i = 0; i < LOT; i++)
            any |= lot[i] == step ? -1 : 0;
        for (uint32_t i = 0; any && i < LOT; i++)
            if (lot[i] == step)
                k->news[n++] = v + i;
    }
    return n;
}

/* One more of her alters has adopted. */
static void tell(struct bass_network *k, uint32_t v)
{
    struct bass_person *person = &k->person[v];
    person->luck -= hazard(k, person) * (double)(k->step - person->since);
    person->since = k->step;
    person->seen++;
    k->waiting[person->alters]++;
    k->due[v] = due(k, person);
}

uint32_t bass_network_step(struct bass_network *k, int32_t week)
{
    const struct neighbours *const watchers = k->seen_by.first ? &k->seen_by : &k->sees;
    k->step++;
    const uint32_t n = list_due(k);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t v = k->news[i];
        k->week[v] = week;
        k->due[v] = BASS_NEVER;
        k->waiting[k->person[v].alters] -= k->person[v].seen;
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t a = watchers->first[k->news[i]]; a < watchers->first[k->news[i] + 1]; a++)
            if (k->week[watchers->alters[a]] < 0)
                tell(k, watchers->alters[a]);
    return n;
}

double bass_network_exposure(const struct bass_network *k, uint32_t adopters)
{
    double sum = 0;
    for (uint32_t alters = 1; alters <= k->most; alters++)
        sum += (double)k->waiting[alters] / alters;
    return adopters < k->sees.people ? sum / (k->sees.people - adopters) : (double)NAN;
}

int bass_network_verify(const struct bass_network *k, uint32_t adopters, char *why, size_t size)
{
    uint32_t counted = 0;
    double shares = 0;
    for (uint32_t v = 0; v < k->sees.people; v++) {
        const struct bass_person *const person = &k->person[v];
        uint32_t seen = 0;
        for (uint32_t a = k->sees.first[v]; a < k->sees.first[v + 1]; a++) {
            if (k->sees.alters[a] >= k->sees.people)
                return snprintf(why, size, "person %u sees person %u of %u", v, k->sees.alters[a], k->sees.people);
            seen += k->week[k->sees.alters[a]] >= 0;
        }
        counted += k->week[v] >= 0;
        if (k->week[v] >= 0)
            continue;
        shares += seen ? (double)seen / person->alters : 0;
        if (seen != person->seen || k->due[v] <= k->step)
            return snprintf(why, size, "person %u sees %u adopters, kept are %u; due in step %lld after step %lld", v,
                            seen, person->seen, (long long)k->due[v], (long long)k->step);
    }
    const double exposure = counted < k->sees.people ? shares / (k->sees.people - counted) : 0;
    if (counted != adopters)
        return snprintf(why, size, "%u adopters counted, %u kept of %u people", counted, adopters, k->sees.people);
    if (counted < k->sees.people && !(fabs(exposure - bass_network_exposure(k, adopters)) < 1e-9))
        return snprintf(why, size, "exposure is %.17g, kept is %.17g", exposure, bass_network_exposure(k, adopters));
    return 0;
}
