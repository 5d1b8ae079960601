/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_sales.h"
#include "kam_mem.h"

void kam_sales_release(kam_sales *s)
{
    kam_free(s->start);
    kam_free(s->product);
    kam_free(s->day);
    kam_free(s->net_minor);
    *s = (kam_sales)KAM_SALES_INIT;
}
