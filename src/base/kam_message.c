/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_message.h"
#include "kam_message_base.h"
#include "kam_message_calc.h"
#include "kam_message_cmd.h"
#include "kam_message_entity.h"
#include "kam_message_main.h"
#include "kam_message_next.h"
#include "kam_message_pdf.h"
#include "kam_message_run.h"
#include "kam_message_store.h"
#include "kam_message_system.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PART(list) {list, sizeof list / sizeof *list}
static const struct {
    const kam_message *row;
    size_t n;
} parts[] = {PART(kam_message_base_rows), PART(kam_message_calc_rows), PART(kam_message_store_rows),
             PART(kam_message_pdf_rows),  PART(kam_message_cmd_rows),  PART(kam_message_main_rows),
             PART(kam_message_next_rows), PART(kam_message_run_rows), PART(kam_message_entity_rows), PART(kam_message_system_rows)};

const char *kam_message_zh(const char *en)
{
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        for (size_t i = 0; i < parts[p].n; i++)
            if (strcmp(parts[p].row[i].en, en) == 0) return parts[p].row[i].zh;
    return NULL;
}

/* --- the pieces of a format ------------------------------------------------------------------------------------- */

enum { MAX_PIECES = 9, SPEC_MAX = 32 };

typedef struct pieces {
    kam_str text[MAX_PIECES];
    size_t n;
} pieces;

/* One conversion: "%-*.*lld". */
typedef struct spec {
    char s[SPEC_MAX];
    size_t len;   /* in the format */
    int stars, length; /* length: how many 'l' (3: size_t) */
    char conv;
} spec;

static bool spec_read(const char *p, spec *out)
{
    const char *q = p + 1;
    *out = (spec){.stars = 0};
    while (*q && strchr("-+ #0123456789.*", *q)) out->stars += *q++ == '*';
    while (*q && strchr("hlzjt", *q)) {
        if (*q == 'l') out->length++;
        else if (*q != 'h') out->length = 3;
        q++;
    }
    out->conv = *q;
    out->len = (size_t)(q - p) + 1;
    if (!*q || out->len >= sizeof out->s || out->stars > 2) return false;
    memcpy(out->s, p, out->len);
    return true;
}

/* The compiler cannot check a format that is put together here; spec_read let only whole single conversions through. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#define ADD(out, sp, star, value)                                                                              \
    do {                                                                                                       \
        if ((sp)->stars == 0) kam_str_addf(out, (sp)->s, value);                                               \
        else if ((sp)->stars == 1) kam_str_addf(out, (sp)->s, (star)[0], value);                               \
        else kam_str_addf(out, (sp)->s, (star)[0], (star)[1], value);                                          \
    } while (0)

static bool add_number(kam_str *out, const spec *sp, const int star[2], va_list *ap)
{
    if (strchr("di", sp->conv) || strchr("uxXo", sp->conv)) {
        if (sp->length == 3) ADD(out, sp, star, va_arg(*ap, size_t));
        else if (sp->length == 2) ADD(out, sp, star, va_arg(*ap, long long));
        else if (sp->length == 1) ADD(out, sp, star, va_arg(*ap, long));
        else ADD(out, sp, star, va_arg(*ap, int));
        return true;
    }
    if (strchr("gGfFeE", sp->conv)) {
        ADD(out, sp, star, va_arg(*ap, double));
        return true;
    }
    if (sp->conv == 'c') {
        ADD(out, sp, star, va_arg(*ap, int));
        return true;
    }
    return false;
}

/* A word that is quoted, or cut ("%.100s"), is the user's and stays as it is. */
static bool add_piece(kam_str *out, const spec *sp, bool quoted, va_list *ap)
{
    int star[2] = {0, 0};
    for (int i = 0; i < sp->stars; i++) star[i] = va_arg(*ap, int);
    if (sp->conv != 's') return add_number(out, sp, star, ap);
    const char *s = va_arg(*ap, const char *);
    if (!s || quoted || strchr(sp->s, '.') || !kam_message_foreign(s, out)) ADD(out, sp, star, s);
    return true;
}
#pragma GCC diagnostic pop

static bool read_pieces(const char *fmt, va_list *ap, pieces *out)
{
    for (const char *p = fmt; (p = strchr(p, '%')) != NULL;) {
        spec sp;
        if (p[1] == '%') {
            p += 2;
            continue;
        }
        if (out->n == MAX_PIECES || !spec_read(p, &sp)) return false;
        bool quoted = p > fmt && p[-1] == '"' && p[sp.len] == '"';
        if (!add_piece(&out->text[out->n++], &sp, quoted, ap)) return false;
        p += sp.len;
    }
    return true;
}

void kam_message_vformat(char *out, size_t cap, const char *fmt, va_list ap)
{
    const char *zh = strcmp(fmt, "%s") == 0 ? "{1}" : kam_message_zh(fmt); /* "%s": somebody else's sentence */
    va_list copy;
    va_copy(copy, ap);
    pieces p = {.n = 0};
    kam_str b = KAM_STR_INIT;
    if (zh && read_pieces(fmt, &copy, &p)) {
        for (const char *c = zh; *c; c++) {
            if (c[0] == '{' && c[1] >= '1' && c[1] <= '9' && c[2] == '}') {
                size_t k = (size_t)(c[1] - '1');
                if (k < p.n) kam_str_add(&b, kam_str_cstr(&p.text[k]));
                c += 2;
            } else {
                kam_str_addc(&b, *c);
            }
        }
    } else {
        kam_str_vaddf(&b, fmt, ap);
    }
    va_end(copy);
    snprintf(out, cap, "%s", kam_str_cstr(&b));
    for (size_t i = 0; i < p.n; i++) kam_str_release(&p.text[i]);
    kam_str_release(&b);
}
