/* SPDX-License-Identifier: GPL-3.0-or-later */
/* measure COMMAND WORD…: runs it with its output thrown away; prints "STATUS CPU-MS PEAK-KB". */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    int status = 0;
    struct rusage u;
    if (pid < 0 || wait4(pid, &status, 0, &u) != pid) return 1;
    double ms = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
    printf("%d %.2f %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 255, ms, u.ru_maxrss);
    return 0;
}
