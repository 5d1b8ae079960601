/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_history: what is in the file after typing, and in the list after loading. */
#include "unit.h"
#include "prompt_history.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

static char folder[] = "test_history.XXXXXX";
static char path[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "test_history.XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/a/history", folder);
    clear_history();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char sub[64];
    unlink(path);
    snprintf(sub, sizeof sub, "%s/a", folder);
    rmdir(sub);
    return rmdir(folder);
}

static void add(const char *s)
{
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(prompt_history_add(path, s, &err), KAM_OK);
}

static void load(void)
{
    kam_err err = KAM_ERR_INIT;
    clear_history();
    assert_int_equal(prompt_history_load(path, &err), KAM_OK);
}

static void file_is(const char *want)
{
    char got[256] = "";
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    got[fread(got, 1, sizeof got - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(got, want);
}

static void test_round_trip(void **state)
{
    (void)state;
    add("if 1 {\n puts a\\nb\n}");
    add("set x 华为");
    file_is("if 1 {\\n puts a\\\\nb\\n}\nset x 华为\n");
    load();
    assert_int_equal(history_length, 2);
    assert_string_equal(history_get(history_base)->line, "if 1 {\n puts a\\nb\n}");
    assert_string_equal(history_get(history_base + 1)->line, "set x 华为");
}

static void test_private(void **state)
{
    (void)state;
    struct stat st;
    add("a");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    chmod(path, 0644);
    load();
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void test_duplicates(void **state)
{
    (void)state;
    add("a");
    add("b");
    add("b");
    add("a");
    file_is("a\nb\na\n");
    assert_int_equal(history_length, 2);
    load();
    file_is("b\na\n");
    assert_int_equal(history_length, 2);
    assert_string_equal(history_get(history_base + 1)->line, "a");
}

static void test_not_kept(void **state)
{
    (void)state;
    add("a");
    add(" secret");
    add("");
    file_is("a\n");
}

static void test_bounded(void **state)
{
    (void)state;
    char line[32];
    struct stat st;
    add("a");
    FILE *f = fopen(path, "w");
    for (int i = 0; i < PROMPT_HISTORY_MAX + 10; i++) fprintf(f, "%d\n", 100000 + i);
    fclose(f);
    load();
    assert_int_equal(history_length, PROMPT_HISTORY_MAX);
    assert_string_equal(history_get(history_base)->line, "100010");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, PROMPT_HISTORY_MAX * 7);
    snprintf(line, sizeof line, "%d", 100000 + PROMPT_HISTORY_MAX + 9);
    assert_string_equal(history_get(history_base + history_length - 1)->line, line);
}

static void test_absent_and_unwritable(void **state)
{
    (void)state;
    kam_err err = KAM_ERR_INIT;
    add("a");
    assert_int_equal(prompt_history_load("does/not/exist", &err), KAM_OK);
    assert_int_equal(prompt_history_add("/proc/nowhere/history", "a b", &err), KAM_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_private, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_duplicates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_not_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_absent_and_unwritable, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("prompt_history", tests, NULL, NULL);
}
