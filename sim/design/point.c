#include "../leaf/text.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

/* Points of a broken design that are told one by one. */
#define POINTS_TOLD 5

double design_unit(const struct design *design, int64_t point, size_t axis)
{
    return design->unit[(size_t)point * design->axis_count + axis];
}

double design_value(const struct design *design, int64_t point, size_t axis)
{
    if (design->listed)
        return design->listed[(size_t)point * design->axis_count + axis];
    if (design->unit)
        return axis_value(&design->axes[axis], design_unit(design, point, axis));
    if (design->kind == DESIGN_ZIP)
        return design->axes[axis].levels[point];
    for (size_t a = design->axis_count; --a > axis;)
        point /= (int64_t)design->axes[a].level_count;
    return design->axes[axis].levels[point % (int64_t)design->axes[axis].level_count];
}

int design_format(const struct design *design, int64_t point, size_t axis, char *text, size_t size)
{
    const struct design_axis *a = &design->axes[axis];
    const double number = design_value(design, point, axis);
    if (a->texts)
        return snprintf(text, size, "%s", a->texts[(size_t)number]);
    union param_value value = {.integer = 0};
    if (a->row->kind == PARAM_REAL)
        value.real = number;
    else
        value.integer = (int64_t)number;
    return param_value_format(a->row, &value, text, size);
}

enum status design_apply(const struct design *design, int64_t point, struct param_set *set, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t a = 0; a < design->axis_count && status == STATUS_OK; a++) {
        char text[PARAM_TEXT_SIZE];
        const struct design_axis *axis = &design->axes[a];
        design_format(design, point, a, text, sizeof text);
        status = param_set_parse(set, axis->group, axis->index, axis->row, text,
                                 (struct param_origin){.from = ORIGIN_SET}, NULL, faults, NULL);
    }
    return status;
}

static void name_point(const struct design *design, int64_t point, char *text, size_t size)
{
    size_t used = 0;
    for (size_t a = 0; a < design->axis_count && used < size; a++) {
        char value[PARAM_TEXT_SIZE];
        design_format(design, point, a, value, sizeof value);
        used += (size_t)snprintf(text + used, size - used, "%s%s = %s", a > 0 ? ", " : "", design->axes[a].key, value);
    }
}

static enum status tell_point(const struct design *design, int64_t point, const struct faults *found,
                              struct faults *faults)
{
    char name[400];
    name_point(design, point, name, sizeof name);
    for (size_t i = 0; i < found->count; i++)
        if (!found->list[i].warning)
            return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "point %lld (%s): %s", (long long)point + 1, name,
                             found->list[i].text);
    return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "point %lld (%s) cannot be run", (long long)point + 1, name);
}

enum status design_check(const struct design *design, const struct model *model, const struct param_set *base,
                         const struct model_input *input, struct faults *faults)
{
    struct param_set *set = param_set_copy(base);
    enum status status = STATUS_OK;
    int64_t wrong = 0;
    if (!set)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to check the design");
    for (int64_t point = 0; point < design->points && status != STATUS_FAILED; point++) {
        struct faults found = {0};
        enum status one = design_apply(design, point, set, &found);
        if (one == STATUS_OK && model->check)
            model->check(set, input, &found);
        if (found.errors > 0 || one != STATUS_OK) {
            status = STATUS_BAD_INPUT;
            if (wrong++ < POINTS_TOLD)
                tell_point(design, point, &found, faults);
        }
        faults_free(&found);
    }
    param_set_free(set);
    if (wrong > POINTS_TOLD)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "%lld of the design's %lld points cannot be run; the first %d are told", (long long)wrong,
                  (long long)design->points, POINTS_TOLD);
    return status;
}

void design_print(const struct design *design, int64_t most, FILE *out)
{
    char text[PARAM_TEXT_SIZE];
    fprintf(out, "%s, %lld point%s", design_kind_name(design->kind), (long long)design->points,
            design->points == 1 ? "" : "s");
    for (size_t a = 0; design->kind == DESIGN_GRID && design->axis_count > 1 && a < design->axis_count; a++)
        fprintf(out, "%s%zu", a > 0 ? " x " : " = ", design->axes[a].level_count);
    fputs("\npoint", out);
    for (size_t a = 0; a < design->axis_count; a++) {
        fputc('\t', out);
        text_print(out, design->axes[a].key);
    }
    fputc('\n', out);
    for (int64_t point = 0; point < design->points && point < most; point++) {
        fprintf(out, "%lld", (long long)point + 1);
        for (size_t a = 0; a < design->axis_count; a++) {
            design_format(design, point, a, text, sizeof text);
            fputc('\t', out);
            text_print(out, text);
        }
        fputc('\n', out);
    }
    if (design->points > most)
        fprintf(out, "… and %lld more\n", (long long)(design->points - most));
}
