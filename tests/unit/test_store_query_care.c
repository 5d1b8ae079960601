#include "store_io.h"
int main(void){return 0;}
