/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of account work: where the cards of a people map stand, and that no figure of any size or with names of any
 * length writes one text over another or off the page. */
#include "unit.h"
#include "pdf_figure.h"
#include "pdf_fixture.h"
#include "pdf_shelf.h"
#include <math.h>

/* --- the map --- */

static size_t seen_once(const pdf_map *m, size_t n)
{
    size_t *times = kam_calloc(n + 1, sizeof *times), bad = 0;
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->v[i].n; k++)
            if (m->v[i].v[k].kind == PDF_CELL_CARD) times[m->v[i].v[k].person]++;
    /* a head that was cut off stands as a stub above and is repeated in its part: then it is no card */
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->v[i].n; k++)
            if (m->v[i].v[k].kind == PDF_CELL_STUB) times[m->v[i].v[k].person]++;
    for (size_t i = 0; i < n; i++) bad += times[i] != 1;
    kam_free(times);
    return bad;
}

/* No two cells at one place, none beyond the grid, every superior above. */
static size_t misplaced(const pdf_map *m, int cols, int rows)
{
    size_t bad = 0;
    for (size_t i = 0; i < m->n; i++) {
        const pdf_part *p = &m->v[i];
        for (size_t k = 0; k < p->n; k++) {
            const pdf_cell *c = &p->v[k];
            bad += c->col < 0 || c->row < 0 || c->col >= cols || c->row >= rows || c->col >= p->cols || c->row >= p->rows;
            bad += c->above >= 0 && p->v[c->above].row >= c->row;
            for (size_t j = k + 1; j < p->n; j++) bad += p->v[j].col == c->col && p->v[j].row == c->row;
        }
    }
    return bad;
}

/* One superior and three reports: 3 columns, 2 rows, the superior in the middle one (column 1). */
static void three_reports(void **state)
{
    (void)state;
    size_t up[] = {4, 0, 0, 0};
    pdf_map m;
    pdf_map_make(&m, up, 4, 4, 6);
    assert_int_equal(m.n, 1);
    assert_int_equal(m.v[0].cols, 3);
    assert_int_equal(m.v[0].rows, 2);
    assert_int_equal(m.v[0].v[0].col, 1);
    pdf_map_release(&m);
}

/* 1 ← 2 ← 3 ← 1 is cut at the first one met: one tree of three, nobody lost. */
static void ring_is_cut(void **state)
{
    (void)state;
    size_t up[] = {2, 0, 1};
    pdf_map m;
    pdf_map_make(&m, up, 3, 4, 6);
    assert_int_equal(seen_once(&m, 3), 0);
    assert_int_equal(misplaced(&m, 4, 6), 0);
    pdf_map_release(&m);
}

static void nobody(void **state)
{
    (void)state;
    pdf_map m;
    pdf_map_make(&m, NULL, 0, 4, 6);
    assert_int_equal(m.n, 0);
    pdf_map_release(&m);
}

/* Random forests, a chain of 2,000 and a star of 500: everybody once, nobody over another, all within the grid. */
static void any_forest(void **state)
{
    (void)state;
    uint64_t s = 3;
    for (int round = 0; round < 60; round++) {
        size_t n = round == 0 ? 2000 : round == 1 ? 500 : 1 + (size_t)(round * 5);
        size_t *up = kam_calloc(n, sizeof *up);
        for (size_t i = 0; i < n; i++) {
            s = s * 6364136223846793005u + 1442695040888963407u;
            up[i] = round == 0 ? (i ? i - 1 : n) : round == 1 ? (i ? 0 : n) : (s >> 40) % 5 == 0 ? n : (size_t)(s >> 33) % n;
        }
        int cols = 2 + round % 6, rows = 2 + round % 5;
        pdf_map m;
        pdf_map_make(&m, up, n, cols, rows);
        assert_int_equal(seen_once(&m, n), 0);
        assert_int_equal(misplaced(&m, cols, rows), 0);
        pdf_map_release(&m);
        kam_free(up);
    }
}

/* --- shelves: cards of 10 points, gaps of 2, no room for numbers --- */
static const pdf_card_size TEN = {10, 2, 3};

/* A superior over a chain of four is five rows, 58 points. With 60 left it stands there whole; with 36 left (three rows
 * are 34) and pages of 60, a page of white costs more than a second part: three rows here, the rest as part 1. */
static void map_follows_the_room(void **state)
{
    (void)state;
    size_t up[] = {5, 0, 1, 2, 3};
    pdf_shelves s;
    pdf_shelf_make(&s, up, 5, &TEN, 1, &(pdf_shelf_room){60, 60, 60, 0, 0});
    assert_int_equal(s.n, 1);
    assert_int_equal(s.map.n, 1);
    pdf_shelf_release(&s);
    pdf_shelf_make(&s, up, 5, &TEN, 1, &(pdf_shelf_room){36, 60, 60, 0, 0});
    assert_int_equal(s.map.n, 2);
    assert_int_equal(s.v[0].rows, 3);
    assert_int_equal(seen_once(&s.map, 5), 0);
    pdf_shelf_release(&s);
}

/* Two trees: one of two rows (22 points) and three columns, one of a chain of five (58), and a third of two rows and
 * three columns. Columns 3, room 46 here and 60 on a page: the chain finds no room behind the first tree (46 - 24 = 22
 * are left, of which the third takes all), so the third goes before it. */
static void small_part_fills_the_page(void **state)
{
    (void)state;
    enum { N = 13 };
    size_t up[N] = {N, 0, 0, 0, N, 4, 5, 6, 7, N, 9, 9, 9};
    pdf_shelves s;
    pdf_shelf_make(&s, up, N, &TEN, 1, &(pdf_shelf_room){46, 60, 60, 0, 0});
    assert_int_equal(s.n, 3);
    assert_int_equal(s.map.v[1].v[0].person, 9);
    assert_int_equal(s.v[2].rows, 5);
    assert_int_equal(seen_once(&s.map, N), 0);
    pdf_shelf_release(&s);
}

/* Whatever the room: everybody once, nobody over another, no shelf wider than the page nor, where a page holds two rows, higher
 * than one, and the numbers of the parts are those they are read in. */
static void any_room(void **state)
{
    (void)state;
    uint64_t r = 11;
    for (int round = 0; round < 80; round++) {
        size_t n = round == 0 ? 2000 : round == 1 ? 0 : (size_t)round;
        size_t *up = kam_calloc(n + 1, sizeof *up);
        for (size_t i = 0; i < n; i++) {
            r = r * 6364136223846793005u + 1442695040888963407u;
            up[i] = (r >> 40) % 6 == 0 ? n : (size_t)(r >> 33) % n;
        }
        double later = 22 + (double)((r >> 20) % 150), here = (double)((r >> 50) % 170) - 20;
        int cols = 2 + round % 5, next = 1;
        pdf_shelves s;
        pdf_shelf_make(&s, up, n, &(pdf_card_size){10, 2, cols}, 1, &(pdf_shelf_room){here, later, later, 0, 0});
        assert_int_equal(seen_once(&s.map, n), 0);
        size_t at = 0;
        for (size_t i = 0; i < s.n; i++) {
            int wide = 0;
            assert_int_equal(s.v[i].at, at);
            at += s.v[i].n;
            for (size_t k = s.v[i].at; k < at; k++) {
                wide += s.map.v[k].cols;
                if (s.map.v[k].number) assert_int_equal(s.map.v[k].number, next++);
            }
            assert_in_range(wide, 1, cols);
            assert_true(pdf_shelf_height(&s, &s.v[i], TEN, 0) <= later + 0.01);
        }
        assert_int_equal(at, s.map.n);
        assert_int_equal(misplaced(&s.map, cols, 100), 0);
        pdf_shelf_release(&s);
        kam_free(up);
    }
}

/* People P0 … of whom all but the first report to P<above(i)>. The caller unrefs. */
static kam_table *organisation(int n, int (*above)(int))
{
    kam_table *t = kam_table_new();
    kam_column *id = kam_table_add_column(t, "id", KAM_TEXT, NULL), *up = kam_table_add_column(t, "up", KAM_TEXT, NULL);
    for (int i = 0; i < n; i++) {
        char s[8];
        snprintf(s, sizeof s, "P%d", i);
        kam_col_push_text(id, s);
        snprintf(s, sizeof s, "P%d", above(i));
        if (i) kam_col_push_text(up, s);
        else kam_col_push_missing(up);
    }
    kam_table_seal(t);
    return t;
}
static int one_below_the_other(int i) { return i - 1; }
static int five_lines(int i) { return i < 6 ? 0 : i - 5; }
static int seven_lines(int i) { return i < 8 ? 0 : i - 7; }

/* A map behind paragraphs that leave less than it needs begins on their page all the same; nothing else changes pages. */
static void map_begins_on_the_page(void **state)
{
    (void)state;
    kam_table *t = organisation(7, one_below_the_other);
    for (int lines = 0; lines < 50; lines += 7) {
        pdf_flow *f = pdf_flow_new(NULL);
        for (int i = 0; i < lines; i++) pdf_flow_paragraph(f, "words");
        pdf_flow_heading(f, 1, "People");
        assert_int_equal(pdf_flow_people(f, t, &(pdf_people_opts){.id_col = "id", .name_col = "id", .reports_col = "up"}, NULL), KAM_OK);
        pdf_list l;
        lay_out(f, &l);
        /* each page but the last is filled */
        for (size_t p = 0; p + 1 < l.n_pages; p++) {
            double foot = 0;
            for (size_t i = 0; i < l.pages[p].n; i++) {
                const pdf_op *op = &l.pages[p].v[i];
                if (op->kind == PDF_OP_TEXT && op->y < l.pages[p].page_h - 60) foot = fmax(foot, op->y);
            }
            assert_true(foot > l.pages[p].page_h * 0.62);
        }
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
    kam_table_unref(t);
}

/* One with seven reports, each at the head of a line of three more: too wide for an upright page, not for one on its side. The map
 * gets a landscape page behind the first one, where the text goes on; without `turned`, or where nothing is cut, no page turns. */
static void wide_map_turns_its_page(void **state)
{
    (void)state;
    kam_table *t = organisation(29, seven_lines);
    for (int way = 0; way < 3; way++) {
        pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN, .landscape = way == 2});
        pdf_flow_heading(f, 1, "People");
        pdf_people_opts o = {.id_col = "id", .name_col = "id", .title_col = "id", .role_col = "id", .reports_col = "up",
                             .turned = way == 1 ? NULL : "Who is who"};
        assert_int_equal(pdf_flow_people(f, t, &o, NULL), KAM_OK);
        pdf_flow_heading(f, 1, "Behind");
        for (int i = 0; i < 60; i++) pdf_flow_paragraph(f, "words that go on");
        pdf_list l;
        lay_out(f, &l);
        size_t turned = 0;
        for (size_t p = 0; p < l.n_pages; p++) turned += l.pages[p].page_w > l.pages[p].page_h;
        assert_int_equal(turned, way == 0 ? 1 : way == 1 ? 0 : l.n_pages);
        assert_int_equal(count_clashes(&l), 0);
        if (way == 0) {
            assert_true(l.pages[1].page_w > l.pages[1].page_h && l.n_pages == 3);
            assert_non_null(find_text(&l.pages[1], "Who is who"));
            assert_non_null(find_text(&l.pages[0], "The map stands on the next page, which is turned."));
            assert_int_equal(l.marks[1].page, 0); /* the text went on */
            assert_non_null(find_text(&l.pages[1], "page 2 of 3"));
        }
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
    kam_table_unref(t);
}

/* One with five reports, each at the head of a line of three more, whole on an upright page: five small cards side by side. With text
 * before it that leaves too little of the page it stands at the head of the next one, uncut, and the text goes on here; a table that
 * runs on below it repeats its head there, below the map. Where it has room, or nothing follows, it stands where it was asked for. */
static void map_waits_for_the_next_page(void **state)
{
    (void)state;
    enum { PEOPLE = 21 };
    kam_table *t = organisation(PEOPLE, five_lines), *rows = organisation(60, one_below_the_other);
    for (int way = 0; way < 3; way++) { /* room; none; none and nothing behind it */
        pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
        for (int i = 0; i < (way ? 20 : 3); i++) pdf_flow_paragraph(f, "words before");
        pdf_flow_heading(f, 1, "People");
        pdf_people_opts o = {.id_col = "id", .name_col = "id", .title_col = "id", .role_col = "id", .reports_col = "up", .turned = "Who is who"};
        assert_int_equal(pdf_flow_people(f, t, &o, NULL), KAM_OK);
        if (way < 2) assert_int_equal(pdf_flow_table(f, rows, NULL, NULL), KAM_OK);
        pdf_list l;
        lay_out(f, &l);
        assert_int_equal(count_clashes(&l), 0);
        size_t map = way ? 1 : 0, cards = 0;
        for (size_t i = 0; i < l.pages[map].n; i++) {
            const pdf_op *op = &l.pages[map].v[i];
            cards += op->kind == PDF_OP_RECT && op->size == 3;
            assert_true(op->kind != PDF_OP_TEXT || op->size >= 7);
        }
        assert_int_equal(cards, PEOPLE);
        assert_int_equal(find_text(&l.pages[0], "The map stands at the head of the next page.") != NULL, way == 1);
        assert_int_equal(find_text(&l.pages[map], "Who is who") != NULL, way == 1);
        if (way == 1) {
            assert_non_null(find_text(&l.pages[0], "P3")); /* the table began */
            const pdf_op *words = find_text(&l.pages[1], "Who is who"), *head = find_text(&l.pages[1], "up");
            assert_true(words && head && words->y < head->y);
        }
        pdf_list_release(&l);
        pdf_flow_free(f);
    }
    kam_table_unref(t);
    kam_table_unref(rows);
}

/* Names too long for one line of a card stand on two; what is longer still ends in an ellipsis, and no text is over another. */
static void long_names_take_two_lines(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_column *id = kam_table_add_column(t, "id", KAM_TEXT, NULL), *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    static const char *const names[] = {"Short", "Maximilian Alexander Hohenstein-Wittelsbach", "Bartholomew Montgomery of the upper and of the lower mills and fields"};
    for (int i = 0; i < 3; i++) kam_col_push_text(id, names[i]), kam_col_push_text(name, names[i]);
    kam_table_seal(t);
    pdf_flow *f = pdf_flow_new(NULL);
    assert_int_equal(pdf_flow_people(f, t, &(pdf_people_opts){.id_col = "id", .name_col = "name", .role_col = "id"}, NULL), KAM_OK);
    pdf_list l;
    lay_out(f, &l);
    assert_int_equal(count_clashes(&l), 0);
    size_t cut = 0, bold = 0;
    for (size_t i = 0; i < l.pages[0].n; i++) {
        const pdf_op *op = &l.pages[0].v[i];
        if (op->kind != PDF_OP_TEXT || !(op->style & PDF_BOLD)) continue;
        bold++;
        cut += strstr(op->text, "…") != NULL;
    }
    assert_int_equal(bold, 5); /* lines: 1 + 2 + 2 */
    assert_int_equal(cut, 1);
    pdf_list_release(&l);
    pdf_flow_free(f);
    kam_table_unref(t);
}

/* The legend names the signs that are on the map, and no others. */
static void legend_lists_what_is_there(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) { /* everything known and everybody a supporter; nothing known */
        kam_table *t = kam_table_new();
        kam_column *id = kam_table_add_column(t, "id", KAM_TEXT, NULL), *num = kam_table_add_column(t, "num", KAM_REAL, NULL);
        for (int i = 0; i < 2; i++) {
            kam_col_push_text(id, i ? "A" : "B");
            if (way) kam_col_push_missing(num);
            else kam_col_push_real(num, 2);
        }
        kam_table_seal(t);
        pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
        assert_int_equal(pdf_flow_people(f, t, &(pdf_people_opts){.id_col = "id", .name_col = "id", .attitude_col = "num", .coverage_col = "num",
            .influence_col = "num", .decider_col = "num", .star_col = "num", .reports_col = "id"}, NULL), KAM_OK);
        pdf_list l;
        lay_out(f, &l);
        static const struct {
            const char *words;
            bool when[2];
        } is[] = {{"supporter", {true, false}}, {"neutral", {false, false}}, {"opponent", {false, false}}, {"unknown", {false, true}},
                  {"decider", {true, false}}, {"champion or coach", {true, false}}, {"coverage 0–4", {true, false}}, {"coverage unknown", {false, true}},
                  {"influence 0–10", {true, false}}};
        for (size_t i = 0; i < sizeof is / sizeof *is; i++) assert_int_equal(find_text(&l.pages[0], is[i].words) != NULL, is[i].when[way]);
        pdf_list_release(&l);
        pdf_flow_free(f);
        kam_table_unref(t);
    }
}

/* --- quadrants: many points in a small space --- */
/* Three points at one place and two at another, on the frame, are five signs that do not lie on one another; none of the values is
 * negative, so no label of an axis is. */
static void points_at_one_place_are_parted(void **state)
{
    (void)state;
    static const double at[][2] = {{0, 5}, {4, 4}, {0, 5}, {4, 4}, {4, 4}, {100, 9}};
    enum { N = sizeof at / sizeof *at };
    kam_table *t = kam_table_new();
    kam_column *id = kam_table_add_column(t, "id", KAM_TEXT, NULL), *x = kam_table_add_column(t, "x", KAM_REAL, NULL), *y = kam_table_add_column(t, "y", KAM_REAL, NULL);
    for (int i = 0; i < N; i++) kam_col_push_text(id, "p"), kam_col_push_real(x, at[i][0]), kam_col_push_real(y, at[i][1]);
    kam_table_seal(t);
    pdf_flow *f = pdf_flow_new(NULL);
    assert_int_equal(pdf_flow_quadrant(f, t, &(pdf_quadrant_opts){.x_col = "x", .y_col = "y", .label_col = "id", .size_col = "y"}, NULL), KAM_OK);
    pdf_list l;
    lay_out(f, &l);
    const pdf_op *sign[N];
    size_t n = 0;
    for (size_t i = 0; i < l.pages[0].n; i++) {
        const pdf_op *op = &l.pages[0].v[i];
        assert_true(op->kind != PDF_OP_TEXT || strstr(op->text, "−") == NULL);
        if (op->kind == PDF_OP_OVAL && n < N) sign[n++] = op;
    }
    assert_int_equal(n, N);
    for (size_t i = 0; i < N; i++)
        for (size_t k = i + 1; k < N; k++) assert_true(hypot(sign[i]->x - sign[k]->x, sign[i]->y - sign[k]->y) > sign[i]->w + sign[k]->w - 0.01);
    pdf_list_release(&l);
    pdf_flow_free(f);
    kam_table_unref(t);
}


/* Is one of 200 places on the line within the text's box? */
static bool runs_over(const pdf_op *line, const pdf_op *text)
{
    for (int i = 0; i <= 200; i++) {
        double x = line->x + line->w * i / 200, y = line->y + line->h * i / 200;
        if (x > text->x + 0.5 && x < text->x + text->w - 0.5 && y > text->y - text->size * 0.7 && y < text->y) return true;
    }
    return false;
}

/* Leaders are the thin lines of 0.4 points: some are needed here, and none runs over a name. */
static void leaders_cross_no_name(void **state)
{
    (void)state;
    uint64_t r = 5;
    size_t leaders = 0, over = 0, named = 0;
    for (int round = 0; round < 12; round++) {
        kam_table *t = kam_table_new();
        kam_column *x = kam_table_add_column(t, "x", KAM_REAL, NULL), *y = kam_table_add_column(t, "y", KAM_REAL, NULL);
        kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
        for (int i = 0; i < 10 + 4 * round; i++) {
            char s[32];
            r = r * 6364136223846793005u + 1442695040888963407u;
            kam_col_push_real(x, (double)((r >> 30) % 1000) / 1000);
            kam_col_push_real(y, (double)((r >> 45) % 1000) / 1000 * 0.2);
            snprintf(s, sizeof s, "Account number %d", i);
            kam_col_push_text(name, s);
        }
        kam_table_seal(t);
        pdf_flow *f = pdf_flow_new(NULL);
        pdf_quadrant_opts o = {.x_col = "x", .y_col = "y", .label_col = "name", .x_max = 1, .y_max = 1, .height_pt = 200};
        assert_int_equal(pdf_flow_quadrant(f, t, &o, NULL), KAM_OK);
        pdf_list l;
        lay_out(f, &l);
        const pdf_ops *ops = &l.pages[0];
        for (size_t i = 0; i < ops->n; i++) {
            if (ops->v[i].kind == PDF_OP_TEXT && strncmp(ops->v[i].text, "Account", 7) == 0) named++;
            if (ops->v[i].kind != PDF_OP_LINE || ops->v[i].line != 0.4) continue;
            leaders++;
            for (size_t k = 0; k < ops->n; k++)
                over += ops->v[k].kind == PDF_OP_TEXT && strncmp(ops->v[k].text, "Account", 7) == 0 && runs_over(&ops->v[i], &ops->v[k]);
        }
        assert_int_equal(count_clashes(&l), 0);
        pdf_list_release(&l);
        pdf_flow_free(f);
        kam_table_unref(t);
    }
    assert_true(leaders > 10 && named > 100);
    assert_int_equal(over, 0);
}

/* --- figures: names of 1 and of 80 characters, 0, 1, 60 and 2,000 rows --- */
static const char LONG_NAME[] = "非常长的客户名称及其下属单位与分支机构办公室Wide Western Words Without A Visible End To Them At All";

static kam_table *rows_of(size_t n, bool wide)
{
    static const char *const states[] = {"owned", "pipeline", "gap", "competitor", "blocked"};
    static const char *const tones[] = {"good", "warn", "bad", "unknown"};
    kam_table *t = kam_table_new();
    kam_column *id = kam_table_add_column(t, "id", KAM_TEXT, NULL), *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *up = kam_table_add_column(t, "up", KAM_TEXT, NULL), *num = kam_table_add_column(t, "num", KAM_REAL, NULL);
    kam_column *row = kam_table_add_column(t, "row", KAM_TEXT, NULL), *col = kam_table_add_column(t, "col", KAM_TEXT, NULL);
    kam_column *st = kam_table_add_column(t, "state", KAM_TEXT, NULL), *tone = kam_table_add_column(t, "tone", KAM_TEXT, NULL);
    kam_column *day = kam_table_add_column(t, "day", KAM_DAY, NULL);
    char s[160];
    for (size_t i = 0; i < n; i++) {
        snprintf(s, sizeof s, "P%zu", i);
        kam_col_push_text(id, s);
        kam_col_push_text(name, wide ? LONG_NAME : "王");
        snprintf(s, sizeof s, "P%zu", i ? (i - 1) / 4 : 0);
        if (i == 0 || i % 13 == 5) kam_col_push_missing(up);
        else kam_col_push_text(up, s);
        if (i % 7 == 3) kam_col_push_missing(num);
        else kam_col_push_real(num, (double)((i * 7919) % 101) / 10 - 3);
        snprintf(s, sizeof s, "%s%zu", wide ? LONG_NAME : "R", i / 12);
        kam_col_push_text(row, s);
        snprintf(s, sizeof s, "%s%zu", wide ? LONG_NAME : "C", i % 12);
        kam_col_push_text(col, s);
        kam_col_push_text(st, states[i % 5]);
        kam_col_push_text(tone, tones[i % 4]);
        if (i % 9 == 8) kam_col_push_missing(day);
        else kam_col_push_int(day, 20000 + (int64_t)(i * 3 % 900));
    }
    kam_table_seal(t);
    return t;
}

static kam_table *some_links(void)
{
    static const char *const ends[][3] = {{"P1", "P3", "influence"}, {"P2", "P0", "conflict"}, {"P9", "P4", "informal"},
                                          {"P4", "P2", "influence"}, {"P3", "P55", "conflict"}, {"P1", "nobody", "conflict"}};
    kam_table *t = kam_table_new();
    kam_column *c[3] = {kam_table_add_column(t, "from", KAM_TEXT, NULL), kam_table_add_column(t, "to", KAM_TEXT, NULL),
                        kam_table_add_column(t, "kind", KAM_TEXT, NULL)};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        for (int k = 0; k < 3; k++) kam_col_push_text(c[k], ends[i][k]);
    kam_table_seal(t);
    return t;
}

static pdf_flow *figures(pdf_lang lang, bool landscape, size_t n, bool wide)
{
    kam_err err = KAM_ERR_INIT;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = lang, .landscape = landscape, .header_left = "h"});
    kam_table *t = rows_of(n, wide), *links = some_links();
    assert_int_equal(pdf_flow_people(f, t, &(pdf_people_opts){.id_col = "id", .name_col = "name", .title_col = "row", .role_col = "col",
        .reports_col = "up", .influence_col = "num", .attitude_col = "num", .coverage_col = "num", .decider_col = "num",
        .star_col = "num", .links = links, .caption = "people"}, &err), KAM_OK);
    assert_int_equal(pdf_flow_heat(f, t, &(pdf_heat_opts){.row_col = "row", .col_col = "col", .value_col = "num", .state_col = "state",
        .note_col = "name", .totals = true, .row_label = "rows", .caption = "heat"}, &err), KAM_OK);
    assert_int_equal(pdf_flow_heat(f, t, &(pdf_heat_opts){.row_col = "row", .col_col = "col", .value_col = "num"}, &err), KAM_OK);
    assert_int_equal(pdf_flow_whale(f, t, &(pdf_whale_opts){.value_col = "num", .x_label = "x", .y_label = "y"}, &err), KAM_OK);
    assert_int_equal(pdf_flow_histogram(f, t, &(pdf_histogram_opts){.value_col = "num", .has_interval = true, .low = -1, .high = 4,
        .has_mark = true, .mark = 2, .interval_label = "80 %", .mark_label = "median", .x_label = "x", .y_label = "y"}, &err), KAM_OK);
    assert_int_equal(pdf_flow_timeline(f, t, &(pdf_timeline_opts){.label_col = "name", .due_col = "day", .owner_col = "row",
        .tone_col = "tone", .has_today = true, .today = 20100, .today_label = "today"}, &err), KAM_OK);
    kam_table_unref(t);
    kam_table_unref(links);
    return f;
}

static void nothing_over_anything(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 60, 2000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int v = 0; v < 8; v++) {
            pdf_flow *f = figures(v & 1 ? PDF_EN : PDF_ZH, v & 2, sizes[i], v & 4);
            pdf_list l;
            lay_out(f, &l);
            assert_int_equal(count_clashes(&l), 0);
            pdf_list_release(&l);
            pdf_flow_free(f);
        }
}

static void wrong_columns(void **state)
{
    (void)state;
    kam_err err = KAM_ERR_INIT;
    pdf_flow *f = pdf_flow_new(NULL);
    kam_table *t = rows_of(1, false);
    assert_int_equal(pdf_flow_whale(f, t, &(pdf_whale_opts){.value_col = "none"}, &err), KAM_NOTFOUND);
    kam_err_clear(&err);
    assert_int_equal(pdf_flow_whale(f, t, &(pdf_whale_opts){.value_col = "name"}, &err), KAM_USAGE);
    kam_err_clear(&err);
    assert_int_equal(pdf_flow_timeline(f, t, &(pdf_timeline_opts){.label_col = "name", .due_col = "num"}, &err), KAM_USAGE);
    kam_err_clear(&err);
    assert_int_equal(pdf_flow_people(f, t, &(pdf_people_opts){.id_col = "id", .name_col = "name", .links = t}, &err), KAM_NOTFOUND);
    kam_err_clear(&err);
    kam_table_unref(t);
    pdf_flow_free(f);
}

/* Attitude in signs: a supporter's cross has two strokes, an opponent's one on a square. 60 % bring 80 %. */
static void whale_says_where(void **state)
{
    (void)state;
    kam_err err = KAM_ERR_INIT;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    kam_table *t = kam_table_new();
    kam_column *c = kam_table_add_column(t, "v", KAM_INT, NULL);
    int64_t v[] = {-20, 50, 30, 30, 10}; /* sorted 50 30 30 10 −20, total 100: 50 80 110 120 100 */
    for (int i = 0; i < 5; i++) kam_col_push_int(c, v[i]);
    kam_table_seal(t);
    assert_int_equal(pdf_flow_whale(f, t, &(pdf_whale_opts){.value_col = "v"}, &err), KAM_OK);
    pdf_list l;
    lay_out(f, &l);
    assert_non_null(find_text(&l.pages[0], "the first 2 (40 %) bring 80 %"));
    assert_non_null(find_text(&l.pages[0], "peak 120 %: the 1 after it lower the total"));
    pdf_list_release(&l);
    kam_table_unref(t);
    pdf_flow_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_reports), cmocka_unit_test(ring_is_cut), cmocka_unit_test(nobody), cmocka_unit_test(any_forest),
        cmocka_unit_test(map_follows_the_room), cmocka_unit_test(small_part_fills_the_page), cmocka_unit_test(any_room),
        cmocka_unit_test(map_begins_on_the_page), cmocka_unit_test(leaders_cross_no_name), cmocka_unit_test(wide_map_turns_its_page),
        cmocka_unit_test(map_waits_for_the_next_page),
        cmocka_unit_test(long_names_take_two_lines),
        cmocka_unit_test(legend_lists_what_is_there),
        cmocka_unit_test(points_at_one_place_are_parted),
        cmocka_unit_test(nothing_over_anything), cmocka_unit_test(wrong_columns), cmocka_unit_test(whale_says_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
