/* SPDX-License-Identifier: Apache-2.0 */
/* A service with its state in a folder of its own, two layers and a scratch: what every test begins with. */
#ifndef HCSSIM_TESTS_WORLD_H
#define HCSSIM_TESTS_WORLD_H

#include "dll/shim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#ifdef _WIN32
#define SHELL(text) "cmd /c " text
#define SEPARATOR   "\\"
#else
#define SHELL(text) "/bin/sh -c \"" text "\""
#define SEPARATOR   "/"
#endif

/* Longer than anything takes, however slow the machine is. */
#define ENOUGH_MS 300000u

typedef struct world {
  hcsref_arena arena;
  char folder[512], base[600], scratch[600], record[600], faults[600];
  char volume[128];
  sim *service;
} world;

/* A setup and a teardown of cmocka: *state is the world. The teardown fails when anything is left. */
int world_setup(void **state);
int world_teardown(void **state);
/* What main returns for so many failed tests. On Windows this ends the program at once: Wine 8 may not come to an end
 * with one whose threads, which waited for processes, are ended while they hold a lock. */
int world_end(int failed);
/* The service again, with these lines as its planned faults (null: none). */
void world_restart(world *w, const char *faults);
/* Waits until no system is left: those without a handle end on the service's own thread. */
void world_settle(world *w);
/* Takes the scratch up to prepared, and back. */
void world_mount(world *w);
void world_unmount(world *w);

/* Writes a file of the world's folder, name/of/it, and makes the folders that it is in. */
void world_put(const world *w, const char *name, const char *text);

const hcsref_wchar *wide(world *w, const char *text);
/* UTF-8 of a text that an export returned, which is freed; "" for null. */
const char *text_of(world *w, hcsref_wchar *text);
/* A create document, schema 2 or 1, with `more` ("" or ",\"Memory\":…") inside the container. */
const hcsref_wchar *document2(world *w, const char *more);
const hcsref_wchar *document1(world *w, const char *more);
/* Schema 1 for Hyper-V isolation, without HvRuntime, on the scratch folder of this path. */
const hcsref_wchar *document_partition(world *w, const char *scratch, const char *more);
/* {"CommandLine":…,"CreateStdInPipe":true,…} */
const hcsref_wchar *process_parameters(world *w, const char *command_line);
/* All that can be read from a stream, which is closed. */
const char *read_stream(world *w, hcsref_os_handle stream);
ptrdiff_t stream_get(hcsref_os_handle stream, void *data, size_t size);
void write_stream(hcsref_os_handle stream, const char *text);
/* The whole recording so far. */
const char *recording(world *w);

#define SYSTEM_OWNER "hcssim-test"

#define assert_code(actual, expected) assert_int_equal((uint32_t)(actual), (uint32_t)(expected))
#define assert_contains(text, part)                                                                                    \
  do {                                                                                                                 \
    if (strstr((text), (part)) == NULL)                                                                                \
      fail_msg("no %s in %s", (part), (text));                                                                         \
  } while (0)

#endif
