/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Font files: whatever the bytes are, the font is refused with a reason, or every character of it can be measured,
 * kerned and subset, twice into the same bytes, and the subset of a TrueType font has a right checksum. */
#include "fuzz.h"
#include "kam_mem.h"
#include "pdf_subset.h"
#include <string.h>

static const uint32_t characters[] = {'A', 'B', 'C', 'V', ' ', 0x2019, 0x201C, 0x3002, 0x4E2D, 0xFF08, 0xFF09, 0x20BB7, 0x10FFFF};
enum { N = sizeof characters / sizeof *characters };

static void make_subset(const pdf_sfnt *f, kam_str *out)
{
    pdf_subset s;
    pdf_subset_init(&s, f);
    for (size_t i = 0; i < N; i++) {
        uint32_t cp = characters[i];
        int g = pdf_sfnt_glyph(f, cp);
        FUZZ_MUST(g >= 0 && g < f->n_glyphs);
        unsigned a = pdf_subset_use(&s, cp, g, false, 0), b = pdf_subset_use(&s, cp, g, i & 1, 250);
        FUZZ_MUST(a && b && pdf_slot_width(&s, a) >= 0);
        FUZZ_MUST(pdf_subset_use(&s, cp, g, false, 0) == a);
    }
    pdf_subset_write(&s, out);
    pdf_subset_release(&s);
}

static uint32_t checksum(const kam_str *s)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < s->len; i++) sum += (uint32_t)(uint8_t)s->s[i] << (24 - 8 * (i & 3));
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST = 1 << 20 };
    if (size > MOST) return 0;
    pdf_sfnt f;
    kam_err err = KAM_ERR_INIT;
    if (pdf_sfnt_open_mem(&f, data, size, 0, "fuzz", &err) != KAM_OK) {
        FUZZ_MUST(err.code == KAM_PDF && err.msg[0]);
        return 0;
    }
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < N; k++)
            (void)pdf_sfnt_kern_pair(&f, characters[i], pdf_sfnt_glyph(&f, characters[i]), characters[k],
                                     pdf_sfnt_glyph(&f, characters[k]));
    kam_str one = KAM_STR_INIT, two = KAM_STR_INIT;
    make_subset(&f, &one);
    make_subset(&f, &two);
    FUZZ_MUST(one.len == two.len && (one.len == 0 || memcmp(one.s, two.s, one.len) == 0));
    FUZZ_MUST(f.cff || checksum(&one) == 0xB1B0AFBAu);
    kam_str_release(&one);
    kam_str_release(&two);
    pdf_sfnt_close(&f);
    return 0;
}
