/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_peer_haru PLAN FONTFILE N FILE: the same plan on libharu's own font path (GetFont "UTF-8"), lines broken by hand at
 * characters, a new document object each time. */
#include "plan.h"
#include <hpdf.h>

static HPDF_Doc doc;
static HPDF_Page page;
static HPDF_Font font;
static float y;
enum { LEFT = 60, RIGHT = 535, TOP = 774, FOOT = 62 };

static void fail(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
    (void)detail, (void)user;
    fprintf(stderr, "libharu %lx\n", (unsigned long)code);
    exit(1);
}

static void put(float x, float at, float size, const char *text)
{
    HPDF_Page_BeginText(page);
    HPDF_Page_SetFontAndSize(page, font, size);
    HPDF_Page_TextOut(page, x, at, text);
    HPDF_Page_EndText(page);
}

static void new_page(void)
{
    page = HPDF_AddPage(doc);
    HPDF_Page_SetWidth(page, 595.28F);
    HPDF_Page_SetHeight(page, 841.89F);
    put(LEFT, 796, 8.2F, "大客户规划");
    put(LEFT, 36, 8.2F, "截至 2026-09-30");
    y = TOP;
}

static void room(float h)
{
    if (y - h < FOOT) new_page();
    y -= h;
}

static void paragraph(const char *text, float size)
{
    char line[1024];
    while (*text) {
        float w = 0;
        size_t n = 0;
        while (text[n] && n < sizeof line - 4) { /* one character at a time */
            size_t k = 1;
            while ((text[n + k] & 0xC0) == 0x80) k++;
            memcpy(line, text + n, k);
            line[k] = '\0';
            HPDF_Page_SetFontAndSize(page, font, size);
            float cw = HPDF_Page_TextWidth(page, line);
            if (w + cw > RIGHT - LEFT) break;
            w += cw, n += k;
        }
        memcpy(line, text, n);
        line[n] = '\0';
        room(size * 1.62F);
        put(LEFT, y + size * 0.4F, size, line);
        text += n;
    }
    y -= 6;
}

static void make(const plan *p, int k, const char *path)
{
    static const float at[] = {60, 90, 260, 320, 420, 470};
    doc = HPDF_New(fail, NULL);
    HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(doc);
    const char *name = strstr(path, ".ttc") ? HPDF_LoadTTFontFromFile2(doc, path, 0, HPDF_TRUE) : HPDF_LoadTTFontFromFile(doc, path, HPDF_TRUE);
    font = HPDF_GetFont(doc, name, "UTF-8");
    new_page();
    for (size_t i = 0; i < p->n; i++) {
        const plan_line *l = &p->v[i];
        const char *text = plan_text(l->text, k);
        if (l->kind == 'T') room(40), put(LEFT, y, 20, text), y -= 10;
        if (l->kind == 'H') room(40), put(LEFT, y + 8, 15.5F, text);
        if (l->kind == 'P') paragraph(text, 10.3F);
        if (l->kind == 'R') {
            room(15.4F);
            for (int c = 0; c < PLAN_CELLS; c++) put(at[c], y + 4, 8, l->cell[c]);
        }
        if (l->kind == 'B') {
            room(20);
            put(LEFT, y + 6, 8, l->cell[0]);
            HPDF_Page_SetRGBFill(page, 0.12F, 0.35F, 0.55F);
            HPDF_Page_Rectangle(page, 150, y + 2, (float)atoi(l->cell[1]) * 0.25F, 14);
            HPDF_Page_Fill(page);
            HPDF_Page_SetRGBFill(page, 0, 0, 0);
            put(160 + (float)atoi(l->cell[1]) * 0.25F, y + 6, 8, l->cell[1]);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) return fprintf(stderr, "usage: pdf_peer_haru PLAN FONTFILE N FILE\n"), 2;
    plan p;
    plan_read(&p, argv[1]);
    for (int k = 1, n = atoi(argv[3]); k <= n; k++) {
        make(&p, k, argv[2]);
        if (k == n) HPDF_SaveToFile(doc, argv[4]);
        else HPDF_SaveToStream(doc);
        HPDF_Free(doc);
    }
    return 0;
}
