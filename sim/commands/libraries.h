/* libraries.h: the libraries that results rest on, with the versions in use. */
#ifndef EBB_COMMANDS_LIBRARIES_H
#define EBB_COMMANDS_LIBRARIES_H

#include "../store/store.h"

#define LIBRARIES_MAX 16
/* Fills list and returns how many. The texts live as long as the program. */
size_t libraries_list(struct store_library list[LIBRARIES_MAX]);

#endif
