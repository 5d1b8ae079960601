/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_image.h"
#include <string.h>

static void put(store_capture *c, const void *p, size_t n)
{
    KAM_GROW(c->blob, c->blob_cap, c->len + n);
    if (n) memcpy(c->blob + c->len, p, n);
    c->len += n;
}

void store_image_int(store_capture *c, int64_t v)
{
    uint64_t z = ((uint64_t)v << 1) ^ (v < 0 ? UINT64_MAX : 0);
    unsigned char b[10];
    size_t n = 0;
    do {
        b[n] = (unsigned char)(z & 0x7f);
        z >>= 7;
        if (z) b[n] |= 0x80;
        n++;
    } while (z);
    put(c, b, n);
}

void store_image_value(store_capture *c, sqlite3_value *v)
{
    int t = sqlite3_value_type(v);
    unsigned char code = t == SQLITE_NULL ? 0 : t == SQLITE_INTEGER ? 1 : t == SQLITE_FLOAT ? 2 : t == SQLITE_TEXT ? 3 : 4;
    put(c, &code, 1);
    if (code == 1) store_image_int(c, sqlite3_value_int64(v));
    else if (code == 2) {
        double d = sqlite3_value_double(v);
        put(c, &d, sizeof d);
    } else if (code >= 3) {
        const void *p = code == 3 ? (const void *)sqlite3_value_text(v) : sqlite3_value_blob(v);
        int n = sqlite3_value_bytes(v);
        store_image_int(c, n);
        put(c, p, (size_t)n);
    }
}

int64_t store_image_read_int(store_image_reader *r)
{
    uint64_t z = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (r->p >= r->end) break;
        unsigned char b = *r->p++;
        z |= (uint64_t)(b & 0x7f) << shift;
        if (!(b & 0x80)) return (int64_t)(z >> 1) ^ -(int64_t)(z & 1);
    }
    r->bad = true;
    return 0;
}

store_image_cell store_image_read(store_image_reader *r)
{
    store_image_cell v = {SQLITE_NULL, 0, 0, NULL, 0};
    if (r->bad || r->p >= r->end) {
        r->bad = true;
        return v;
    }
    switch (*r->p++) {
    case 0:
        break;
    case 1:
        v.type = SQLITE_INTEGER;
        v.i = store_image_read_int(r);
        break;
    case 2:
        v.type = SQLITE_FLOAT;
        if (r->end - r->p < (ptrdiff_t)sizeof v.r) {
            r->bad = true;
            break;
        }
        memcpy(&v.r, r->p, sizeof v.r);
        r->p += sizeof v.r;
        break;
    case 3:
    case 4: {
        v.type = r->p[-1] == 3 ? SQLITE_TEXT : SQLITE_BLOB;
        int64_t n = store_image_read_int(r);
        if (n < 0 || n > r->end - r->p) {
            r->bad = true;
            break;
        }
        v.bytes = (const char *)r->p;
        v.n = (int)n;
        r->p += n;
        break;
    }
    default:
        r->bad = true;
    }
    return v;
}

void store_image_bind(sqlite3_stmt *st, int i, const store_image_cell *v)
{
    switch (v->type) {
    case SQLITE_INTEGER:
        sqlite3_bind_int64(st, i, v->i);
        break;
    case SQLITE_FLOAT:
        sqlite3_bind_double(st, i, v->r);
        break;
    case SQLITE_TEXT:
        sqlite3_bind_text(st, i, v->bytes, v->n, SQLITE_STATIC);
        break;
    case SQLITE_BLOB:
        sqlite3_bind_blob(st, i, v->bytes, v->n, SQLITE_STATIC);
        break;
    default:
        sqlite3_bind_null(st, i);
    }
}

bool store_image_equals(sqlite3_stmt *st, int column, const store_image_cell *v)
{
    int t = sqlite3_column_type(st, column);
    if (t == SQLITE_INTEGER && v->type == SQLITE_INTEGER) return sqlite3_column_int64(st, column) == v->i;
    if ((t == SQLITE_INTEGER || t == SQLITE_FLOAT) && (v->type == SQLITE_INTEGER || v->type == SQLITE_FLOAT)) {
        double a = sqlite3_column_double(st, column), b = v->type == SQLITE_FLOAT ? v->r : (double)v->i;
        return !(a < b) && !(a > b);
    }
    if (t != v->type) return false;
    if (t == SQLITE_NULL) return true;
    const void *p = sqlite3_column_blob(st, column);
    int n = sqlite3_column_bytes(st, column);
    return n == v->n && (n == 0 || memcmp(p, v->bytes, (size_t)n) == 0);
}
