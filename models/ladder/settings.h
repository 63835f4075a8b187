/* settings.h: what a user describes: the school, its structures, strategies, shocks, initiatives, the innovation. */
#ifndef LADDER_SETTINGS_H
#define LADDER_SETTINGS_H

#include "../../sim/leaf/param.h"

#define SCHOOL_PARAMS(X, S)                                                                                          \
    X(S, INTEGER, count, "1", 1, 200000, "schools", "", "independent schools in the world", "assumed")               \
    X(S, INTEGER, teachers, "60", 2, 2000, "people", "", "staff, the principal among them; a roster overrules it",   \
      "evidence: 12 to 76 in fifteen real schools")                                                                  \
    X(S, INTEGER, units, "6", 1, 200, "units", "", "departments or grade teams; a roster overrules it", "assumed")   \
    X(S, PATH, roster, "none", 0, 0, "", "", "staff list of a real school (CSV: id, unit, years, trust, role)",      \
      "the case at hand")                                                                                            \
    X(S, PATH, network, "none", 0, 0, "", "", "ties of a real school (CSV: from, to, strength)", "the case at hand") \
    X(S, INTEGER, leads, "1", 0, 10, "people", "", "lead teachers in each unit", "assumed")                          \
    X(S, REAL, disposition, "0.5", 0, 1, "0-1", "", "mean lasting readiness to commit", "model: c0")                 \
    X(S, REAL, disposition_sd, "0.12", 0, 0.5, "0-1", "", "its spread over people", "assumed")                       \
    X(S, REAL, expertise_sd, "0.5", 0, 2, "log units", "", "spread of lasting expertise (log-normal)",               \
      "tuned to the skew of advice in evidence: in-degree variance/mean 4.2")                                        \
    X(S, REAL, trust, "0.45", 0, 1, "0-1", "", "trust in the ties a drawn school starts with",                       \
      "evidence: 3.14 on a scale of 1 to 4, shifted to what ties carry")                                             \
    X(S, REAL, known, "0.50", 0, 1, "share", "", "share of the pool known at the start", "model: prototype")         \
    X(S, REAL, valued, "0.50", 0, 1, "share", "", "share of what is known that is valued at the start", "assumed")   \
    X(S, REAL, used, "0.60", 0, 1, "share", "", "share of what is valued that is used at the start", "assumed")      \
    X(S, REAL, habit, "0.15", 0, 1, "share", "", "share of what is known but not valued that is used at the start",  \
      "assumed")                                                                                                     \
    X(S, REAL, diversity, "1", 0, 1, "share", "",                                                                    \
      "of the pool on which people are drawn each for themselves; on the rest all start where their school stands",  \
      "assumed: as the first specification")                                                                         \
    X(S, REAL, style, "0.4", 0, 1, "0-1", "", "mean style of principals: 0 controls, 1 distributes", "assumed")      \
    X(S, DURATION, settle, "160w", 0, 4000, "weeks", "",                                                             \
      "a drawn school lives through half to all of this before week 0",                                              \
      "assumed: lets ties, energy and phase of the swells find their own values")
struct school_params {
    SCHOOL_PARAMS(PARAM_FIELD, school_params)
};

/* What a school is like when it is first seen: a drawn one then settles, a surveyed one begins so. */
#define START_PARAMS(X, S)                                                                                        \
    X(S, INTEGER, ties, "4", 0, 24, "ties", "", "that each founds in a drawn school, half of them in the unit",   \
      "assumed")                                                                                                  \
    X(S, REAL, strength, "0.1", 0, 1, "0-1", "", "strength of these ties, least", "assumed")                      \
    X(S, REAL, strength_more, "0.4", 0, 1, "0-1", "", "more of it, drawn evenly up to this", "assumed")           \
    X(S, REAL, trust_sd, "0.1", 0, 1, "0-1", "", "spread of trust in them", "assumed")                            \
    X(S, REAL, naming, "0.5", 0, 1, "0-1", "",                                                                    \
      "strength of a surveyed tie on the side of who names, times the strength stated", "assumed")                \
    X(S, REAL, named, "0.35", 0, 1, "0-1", "", "the same on the side of who is named", "assumed")                 \
    X(S, REAL, lived, "0.5", 0, 1, "share", "", "of formal levels that is lived", "assumed")                      \
    X(S, REAL, service, "8", 0, 20, "years", "", "mean service of the staff", "evidence: quartiles 2 / 5.5 / 11") \
    X(S, REAL, beginners, "0.5", 0, 1, "share", "", "of those who come later, without any service",               \
      "assumed; evidence: quartiles 2 / 5.5 / 11 among all")                                                      \
    X(S, REAL, brought, "12", 0, 40, "years", "", "of service that the others bring, at most, drawn evenly",      \
      "assumed")                                                                                                  \
    X(S, REAL, commitment_sd, "0.1", 0, 1, "0-1", "", "spread of commitment about disposition in who comes",      \
      "assumed")                                                                                                  \
    X(S, REAL, fatigue, "0.3", 0, 1, "0-1", "", "fatigue of who comes, least", "assumed")                         \
    X(S, REAL, fatigue_more, "0.1", 0, 1, "0-1", "", "more of it, drawn evenly up to this", "assumed")
struct start_params {
    START_PARAMS(PARAM_FIELD, start_params)
};

/* Roles: a teacher starts as many talks as [meetings] says and is sought for nothing but expertise. Posts keep their
 * role. */
#define ROLES_PARAMS(X, S)                                                                                            \
    X(S, REAL, lead_talks, "1.2", 0, 5, "times", "", "talks that a lead teacher starts, times those of a teacher",    \
      "assumed")                                                                                                      \
    X(S, REAL, lead_sought, "1", 0, 10, "1", "", "added to the worth of asking a lead teacher",                       \
      "tuned to evidence: in-degree centralization .365")                                                             \
    X(S, REAL, lead_office, "0.3", 0, 1, "share", "", "of a principal's part in leadership by office",                \
      "assumed; Harris 2004")                                                                                         \
    X(S, REAL, principal_talks, "1.5", 0, 5, "times", "", "talks that a principal starts, times those of a teacher",  \
      "assumed")                                                                                                      \
    X(S, REAL, principal_sought, "1", 0, 10, "1", "", "added to the worth of asking the principal",                   \
      "tuned to evidence: in-degree centralization .365")                                                             \
    X(S, REAL, coach_sought, "1.5", 0, 10, "1", "", "added to the worth of asking a coach", "assumed")                \
    X(S, REAL, coach_spirit, "0.8", 0, 1, "0-1", "", "commitment of a coach, which stays", "assumed")                 \
    X(S, REAL, facilitator_spirit, "0.8", 0, 1, "0-1", "", "commitment of a facilitator, which stays", "assumed")     \
    X(S, REAL, parent_knows, "0.3", 0, 1, "share", "", "of the pool that a parent knows beside the concerns",         \
      "assumed")                                                                                                      \
    X(S, REAL, student_visits, "0.08", 0, 1, "share", "", "of a coach's visits that a student voice makes",           \
      "assumed: two a week")                                                                                          \
    X(S, REAL, student_knows, "0.3", 0, 1, "share", "", "of the pool that a student voice knows beside the concerns", \
      "assumed")                                                                                                      \
    X(S, REAL, partner_sought, "0.5", 0, 10, "1", "", "added to the worth of asking a partner", "assumed")            \
    X(S, REAL, partner_visits, "0.02", 0, 1, "share", "", "of a coach's visits that a partner makes",                 \
      "assumed: one in two weeks")                                                                                    \
    X(S, REAL, partner_held, "0.5", 0, 1, "share", "", "of community.held, for a partner", "assumed")                 \
    X(S, REAL, partner_knows, "0.5", 0, 1, "share", "", "of the pool that a partner knows beside the concerns",       \
      "assumed")                                                                                                      \
    X(S, REAL, partner_uses, "0.5", 0, 1, "share", "", "of these that a partner has in use", "assumed")
struct roles_params {
    ROLES_PARAMS(PARAM_FIELD, roles_params)
};

#define LEVEL_PARAM(X, S, key, meaning) X(S, REAL, key, "0.25", 0, 1, "0-1", "", meaning, "model: starting value")
#define LEVELS_PARAMS(X, S)                                                               \
    LEVEL_PARAM(X, S, time, "formal time to meet and work together")                      \
    LEVEL_PARAM(X, S, learning, "formal investment in professional learning")             \
    LEVEL_PARAM(X, S, openness, "formal openness: visits, shared rooms, no privacy norm") \
    LEVEL_PARAM(X, S, evidence, "formal use of evidence")                                 \
    LEVEL_PARAM(X, S, dispersal, "formal dispersal of power and leadership")
struct levels_params {
    LEVELS_PARAMS(PARAM_FIELD, levels_params)
};

#define CHANGE_PARAM(X, S, key, meaning) X(S, REAL, key, "0", -1, 1, "0-1", "", meaning, "the case at hand")
#define CHANGE_PARAMS(X, S)                                                 \
    CHANGE_PARAM(X, S, time, "change of formal time")                       \
    CHANGE_PARAM(X, S, learning, "change of formal investment in learning") \
    CHANGE_PARAM(X, S, openness, "change of formal openness")               \
    CHANGE_PARAM(X, S, evidence, "change of formal use of evidence")        \
    CHANGE_PARAM(X, S, dispersal, "change of formal dispersal of power")

#define STRATEGY_PARAMS(X, S)                                                                                          \
    X(S, CHOICE, active, "yes", 0, 0, "", "no|yes", "no: the section is kept but does nothing", "the case at hand")    \
    X(S, DURATION, start, "2y", 0, 16000000, "weeks", "", "first week", "the case at hand")                            \
    X(S, DURATION, end, "never", -1, 16000000, "weeks", "", "week after the last; never: kept", "the case at hand")    \
    X(S, DURATION, lasts, "never", -1, 16000000, "weeks", "",                                                          \
      "weeks from its actual start to its end; never: to `end`", "the case at hand")                                   \
    X(S, TEXT, when, "", 0, 0, "", "",                                                                                 \
      "starts in the first week from `start` on in which this holds of last week's columns: trust > 0.5 and fatigue "  \
      "< 0.4",                                                                                                         \
      "the case at hand")                                                                                              \
    X(S, CHOICE, hold, "yes", 0, 0, "", "no|yes",                                                                      \
      "yes: once started it stays; no: it rests while `when` does not hold", "the case at hand")                       \
    X(S, TEXT, after, "", 0, 0, "", "", "name of the strategy that must have ended before this one starts",            \
      "the case at hand")                                                                                              \
    X(S, DURATION, ramp, "0w", 0, 16000000, "weeks", "", "weeks over which levels rise to their full change",          \
      "the case at hand")                                                                                              \
    X(S, REAL, decree, "0", 0, 1, "0-1", "", "0 voluntary … 1 imposed",                                                \
      "model: step 2; Dietz: form must follow function")                                                               \
    CHANGE_PARAMS(X, S)                                                                                                \
    X(S, INTEGER, coaches, "0", 0, 32, "people", "", "full-time coaches who visit classrooms", "the case at hand")     \
    X(S, INTEGER, facilitators, "0", 0, 32, "people", "", "who sit in where people talk, so that conflict teaches",    \
      "the case at hand")                                                                                              \
    X(S, INTEGER, parents, "0", 0, 64, "people", "", "who join the conversation, on community nights",                 \
      "the case at hand")                                                                                              \
    X(S, INTEGER, students, "0", 0, 64, "people", "", "student voices who join it, there and in school",               \
      "the case at hand")                                                                                              \
    X(S, INTEGER, partners, "0", 0, 64, "people", "", "partners from outside who join it", "the case at hand")         \
    X(S, DURATION, night, "never", -1, 4000, "weeks", "", "from one community night to the next; never: none is held", \
      "the case at hand")                                                                                              \
    X(S, REAL, invited, "1", 0, 1, "share", "", "of those reached who are invited to a community night, drawn anew",   \
      "the case at hand")                                                                                              \
    X(S, REAL, acts, "0", 0, 5, "acts/week", "",                                                                       \
      "leadership acts of each one reached, who has time and backing for them", "the case at hand")                    \
    X(S, REAL, workshop_hours, "0", 0, 40, "hours/week", "",                                                           \
      "hours a week each person reached is sent out for training", "the case at hand")                                 \
    X(S, INTEGER, ideas, "0", 0, 64, "ideas", "", "size of the bundle of practices promoted; 0: none in particular",   \
      "the case at hand")                                                                                              \
    X(S, CHOICE, focal, "no", 0, 0, "", "no|yes", "yes: promotes the focal innovation instead of a bundle of its own", \
      "the case at hand")                                                                                              \
    X(S, TEXT, innovation, "", 0, 0, "", "",                                                                           \
      "name of the [innovation NAME] that it promotes or makes visible; empty: the first one", "the case at hand")     \
    X(S, REAL, facilitation, "0", 0, 4, "logit", "", "skilled facilitation: raises the productive share of conflict",  \
      "assumed")                                                                                                       \
    X(S, REAL, rest, "0", 0, 1, "1/week", "", "share of what ended initiatives have left that is laid to rest a week", \
      "theory: Albury, hospice; Wheatley")                                                                             \
    X(S, CHOICE, protect, "no", 0, 0, "", "no|yes", "yes: those reached feel no push-back while it lasts",             \
      "theory: Albury, protected pioneers")                                                                            \
    X(S, REAL, illuminate, "0", 0, 10, "visits/week", "",                                                              \
      "of each one reached, to those who practise the innovation beyond own ties and unit",                            \
      "theory: Albury, illumination")                                                                                  \
    X(S, INTEGER, apprentices, "0", 0, 32, "people", "",                                                               \
      "at a time, newcomers first, who work beside one who practises the innovation", "theory: Albury, apprenticing")  \
    X(S, DURATION, apprenticeship, "10w", 1, 4000, "weeks", "", "how long each of them does", "assumed")               \
    X(S, REAL, critical_friends, "0", 0, 10, "visits/week", "",                                                        \
      "that each group pays another, those reached taking part", "theory: Wheatley; Earl & Katz")                      \
    X(S, INTEGER, sprint_teams, "0", 0, 32, "teams", "",                                                               \
      "formed at its start among those reached, each around some of its ideas; dissolved when it ends or they are in " \
      "use",                                                                                                           \
      "theory: S11; sprint teams")                                                                                     \
    X(S, REAL, on_demand, "0", 0, 1, "chance", "", "that a group which asks for time is given it (see [groups])",      \
      "theory: S11, demand-driven support")                                                                            \
    X(S, REAL, grant_cost, "0", 0, 1e12, "unit/week", "", "cost a week of each group that was given time",             \
      "the case at hand")                                                                                              \
    X(S, TEXT, target, "all", 0, 0, "", "",                                                                            \
      "who is reached: all, unit:3, role:principal, trusted:5, random:10%, pioneers", "the case at hand")              \
    X(S, REAL, cost, "0", 0, 1e12, "unit/week", "", "cost a week, in the user's unit", "the case at hand")
struct strategy_params {
    char name[PARAM_TEXT_SIZE];
    STRATEGY_PARAMS(PARAM_FIELD, strategy_params)
};

#define BUDGET_PARAMS(X, S)                                                                                           \
    X(S, REAL, total, "-1", -1, 1e15, "unit", "",                                                                     \
      "money of a school for all its strategies, taken in the order of the file; a strategy it cannot pay ends; -1: " \
      "no limit",                                                                                                     \
      "the case at hand")
struct budget_params {
    BUDGET_PARAMS(PARAM_FIELD, budget_params)
};

/* A district, an authority, a trust: an office or several above a number of schools. */
#define DISTRICT_PARAMS(X, S)                                                                                         \
    X(S, INTEGER, schools, "0", 0, 200000, "schools", "",                                                             \
      "how many of the world's schools belong to it, in the order of the file; 0: all that are left",                 \
      "the case at hand")                                                                                             \
    X(S, DURATION, start, "0w", 0, 16000000, "weeks", "", "first week in which it does anything", "the case at hand") \
    X(S, INTEGER, offices, "3", 1, 16, "offices", "",                                                                 \
      "its departments, each a silo that launches initiatives of its own and deals with its own units of a school",   \
      "theory: S12; number assumed")                                                                                  \
    X(S, REAL, initiatives, "0.7", 0, 20, "1/year", "", "initiatives that each office launches, laid on all schools", \
      "Hess 1999 for the phenomenon; number assumed")                                                                 \
    X(S, INTEGER, ideas, "4", 1, 32, "ideas", "", "practices each asks for", "assumed")                               \
    X(S, REAL, weight, "0.3", 0, 10, "load", "", "attention each takes while it lasts", "assumed")                    \
    X(S, DURATION, lasts, "1y", 1, 4000, "weeks", "", "how long each is pressed", "assumed")                          \
    X(S, REAL, control, "0.5", 0, 1, "0-1", "",                                                                       \
      "0 supports its schools … 1 controls them: by pressure, the principals it appoints, power, facilitation",       \
      "theory: S12")                                                                                                  \
    X(S, REAL, pressure, "0.5", 0, 1, "0-1", "", "of initiatives when it controls in full; times control", "assumed") \
    X(S, REAL, coupling, "0.2", 0, 1, "share", "",                                                                    \
      "how far offices act as one: chance to build on what another has in force, and to pass on what another heard",  \
      "Weick 1976; number assumed")                                                                                   \
    X(S, REAL, hospice, "0", 0, 1, "share", "", "of unused initiatives laid to rest at each review",                  \
      "theory: Albury, hospice; Wheatley")                                                                            \
    X(S, REAL, unused, "0.5", 0, 1, "share", "",                                                                      \
      "an initiative is unused in a school where fewer of the staff value and use half of its practices", "assumed")  \
    X(S, REAL, budget, "-1", -1, 1e15, "unit/year", "", "money for the strategies of all its schools; -1: none",      \
      "the case at hand")                                                                                             \
    X(S, CHOICE, allocation, "equal", 0, 0, "", "equal|need|demand",                                                  \
      "equal: each school as much; need: more to those far behind the best; demand: what they ask, by commitment",    \
      "theory: S11 for demand")
enum { ALLOCATION_EQUAL, ALLOCATION_NEED, ALLOCATION_DEMAND };
struct district_params {
    char name[PARAM_TEXT_SIZE];
    DISTRICT_PARAMS(PARAM_FIELD, district_params)
};

#define SHOCK_PARAMS(X, S)                                                                                           \
    X(S, CHOICE, active, "yes", 0, 0, "", "no|yes", "no: the section is kept but does nothing", "the case at hand")  \
    X(S, DURATION, start, "5y", 0, 16000000, "weeks", "", "first week", "the case at hand")                          \
    X(S, DURATION, end, "6y", -1, 16000000, "weeks", "", "week after the last; never: it stays", "the case at hand") \
    X(S, REAL, contact, "1", 0, 5, "times", "", "conversations multiplied", "the case at hand")                      \
    CHANGE_PARAMS(X, S)                                                                                              \
    X(S, REAL, fatigue, "0", 0, 1, "0-1/week", "", "fatigue added a week", "the case at hand")                       \
    X(S, REAL, turnover, "1", 0, 50, "times", "", "leaving multiplied", "the case at hand")                          \
    X(S, REAL, trust, "0", 0, 1, "share", "", "share of the trust in every tie that is lost at the start",           \
      "the case at hand")                                                                                            \
    X(S, CHOICE, principal, "no", 0, 0, "", "no|yes", "yes: the principal leaves at the start", "the case at hand")  \
    X(S, REAL, schools, "1", 0, 1, "share", "", "of the schools that it hits, drawn", "the case at hand")            \
    X(S, TEXT, district, "", 0, 0, "", "", "name of the district whose schools it hits; none: any",                  \
      "the case at hand")                                                                                            \
    X(S, CHOICE, merger, "no", 0, 0, "", "no|yes",                                                                   \
      "yes: the schools hit are joined two by two: every other unit changes places, one principal for both",         \
      "assumed form; see ODD")
struct shock_params {
    char name[PARAM_TEXT_SIZE];
    SHOCK_PARAMS(PARAM_FIELD, shock_params)
};

#define INITIATIVE_PARAMS(X, S)                                                                                     \
    X(S, CHOICE, active, "yes", 0, 0, "", "no|yes", "no: the section is kept but does nothing", "the case at hand") \
    X(S, DURATION, start, "1y", 0, 16000000, "weeks", "", "first week", "the case at hand")                         \
    X(S, DURATION, end, "3y", -1, 16000000, "weeks", "", "week after the last; never: kept", "the case at hand")    \
    X(S, INTEGER, ideas, "5", 0, 64, "ideas", "", "practices it asks for", "the case at hand")                      \
    X(S, REAL, pressure, "0.5", 0, 1, "0-1", "", "0 a wish … 1 an order that is inspected", "the case at hand")     \
    X(S, REAL, weight, "0.5", 0, 10, "load", "", "attention it takes while it lasts", "assumed")
struct initiative_params {
    char name[PARAM_TEXT_SIZE];
    INITIATIVE_PARAMS(PARAM_FIELD, initiative_params)
};

#define INNOVATION_PARAMS(X, S)                                                                                        \
    X(S, INTEGER, ideas, "6", 0, 32, "ideas", "", "practices in the focal innovation; 0: none is followed", "model")   \
    X(S, INTEGER, pioneers, "5", 0, 2000, "people", "",                                                                \
      "who practise it at its start, the most disposed in one unit first", "theory: Albury")                           \
    X(S, DURATION, start, "0w", 0, 16000000, "weeks", "", "week at whose end its pioneers begin", "the case at hand")  \
    X(S, INTEGER, schools, "0", 0, 200000, "schools", "", "that have pioneers, the first ones; 0: all",                \
      "the case at hand")                                                                                              \
    X(S, REAL, share, "0.5", 0.01, 1, "share", "",                                                                     \
      "of the bundle that one must value to be engaged, value and use to practise; to be interested, any of it known", \
      "assumed")                                                                                                       \
    X(S, CHOICE, protect, "no", 0, 0, "", "no|yes", "yes: pioneers feel no push-back",                                 \
      "theory: Albury, protected pioneers")
struct innovation_params {
    INNOVATION_PARAMS(PARAM_FIELD, innovation_params)
};
struct innovation_named { /* [innovation NAME]: one more, beside the plain one */
    char name[PARAM_TEXT_SIZE];
    INNOVATION_PARAMS(PARAM_FIELD, innovation_named)
};

#define WEIGHTS_PARAMS(X, S)                                                                                          \
    X(S, REAL, repertoire, "1", 0, 100, "weight", "", "of repertoire in personal capacity", "assumed: equal")         \
    X(S, REAL, congruence, "1", 0, 100, "weight", "", "of congruence in personal capacity", "assumed: equal")         \
    X(S, REAL, reach, "1", 0, 100, "weight", "", "of reach in personal capacity", "assumed: equal")                   \
    X(S, REAL, trust, "1", 0, 100, "weight", "", "of trust in interpersonal capacity", "assumed: equal")              \
    X(S, REAL, inclusion, "1", 0, 100, "weight", "", "of inclusion in interpersonal capacity", "assumed: equal")      \
    X(S, REAL, depth, "1", 0, 100, "weight", "", "of depth in interpersonal capacity", "assumed: equal")              \
    X(S, REAL, phase, "1", 0, 100, "weight", "", "of team phase in interpersonal capacity", "assumed: equal")         \
    X(S, REAL, time, "1", 0, 100, "weight", "", "of lived time in organizational capacity", "assumed: equal")         \
    X(S, REAL, learning, "1", 0, 100, "weight", "", "of lived learning in organizational capacity", "assumed: equal") \
    X(S, REAL, openness, "1", 0, 100, "weight", "", "of lived openness in organizational capacity", "assumed: equal") \
    X(S, REAL, evidence, "1", 0, 100, "weight", "", "of lived evidence in organizational capacity", "assumed: equal") \
    X(S, REAL, dispersal, "1", 0, 100, "weight", "", "of lived dispersal in organizational capacity", "assumed: equal")
struct weights_params {
    WEIGHTS_PARAMS(PARAM_FIELD, weights_params)
};

#endif
