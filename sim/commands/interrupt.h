/* interrupt.h: Ctrl-C and its kin end a command in order. */
#ifndef EBB_COMMANDS_INTERRUPT_H
#define EBB_COMMANDS_INTERRUPT_H

#include <signal.h>

/* From now on SIGINT, SIGTERM and SIGHUP make the returned flag nonzero instead of ending the program; a second one
 * ends it. A file that grows beyond its limit becomes an error of write() instead of a signal. */
const volatile sig_atomic_t *interrupt_watch(void);

#endif
