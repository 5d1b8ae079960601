/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_axis.h"
#include <math.h>

static double nice_step(double raw)
{
    double base = pow(10, floor(log10(raw)));
    double f = raw / base;
    double nice = f <= 1 ? 1 : f <= 2 ? 2 : f <= 2.5 ? 2.5 : f <= 5 ? 5 : 10;
    return nice * base;
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
    if (hi - lo <= fmax(fabs(lo), fabs(hi)) * 1e-12) {
        double pad = hi == 0 ? 1 : fabs(hi) * 0.5;
        if (with_zero) lo = fmin(0, lo), hi = hi > 0 ? hi : 0;
        if (hi - lo <= 0 || !with_zero) lo -= with_zero ? 0 : pad, hi += pad;
    }
    if (hi - lo > 1e300) lo = lo / 2, hi = hi / 2;
    a->step = nice_step((hi - lo) / want);
    double first = floor(lo / a->step + 1e-9), last = ceil(hi / a->step - 1e-9);
    a->min = first * a->step;
    a->max = last * a->step;
    a->n = 0;
    for (double k = first; k <= last && a->n < KAM_TICKS_MAX; k++) a->tick[a->n++] = k == 0 ? 0 : k * a->step;
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
    return p0 + (v - a->min) / (a->max - a->min) * (p1 - p0);
}
