/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_all: the list of hand-written commands. A new command adds one extern line and one entry, nothing else. */
#include "cmd_spec.h"

extern const cmd_spec cmd_hello_spec;
extern const cmd_spec cmd_render_spec;
extern const cmd_spec cmd_show_spec;

const cmd_spec *const cmd_all[] = {
    &cmd_hello_spec,
    &cmd_render_spec,
    &cmd_show_spec,
    NULL};
