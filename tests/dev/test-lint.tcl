# SPDX-License-Identifier: GPL-3.0-or-later
# A lint that cannot fail is worth nothing: each rule is shown a small tree that breaks it, and one that does not.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
set root $env(TMPDIR)/tree
set licence "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"

# files: name text …; the lint's output for a tree of just these.
proc lint {files} {
    global root env
    file delete -force $root
    file mkdir $root/src/base
    foreach {name text} $files {
        file mkdir [file dirname $root/$name]
        set f [open $root/$name w]
        fconfigure $f -encoding utf-8
        puts -nonewline $f $text
        close $f
    }
    set env(LINT_CC) cc
    set saved $env(KAM_SRCDIR)
    set script $saved/scripts/dev/lint.tcl
    set env(KAM_SRCDIR) $root
    catch {exec [info nameofexecutable] $script 2>@1} out
    set env(KAM_SRCDIR) $saved
    return $out
}

proc breaks {rule what files} {
    set out [lint $files]
    tap::ok [regexp "not ok \\d+ - lint: $rule" $out] "$rule: finds $what" $out
}

proc keeps {what files} {
    set out [lint $files]
    tap::ok [expr {![regexp {not ok} $out] && [regexp {1\.\.\d+} $out]}] "accepts $what" $out
}

set L $licence
breaks layers "calc including store" [list src/calc/calc_a.c "${L}#include \"store_a.h\"\n"]
breaks layers "base including cmd" [list src/base/kam_a.c "${L}#include \"cmd_a.h\"\n"]
breaks layers "prompt including store" [list src/prompt/prompt_a.c "${L}#include \"store.h\"\n"]
breaks layers "tcl.h in store" [list src/store/store_a.c "${L}#include <tcl.h>\n"]
breaks layers "sqlite3.h in cmd" [list src/cmd/cmd_a.c "${L}#include <sqlite3.h>\n"]
breaks layers "hpdf.h in cmd" [list src/cmd/cmd_a.c "${L}#include <hpdf.h>\n"]
breaks layers "readline in main" [list src/main.c "${L}#include <readline/readline.h>\n"]
breaks layers "gsl in a header" [list src/calc/calc_a.h "${L}#include <gsl/gsl_math.h>\n"]
breaks layers "a wrong prefix" [list src/calc/other.c "${L}int calc_x;\n"]
breaks headers "a header that needs another" [list src/base/kam_a.h "${L}size_t kam_a(void);\n"]
breaks units "a calc test that links store" [list Makefile.am "# SPDX-License-Identifier: GPL-3.0-or-later
tests_unit_test_calc_a_LDADD = \$(CALC_LIBS) \$(STORE_LIBS)\n"]
breaks units "a calc test that includes pdf" [list tests/unit/test_calc_a.c "${L}#include \"pdf_a.h\"\n"]
breaks spdx "a file without a licence line" [list src/base/kam_a.c "int kam_a;\n"]
breaks spdx "a script without one" [list scripts/dev/a.tcl "#!/usr/bin/env tclsh\nputs 1\n"]
breaks clock "time() in calc" [list src/calc/calc_a.c "${L}long f(void) { return time(0); }\n"]
breaks clock "clock_gettime after a comment" [list src/pdf/pdf_a.c "${L}/* a */ int x(void);\nvoid f(void) { clock_gettime(0, 0); } /* b */\n"]
breaks banned "strcpy" [list src/base/kam_a.c "${L}void f(char *a) { strcpy(a, \"x\"); }\n"]
breaks banned "atof" [list src/base/kam_a.c "${L}double f(char *a) { return atof(a); }\n"]
breaks banned "setlocale outside main" [list src/cmd/cmd_a.c "${L}void f(void) { setlocale(0, \"\"); }\n"]
breaks statics "a counter" [list src/calc/calc_a.c "${L}static int counter;\n"]
breaks statics "an array" [list src/calc/calc_a.c "${L}static double cache\[10\] = {0};\n"]
breaks statics "a pointer that can be bent" [list src/calc/calc_a.c "${L}static const char *names\[\] = {\"a\"};\n"]
breaks length "a long file" [list src/calc/calc_a.c "$L[string repeat "\n" 701]int calc_x;\n"]
breaks length "a long function" [list src/calc/calc_a.c "${L}int calc_x(void)\n{\n[string repeat "    g();\n" 95]}\n"]
breaks words "unfinished business" [list src/calc/calc_a.c "${L}/* TO[set empty {}]DO later */\n"]
breaks paths "a home folder" [list src/calc/calc_a.c "${L}const char *const p = \"[string cat / home]/me/x\";\n"]
breaks bilingual "a help without Chinese" [list src/cmd/cmd_a.c "${L}struct x y = {.help = {\"only English\"}};\n"]
breaks bilingual "English twice" [list src/cmd/cmd_a.c "${L}static const cmd_text words\[\] = {{\"good\", \"well\"}};\n"]
breaks bilingual "help_en without help_zh" [list src/store/store_a.c "${L}struct x y = {.help_en = \"a\"};\n"]
# A catalogue of the rows given (C between the braces) and a source that says what is given.
proc messages {rows said} {
    global L
    return [list src/base/kam_message_base.h "${L}static const char *const r\[\]\[2\] = {$rows};\n" src/calc/calc_a.c "${L}void f(void)\n{\n    $said\n}\n"]
}
breaks messages "an error without Chinese" [messages {} {kam_err_set(err, KAM_USAGE, "it is wrong");}]
breaks messages "one put behind an error" [messages {} {kam_err_append(err, "; it is wrong");}]
breaks messages "one joined of two literals" [messages {{"it is", "是"}} {kam_err_set(err, KAM_USAGE, "it is" " wrong");}]
breaks messages "a word that fills a hole" [messages {{"it is %s", "是{1}"}} {kam_err_set(err, KAM_USAGE, "it is %s", n ? "wrong" : "right");}]
breaks messages "one chosen before it is told" [messages {} {const char *why = "it is; really; wrong";}]
breaks messages "one given to a helper" [list src/calc/calc_a.c "${L}static kam_rc no(kam_err *err, int n, const char *why)\n{\n    return 0;\n}\nkam_rc f(kam_err *err)\n{\n    return no(err, 1, \"it is wrong\");\n}\n"]
breaks messages "one that is marked" [messages {} {return KAM_MSG("it is wrong");}]
breaks messages "a row nobody says" [messages {{"it is wrong", "错了"}} {}]
breaks messages "two rows for one text" [messages {{"it is wrong", "错了"}, {"it is wrong", "不对"}} {kam_err_set(err, KAM_USAGE, "it is wrong");}]
breaks messages "a hole too many" [messages {{"it is %s", "是{1}{2}"}} {kam_err_set(err, KAM_USAGE, "it is %s", x);}]
breaks messages "a conversion that is not shown" [messages {{"%s is %*d", "是{1}"}} {kam_err_set(err, KAM_USAGE, "%s is %*d", x, 3, y);}]
breaks messages "a conversion in the Chinese" [messages {{"it is %s", "是%s"}} {kam_err_set(err, KAM_USAGE, "it is %s", x);}]
breaks lint-allow "an exception without a reason" [list src/main.c "${L}int main(void);\n" scripts/dev/lint-allow.txt "length src/main.c:\n"]

keeps "tcl in cmd, sqlite in store, gsl in a calc .c, base everywhere" [list \
    src/cmd/cmd_a.c "${L}#include <tcl.h>\n#include \"store_a.h\"\n#include \"calc_a.h\"\n#include \"kam_a.h\"\n" \
    src/store/store_a.c "${L}#include <sqlite3.h>\n#include \"kam_a.h\"\n" \
    src/calc/calc_a.c "${L}#include <gsl/gsl_math.h>\n"]
keeps "words in comments and strings" [list src/calc/calc_a.c \
    "${L}/* strcpy(a, b) and time(0) are not called here */\nconst char *const calc_s = \"atof(x)\"; // gets(s)\n"]
keeps "constants and functions at file level" [list src/calc/calc_a.c \
    "${L}static const int a\[\] = {1};\nstatic const char *const b\[\] = {\"x\"};\nstatic int f(void);\nstatic inline int g(void)\n{\n}\n"]
keeps "session state, the clock in main" [list src/cmd/cmd_session.c "${L}static int state;\n" \
    src/main.c "${L}long f(void) { return time(0); }\n"]
keeps "both languages" [list src/cmd/cmd_a.c "${L}struct x y = {.help = {\"one\" \" two\", \"一\"}};
static const cmd_text w\[\] = {{\"good\", \"好\"}, {\"RFM\", \"RFM\"}};\n"]
keeps "messages with their Chinese" [messages {{"it is %s, 100%% \"%.*s\"", "是{1}，100%“{2}”"}, {"wrong; so", "错；故"}, {"; really", "；真的"}, {"%s: ", "{1}："}} {
    const char *why = "wrong; so";
    kam_err_set(err, KAM_USAGE, "it is %s, "  /* "not this" */ "100%% \"%.*s\"", why, n, name);
    kam_err_append(err, "; really");
    kam_err_prefix(err, "%s: ", who);}]
keeps "an exception with a reason" [list src/calc/calc_a.c "${L}static int counter;\n" \
    scripts/dev/lint-allow.txt "statics src/calc/calc_a.c: counts calls for a test of this test\n"]
tap::done
