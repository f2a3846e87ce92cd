/* SPDX-License-Identifier: Apache-2.0 */
#include "io/staging.h"

#include "platform/folder.h"
#include "platform/platform.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names that are tried for the folder. */
#define TRIES 100

/* "A/B", to be freed; null: errno says so. */
static char *join(const char *a, const char *b) {
  size_t size = strlen(a) + strlen(b) + 2;
  char *path = malloc(size);
  if (path != NULL)
    snprintf(path, size, "%s/%s", a, b);
  else
    errno = ENOMEM;
  return path;
}

/* Makes the folder that the file or folder `path` is in. */
static bool make_parent(const char *path) {
  const char *slash = strrchr(path, '/');
  size_t length = slash == NULL ? 0 : (size_t)(slash - path);
  char *folder;
  bool ok;
  if (length == 0)
    return true;
  folder = malloc(length + 1);
  if (folder == NULL) {
    errno = ENOMEM;
    return false;
  }
  memcpy(folder, path, length);
  folder[length] = '\0';
  ok = kit_folder_make(folder);
  free(folder);
  return ok;
}

static size_t without_slashes(const char *path) {
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/')
    length--;
  return length;
}

bool staging_open(const char *target, staging *out) {
  bool inside = platform_is_folder(target), ok = false;
  size_t length = without_slashes(target), size = length + 64;
  out->target = target;
  out->root = malloc(size);
  if (out->root == NULL)
    errno = ENOMEM;
  if (out->root == NULL || (!inside && !make_parent(target)))
    goto end;
  for (unsigned i = 0; !ok && i < TRIES; i++) {
    snprintf(out->root, size, "%.*s%s%lu-%u.tmp", (int)length, target, inside ? "/" STAGING_HIDDEN : ".",
             platform_process_id(), i);
    ok = platform_folder_create(out->root);
    if (!ok && errno != EEXIST)
      break;
  }
end:
  if (!ok) {
    free(out->root);
    out->root = NULL;
  }
  return ok;
}

bool staging_write(const staging *s, const char *file, hcsref_str text) {
  char *path = join(s->root, file);
  FILE *out = path != NULL && make_parent(path) ? platform_open(path, PLATFORM_OVERWRITE) : NULL;
  bool ok = out != NULL && (text.len == 0 || fwrite(text.data, 1, text.len, out) == text.len);
  int why = errno;
  if (out != NULL && fclose(out) != 0 && ok) {
    ok = false;
    why = errno;
  }
  free(path);
  errno = why;
  return ok;
}

bool staging_become(staging *s) {
  if (!platform_rename(s->root, s->target))
    return false;
  free(s->root);
  s->root = NULL;
  return true;
}

bool staging_move(const staging *s, const char *file) {
  char *from = join(s->root, file), *to = from == NULL ? NULL : join(s->target, file);
  bool ok = to != NULL && make_parent(to) && platform_rename(from, to);
  int why = errno;
  free(from);
  free(to);
  errno = why;
  return ok;
}

/* Two levels: no file lies deeper. */
static void remove_all(const char *folder, int levels) {
  kit_strings names = {NULL, 0, 0};
  size_t i;
  (void)kit_folder_names(folder, &names);
  for (i = 0; i < names.count; i++) {
    char *path = join(folder, names.items[i]);
    if (path != NULL && platform_look(path) == PLATFORM_FOLDER && levels > 1)
      remove_all(path, levels - 1);
    else if (path != NULL)
      (void)platform_remove(path);
    free(path);
  }
  kit_strings_free(&names);
  (void)platform_folder_remove(folder);
}

void staging_close(staging *s) {
  int why = errno;
  if (s->root != NULL)
    remove_all(s->root, 2);
  free(s->root);
  s->root = NULL;
  errno = why;
}
