/* Put before the system's library (LD_PRELOAD): after so many writes to files the disk is full.
   The write that finds it full goes through by half, as real ones do; every later one is refused. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>

static long room = -1;
static int cut = 0;
static long made = 0;

void disk_room(long writes) {
    room = writes;
    cut = 0;
    made = 0;
}

/* How many writes to files there were since room was last set. */
long disk_writes(void) {
    return made;
}

/* How many of the bytes go through; -1 for none. */
static ssize_t fitting(int handle, size_t count) {
    struct stat found;
    if (count == 0 || fstat(handle, &found) != 0 || !S_ISREG(found.st_mode)) return (ssize_t)count;
    made++;
    if (room < 0) return (ssize_t)count;
    if (room > 0) {
        room--;
        return (ssize_t)count;
    }
    if (!cut && count > 1) {
        cut = 1;
        return (ssize_t)(count / 2);
    }
    errno = ENOSPC;
    return -1;
}

ssize_t write(int handle, const void *data, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "write");
    ssize_t fits = fitting(handle, count);
    return fits < 0 ? -1 : real(handle, data, (size_t)fits);
}

ssize_t pwrite64(int handle, const void *data, size_t count, off64_t start) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    ssize_t fits = fitting(handle, count);
    return fits < 0 ? -1 : real(handle, data, (size_t)fits, start);
}

ssize_t sendfile64(int target, int source, off64_t *start, size_t count) {
    static ssize_t (*real)(int, int, off64_t *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "sendfile64");
    ssize_t fits = fitting(target, count);
    return fits < 0 ? -1 : real(target, source, start, (size_t)fits);
}
