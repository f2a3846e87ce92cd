/* SPDX-License-Identifier: Apache-2.0 */
#include "io/output.h"

#include "platform/folder.h"
#include "platform/platform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Names that are tried for the file beside the target. */
#define TRIES 100

static bool create_beside(output_file *out) {
  const char *like = out->place == PLATFORM_REPLACE ? out->target : NULL;
  size_t size = strlen(out->target) + 48;
  char *name = malloc(size);
  if (name == NULL) {
    errno = ENOMEM;
    return false;
  }
  for (unsigned i = 0; i < TRIES; i++) {
    snprintf(name, size, "%s.%lu-%u.tmp", out->target, platform_process_id(), i);
    out->built = platform_new_file_create(name, like, &out->file);
    if (out->built != NULL || errno != EEXIST)
      break;
  }
  free(name);
  return out->built != NULL;
}

/* Frees without changing errno. */
static void release(output_file *out) {
  int why = errno;
  free(out->target);
  out->target = NULL;
  out->built = NULL;
  out->file = NULL;
  errno = why;
}

const char *output_reason(int error) {
  if (error == EISDIR)
    return "is a folder, not a file";
  return strerror(error == 0 ? ENOMEM : error);
}

bool output_is_standard(const char *path) {
  return path == NULL || strcmp(path, "-") == 0;
}

bool output_open(const char *path, output_file *out) {
  bool plain;
  bool ok;
  memset(out, 0, sizeof(*out));
  if (output_is_standard(path)) {
    out->file = stdout;
    return true;
  }
  if (platform_is_folder(path)) {
    errno = EISDIR;
    return false;
  }
  if (!platform_output_target(path, &out->target, &plain))
    return false;
  if (plain) {
    ok = create_beside(out);
  } else {
    out->file = platform_open(out->target, PLATFORM_OVERWRITE);
    ok = out->file != NULL;
  }
  if (!ok)
    release(out);
  return ok;
}

bool output_open_new(const char *path, output_file *out) {
  memset(out, 0, sizeof(*out));
  out->place = PLATFORM_MUST_BE_NEW;
  errno = 0;
  if (kit_path_exists(path)) { /* true also when there is no memory to look */
    errno = errno == ENOMEM ? ENOMEM : EEXIST;
    return false;
  }
  out->target = malloc(strlen(path) + 1);
  if (out->target == NULL) {
    errno = ENOMEM;
    return false;
  }
  memcpy(out->target, path, strlen(path) + 1);
  if (create_beside(out))
    return true;
  release(out);
  return false;
}

static void keep_error(output_file *out) {
  if (out->error == 0)
    out->error = errno != 0 ? errno : EIO;
}

void output_write(output_file *out, const void *data, size_t size) {
  if (out->error == 0 && fwrite(data, 1, size, out->file) != size)
    keep_error(out);
}

void output_flush(output_file *out) {
  if (out->error == 0 && fflush(out->file) != 0)
    keep_error(out);
}

/* A stream that once failed is not whole, even if its last bytes went through. */
static void end_built(output_file *out, bool keep) {
  if (keep && out->error == 0 && ferror(out->file))
    keep_error(out);
  if (!keep || out->error != 0)
    platform_new_file_discard(out->built);
  else if (!platform_new_file_finish(out->built, out->target, out->place))
    keep_error(out);
}

bool output_close(output_file *out, bool keep) {
  if (out->file == stdout)
    output_flush(out);
  else if (out->built != NULL)
    end_built(out, keep);
  else if (fclose(out->file) != 0)
    keep_error(out);
  if (out->file != stdout)
    release(out);
  errno = out->error;
  return !keep || out->error == 0;
}
