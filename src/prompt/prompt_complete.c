/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readline is told that the whole line is one word (no break characters): it would cut at blanks inside braces and
 * knows nothing of brackets. Each match is therefore the unchanged beginning of the line plus one candidate, spelled
 * as a Tcl word, and the list shown is our own. */
#include "prompt_complete.h"
#include "prompt_interrupt.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include "prompt_mend.h"
#include "prompt_pager.h"
#include "prompt_width.h"
#include "prompt_say.h"
#include "prompt_words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <readline/readline.h>

enum { MAX_CANDIDATES = 2000, MAX_SHOWN = 50 };

typedef struct candidate {
    char *text, *note;
} candidate;

static struct {
    Tcl_Interp *interp;
    const kam_str *pending;
    bool (*chinese)(void);
    candidate *list;
    size_t n, cap;
    bool files; /* candidates are paths: show last parts */
    bool raw;   /* they are inserted as they are, at `part` */
    char *part; /* only this end of the word is completed; NULL: all of it */
    kam_str after; /* the line behind the cursor */
    size_t more;   /* candidates beyond those in the list */
    bool many;     /* and more than that */
    bool ordered;  /* candidates come in the order in which they are to be listed */
    bool paste;    /* the Tab being dealt with is pasted text */
} tab;

static void clear_list(void)
{
    for (size_t i = 0; i < tab.n; i++) {
        kam_free(tab.list[i].text);
        kam_free(tab.list[i].note);
    }
    tab.n = 0;
    tab.files = tab.raw = tab.many = tab.ordered = false;
    tab.more = 0;
    kam_free(tab.part);
    tab.part = NULL;
}

static void offer(const char *text, const char *note)
{
    if (!*text) return;
    if (tab.n >= MAX_CANDIDATES) {
        tab.more++;
        return;
    }
    KAM_GROW(tab.list, tab.cap, tab.n + 1);
    tab.list[tab.n++] = (candidate){kam_strdup(text), kam_strdup(note)};
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const candidate *)a)->text, ((const candidate *)b)->text);
}

/* Sorted, each text once (a candidate with a note wins). */
static void sort_list(void)
{
    if (tab.n == 0 || tab.ordered) return;
    qsort(tab.list, tab.n, sizeof *tab.list, by_text);
    size_t kept = 0;
    for (size_t i = 1; i < tab.n; i++) {
        candidate *last = &tab.list[kept], *c = &tab.list[i];
        if (strcmp(last->text, c->text) != 0) {
            tab.list[++kept] = *c;
            continue;
        }
        candidate *drop = *last->note ? c : last;
        kam_free(drop->text);
        kam_free(drop->note);
        if (drop == last) *last = *c;
    }
    tab.n = kept + 1;
}

/* --- asking Tcl ----------------------------------------------------------------------------------------- */

/* The value of a command given word by word; NULL when it failed. The interpreter's state is kept. */
static Tcl_Obj *ask(Tcl_Obj *const *words, int n)
{
    Tcl_InterpState state = Tcl_SaveInterpState(tab.interp, TCL_OK);
    for (int i = 0; i < n; i++) Tcl_IncrRefCount(words[i]);
    Tcl_Obj *value = NULL;
    prompt_interrupt_own(true);
    int code = Tcl_EvalObjv(tab.interp, n, words, TCL_EVAL_GLOBAL);
    prompt_interrupt_own(false);
    if (code == TCL_OK) {
        value = Tcl_GetObjResult(tab.interp);
        Tcl_IncrRefCount(value);
    }
    for (int i = 0; i < n; i++) Tcl_DecrRefCount(words[i]);
    Tcl_RestoreInterpState(tab.interp, state);
    return value;
}

static Tcl_Obj *word(const char *s)
{
    return Tcl_NewStringObj(s, -1);
}

/* "prefix*" with the prefix's own pattern characters made harmless. */
static Tcl_Obj *pattern(const char *prefix)
{
    kam_str b = KAM_STR_INIT;
    for (; *prefix; prefix++) {
        if (strchr("*?[]\\", *prefix)) kam_str_addc(&b, '\\');
        kam_str_addc(&b, *prefix);
    }
    kam_str_addc(&b, '*');
    Tcl_Obj *obj = word(kam_str_cstr(&b));
    kam_str_release(&b);
    return obj;
}

/* Offer the elements of a list that begin with prefix; `step` 2 takes every other one (the keys of a dict). */
static size_t offer_list(Tcl_Obj *list, const char *prefix, int step)
{
    Tcl_Obj **el;
    int n;
    size_t before = tab.n;
    if (list && Tcl_ListObjGetElements(NULL, list, &n, &el) == TCL_OK)
        for (int i = 0; i < n; i += step)
            if (kam_str_starts(Tcl_GetString(el[i]), prefix)) offer(Tcl_GetString(el[i]), "");
    if (list) Tcl_DecrRefCount(list);
    return tab.n - before;
}

/* Elements of an array: what is typed holds its name and a parenthesis. */
static void offer_elements(const char *prefix)
{
    const char *open = strchr(prefix, '(');
    Tcl_Obj *name = Tcl_NewStringObj(prefix, (int)(open - prefix)), **el;
    Tcl_Obj *list = ask((Tcl_Obj *[]){word("array"), word("names"), name, pattern(open + 1)}, 4);
    int n;
    if (list && Tcl_ListObjGetElements(NULL, list, &n, &el) == TCL_OK) {
        for (int i = 0; i < n; i++) {
            kam_str b = KAM_STR_INIT;
            kam_str_addf(&b, "%.*s(%s)", (int)(open - prefix), prefix, Tcl_GetString(el[i]));
            offer(kam_str_cstr(&b), "");
            kam_str_release(&b);
        }
    }
    if (list) Tcl_DecrRefCount(list);
}

static void offer_variables(const char *prefix)
{
    if (strchr(prefix, '(')) {
        offer_elements(prefix);
        return;
    }
    offer_list(ask((Tcl_Obj *[]){word("info"), word("vars"), pattern(prefix)}, 3), prefix, 1);
    if (!strstr(prefix, "::")) return;
    offer_list(ask((Tcl_Obj *[]){word("namespace"), word("children"), word("::"), pattern(prefix)}, 4), prefix, 1);
}

static void offer_commands(const char *prefix)
{
    offer_list(ask((Tcl_Obj *[]){word("info"), word("commands"), pattern(prefix)}, 3), prefix, 1);
}

static bool offer_ensemble(const char *command, const char *prefix)
{
    Tcl_Obj *map = ask((Tcl_Obj *[]){word("namespace"), word("ensemble"), word("configure"), word(command), word("-map")}, 5);
    return offer_list(map, prefix, 2) > 0;
}

static void offer_files(const char *prefix)
{
    char *name;
    tab.files = true;
    for (int state = 0; (name = rl_filename_completion_function(prefix, state)) != NULL; state = 1) {
        struct stat st;
        kam_str b = KAM_STR_INIT;
        kam_str_add(&b, name);
        char *full = name[0] == '~' ? tilde_expand(name) : NULL;
        if (stat(full ? full : name, &st) == 0 && S_ISDIR(st.st_mode)) kam_str_addc(&b, '/');
        offer(b.s, "");
        kam_str_release(&b);
        free(full);
        free(name);
    }
}

static bool one_of(const char *word, const char *const *list)
{
    while (*list && strcmp(word, *list) != 0) list++;
    return *list != NULL;
}

static void offer_as_tcl(const prompt_words *w)
{
    static const char *const variables[] = {"set", "unset", "incr", "append", "lappend", "global", "variable", "vwait", "parray", "lset", NULL};
    static const char *const commands[] = {"rename", "which", NULL};
    if (w->n == 1 && one_of(w->word[0], variables)) {
        offer_variables(w->prefix);
        return;
    }
    if (w->n == 1 && one_of(w->word[0], commands)) {
        offer_commands(w->prefix);
        return;
    }
    if (w->n == 2 && strcmp(w->word[0], "info") == 0) {
        if (one_of(w->word[1], (const char *const[]){"body", "args", "procs", "commands", NULL})) offer_commands(w->prefix);
        else if (strcmp(w->word[1], "exists") == 0) offer_variables(w->prefix);
        return;
    }
    if (w->n == 2 && strcmp(w->word[0], "array") == 0) {
        offer_variables(w->prefix);
        return;
    }
    if (w->n == 1 && offer_ensemble(w->word[0], w->prefix)) return;
    offer_files(w->prefix);
}

/* An object was found by its name or the initials of it, not by its code: whoever began to type a name wants the name,
 * provided that it means one object only. */
static bool found_by_note(Tcl_Obj *const *el, int n, int i, const char *prefix)
{
    const char *note = Tcl_GetString(el[i + 1]);
    if (!*prefix || !*note || kam_str_starts(Tcl_GetString(el[i]), prefix)) return false;
    for (int j = 0; j + 1 < n; j += 2)
        if (j != i && strcmp(Tcl_GetString(el[j + 1]), note) == 0) return false;
    return true;
}

/* "12" or "950+" */
static void take_more(const char *text)
{
    char *end;
    tab.more = strtoul(text, &end, 10);
    tab.many = *end == '+';
}

/* A part of the word: what cannot stand within its braces is left out; a bare word is replaced as a whole, so what stands
 * before the part comes with it. */
static void offer_part(const prompt_words *w, const char *text, const char *note, const char *part)
{
    size_t have = strlen(w->prefix), end = strlen(part);
    char *fits = prompt_words_within(text, w->kind);
    if (fits && w->kind == PROMPT_BARE && have > end) {
        kam_str whole = KAM_STR_INIT;
        kam_str_addn(&whole, w->prefix, have - end);
        kam_str_add(&whole, text);
        offer(whole.s, note);
        kam_str_release(&whole);
    } else if (fits) offer(text, note);
    kam_free(fits);
}

/* What the command layer says; false: it does not know the command. */
static bool offer_as_kam(const prompt_words *w)
{
    Tcl_Obj *words = Tcl_NewListObj(0, NULL);
    for (size_t i = 0; i < w->n; i++) Tcl_ListObjAppendElement(NULL, words, word(w->word[i]));
    Tcl_Obj *answer = ask((Tcl_Obj *[]){word("::kam::complete"), words, word(w->prefix), word(kam_str_cstr(&tab.after))}, 4);
    Tcl_Obj **answered, **el;
    int n_parts = 0, n = 0;
    bool known = answer && Tcl_ListObjGetElements(NULL, answer, &n_parts, &answered) == TCL_OK && n_parts == 4 &&
                 strcmp(Tcl_GetString(answered[0]), "unknown") != 0;
    if (known) {
        const char *kind = Tcl_GetString(answered[0]), *part = Tcl_GetString(answered[3]);
        bool raw = strcmp(kind, "part") == 0, names = !raw && strcmp(kind, "key") != 0;
        tab.ordered = strcmp(kind, "key") == 0;
        take_more(Tcl_GetString(answered[2]));
        bool within = w->kind != PROMPT_BARE; /* a bare word is all there is of a list or a query */
        if (within && (raw || strcmp(kind, "list") == 0 || strcmp(kind, "variable") == 0)) tab.part = kam_strdup(part);
        tab.raw = within && (raw || strcmp(kind, "variable") == 0);
        if (Tcl_ListObjGetElements(NULL, answered[1], &n, &el) != TCL_OK) n = 0;
        for (int i = 0; i + 1 < n; i += 2) {
            const char *text = Tcl_GetString(el[i]), *note = Tcl_GetString(el[i + 1]);
            if (names && found_by_note(el, n, i, part)) offer(note, text);
            else if (raw) offer_part(w, text, note, part);
            else offer(text, note);
        }
        if (strcmp(kind, "command") == 0) offer_commands(w->prefix);
        else if (strcmp(kind, "file") == 0) offer_files(w->prefix);
        else if (strcmp(kind, "variable") == 0) offer_variables(part);
    }
    if (answer) Tcl_DecrRefCount(answer);
    return known;
}

static void collect(const prompt_words *w)
{
    clear_list();
    if (w->kind == PROMPT_NOWHERE) return;
    if (w->kind == PROMPT_VARIABLE) offer_variables(w->prefix);
    else if (!offer_as_kam(w)) {
        if (w->n == 0) offer_commands(w->prefix);
        else offer_as_tcl(w);
    }
    sort_list();
}

/* --- answering Readline --------------------------------------------------------------------------------- */

/* The candidate as it will stand in the line. */
static char *spelled(const prompt_words *w, const candidate *c, bool force)
{
    if (tab.raw) return prompt_words_within(c->text, w->kind);
    if (tab.part) return prompt_words_quote(c->text, PROMPT_BARE, force);
    if (w->kind != PROMPT_VARIABLE) return prompt_words_quote(c->text, w->kind, force);
    kam_str b = KAM_STR_INIT;
    bool simple = true;
    for (const char *p = c->text; *p; p++) {
        bool name = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_' || *p == ':';
        if (!name) simple = false;
    }
    /* $array(element) and ${a name}; an array's element with odd characters in it is as good as it gets */
    kam_str_addf(&b, simple || strchr(c->text, '(') ? "$%s" : "${%s}", c->text);
    return kam_str_detach(&b);
}

/* Longest common beginning of all matches, whole characters only. */
static size_t common(char *const *match, size_t n)
{
    size_t len = strlen(match[0]);
    for (size_t i = 1; i < n; i++) {
        size_t k = 0;
        while (k < len && match[i][k] == match[0][k]) k++;
        len = k;
    }
    while (len > 0 && ((unsigned char)match[0][len] & 0xC0) == 0x80) len--;
    return len;
}

/* Readline frees with free(): its memory is malloc's. */
static char *joined(const char *head, size_t n, const char *tail)
{
    size_t k = strlen(tail);
    char *s = malloc(n + k + 1);
    if (!s) return NULL;
    memcpy(s, head, n);
    memcpy(s + n, tail, k + 1);
    return s;
}

/* Without regard to the case of ASCII letters in SQL. */
static bool all_begin(const char *prefix)
{
    size_t k = strlen(prefix);
    for (size_t i = 0; i < tab.n; i++)
        if (tab.raw ? strncasecmp(tab.list[i].text, prefix, k) != 0 : strncmp(tab.list[i].text, prefix, k) != 0) return false;
    return true;
}

/* Readline's form: [0] is what to insert, then, when there are several, all of them. `line` is the text before the
 * cursor, of which the word's part begins at `start`. */
static char **matches_for(const prompt_words *w, const char *line, size_t start)
{
    bool force = false;
    for (size_t i = 0; i < tab.n && tab.n > 1; i++)
        if (!prompt_words_plain(tab.list[i].text)) force = true;
    char **m = calloc(tab.n + 2, sizeof *m), **spell = kam_calloc(tab.n, sizeof *spell);
    for (size_t i = 0; i < tab.n; i++) spell[i] = spelled(w, &tab.list[i], force && (w->kind == PROMPT_BARE || tab.part));
    if (m && tab.n == 1 && tab.more == 0) {
        /* a folder's name goes on: its quotes stay open */
        size_t k = strlen(spell[0]);
        if (tab.files && kam_str_ends(tab.list[0].text, "/") && k > 0 && strchr("}\"", spell[0][k - 1])) spell[0][k - 1] = '\0';
        m[0] = joined(line, start, spell[0]);
    } else if (m) {
        size_t len = common(spell, tab.n);
        char *shared = kam_strndup(spell[0], len);
        /* Names found by another spelling share nothing with what was typed, and those not listed may differ earlier: then
         * that is left as it is. */
        bool longer = strlen(shared) >= strlen(line + start) && tab.more == 0 && all_begin(tab.part ? tab.part : w->prefix);
        m[0] = joined(line, start, longer ? shared : line + start);
        kam_free(shared);
        for (size_t i = 0; i < tab.n; i++) m[i + 1] = joined(line, start, spell[i]);
    }
    for (size_t i = 0; i < tab.n; i++) kam_free(spell[i]);
    kam_free(spell);
    return m;
}

/* The one candidate is what stands there and a Tab. */
static char **tab_itself(const char *text, size_t n)
{
    char **m = calloc(2, sizeof *m);
    if (m) m[0] = joined(text, n, "\t");
    return m;
}

static char **complete(const char *text, int from, int to)
{
    (void)from;
    rl_attempted_completion_over = 1;
    rl_completion_append_character = '\0';
    rl_completion_suppress_append = 1;
    if (tab.paste) return tab_itself(text, (size_t)to);
    kam_str all = KAM_STR_INIT;
    kam_str_add(&all, kam_str_cstr(tab.pending));
    size_t before = all.len;
    kam_str_addn(&all, text, (size_t)to);
    prompt_words w = PROMPT_WORDS_INIT;
    prompt_words_parse(&w, kam_str_cstr(&all), all.len);
    char **m = NULL;
    /* A word that began on an earlier line cannot be replaced in this one. */
    kam_str_clear(&tab.after);
    kam_str_add(&tab.after, text + to);
    collect(&w);
    size_t start = w.start;
    if (tab.part) start = kam_str_ends(kam_str_cstr(&all), tab.part) ? all.len - strlen(tab.part) : 0;
    if (start >= before && (!tab.part || start > w.start)) {
        if (tab.n > 0) m = matches_for(&w, kam_str_cstr(&all) + before, start - before);
        const char *only = tab.n == 1 && tab.more == 0 ? tab.list[0].text : "";
        if (*only && !kam_str_ends(only, "/") && !kam_str_ends(only, "::") && !kam_str_ends(only, "(") && w.kind != PROMPT_VARIABLE) {
            rl_completion_append_character = ' ';
            rl_completion_suppress_append = 0;
        }
    }
    prompt_words_release(&w);
    kam_str_release(&all);
    return m;
}

static const char *shown(const candidate *c)
{
    if (!tab.files) return c->text;
    size_t n = strlen(c->text);
    while (n > 1 && c->text[n - 1] == '/') n--;
    while (n > 0 && c->text[n - 1] != '/') n--;
    return c->text + n;
}

static size_t shown_n(void)
{
    return tab.n < MAX_SHOWN ? tab.n : MAX_SHOWN;
}

static void pad(size_t have, size_t want)
{
    for (; have < want; have++) fputc(' ', rl_outstream);
}

/* One candidate a line, its note beside it, cut with a mark before the window's edge. */
static void list_with_notes(size_t width, int columns)
{
    for (size_t i = 0; i < shown_n(); i++) {
        const candidate *c = &tab.list[i];
        size_t room = (size_t)columns > width + 4 ? (size_t)columns - width - 4 : 0, used, mark = kam_utf8_width("…", prompt_width_wide());
        size_t note = kam_utf8_fit(c->note, room, prompt_width_wide(), &used);
        bool cut = c->note[note] != '\0' && room > mark;
        if (cut) note = kam_utf8_fit(c->note, room - mark, prompt_width_wide(), &used);
        fprintf(rl_outstream, "%s", c->text);
        pad(kam_utf8_width(c->text, prompt_width_wide()), width + 2);
        fprintf(rl_outstream, "%.*s%s\n", (int)note, c->note, cut ? "…" : "");
    }
}

static void list_in_columns(size_t width, int columns)
{
    size_t across = (size_t)columns / (width + 2);
    if (across == 0) across = 1;
    size_t n = shown_n(), down = (n + across - 1) / across;
    for (size_t row = 0; row < down; row++) {
        for (size_t i = row; i < n; i += down) {
            const char *text = shown(&tab.list[i]);
            fputs(text, rl_outstream);
            if (i + down < n) pad(kam_utf8_width(text, prompt_width_wide()), width + 2);
        }
        fputc('\n', rl_outstream);
    }
}

static void display(char **matches, int n, int longest)
{
    (void)matches;
    (void)n;
    (void)longest;
    int rows = 24, columns = 80;
    prompt_screen_size(fileno(rl_outstream), &rows, &columns);
    size_t width = 0;
    bool notes = false;
    for (size_t i = 0; i < shown_n(); i++) {
        size_t k = kam_utf8_width(shown(&tab.list[i]), prompt_width_wide());
        if (k > width) width = k;
        if (*tab.list[i].note) notes = true;
    }
    rl_crlf();
    if (notes) list_with_notes(width, columns);
    else list_in_columns(width, columns);
    size_t more = tab.n - shown_n() + tab.more;
    bool zh = tab.chinese();
    if (more)
        fprintf(rl_outstream, "%s%zu%s%s\n", zh ? say_and.zh : say_and.en, more, tab.many ? "+" : "", zh ? say_more.zh : say_more.en);
    prompt_mend_forget();
    rl_forced_update_display();
}

void prompt_complete_paste(bool pasted)
{
    tab.paste = pasted;
}

void prompt_complete_init(Tcl_Interp *interp, const kam_str *pending, bool (*chinese)(void))
{
    tab.chinese = chinese;
    tab.interp = interp;
    tab.pending = pending;
    rl_attempted_completion_function = complete;
    rl_completion_display_matches_hook = display;
    rl_completer_word_break_characters = "";
    rl_completer_quote_characters = "";
    rl_sort_completion_matches = 0;
    rl_ignore_completion_duplicates = 0;
}
