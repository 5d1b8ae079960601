# SPDX-License-Identifier: GPL-3.0-or-later
# Evaluated once when a session starts. What is said here could not as well be said in C.

# The system encoding is UTF-8 by now (cmd_start), so that `source` and file names are; the standard channels were
# opened earlier, in the encoding of the locale.
foreach ::kam::channel {stdin stdout stderr} {
    catch {fconfigure $::kam::channel -encoding utf-8}
}
unset ::kam::channel
