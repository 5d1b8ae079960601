/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_festival.h"
#include <stdlib.h>

enum { NEW_YEAR, EVE, SPRING, LANTERN, WOMEN, LABOUR, DRAGON, MOON, NATIONAL, NINTH };
static const calc_text names[CALC_FESTIVALS_A_YEAR] = {
    [NEW_YEAR] = {"new-year", "New Year's Day", "元旦"},
    [EVE] = {"new-year-eve", "Chinese New Year's Eve", "除夕"},
    [SPRING] = {"spring", "Spring Festival", "春节"},
    [LANTERN] = {"lantern", "Lantern Festival", "元宵节"},
    [WOMEN] = {"women", "Women's Day", "妇女节"},
    [LABOUR] = {"labour", "Labour Day", "劳动节"},
    [DRAGON] = {"dragon-boat", "Dragon Boat Festival", "端午节"},
    [MOON] = {"mid-autumn", "Mid-Autumn Festival", "中秋节"},
    [NATIONAL] = {"national", "National Day", "国庆节"},
    [NINTH] = {"double-ninth", "Double Ninth Festival", "重阳节"},
};

/* month × 100 + day: Spring Festival, Lantern, Dragon Boat, Mid-Autumn, Double Ninth. */
static const struct lunar {
    short year, spring, lantern, dragon, moon, ninth;
} table[] = {
    {2020, 125, 208, 625, 1001, 1025},
    {2021, 212, 226, 614, 921, 1014},
    {2022, 201, 215, 603, 910, 1004},
    {2023, 122, 205, 622, 929, 1023},
    {2024, 210, 224, 610, 917, 1011},
    {2025, 129, 212, 531, 1006, 1029},
    {2026, 217, 303, 619, 925, 1018},
    {2027, 206, 220, 609, 915, 1008},
    {2028, 126, 209, 528, 1003, 1026},
    {2029, 213, 227, 616, 922, 1016},
    {2030, 203, 217, 605, 912, 1005},
    {2031, 123, 206, 624, 1001, 1024},
    {2032, 211, 225, 612, 919, 1012},
    {2033, 131, 214, 601, 908, 1001},
    {2034, 219, 305, 620, 927, 1020},
    {2035, 208, 222, 610, 916, 1009},
    {2036, 128, 211, 530, 1004, 1027},
    {2037, 215, 301, 618, 924, 1017},
    {2038, 204, 218, 607, 913, 1007},
    {2039, 124, 207, 527, 1002, 1026},
    {2040, 212, 226, 614, 920, 1014},
};

static int by_day(const void *a, const void *b)
{
    const calc_festival *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

size_t calc_festivals(int year, calc_festival *out)
{
    size_t n = 0;
    out[n++] = (calc_festival){kam_day_from_ymd(year, 1, 1), &names[NEW_YEAR]};
    out[n++] = (calc_festival){kam_day_from_ymd(year, 3, 8), &names[WOMEN]};
    out[n++] = (calc_festival){kam_day_from_ymd(year, 5, 1), &names[LABOUR]};
    out[n++] = (calc_festival){kam_day_from_ymd(year, 10, 1), &names[NATIONAL]};
    if (year >= CALC_FESTIVAL_FIRST && year <= CALC_FESTIVAL_LAST) {
        const struct lunar *l = &table[year - CALC_FESTIVAL_FIRST];
        const int at[] = {l->spring, l->lantern, l->dragon, l->moon, l->ninth}, which[] = {SPRING, LANTERN, DRAGON, MOON, NINTH};
        for (int i = 0; i < 5; i++) out[n++] = (calc_festival){kam_day_from_ymd(year, at[i] / 100, at[i] % 100), &names[which[i]]};
        out[n++] = (calc_festival){kam_day_from_ymd(year, l->spring / 100, l->spring % 100) - 1, &names[EVE]};
    }
    qsort(out, n, sizeof *out, by_day);
    return n;
}
