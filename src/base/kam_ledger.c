/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_ledger.h"
#include "kam_mem.h"

void kam_ledger_release(kam_ledger *l)
{
    kam_free(l->start);
    kam_free(l->day);
    kam_free(l->net_minor);
    kam_free(l->margin_minor);
    kam_free(l->margin_missing);
    *l = (kam_ledger)KAM_LEDGER_INIT;
}
