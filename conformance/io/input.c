/* SPDX-License-Identifier: Apache-2.0 */
#include "io/input.h"

#include "platform/platform.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM ((size_t)1 << 16)

static bool fail(input_text *out, const char *code, const char *message) {
  out->code = code;
  snprintf(out->message, sizeof(out->message), "%s", message);
  input_free(out);
  return false;
}

static bool fail_open(input_text *out, const char *path) {
  int why = errno;
  if (platform_is_folder(path))
    return fail(out, "is-a-folder", "is a folder, not a file");
  return fail(out, why == ENOENT ? "not-found" : "read-failed", strerror(why));
}

static bool fail_size(input_text *out, uint64_t limit, const char *option) {
  char message[128];
  snprintf(message, sizeof(message), "is larger than %llu bytes (%s)", (unsigned long long)limit, option);
  return fail(out, "too-large", message);
}

/* Room for one byte more than the limit, so that a file that is too large is noticed. */
static bool grow(input_text *out, size_t *room, uint64_t limit) {
  uint64_t next = *room == 0 ? FIRST_ROOM : (uint64_t)*room * 2;
  char *data;
  if (next > limit + 1)
    next = limit + 1;
  data = realloc(out->data, (size_t)next);
  if (data == NULL)
    return fail(out, "out-of-memory", "out of memory");
  out->data = data;
  *room = (size_t)next;
  return true;
}

static bool read_all(FILE *file, uint64_t limit, const char *option, input_text *out) {
  size_t room = 0;
  for (;;) {
    ptrdiff_t got;
    if (out->length == room && !grow(out, &room, limit))
      return false;
    got = platform_read(platform_descriptor(file), out->data + out->length, room - out->length);
    if (got < 0)
      return fail(out, errno == EISDIR ? "is-a-folder" : "read-failed",
                  errno == EISDIR ? "is a folder, not a file" : strerror(errno));
    if (got == 0)
      return true;
    out->length += (size_t)got;
    if (out->length > limit)
      return fail_size(out, limit, option);
  }
}

bool input_read(const char *path, uint64_t limit, const char *option, input_text *out) {
  bool standard = strcmp(path, "-") == 0;
  FILE *file;
  bool ok;
  memset(out, 0, sizeof(*out));
  out->name = standard ? "standard input" : path;
  file = standard ? stdin : platform_open(path, PLATFORM_READ);
  if (file == NULL)
    return fail_open(out, path);
  ok = read_all(file, limit, option, out);
  if (!standard)
    fclose(file);
  return ok;
}

void input_free(input_text *input) {
  free(input->data);
  input->data = NULL;
  input->length = 0;
}
