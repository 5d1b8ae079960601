/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_width.h"
#include "kam_utf8.h"
#include <wchar.h>

static bool wide_terminal;

void prompt_width_set(bool wide) { wide_terminal = wide; }
bool prompt_width_wide(void) { return wide_terminal; }

/* As the C library defines it: −1 for what is no character one can see. */
int wcwidth(wchar_t c)
{
    if (c == 0) return 0;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c > 0x10FFFF) return -1;
    return kam_cp_width((uint32_t)c, wide_terminal);
}
