/* SPDX-License-Identifier: Apache-2.0 */
/** @file Folders, and lists of file names. folder_posix.c (WASI too) and folder_windows.c implement it. */
#ifndef KIT_PLATFORM_FOLDER_H
#define KIT_PLATFORM_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
/** Is there a file or folder of that name? It needs no memory to tell. */
bool kit_path_exists(const char *path);

/** What has a name; a link is not followed. */
typedef enum platform_kind {
  PLATFORM_NOTHING,
  PLATFORM_FILE,
  PLATFORM_FOLDER,
  PLATFORM_LINK, /**< Windows: also a junction, or whatever else leads elsewhere */
  PLATFORM_OTHER
} platform_kind;

platform_kind platform_look(const char *path);
/** Makes one folder that was not there. On failure false, and errno says why (EEXIST: choose another name). */
bool platform_folder_create(const char *path);
/** Removes an empty folder; false when it is not empty or that is impossible. */
bool platform_folder_remove(const char *path);
/** Gives a file another name, at once, in the place of a file that has it; or a folder one that no other has (POSIX:
 * or an empty one). On failure false, and errno says why. */
bool platform_rename(const char *from, const char *to);
/** Which file or folder a path leads to, however it is spelt. */
typedef struct platform_identity {
  uint64_t volume, number;
} platform_identity;

/** Links are followed. False: there is none, or the system does not tell. */
bool platform_identify(const char *path, platform_identity *out);
bool platform_is_same(const platform_identity *a, const platform_identity *b);
/** The full path of what is there, without links (POSIX) or as it is spelt (Windows), to be freed. Null: errno says
 * why. */
char *platform_full_path(const char *path);

#endif
