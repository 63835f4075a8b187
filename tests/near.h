/* near.h: doubles compared as doubles (cmocka's own comparison rounds them to float), with what was found. */
#ifndef EBB_TESTS_NEAR_H
#define EBB_TESTS_NEAR_H

#include <math.h>

/* After <cmocka.h>. */
#define assert_near(found, expected, within)                                                              \
    do {                                                                                                  \
        const double found_ = (found), expected_ = (expected);                                            \
        if (!(fabs(found_ - expected_) <= (within)))                                                      \
            fail_msg("%s is %.17g, not within %g of %.17g", #found, found_, (double)(within), expected_); \
    } while (0)

#endif
