/* SPDX-License-Identifier: Apache-2.0 */
/* Files of WASI have no owner and no mode, and no interrupt ends the program. */
#include "platform/new_file.h"

#include "platform/platform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct platform_new_file {
  FILE *stream;
  char *path;
};

static void release(platform_new_file *file) {
  int why = errno;
  free(file->path);
  free(file);
  errno = why;
}

platform_new_file *platform_new_file_create(const char *path, const char *like, FILE **stream) {
  platform_new_file *file = calloc(1, sizeof(*file));
  (void)like;
  if (file == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  file->path = strdup(path);
  file->stream = file->path == NULL ? NULL : fopen(path, "wbx");
  if (file->stream == NULL) {
    release(file);
    return NULL;
  }
  *stream = file->stream;
  return file;
}

/* A new name is a second link to the file, which fails where there is one of that name. */
static bool put(const char *from, const char *to, platform_place place) {
  if (place == PLATFORM_REPLACE)
    return rename(from, to) == 0;
  if (link(from, to) != 0)
    return false;
  unlink(from);
  return true;
}

bool platform_new_file_finish(platform_new_file *file, const char *to, platform_place place) {
  bool ok = platform_sync(file->stream);
  int why = errno;
  if (fclose(file->stream) != 0 && ok) {
    ok = false;
    why = errno;
  }
  if (ok) {
    ok = put(file->path, to, place);
    why = errno;
  }
  if (!ok)
    unlink(file->path);
  errno = why;
  release(file);
  return ok;
}

void platform_new_file_discard(platform_new_file *file) {
  int why = errno;
  fclose(file->stream);
  unlink(file->path);
  errno = why;
  release(file);
}
