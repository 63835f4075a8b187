/* progress.h: how far the runs are and how long they will take, on standard error. */
#ifndef EBB_COMMANDS_PROGRESS_H
#define EBB_COMMANDS_PROGRESS_H

#include "../engine/engine.h"
#include "../options.h"

struct progress_line {
    enum { LINE_NONE, LINE_TERMINAL, LINE_MINUTES } style;
    double told; /* seconds at which something was last shown */
    bool shown;  /* the terminal's line is in use */
};

/* auto: one line that is written over on a terminal, else as plain; plain: a line a minute. */
void progress_start(struct progress_line *line, const struct options *options);
void progress_show(struct progress_line *line, const struct engine_progress *progress);
/* Takes the terminal's line away. */
void progress_end(struct progress_line *line);

/* "3 s", "2 min 5 s", "1 h 20 min". */
void progress_seconds(double seconds, char *text, size_t size);

#endif
