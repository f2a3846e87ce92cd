/* SPDX-License-Identifier: Apache-2.0 */
/** @file A process whose gaps are closed, with a folder of its own. */
#ifndef HCSSIM_TESTS_WINE_SCENE_H
#define HCSSIM_TESTS_WINE_SCENE_H

#include <stddef.h>

#include <winsock2.h>

#include <windows.h>

struct CMUnitTest;

/** The folder, with a backslash at its end. */
extern wchar_t scene_folder[MAX_PATH];

/** A path in the folder; valid until the fourth call after this one. */
const wchar_t *scene_path(const wchar_t *name);
HANDLE scene_open(const wchar_t *path, DWORD access, DWORD disposition);
/** Writes a file that holds `text`. */
void scene_put(const wchar_t *path, const char *text);
/** What a file holds, valid until the next call; "nothing" where there is none. */
const char *scene_get(const wchar_t *path);

/** Closes the gaps and runs the tests; the exit status. Not on Windows, which has none. */
int scene_run(const struct CMUnitTest *tests, size_t count);

#endif
