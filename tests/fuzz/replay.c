/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay FOLDER: runs every file of a corpus, in the order of their names, through the fuzz target this is linked
 * with; prints TAP. Left out when libFuzzer brings its own main. */
#ifndef KAM_LIBFUZZER
#include "fuzz.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static void run(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        printf("not ok 1 - cannot open %s\n", path);
        exit(1);
    }
    char *data = NULL;
    size_t len = 0, cap = 0, got;
    do {
        KAM_GROW(data, cap, len + 4096);
        got = fread(data + len, 1, cap - len, f);
        len += got;
    } while (got > 0);
    fclose(f);
    /* An exact copy, so that a sanitizer sees one byte too far. */
    uint8_t *exact = kam_alloc(len);
    if (len > 0) memcpy(exact, data, len);
    kam_free(data);
    LLVMFuzzerTestOneInput(exact, len);
    kam_free(exact);
}

int main(int argc, char **argv)
{
    puts("1..1");
    struct dirent **entry;
    int n = argc == 2 ? scandir(argv[1], &entry, visible, by_name) : -1;
    if (n <= 0) {
        puts("not ok 1 - usage: fuzz_X CORPUS-FOLDER (with files in it)");
        return 1;
    }
    kam_str path = KAM_STR_INIT;
    for (int i = 0; i < n; i++) {
        kam_str_clear(&path);
        kam_str_addf(&path, "%s/%s", argv[1], entry[i]->d_name);
        printf("# %s\n", entry[i]->d_name); /* the last line of a crash names its input */
        fflush(stdout);
        run(kam_str_cstr(&path));
        free(entry[i]);
    }
    free(entry);
    kam_str_release(&path);
    printf("ok 1 - %d inputs\n", n);
    return 0;
}
#else
typedef int kam_replay_is_empty;
#endif
