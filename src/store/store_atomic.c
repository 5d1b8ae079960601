/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_atomic.h"

#include "kam_mem.h"
#include "kam_str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 16 };

struct store_atomic {
    int fd;
    char *path;   /* as the user named it, for messages */
    char *target; /* what is replaced */
    char *temp;   /* NULL: written in place */
    char *buf;
    size_t n;
    int failed; /* errno of the first failure */
};

static kam_rc file_error(const char *path, const char *what, int number, kam_err *err)
{
    kam_err_set(err, KAM_IO, "%s: cannot %s: %s", path, what, strerror(number));
    return kam_err_word(err, path);
}

static void file_free(store_atomic *f)
{
    if (f->fd >= 0) close(f->fd);
    kam_free(f->path);
    kam_free(f->target);
    kam_free(f->temp);
    kam_free(f->buf);
    kam_free(f);
}

/* A new file in the target's folder: only there does rename stay on one file system. */
static int open_beside(store_atomic *f, mode_t mode)
{
    const char *slash = strrchr(f->target, '/');
    kam_str t = KAM_STR_INIT;
    if (slash) kam_str_addn(&t, f->target, (size_t)(slash + 1 - f->target));
    kam_str_addf(&t, ".kamsh-%.100s.XXXXXX", slash ? slash + 1 : f->target);
    int fd = mkstemp(t.s);
    if (fd >= 0) (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    if (fd >= 0 && mode != 0600 && fchmod(fd, mode) < 0) {
        int why = errno;
        close(fd);
        unlink(t.s);
        fd = -1;
        errno = why;
    }
    if (fd >= 0) f->temp = kam_str_detach(&t);
    kam_str_release(&t);
    return fd;
}

kam_rc store_atomic_open(const char *path, bool force, store_atomic **out, kam_err *err)
{
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (there && S_ISDIR(st.st_mode)) return file_error(path, "write", EISDIR, err);
    bool in_place = there && !S_ISREG(st.st_mode);
    if (there && !in_place && !force) {
        kam_err_set(err, KAM_CONSTRAINT, "%s is there already; name another file, or say -force to replace it", path);
        kam_err_word(err, "exists");
        return kam_err_word(err, path);
    }
    store_atomic *f = kam_zalloc(sizeof *f);
    char real[PATH_MAX];
    f->path = kam_strdup(path);
    f->target = kam_strdup(there && realpath(path, real) ? real : path);
    f->fd = in_place ? open(path, O_WRONLY | O_CLOEXEC) : open_beside(f, there ? st.st_mode & 07777 : 0600);
    if (f->fd < 0) {
        kam_rc rc = file_error(path, "write", errno, err);
        file_free(f);
        return rc;
    }
    f->buf = kam_alloc(BUFFER);
    *out = f;
    return KAM_OK;
}

static void flush(store_atomic *f)
{
    for (size_t done = 0; done < f->n && !f->failed;) {
        ssize_t w = write(f->fd, f->buf + done, f->n - done);
        if (w > 0) done += (size_t)w;
        else if (w == 0) f->failed = ENOSPC;
        else if (errno != EINTR) f->failed = errno;
    }
    f->n = 0;
}

void store_atomic_write(store_atomic *f, const char *s, size_t n)
{
    while (n > 0 && !f->failed) {
        size_t room = BUFFER - f->n, k = n < room ? n : room;
        memcpy(f->buf + f->n, s, k);
        f->n += k;
        s += k;
        n -= k;
        if (f->n == BUFFER) flush(f);
    }
}

bool store_atomic_failed(const store_atomic *f) { return f->failed != 0; }

/* The name is safe on disk only when the folder is; a file system that cannot sync folders has done what it can. */
static void sync_folder(const char *target)
{
    const char *slash = strrchr(target, '/');
    char *dir = slash ? kam_strndup(target, slash == target ? 1 : (size_t)(slash - target)) : kam_strdup(".");
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    kam_free(dir);
    if (fd < 0) return;
    (void)fsync(fd);
    close(fd);
}

kam_rc store_atomic_commit(store_atomic *f, kam_err *err)
{
    flush(f);
    if (!f->failed && f->temp && fsync(f->fd) < 0) f->failed = errno;
    int closed = close(f->fd);
    f->fd = -1;
    if (!f->failed && closed < 0) f->failed = errno;
    if (!f->failed && f->temp && rename(f->temp, f->target) < 0) f->failed = errno;
    if (f->failed) {
        kam_rc rc = file_error(f->path, "write", f->failed, err);
        store_atomic_abort(f);
        return rc;
    }
    if (f->temp) sync_folder(f->target);
    file_free(f);
    return KAM_OK;
}

void store_atomic_abort(store_atomic *f)
{
    if (!f) return;
    if (f->temp) unlink(f->temp);
    file_free(f);
}
