/* SPDX-License-Identifier: Apache-2.0 */
/** @file Files and folders of inputs, in the order of their names, on every system. */
#ifndef FUZZ_FILES_H
#define FUZZ_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Largest input that is read; engines make none that is larger than 1 MiB. */
#define FILES_LARGEST ((size_t)16 << 20)

typedef void (*files_visitor)(void *ctx, const char *path, const uint8_t *data, size_t size);

/** Visits a file, each file of a folder (not of folders in it), each input of a packed file (packed.h), or standard
 * input ("-"). The data is in memory of
 * exactly its size, so that a sanitizer sees a read past its end. False: something could not be read, which was told
 * on standard error. */
bool files_each(const char *path, files_visitor visit, void *ctx);

/** From now on the name of this input is told when the program is aborted. `path` must stay. */
void files_say_on_death(const char *path);

#endif
