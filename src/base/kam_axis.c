/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_axis.h"
#include <float.h>
#include <math.h>

static double nice_step(double raw)
{
    double base = pow(10, floor(log10(raw)));
    double f = raw / base;
    double nice = f <= 1 ? 1 : f <= 2 ? 2 : f <= 2.5 ? 2.5 : f <= 5 ? 5 : 10;
    return fmin(nice * base, 1e308); /* a larger one is no number */
}

void kam_axis_make(kam_axis *a, double lo, double hi, int want, bool with_zero)
{
    if (!isfinite(lo) || !isfinite(hi)) lo = 0, hi = 1;
    if (lo > hi) {
        double t = lo;
        lo = hi;
        hi = t;
    }
    if (with_zero) lo = fmin(lo, 0), hi = fmax(hi, 0);
    if (want < 2) want = 2;
    if (want > 12) want = 12;
    /* a flat range still needs a scale: open it to both sides, by what doubles can tell apart */
    const double tiny = 1e-290; /* below that steps would lose their digits: as good as flat */
    if (hi - lo < tiny || hi - lo <= fmax(fabs(lo), fabs(hi)) * 1e-12) {
        double pad = fabs(hi) < tiny ? 1 : fabs(hi) * 0.5;
        if (with_zero) lo = fmin(0, lo), hi = hi > 0 ? hi : 0;
        if (hi - lo < tiny || !with_zero) lo -= with_zero ? 0 : pad, hi += pad;
    }
    hi = fmin(hi, DBL_MAX), lo = fmax(lo, -DBL_MAX);
    a->step = nice_step(hi / want - lo / want); /* not (hi − lo) / want, which may be no number */
    double first = floor(lo / a->step + 1e-9), last = ceil(hi / a->step - 1e-9);
    a->min = fmax(first * a->step, -DBL_MAX);
    a->max = fmin(last * a->step, DBL_MAX);
    a->n = 0;
    for (double k = first; k <= last && a->n < KAM_TICKS_MAX; k++)
        if (isfinite(k * a->step)) a->tick[a->n++] = k == 0 ? 0 : k * a->step;
    double digits = -floor(log10(a->step) + 1e-9);
    double mantissa = a->step * pow(10, digits);
    a->decimals = digits > 0 ? (int)digits : 0;
    if (fabs(mantissa - 2.5) < 1e-6 && digits >= 0) a->decimals++;
    if (a->decimals > 12) a->decimals = 12;
}

void kam_axis_make_whole(kam_axis *a, double lo, double hi, int want)
{
    kam_axis_make(a, lo, hi, want, true);
    while (a->decimals && --want >= 2) kam_axis_make(a, lo, hi, want, true);
    if (a->decimals) kam_axis_make(a, lo, fmax(hi, fmin(lo, 0) + 2), 2, true);
}

double kam_axis_map(const kam_axis *a, double v, double p0, double p1)
{
    /* by halves, which are exact and have a difference always */
    return p0 + (v / 2 - a->min / 2) / (a->max / 2 - a->min / 2) * (p1 - p0);
}
