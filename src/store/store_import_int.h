/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_import_int: the parts of import, each of one file; included by store_import*.c only. */
#ifndef STORE_IMPORT_INT_H
#define STORE_IMPORT_INT_H
#include "kam_csv.h"
#include "store_atomic.h"
#include "store_import.h"
#include "store_int.h"
#include "store_text.h"

/* --- the file as records (store_import_file.c) --- */
typedef struct import_file {
    store_text *text;
    kam_csv *csv;
    char delimiter;
    char *head; /* what was read to find the delimiter, delivered first */
    size_t head_pos, head_len;
} import_file;
#define IMPORT_FILE_INIT {NULL, NULL, 0, NULL, 0, 0}
kam_rc import_file_open(import_file *f, const store_import_spec *spec, kam_err *err);
void import_file_close(import_file *f);

/* --- the header (store_import_header.c) --- */
enum { IMPORT_NO_COLUMN = -1 };
typedef struct import_header {
    size_t n;         /* cells of the header */
    char **name;      /* n, as written */
    int *column;      /* per field of the entity: cell, or IMPORT_NO_COLUMN */
    kam_str left_out; /* "a, b": cells that name no field */
} import_header;
kam_rc import_header_read(import_header *h, const store_entity *e, const store_import_spec *spec, import_file *f,
                          kam_err *err);
void import_header_release(import_header *h);
/* "known_since / 认识日期 *", as the template writes it. */
void import_header_cell(const store_field *f, kam_str *out);

/* --- values (store_import_value.c) --- */
/* Text of a day as people write it -> "YYYY-MM-DD" in out. NULL on success, else a hint what is wrong ("" when there
 * is nothing special to say). */
const char *import_day(const char *s, char out[12]);

/* --- rejected rows (store_import_reject.c) --- */
typedef struct import_rejects {
    kam_table *table; /* the first `max` */
    kam_column *col[5];
    size_t max;
    uint64_t n;
    store_atomic *file; /* NULL: not asked for, or nothing rejected yet */
    const char *path; /* NULL: not asked for */
    const import_header *header;
    kam_str line;
} import_rejects;
typedef struct import_place {
    size_t line, column;
    const char *field, *value; /* NULL: the row as a whole */
} import_place;
void import_rejects_init(import_rejects *r, const store_import_spec *spec, const import_header *h);
/* fields/n: the row as read (0: not known). A failing errors file is reported by _finish. */
kam_rc import_rejects_add(import_rejects *r, const import_place *at, const char *reason, const char *const *fields,
                          size_t n, kam_err *err);
kam_rc import_rejects_finish(import_rejects *r, kam_err *err); /* the errors file appears */
void import_rejects_release(import_rejects *r);

/* --- rows (store_import_row.c) --- */
typedef struct import_row {
    const char *const *cell;
    size_t n, line;
    const size_t *at; /* columns in characters, n; NULL: ask the reader */
    size_t number;    /* the how manieth of the file, from 0 */
} import_row;

/* id -> line of the records this import has touched: a key twice in one file is a mistake. Open addressing. */
typedef struct import_seen {
    int64_t *id;
    size_t *line;
    size_t cap, n;
} import_seen;

typedef struct import_maker {
    const store_entity *e;
    store_writer *w;
    uint64_t made;
} import_maker;

/* --- what a preview shows (store_import_preview.c) --- */
typedef struct import_job import_job;
typedef struct import_preview import_preview;
import_preview *import_preview_new(import_job *j);
/* A row was read: its values as understood (call after the first import_row_take, when j->w holds them). r NULL: a record of
 * which nothing is known but the line. */
void import_preview_values(import_preview *p, const import_row *r, size_t line);
/* What became of row `number`: "add", "set", "unchanged", "reject"; why may be NULL. */
void import_preview_outcome(import_preview *p, size_t number, const char *action, const char *why);
kam_table *import_preview_table(import_preview *p); /* the caller's; not sealed */
void import_preview_free(import_preview *p);

struct import_job {
    store *s;
    const store_entity *e;
    const store_import_spec *spec;
    store_import_result *out;
    import_file file;
    import_header header;
    import_rejects rejects;
    store_writer *w;
    import_maker *maker; /* n_create */
    store_import_mode mode;
    size_t *key; /* fields of -key */
    size_t n_key;
    bool match;  /* look for the record first; else insert and let the key refuse */
    bool marked; /* every row needs a savepoint: it is written in several steps */
    bool key_index;
    import_seen seen;
    int64_t last_id; /* the largest number there was before */
    kam_str reason;  /* why the last row was rejected: all that is wrong with it */
    import_preview *preview;
    bool cut;        /* a preview that ends before the file does */
    unsigned unknown_told;
    kam_arena scratch; /* of one row */
    kam_arena arena;   /* deferred rows */
    import_row *deferred;
    size_t n_deferred, cap_deferred;
};

/* Take one row: counted as added, updated, unchanged or rejected (j->reason says everything that is wrong with it; the
 * place told is that of the first fault); or, unless `last`, put off because it refers to a record of its own entity that
 * is not there yet (*off). Errors are those that end the import. The cells stay in j->w. */
kam_rc import_row_take(import_job *j, const import_row *r, bool last, bool *off, kam_err *err);
#endif
