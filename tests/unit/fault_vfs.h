/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault_vfs: a SQLite VFS over the system's that fails the n-th write, sync or truncation, and from then on every one,
 * as a full or broken disk does. Tests only: fault_install() makes it the default; fault_arm(n, code) sets the trap,
 * fault_arm(0, 0) takes it away; fault_hit() tells whether it sprang. */
#ifndef FAULT_VFS_H
#define FAULT_VFS_H
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static struct {
    sqlite3_vfs vfs, *real;
    int after, code, count;
    bool hit;
} fault;

typedef struct fault_file {
    sqlite3_file base;
    sqlite3_file *real;
} fault_file;

static int fault_step(void)
{
    if (!fault.after || ++fault.count < fault.after) return SQLITE_OK;
    fault.hit = true;
    return fault.code;
}
#define FAULT_REAL(f) (((fault_file *)(f))->real)
#define FAULT_CALL(f, m, ...) FAULT_REAL(f)->pMethods->m(FAULT_REAL(f), __VA_ARGS__)

static int ff_close(sqlite3_file *f)
{
    int rc = FAULT_REAL(f)->pMethods->xClose(FAULT_REAL(f));
    sqlite3_free(FAULT_REAL(f));
    return rc;
}
static int ff_read(sqlite3_file *f, void *p, int n, sqlite3_int64 o) { return FAULT_CALL(f, xRead, p, n, o); }
static int ff_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 o)
{
    int rc = fault_step();
    return rc ? rc : FAULT_CALL(f, xWrite, p, n, o);
}
static int ff_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    int rc = fault_step();
    return rc ? rc : FAULT_CALL(f, xTruncate, n);
}
static int ff_sync(sqlite3_file *f, int flags)
{
    int rc = fault_step();
    return rc ? rc : FAULT_CALL(f, xSync, flags);
}
static int ff_size(sqlite3_file *f, sqlite3_int64 *n) { return FAULT_CALL(f, xFileSize, n); }
static int ff_lock(sqlite3_file *f, int l) { return FAULT_CALL(f, xLock, l); }
static int ff_unlock(sqlite3_file *f, int l) { return FAULT_CALL(f, xUnlock, l); }
static int ff_reserved(sqlite3_file *f, int *r) { return FAULT_CALL(f, xCheckReservedLock, r); }
static int ff_control(sqlite3_file *f, int op, void *arg) { return FAULT_CALL(f, xFileControl, op, arg); }
static int ff_sector(sqlite3_file *f) { return FAULT_REAL(f)->pMethods->xSectorSize(FAULT_REAL(f)); }
static int ff_device(sqlite3_file *f) { return FAULT_REAL(f)->pMethods->xDeviceCharacteristics(FAULT_REAL(f)); }
static int ff_shm_map(sqlite3_file *f, int p, int n, int e, void volatile **out) { return FAULT_CALL(f, xShmMap, p, n, e, out); }
static int ff_shm_lock(sqlite3_file *f, int o, int n, int flags) { return FAULT_CALL(f, xShmLock, o, n, flags); }
static void ff_shm_barrier(sqlite3_file *f) { FAULT_REAL(f)->pMethods->xShmBarrier(FAULT_REAL(f)); }
static int ff_shm_unmap(sqlite3_file *f, int d) { return FAULT_CALL(f, xShmUnmap, d); }

static const sqlite3_io_methods fault_methods = {
    2, ff_close, ff_read, ff_write, ff_truncate, ff_sync, ff_size, ff_lock, ff_unlock, ff_reserved, ff_control,
    ff_sector, ff_device, ff_shm_map, ff_shm_lock, ff_shm_barrier, ff_shm_unmap, NULL, NULL};

static int fault_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
    (void)v;
    fault_file *x = (fault_file *)f;
    x->base.pMethods = NULL;
    x->real = sqlite3_malloc(fault.real->szOsFile);
    memset(x->real, 0, (size_t)fault.real->szOsFile);
    int rc = fault.real->xOpen(fault.real, name, x->real, flags, out);
    if (rc == SQLITE_OK) x->base.pMethods = &fault_methods;
    else sqlite3_free(x->real);
    return rc;
}

static inline void fault_arm(int n, int code)
{
    fault.after = n;
    fault.code = code;
    fault.count = 0;
    fault.hit = false;
}
static inline bool fault_hit(void) { return fault.hit; }

static inline void fault_install(void)
{
    fault.real = sqlite3_vfs_find(NULL);
    fault.vfs = *fault.real;
    fault.vfs.zName = "fault";
    fault.vfs.szOsFile = sizeof(fault_file);
    fault.vfs.xOpen = fault_open;
    fault.vfs.pNext = NULL;
    sqlite3_vfs_register(&fault.vfs, 1);
}
#endif
