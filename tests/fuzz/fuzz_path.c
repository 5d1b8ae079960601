/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Path data: refused with a reason, or verbs and points that belong together, all of them finite. */
#include "fuzz.h"
#include "kam_mem.h"
#include "pdf_path.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = kam_strndup((const char *)data, size);
    pdf_path p = PDF_PATH_INIT;
    kam_err err = KAM_ERR_INIT;
    kam_rc rc = pdf_path_parse(&p, text, 72 / 25.4, &err);
    if (rc == KAM_OK) {
        size_t points = 0;
        const char *v = kam_str_cstr(&p.verbs);
        FUZZ_MUST(*v == 'M');
        for (; *v; v++) points += *v == 'C' ? 3 : *v == 'Z' ? 0 : 1;
        FUZZ_MUST(points == p.n);
        for (size_t i = 0; i < 2 * p.n; i++) FUZZ_MUST(isfinite(p.pts[i]));
    } else FUZZ_MUST((rc == KAM_USAGE || rc == KAM_LIMIT) && err.msg[0] && p.n == 0);
    pdf_path_release(&p);
    kam_free(text);
    return 0;
}
