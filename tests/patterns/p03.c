/* P3: the best first entry differs between schools. The three single entries of P2 in a school of low trust, one of little
 * knowledge and one of rigid structures: not the same one is best in all of them. The two schools whose rankings differ most
 * plainly are compared: in one the first entry is better, in the other the second, each by its whole interval (98.3 %: three
 * pairs of entries are looked at). */
#include "entries.h"

#include <math.h>
#include <stdio.h>

static const struct {
    const char *name, *settings;
} schools[] = {
    {"low trust", "school.trust=0.15; ties.trust_rest=0.15; "},
    {"little knowledge", "school.known=0.15; learning.curiosity=0.003; structures.learning=0.05; "},
    {"rigid", "structures.time=0; structures.openness=0; school.style=0.1; "},
};
enum { SCHOOLS = sizeof schools / sizeof schools[0] };

/* The smaller of the margins by which entry a beats b in one school and b beats a in another, in standard errors. */
static double reversal(double gain[SCHOOLS][ENTRIES][RUNS_MAX], size_t runs, int a, int b, int school[2])
{
    static double ahead[RUNS_MAX];
    double most = -INFINITY, least = INFINITY;
    for (int s = 0; s < SCHOOLS; s++) {
        for (size_t r = 0; r < runs; r++)
            ahead[r] = gain[s][a][r] - gain[s][b][r];
        const struct interval i = interval_of(ahead, runs);
        const double z = i.mean / fmax((i.high - i.low) / 2, 1e-12);
        if (z > most) {
            most = z;
            school[0] = s;
        }
        if (z < least) {
            least = z;
            school[1] = s;
        }
    }
    return fmin(most, -least);
}

static void run(const struct trial *trial, struct finding *finding)
{
    static double gain[SCHOOLS][ENTRIES][RUNS_MAX], ahead[RUNS_MAX];
    int best[SCHOOLS];
    for (int s = 0; s < SCHOOLS; s++) {
        struct lab *none = entries_none(trial, schools[s].settings);
        best[s] = 0;
        for (int e = 0; e < ENTRIES; e++) {
            entries_gain(trial, none, schools[s].settings, entries[e].settings, gain[s][e]);
            if (interval_of(gain[s][e], trial->runs).mean > interval_of(gain[s][best[s]], trial->runs).mean)
                best[s] = e;
        }
        lab_free(none);
    }
    int at[2] = {0, 0}, entry[2] = {0, 0};
    double plainest = -INFINITY;
    for (int s = 0; s < SCHOOLS; s++)
        for (int other = 0; other < SCHOOLS; other++) {
            int school[2] = {0, 0};
            if (best[s] == best[other])
                continue;
            const double z = reversal(gain, trial->runs, best[s], best[other], school);
            if (z > plainest) {
                plainest = z;
                entry[0] = best[s];
                entry[1] = best[other];
                at[0] = school[0];
                at[1] = school[1];
            }
        }
    /* Half widths of 95 % intervals; 2.39/1.96 of them are those of 98.3 %. */
    finding->held = plainest > 2.39 / 1.96;
    for (size_t r = 0; r < trial->runs; r++)
        ahead[r] = gain[at[0]][entry[0]][r] - gain[at[0]][entry[1]][r] - gain[at[1]][entry[0]][r] +
                   gain[at[1]][entry[1]][r];
    finding_mean(finding, ahead, trial->runs);
    snprintf(
        finding->text, sizeof finding->text,
        "gain by %s less by %s, %s less %s school; best first: low trust %s %+.2f, little knowledge %s %+.2f, rigid %s "
        "%+.2f",
        entries[entry[0]].name, entries[entry[1]].name, schools[at[0]].name, schools[at[1]].name, entries[best[0]].name,
        interval_of(gain[0][best[0]], trial->runs).mean, entries[best[1]].name,
        interval_of(gain[1][best[1]], trial->runs).mean, entries[best[2]].name,
        interval_of(gain[2][best[2]], trial->runs).mean);
}

const struct pattern p03 = {"P3", "the best first entry differs between schools",
                            "depth.by_trust=0; dissonance.by_trust=0; lived.by_trust=0",
                            "trust does nothing for the depth of talk, for conflict or for taking part", run};
