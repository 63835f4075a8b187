/* P2: all three capacities entered together, sustained, gain more than the sum of the three entered singly, and each alone
 * gains less than 40 % of the joint gain.
 *
 * Personal capacity is entered by a half-time coach in the classrooms, interpersonal by facilitated dialogue and shared
 * power, organizational by time to meet; from year 2 on, and kept. Gain: practised repertoire in the tenth year over no
 * strategy. */
#include "entries.h"

#include <stdio.h>

#define SHARE 0.4

static void run(const struct trial *trial, struct finding *finding)
{
    static double joint[RUNS_MAX], gain[ENTRIES][RUNS_MAX], over[RUNS_MAX], room[RUNS_MAX];
    struct lab *none = entries_none(trial, "");
    entries_gain(trial, none, "", ENTRY_PERSONAL ENTRY_INTERPERSONAL ENTRY_ORGANIZATIONAL, joint);
    for (int e = 0; e < ENTRIES; e++)
        entries_gain(trial, none, "", entries[e].settings, gain[e]);
    const double joint_mean = interval_of(joint, trial->runs).mean;
    double share[ENTRIES], least = 1;
    for (int e = 0; e < ENTRIES; e++) {
        for (size_t r = 0; r < trial->runs; r++)
            room[r] = SHARE * joint[r] - gain[e][r];
        const double low = interval_of(room, trial->runs).low;
        least = low < least ? low : least;
        share[e] = interval_of(gain[e], trial->runs).mean / joint_mean;
    }
    for (size_t r = 0; r < trial->runs; r++) {
        over[r] = joint[r];
        for (int e = 0; e < ENTRIES; e++)
            over[r] -= gain[e][r];
    }
    finding_mean(finding, over, trial->runs);
    finding->held = finding->low > 0 && least > 0;
    snprintf(finding->text, sizeof finding->text,
             "joint gain of repertoire in ten years less the sum of three single ones; joint %+.2f; alone %s %.0f %%, "
             "%s %.0f %%, "
             "%s %.0f %% of it, each below 40 %%",
             joint_mean, entries[0].name, 100 * share[0], entries[1].name, 100 * share[1], entries[2].name,
             100 * share[2]);
    lab_free(none);
}

const struct pattern p02 = {"P2", "three capacities together gain more than the sum of each alone",
                            "depth.by_trust=0; ties.by_dispersal=0; reflection.by_time=0; learning.take_up_by_time=0",
                            "neither trust nor time has a part in how deep people talk and what they take up", run};
