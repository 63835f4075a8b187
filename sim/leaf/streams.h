/* streams.h: every purpose for which random numbers are drawn, with its number in the counter.
 *
 * Numbers are part of what a seed promises: never reuse or renumber one; append, and raise
 * RNG_LAYOUT_VERSION when an existing purpose draws differently. */
#ifndef EBB_STREAMS_H
#define EBB_STREAMS_H

#define RNG_LAYOUT_VERSION 1

#define RNG_STREAMS(X) \
    X(INIT, 1)         \
    X(POLICY, 2)       \
    X(MEET, 3)         \
    X(DEPTH, 4)        \
    X(DISSONANCE, 5)   \
    X(LEARN, 6)        \
    X(TIES, 7)         \
    X(REFLECT, 8)      \
    X(LAPSE, 9)        \
    X(ENERGY, 10)      \
    X(PEOPLE, 11)      \
    X(WORLD, 12)       \
    X(SUPPORT, 13)     \
    X(GROUPS, 14)      \
    X(LEADERSHIP, 15)  \
    X(DISTRICT, 18)    \
    X(MERGER, 19)      \
    X(NETWORKS, 24)    \
    X(MEETINGS, 25)    \
    X(BASS, 20)        \
    X(BASS_LUCK, 21)   \
    X(INFLUENCE, 22)   \
    X(OUTREACH, 23)    \
    X(COMMUNITY, 27)   \
    X(LEANING, 28)     \
    X(SUBCULTURE, 26)  \
    X(COMMUNITIES, 29) \
    X(BOOTSTRAP, 30)   \
    X(LAYOUT, 31)      \
    X(TEST, 32)        \
    X(DESIGN, 33)

#define RNG_STREAM_ENUM(name, number) STREAM_##name = number,
enum rng_stream { RNG_STREAMS(RNG_STREAM_ENUM) };
#undef RNG_STREAM_ENUM

#endif
