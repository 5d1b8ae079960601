/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* mkostemp */
#endif
#include "pdf_save.h"
#include "kam_str.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static kam_rc fail(const char *path, int e, kam_err *err)
{
    kam_err_set(err, KAM_IO, "cannot write %s: %s; nothing was left there", path, strerror(e));
    kam_err_word(err, path);
    return KAM_IO;
}

static int write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR) continue;
        if (w < 0) return errno;
        p += w;
        n -= (size_t)w;
    }
    return 0;
}

/* The mode the finished file is to have: that of the file it replaces, else what umask leaves of 0666. */
static mode_t final_mode(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0) return st.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

kam_rc pdf_save_file(const char *path, const void *bytes, size_t n, bool synced, kam_err *err)
{
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        if (S_ISDIR(st.st_mode)) return fail(path, EISDIR, err);
        /* a pipe or device cannot be renamed over: write into it */
        int fd = open(path, O_WRONLY | O_CLOEXEC), e = fd < 0 ? errno : write_all(fd, bytes, n);
        if (fd >= 0 && close(fd) != 0 && e == 0) e = errno;
        return e ? fail(path, e, err) : KAM_OK;
    }
    kam_str tmp = KAM_STR_INIT;
    kam_str_addf(&tmp, "%s.XXXXXX", path);
    int fd = mkostemp(tmp.s, O_CLOEXEC), e = fd < 0 ? errno : 0;
    if (fd >= 0) {
        e = write_all(fd, bytes, n);
        if (!e && fchmod(fd, final_mode(path)) != 0) e = errno;
        if (!e && synced && fsync(fd) != 0 && errno != EINVAL && errno != EROFS) e = errno;
        if (close(fd) != 0 && !e) e = errno;
        if (!e && rename(tmp.s, path) != 0) e = errno;
        if (e) unlink(tmp.s);
    }
    kam_str_release(&tmp);
    return e ? fail(path, e, err) : KAM_OK;
}
