#include "influence_tiles.h"

#include "../sim/leaf/pages.h"

#include <stdlib.h>
#include <string.h>

#define AHEAD 4096 /* units of code */

/* People of one row of tiles while its tiles are made, from left to right. */
struct cutting {
    const struct neighbours *neighbours;
    uint32_t begin, end;                   /* people */
    uint32_t next[INFLUENCE_TILE_HEIGHT];  /* [person] the first of her alters not yet in a tile */
    uint32_t count[INFLUENCE_TILE_HEIGHT]; /* of them in the present tile */
    uint32_t most;                         /* of these */
    size_t *place;                         /* [count] where the next person with so many is written */
};

static void count_tile(struct cutting *c, uint32_t end)
{
    c->most = 0;
    for (uint32_t v = c->begin, i = 0; v < c->end; v++, i++) {
        uint32_t a = c->next[i];
        while (a < c->neighbours->first[v + 1] && c->neighbours->alters[a] < end)
            a++;
        c->count[i] = a - c->next[i];
        c->most = c->count[i] > c->most ? c->count[i] : c->most;
    }
}

/* Writes the tile's classes and returns where the next tile begins. A count of people as large as the tile's fits. */
static size_t write_tile(struct cutting *c, uint32_t column, uint16_t *code, size_t at)
{
    memset(c->place, 0, ((size_t)c->most + 1) * sizeof *c->place);
    for (uint32_t i = 0; i < c->end - c->begin; i++)
        c->place[c->count[i]]++;
    for (uint32_t n = 1; n <= c->most; n++) {
        const size_t people = c->place[n];
        c->place[n] = at + 2;
        if (people == 0)
            continue;
        code[at] = (uint16_t)n;
        code[at + 1] = (uint16_t)people;
        at += 2 + people * (1 + (size_t)n);
    }
    for (uint32_t i = 0; i < c->end - c->begin; i++) {
        const uint32_t n = c->count[i];
        uint16_t *const to = &code[c->place[n]];
        if (n == 0)
            continue;
        to[0] = (uint16_t)i;
        for (uint32_t k = 0; k < n; k++)
            to[1 + k] = (uint16_t)(c->neighbours->alters[c->next[i] + k] - column * INFLUENCE_TILE_WIDTH);
        c->place[n] += 1 + n;
        c->next[i] += n;
    }
    code[at] = 0;
    return at + 1;
}

/* Cuts one row of tiles, and returns where the next begins. */
static size_t cut_row(struct influence_tiles *tiles, struct cutting *c, uint32_t row, size_t at)
{
    const uint32_t left = tiles->people - row * tiles->height;
    c->begin = row * tiles->height;
    c->end = c->begin + (left < tiles->height ? left : tiles->height);
    memcpy(c->next, &c->neighbours->first[c->begin], (c->end - c->begin) * sizeof *c->next);
    for (uint32_t column = 0; column < tiles->columns; column++) {
        tiles->first[(size_t)row * tiles->columns + column] = at;
        count_tile(c, (column + 1) * INFLUENCE_TILE_WIDTH);
        at = write_tile(c, column, tiles->code, at);
    }
    return at;
}

int influence_tiles_begin(struct influence_tiles *tiles, const struct neighbours *neighbours)
{
    const uint32_t people = neighbours->people;
    const size_t ties = neighbours->first[people];
    uint32_t most = 0;
    for (uint32_t v = 0; v < people; v++)
        most = neighbours_degree(neighbours, v) > most ? neighbours_degree(neighbours, v) : most;
    tiles->people = people;
    tiles->height = influence_tiles_height(people);
    tiles->rows = (people + tiles->height - 1) / tiles->height;
    tiles->columns = (people + INFLUENCE_TILE_WIDTH - 1) / INFLUENCE_TILE_WIDTH;
    const size_t count = (size_t)tiles->rows * tiles->columns;
    /* A tie takes at most four units: itself, its person, and a class of two; an end for each tile. */
    tiles->first = malloc((count + 1) * sizeof *tiles->first);
    tiles->code = pages_new((4 * ties + count + AHEAD) * sizeof *tiles->code);
    struct cutting *c = malloc(sizeof *c);
    size_t *const place = malloc(((size_t)most + 1) * sizeof *place);
    const int failed = !tiles->first || !tiles->code || !c || !place;
    size_t at = 0;
    if (!failed)
        c->neighbours = neighbours, c->place = place;
    for (uint32_t row = 0; row < tiles->rows && !failed; row++)
        at = cut_row(tiles, c, row, at);
    if (!failed) {
        tiles->first[count] = at;
        uint16_t *const fitting = realloc(tiles->code, (at + AHEAD) * sizeof *fitting);
        tiles->code = fitting ? fitting : tiles->code;
    }
    free(place);
    free(c);
    return failed ? -1 : 0;
}

void influence_tiles_free(struct influence_tiles *tiles)
{
    free(tiles->first);
    free(tiles->code);
    *tiles = (struct influence_tiles){0};
}

/* The people of one class; returns what follows them. For the smallest, n is known when this is compiled. The code comes
 * from far memory in one stream, but a processor's own foresight ends with each page: asked for 8 KiB early, it is there
 * when it is read, which saves a sixth of the time of a million people. */
static inline const uint16_t *add_class(const uint16_t *restrict code, uint32_t n, uint32_t people,
                                        const float *restrict opinion, double *restrict sum)
{
    for (; people > 0; people--, code += 1 + n) {
        __builtin_prefetch(code + AHEAD);
        double s = (double)opinion[code[1]];
        for (uint32_t k = 2; k <= n; k++)
            s += (double)opinion[code[k]];
        sum[code[0]] += s;
    }
    return code;
}

static void add_tile(const uint16_t *restrict code, const float *restrict opinion, double *restrict sum)
{
    for (uint32_t n; (n = code[0]) > 0;) {
        const uint32_t people = code[1];
        code += 2;
        if (n == 1)
            code = add_class(code, 1, people, opinion, sum);
        else if (n == 2)
            code = add_class(code, 2, people, opinion, sum);
        else if (n == 3)
            code = add_class(code, 3, people, opinion, sum);
        else
            code = add_class(code, n, people, opinion, sum);
    }
}

void influence_tiles_add(const struct influence_tiles *tiles, uint32_t row, const float *restrict opinion,
                         double *restrict sum)
{
    const uint32_t begin = row * tiles->height, left = tiles->people - begin;
    memset(sum, 0, (left < tiles->height ? left : tiles->height) * sizeof *sum);
    for (uint32_t column = 0; column < tiles->columns; column++)
        add_tile(&tiles->code[tiles->first[(size_t)row * tiles->columns + column]],
                 opinion + (size_t)column * INFLUENCE_TILE_WIDTH, sum);
}
