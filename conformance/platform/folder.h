/* SPDX-License-Identifier: Apache-2.0 */
/** @file Lists of file names. folder_posix.c and folder_windows.c read folders. */
#ifndef KIT_RUN_FOLDER_H
#define KIT_RUN_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/** Strings that grow; owns them. Zero bytes: none. */
typedef struct kit_strings {
  char **items;
  size_t count, room;
} kit_strings;

/** Appends a copy of `text`; false when out of memory (errno says so). */
bool kit_strings_add(kit_strings *list, const char *text);
/** In the order of their bytes. */
void kit_strings_sort(kit_strings *list);
void kit_strings_free(kit_strings *list);

/** Appends the names in the folder, unsorted, without "." and "..". On failure false, and errno says why. */
bool kit_folder_names(const char *path, kit_strings *out);
/** Makes a folder and those above it; one that is there is fine. On failure false, and errno says why. */
bool kit_folder_make(const char *path);
/** Is there a file or folder of that name? True when there is no memory to find out: opening it tells. */
bool kit_path_exists(const char *path);

#endif
