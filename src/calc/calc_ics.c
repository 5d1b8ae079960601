/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_ics.h"
#include "calc_use.h"
#include <string.h>

enum { FOLD = 75 };

void calc_ics_escape(kam_str *out, const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '\\' || c == ';' || c == ',') {
            kam_str_addc(out, '\\');
            kam_str_addc(out, *s);
        } else if (c == '\n') {
            kam_str_add(out, "\\n");
        } else if (c >= 0x20 && c != 0x7f) {
            kam_str_addc(out, *s);
        } else if (c == '\t') {
            kam_str_addc(out, ' ');
        }
    }
}

void calc_ics_line(kam_str *out, const char *name, const char *value)
{
    kam_str line = KAM_STR_INIT;
    kam_str_addf(&line, "%s:%s", name, value);
    const char *s = kam_str_cstr(&line);
    size_t left = line.len, room = FOLD;
    while (left > room) {
        size_t cut = room;
        while (cut > 0 && ((unsigned char)s[cut] & 0xc0) == 0x80) cut--; /* never within a character */
        if (cut == 0) cut = room;
        kam_str_addn(out, s, cut);
        kam_str_add(out, "\r\n ");
        s += cut;
        left -= cut;
        room = FOLD - 1; /* the blank that marks the fold */
    }
    kam_str_addn(out, s, left);
    kam_str_add(out, "\r\n");
    kam_str_release(&line);
}

static void text_line(kam_str *out, const char *name, const char *text)
{
    kam_str v = KAM_STR_INIT;
    calc_ics_escape(&v, text);
    calc_ics_line(out, name, kam_str_cstr(&v));
    kam_str_release(&v);
}

static void day_line(kam_str *out, const char *name, kam_day day, const char *rest)
{
    int y, m, d;
    kam_day_to_ymd(day, &y, &m, &d);
    kam_str v = KAM_STR_INIT;
    kam_str_addf(&v, "%04d%02d%02d%s", y, m, d, rest);
    calc_ics_line(out, name, kam_str_cstr(&v));
    kam_str_release(&v);
}

enum { DATE, REMINDER, ACCOUNT, NAME, REP, WHAT, SOURCE, UID, COLS };
static const calc_text words[] = {
    {"birthday", "Birthday", "生日"}, {"festival", "Festival", "节日"}, {"known", "Anniversary", "相识纪念"}, {"member", "Anniversary", "入会纪念"},
    {"renewal", "Renewal", "续签"}, {"end", "End of contract", "合同到期"}, {"step", "Next step", "下一步"}, {"purchase", "Purchase due", "预计采购"}};

static const char *word_of(const char *kind, calc_lang lang)
{
    for (size_t i = 0; i < CALC_COUNT(words); i++)
        if (strcmp(words[i].id, kind) == 0) return lang == CALC_ZH ? words[i].zh : words[i].en;
    return kind;
}

/* "Next step: hand over the offer (ACME)" and, in the description, who and where it stands. */
static void texts(const kam_column *const c[COLS], size_t i, const calc_ics_params *p, kam_str *summary, kam_str *description)
{
    const bool zh = p->lang == CALC_ZH;
    kam_str_addf(summary, zh ? "%s：" : "%s: ", word_of(kam_col_text(c[REMINDER], i), p->lang));
    calc_say_half(summary, p->lang, kam_col_text(c[WHAT], i));
    if (calc_known(c[NAME], i)) {
        kam_str_add(summary, zh ? "（" : " (");
        calc_say_half(summary, p->lang, kam_col_text(c[NAME], i));
        kam_str_add(summary, zh ? "）" : ")");
        kam_str_addf(description, zh ? "客户：%s\n" : "Account: %s\n", kam_col_text(c[ACCOUNT], i));
    }
    if (calc_known(c[REP], i)) kam_str_addf(description, zh ? "客户经理：%s\n" : "Representative: %s\n", kam_col_text(c[REP], i));
    if (calc_known(c[SOURCE], i)) kam_str_addf(description, zh ? "出处：%s" : "Source: %s", kam_col_text(c[SOURCE], i));
}

static void event(const kam_column *const c[COLS], size_t i, const calc_ics_params *p, kam_str *out)
{
    kam_str summary = KAM_STR_INIT, description = KAM_STR_INIT, uid = KAM_STR_INIT, trigger = KAM_STR_INIT;
    texts(c, i, p, &summary, &description);
    kam_str_addf(&uid, "%s@kamsh", kam_col_text(c[UID], i));
    if (p->alarm_days > 0) kam_str_addf(&trigger, "-P%dD", p->alarm_days);
    else kam_str_add(&trigger, "PT0S");
    calc_ics_line(out, "BEGIN", "VEVENT");
    text_line(out, "UID", kam_str_cstr(&uid));
    day_line(out, "DTSTAMP", p->asof, "T000000Z");
    day_line(out, "DTSTART;VALUE=DATE", kam_col_int(c[DATE], i), "");
    day_line(out, "DTEND;VALUE=DATE", kam_col_int(c[DATE], i) + 1, "");
    text_line(out, "SUMMARY", kam_str_cstr(&summary));
    if (description.len) text_line(out, "DESCRIPTION", kam_str_cstr(&description));
    text_line(out, "CATEGORIES", word_of(kam_col_text(c[REMINDER], i), p->lang));
    calc_ics_line(out, "TRANSP", "TRANSPARENT");
    calc_ics_line(out, "BEGIN", "VALARM");
    calc_ics_line(out, "ACTION", "DISPLAY");
    text_line(out, "DESCRIPTION", kam_str_cstr(&summary));
    calc_ics_line(out, "TRIGGER", kam_str_cstr(&trigger));
    calc_ics_line(out, "END", "VALARM");
    calc_ics_line(out, "END", "VEVENT");
    kam_str_release(&summary);
    kam_str_release(&description);
    kam_str_release(&uid);
    kam_str_release(&trigger);
}

kam_rc calc_ics(const kam_table *reminders, const calc_ics_params *p, kam_str *out, kam_err *err)
{
    static const calc_use want[COLS] = {{"date", KAM_DAY, false}, {"reminder", KAM_TEXT, false}, {"account", KAM_TEXT, false}, {"name", KAM_TEXT, false},
                                        {"rep", KAM_TEXT, false}, {"what", KAM_TEXT, false}, {"source", KAM_TEXT, false}, {"uid", KAM_TEXT, false}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(reminders, "reminders", want, COLS, c, err);
    if (rc) return rc;
    calc_ics_line(out, "BEGIN", "VCALENDAR");
    calc_ics_line(out, "VERSION", "2.0");
    calc_ics_line(out, "PRODID", p->lang == CALC_ZH ? "-//kamsh//reminders//ZH" : "-//kamsh//reminders//EN");
    calc_ics_line(out, "CALSCALE", "GREGORIAN");
    for (size_t i = 0; i < calc_use_rows(reminders); i++) event(c, i, p, out);
    calc_ics_line(out, "END", "VCALENDAR");
    return KAM_OK;
}
