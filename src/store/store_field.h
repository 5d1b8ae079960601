/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_field: the one table of entities and fields (DOMAIN §0). Const records, no state.
 *
 * From it are generated: the DDL and every record-keeping statement (store_schema, store_row, store_list), the
 * columns of import and export, the command ensembles with their help, completion and tests. A new field is one
 * line here plus a migration (store_schema.c).
 *
 * Names: entities are lower case with hyphens as typed at the prompt ("stage-change"); fields are snake_case
 * ("known_since"); the SQL table is the English plural with underscores ("stage_changes"); storage columns end in
 * _id (reference), _day or _minor. Message ids of column headings are "ENTITY.FIELD". Everything here is static
 * and lives for ever. Lookups are linear in a few dozen records. */
#ifndef STORE_FIELD_H
#define STORE_FIELD_H
#include "kam_table.h"
#include <stdbool.h>
#include <stddef.h>

/* What a field holds, how its text is read, and the kam_type it has in a table. */
typedef enum {
    STORE_TEXT,    /* any text, no control characters but line break and tab -> text */
    STORE_CODE,    /* identifier: not empty, no blank at the ends, no ';', no control characters -> text */
    STORE_INT,     /* whole number -> int */
    STORE_REAL,    /* number -> real */
    STORE_FLAG,    /* 1 0 yes no true false on off 是 否 -> flag */
    STORE_DAY,     /* YYYY-MM-DD -> day */
    STORE_MONEY,   /* decimal amount in the database's currency -> money */
    STORE_PERIOD,  /* YYYY, YYYY-Qn or YYYY-MM -> text */
    STORE_ENUM,    /* one of `values`, by key or by its zh or en label -> text (the key) */
    STORE_LIST,    /* texts separated by ';' (also '；' and '、') -> text joined by ';' */
    STORE_REF,     /* object of entity `ref` by its code (or unique name) -> text (the code) */
    STORE_REFS,    /* several such objects separated by ';' -> text, codes joined by ';', in code order */
    STORE_SUBJECT, /* object whose entity is the value of the field named `ref` -> text (the code) */
    STORE_VALUE,   /* assessment value, typed by its attribute (store_attribute) -> text */
    STORE_AUTO     /* the automatic number of a record -> int */
} store_kind;

enum {
    STORE_REQUIRED = 1 << 0,  /* must have a value */
    STORE_KEY = 1 << 1,       /* part of the key; with REQUIRED a positional word of commands, else an option */
    STORE_ONE_OF = 1 << 2,    /* exactly one of the fields of this entity so marked has a value */
    STORE_RANGED = 1 << 3,    /* lo ≤ value ≤ hi (INT, REAL; MONEY: in major units) */
    STORE_READONLY = 1 << 4,  /* never given by the user (AUTO may be given to `add` and import only) */
    STORE_HIDDEN = 1 << 5,    /* not among the default columns of `list` (long texts); -columns names it */
    STORE_DERIVED = 1 << 6    /* filled by the store when not given (sort_key) */
};

typedef struct store_enum {
    const char *name, *zh, *en; /* key as stored and typed; labels. An array ends with name == NULL */
} store_enum;

typedef struct store_field {
    const char *name;         /* as typed and as column name of tables and files */
    const char *column;       /* SQL column; STORE_REFS: the link table's other column */
    store_kind kind;
    unsigned flags;
    const char *ref;          /* REF, REFS: entity; SUBJECT: the kind field's name; else NULL */
    const store_enum *values; /* ENUM */
    double lo, hi;            /* with STORE_RANGED */
    const char *dflt;         /* default as text, or NULL: missing */
    const char *zh, *en;      /* label */
    const char *help_zh, *help_en;
    const char *example;      /* a valid value for import templates, help and generated tests; NULL: made by kind */
} store_field;

enum {
    STORE_E_READONLY = 1 << 0, /* change, setting: listed, never added or removed as records */
    STORE_E_AUTO = 1 << 1,     /* key is the automatic number `id` */
    STORE_E_NAMED = 1 << 2,    /* has code or sku, name, name_en, sort_key: can be found by name, completes */
    STORE_E_NAME = 1 << 3      /* has name and code only (rep, mailing, opportunity) */
};

typedef struct store_entity {
    const char *name;   /* "account" */
    const char *table;  /* "accounts" */
    const char *zh, *en, *plural_en;
    const char *help_zh, *help_en; /* one sentence */
    unsigned flags;
    const store_field *fields; /* key fields first, in the order commands take them */
    size_t n_fields;
} store_entity;

/* All entities, in an order in which references point backwards (an export and re-import in this order never misses
 * a referred object, except contact.reports_to and account.parent). */
const store_entity *store_entities(size_t *n);
const store_entity *store_entity_find(const char *name);        /* exact name; NULL: absent */
const store_entity *store_entity_of_table(const char *table);   /* by SQL table; NULL: absent */
const store_field *store_field_find(const store_entity *e, const char *name);
size_t store_field_index(const store_entity *e, const store_field *f);
const store_enum *store_enum_find(const store_enum *values, const char *key_or_label);
kam_type store_kind_type(store_kind k);    /* type of the field's column in a table */
const char *store_kind_name(store_kind k); /* "text" "code" … "subject" for describe and help */
bool store_field_positional(const store_field *f); /* KEY and REQUIRED and not AUTO: a word, not an option */
/* Message id "ENTITY.FIELD" of a field's heading, written into buf and returned. */
enum { STORE_LABEL_MAX = 64 };
const char *store_field_label(const store_entity *e, const store_field *f, char buf[STORE_LABEL_MAX]);
/* Label of a message id "ENTITY.FIELD" or of a bare field or entity name; zh or en; NULL: not ours. */
const char *store_label_text(const char *message_id, bool zh);

/* --- attributes of an assessment: what `value` means for each --- */
typedef struct store_attribute {
    const char *name;         /* "buying_role"; unique within its subject */
    const char *subject;      /* "contact", "account", "opportunity" */
    store_kind kind;          /* ENUM, REAL, MONEY, DAY, REF (to a rep) or LIST (several of `values`, joined by ',') */
    const store_enum *values;
    double lo, hi;            /* REAL */
    const char *zh, *en;
    const char *source;       /* DOMAIN code, "B2" */
    const char *example;
} store_attribute;
const store_attribute *store_attributes(size_t *n);
const store_attribute *store_attribute_find(const char *subject, const char *name);
#endif
