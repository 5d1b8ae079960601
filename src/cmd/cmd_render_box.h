/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_render_box: the drawn formats: box (lines around), table (plain columns) and line (one field a line). */
#ifndef CMD_RENDER_BOX_H
#define CMD_RENDER_BOX_H
#include "cmd_render.h"

void cmd_render_box(const kam_table *t, const cmd_render_options *o, kam_str *out);
void cmd_render_line(const kam_table *t, const cmd_render_options *o, kam_str *out);
#endif
