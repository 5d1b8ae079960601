/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures: refused with a reason, or decoded into exactly the bytes its size says. */
#include "fuzz.h"
#include "pdf_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kam_arena a = KAM_ARENA_INIT;
    kam_err err = KAM_ERR_INIT;
    const pdf_image *m = NULL;
    if (pdf_image_decode(&a, data, size, "fuzz", &m, &err) == KAM_OK) {
        FUZZ_MUST(m->w > 0 && m->h > 0 && m->data);
        size_t n = (size_t)m->w * (size_t)m->h;
        FUZZ_MUST(m->jpeg ? m->n <= size && m->n > 4 && !m->alpha && m->turn >= 1 && m->turn <= 8 : m->n == n * (size_t)m->channels);
        unsigned sum = 0; /* read it all, for the sanitizers */
        for (size_t i = 0; i < m->n; i++) sum += m->data[i];
        for (size_t i = 0; m->alpha && i < n; i++) sum += m->alpha[i];
        FUZZ_MUST(sum != 0xFFFFFFFFu);
    } else FUZZ_MUST(err.code == KAM_PDF && err.msg[0] && !m);
    kam_arena_release(&a);
    return 0;
}
