/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_path: lines and Bezier curves as verbs and points: M (move) and L (line) take one point, C (curve) three, Z (close)
 * none. Pure. A path owns its verbs and points. */
#ifndef PDF_PATH_H
#define PDF_PATH_H
#include "pdf_list.h"

enum { PDF_PATH_POINTS = 1000000 };

typedef struct pdf_path {
    kam_str verbs;
    double *pts; /* x0 y0 x1 y1 … */
    size_t n, cap; /* points */
} pdf_path;
#define PDF_PATH_INIT {KAM_STR_INIT, NULL, 0, 0}
void pdf_path_release(pdf_path *p);

void pdf_path_move(pdf_path *p, double x, double y);
void pdf_path_line(pdf_path *p, double x, double y);
void pdf_path_curve(pdf_path *p, const double xy[6]);
void pdf_path_close(pdf_path *p);
void pdf_path_rect(pdf_path *p, double x, double y, double w, double h);
void pdf_path_oval(pdf_path *p, double cx, double cy, double rx, double ry);

/* The path data of SVG without arcs: M L H V C S Q T Z, small letters are relative; numbers are multiplied by `scale`.
 * KAM_USAGE path: what stands where and what was expected; *p is then empty. KAM_LIMIT: too many points. */
kam_rc pdf_path_parse(pdf_path *p, const char *text, double scale, kam_err *err);

/* The path as one operation, PDF_OP_PATH or PDF_OP_CLIP. */
pdf_op *pdf_put_path(pdf_ops *o, pdf_op_kind kind, const pdf_path *p);
#endif
