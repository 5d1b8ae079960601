/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The display list of a flow as text, with the synthetic metrics font: touches no font file and no libharu. */
#include "pdf_block.h"

kam_rc pdf_flow_dump(const pdf_flow *f, kam_str *out, kam_err *err)
{
    pdf_list list;
    kam_rc rc = pdf_layout_run(f, pdf_metrics_synthetic(), &list, err);
    if (rc != KAM_OK) return rc;
    pdf_list_dump(&list, out);
    pdf_list_release(&list);
    return KAM_OK;
}
