/* SPDX-License-Identifier: Apache-2.0 */
#include "io/output.h"

#include "platform/platform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Names that are tried for the file beside the target. */
#define TRIES 100

static bool create_beside(output_file *out) {
  size_t size = strlen(out->target) + 48;
  out->temporary = malloc(size);
  if (out->temporary == NULL) {
    errno = ENOMEM;
    return false;
  }
  for (unsigned i = 0; i < TRIES; i++) {
    snprintf(out->temporary, size, "%s.%lu-%u.tmp", out->target, platform_process_id(), i);
    out->file = platform_create_new(out->temporary);
    if (out->file != NULL || errno != EEXIST)
      break;
  }
  return out->file != NULL;
}

/* Frees without changing errno. */
static void release(output_file *out) {
  int why = errno;
  free(out->temporary);
  free(out->target);
  out->temporary = NULL;
  out->target = NULL;
  out->file = NULL;
  errno = why;
}

bool output_open(const char *path, output_file *out) {
  bool plain;
  bool ok;
  memset(out, 0, sizeof(*out));
  if (path == NULL || strcmp(path, "-") == 0) {
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
    out->file = platform_open(out->target, "wb");
    ok = out->file != NULL;
  }
  if (!ok)
    release(out);
  return ok;
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

static bool put_in_place(output_file *out) {
  if (out->temporary != NULL && out->error == 0 && !platform_sync(out->file))
    keep_error(out);
  if (out->temporary != NULL)
    platform_keep_new(out->file, out->temporary);
  if (fclose(out->file) != 0)
    keep_error(out);
  if (out->temporary != NULL && out->error == 0 && !platform_replace(out->temporary, out->target))
    keep_error(out);
  if (out->temporary != NULL && out->error != 0)
    platform_remove(out->temporary);
  errno = out->error;
  return out->error == 0;
}

bool output_close(output_file *out, bool keep) {
  bool ok = true;
  if (out->file == stdout) {
    output_flush(out);
    errno = out->error;
    return out->error == 0;
  }
  if (keep) {
    ok = put_in_place(out);
  } else {
    if (out->temporary != NULL)
      platform_keep_new(out->file, out->temporary);
    fclose(out->file);
    if (out->temporary != NULL)
      platform_remove(out->temporary);
  }
  release(out);
  return ok;
}
