/* Makes the n-th call that touches a folder fail, below Python and SQLite alike.
 *
 * Loaded with LD_PRELOAD. `fault_arm(folder, n, error, kinds, lasting)` is called in a
 * fork of the process that is to suffer; `fault_count()` tells how many calls there
 * were. Calls with a path count if it is inside of the folder, calls with a descriptor
 * if that was opened there. An error of -1 kills the process instead.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define DESCRIPTORS 4096
enum { OPEN = 1, WRITE = 2, SYNC = 4, RENAME = 8, REMOVE = 16, READ = 32 };

static char root[4096];
static size_t root_length;
static char inside[DESCRIPTORS];
static long seen, failing;
static int error_number, counted, lasting, failed_kind;

void fault_arm(const char *folder, long n, int error, int kinds, int from_then_on) {
    strncpy(root, folder, sizeof root - 1);
    root_length = strlen(root);
    memset(inside, 0, sizeof inside);
    seen = 0;
    failing = n;
    error_number = error;
    counted = kinds;
    lasting = from_then_on;
    failed_kind = 0;
}

long fault_count(void) { return seen; }
int fault_kind(void) { return failed_kind; }

static int fails(int kind) {
    if (!(counted & kind)) return 0;
    seen++;
    if (!failing || (lasting ? seen < failing : seen != failing)) return 0;
    failed_kind = kind;
    if (error_number < 0) kill(getpid(), SIGKILL);
    errno = error_number;
    return 1;
}

static int here(int directory, const char *path) {
    if (!root_length || !path) return 0;
    if (path[0] != '/')
        return directory >= 0 && directory < DESCRIPTORS && inside[directory];
    return !strncmp(path, root, root_length) &&
           (path[root_length] == '/' || !path[root_length]);
}

static int known(int descriptor) {
    return descriptor >= 0 && descriptor < DESCRIPTORS && inside[descriptor];
}

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }
#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))next(name)

#define OPENED(call, directory, path) \
    int counts = here(directory, path); \
    if (counts && fails(OPEN)) return -1; \
    int made = call; \
    if (made >= 0 && made < DESCRIPTORS) inside[made] = (char)counts; \
    return made

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

#define OPEN_LIKE(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, #name, const char *, int, ...); \
        MODE(flags) \
        OPENED(real(path, flags, mode), -1, path); \
    }
#define OPENAT_LIKE(name) \
    int name(int directory, const char *path, int flags, ...) { \
        REAL(int, #name, int, const char *, int, ...); \
        MODE(flags) \
        OPENED(real(directory, path, flags, mode), directory, path); \
    }
OPEN_LIKE(open)
OPEN_LIKE(open64)
OPENAT_LIKE(openat)
OPENAT_LIKE(openat64)

int __open_2(const char *path, int flags) {
    REAL(int, "__open_2", const char *, int);
    OPENED(real(path, flags), -1, path);
}
int __open64_2(const char *path, int flags) {
    REAL(int, "__open64_2", const char *, int);
    OPENED(real(path, flags), -1, path);
}

int close(int descriptor) {
    REAL(int, "close", int);
    if (descriptor >= 0 && descriptor < DESCRIPTORS) inside[descriptor] = 0;
    return real(descriptor);
}

#define WITH_DESCRIPTOR(kind, result, name, parameters, types, values) \
    result name parameters { \
        REAL(result, #name, types); \
        if (known(descriptor) && fails(kind)) return -1; \
        return real values; \
    }
#define T(...) __VA_ARGS__
WITH_DESCRIPTOR(WRITE, ssize_t, write, (int descriptor, const void *from, size_t size),
                T(int, const void *, size_t), (descriptor, from, size))
WITH_DESCRIPTOR(WRITE, ssize_t, pwrite,
                (int descriptor, const void *from, size_t size, off_t at),
                T(int, const void *, size_t, off_t), (descriptor, from, size, at))
WITH_DESCRIPTOR(WRITE, ssize_t, pwrite64,
                (int descriptor, const void *from, size_t size, off64_t at),
                T(int, const void *, size_t, off64_t), (descriptor, from, size, at))
WITH_DESCRIPTOR(WRITE, ssize_t, writev,
                (int descriptor, const struct iovec *parts, int count),
                T(int, const struct iovec *, int), (descriptor, parts, count))
WITH_DESCRIPTOR(WRITE, int, ftruncate, (int descriptor, off_t size), T(int, off_t),
                (descriptor, size))
WITH_DESCRIPTOR(WRITE, int, ftruncate64, (int descriptor, off64_t size),
                T(int, off64_t), (descriptor, size))
WITH_DESCRIPTOR(SYNC, int, fsync, (int descriptor), T(int), (descriptor))
WITH_DESCRIPTOR(SYNC, int, fdatasync, (int descriptor), T(int), (descriptor))
WITH_DESCRIPTOR(READ, ssize_t, read, (int descriptor, void *to, size_t size),
                T(int, void *, size_t), (descriptor, to, size))
WITH_DESCRIPTOR(READ, ssize_t, pread, (int descriptor, void *to, size_t size, off_t at),
                T(int, void *, size_t, off_t), (descriptor, to, size, at))
WITH_DESCRIPTOR(READ, ssize_t, pread64,
                (int descriptor, void *to, size_t size, off64_t at),
                T(int, void *, size_t, off64_t), (descriptor, to, size, at))

#define WITH_PATH(kind, name, parameters, types, values) \
    int name parameters { \
        REAL(int, #name, types); \
        if (here(-1, path) && fails(kind)) return -1; \
        return real values; \
    }
WITH_PATH(RENAME, rename, (const char *path, const char *to),
          T(const char *, const char *), (path, to))
WITH_PATH(RENAME, link, (const char *path, const char *to),
          T(const char *, const char *), (path, to))
WITH_PATH(REMOVE, unlink, (const char *path), T(const char *), (path))
WITH_PATH(OPEN, mkdir, (const char *path, mode_t mode), T(const char *, mode_t),
          (path, mode))

int renameat(int from, const char *path, int to, const char *target) {
    REAL(int, "renameat", int, const char *, int, const char *);
    if (here(from, path) && fails(RENAME)) return -1;
    return real(from, path, to, target);
}
int unlinkat(int directory, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    if (here(directory, path) && fails(REMOVE)) return -1;
    return real(directory, path, flags);
}
