#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#define TERMINAL_SECONDS 0.25
#define MINUTE 60

void progress_start(struct progress_line *line, const struct options *options)
{
    *line = (struct progress_line){.style = LINE_MINUTES};
    if (options->quiet || options->progress == PROGRESS_NONE)
        line->style = LINE_NONE;
    else if (options->progress == PROGRESS_AUTO && isatty(STDERR_FILENO))
        line->style = LINE_TERMINAL;
}

void progress_seconds(double seconds, char *text, size_t size)
{
    const int64_t s = (int64_t)fmin(seconds + 0.5, 1e15);
    if (seconds < 9.95)
        snprintf(text, size, "%.1f s", seconds);
    else if (s < 60)
        snprintf(text, size, "%lld s", (long long)s);
    else if (s < 3600)
        snprintf(text, size, "%lld min %lld s", (long long)(s / 60), (long long)(s % 60));
    else
        snprintf(text, size, "%lld h %lld min", (long long)(s / 3600), (long long)(s % 3600 / 60));
}

void progress_show(struct progress_line *line, const struct engine_progress *p)
{
    char left[64] = "not yet known", failed[48] = "";
    const double pause = line->style == LINE_TERMINAL ? TERMINAL_SECONDS : MINUTE;
    if (line->style == LINE_NONE || p->seconds - line->told < pause)
        return;
    line->told = p->seconds;
    if (p->fraction > 0)
        progress_seconds(p->seconds * (1 - p->fraction) / p->fraction, left, sizeof left);
    if (p->failed)
        snprintf(failed, sizeof failed, ", %lld failed", (long long)p->failed);
    fprintf(stderr, "%s%lld of %lld runs%s, %.0f %% of the weeks, time left: %s%s",
            line->style == LINE_TERMINAL ? "\r" : "ebb: ", (long long)p->done + p->failed, (long long)p->total, failed,
            floor(100 * p->fraction), left, line->style == LINE_TERMINAL ? "\033[K" : "\n");
    fflush(stderr);
    line->shown = line->style == LINE_TERMINAL;
}

void progress_end(struct progress_line *line)
{
    if (line->shown)
        fputs("\r\033[K", stderr);
    line->shown = false;
}
