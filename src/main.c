/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main: argv → mode. Wiring only. */
int main(void)
{
    return 0;
}
