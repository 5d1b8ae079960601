/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz.h: one file a parser, fuzz_X.c, with the entry of libFuzzer. `make check` links it with replay.c and runs
 * every file of tests/fuzz/corpus/X through it; `make fuzz` links it with libFuzzer. A target asserts properties; a
 * finding becomes a file of the corpus. */
#ifndef KAM_FUZZ_H
#define KAM_FUZZ_H
#include "kam_err.h"
#include <stddef.h>
#include <stdint.h>
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Names the broken property and aborts. */
#define FUZZ_MUST(cond) ((cond) ? (void)0 : kam_bug(__FILE__, __LINE__, "property broken: %s", #cond))
#endif
