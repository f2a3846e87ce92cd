/* SPDX-License-Identifier: Apache-2.0 */
/* A minimal testee in C, with jansson: two operations, and "unsupported" for the rest.
 *
 *     cc -o minimal minimal.c $(pkg-config --cflags --libs jansson)
 *     hcsproof run --testee ./minimal --op is-named-pipe --op dump-type
 *
 * An operation returns its payload, or null and a message in *error. */
#include <jansson.h>
#include <string.h>

static json_t *is_named_pipe(json_t *params, const char **error) {
  const char *path = json_string_value(json_object_get(params, "path"));
  if (path == NULL)
    *error = "no path";
  return path == NULL ? NULL : json_pack("{s:b}", "is_pipe", strncmp(path, "\\\\.\\pipe\\", 9) == 0);
}

static json_t *dump_type(json_t *params, const char **error) {
  json_t *annotations = json_object_get(params, "annotations");
  const char *name = json_string_value(json_object_get(annotations, "io.microsoft.wcow.processdumptype"));
  if (name == NULL || name[0] == '\0' || strcmp(name, "full") == 0)
    return json_pack("{s:i}", "type", 2);
  if (strcmp(name, "mini") == 0)
    return json_pack("{s:i}", "type", 1);
  *error = "unknown dump type specified, valid values are \"mini\" or \"full\"";
  return NULL;
}

static json_t *answer(json_t *frame) {
  const char *op = json_string_value(json_object_get(frame, "op")), *error = "out of memory";
  json_t *id = json_object_get(frame, "id"), *params = json_object_get(frame, "params"), *ok;
  if (op == NULL)
    return json_pack("{s:{s:i,s:s,s:s,s:s,s:[s,s]}}", "hello", "protocol", 1, "name", "minimal", "version", "1.0",
                     "language", "c", "ops", "is-named-pipe", "dump-type");
  if (strcmp(op, "is-named-pipe") == 0)
    ok = is_named_pipe(params, &error);
  else if (strcmp(op, "dump-type") == 0)
    ok = dump_type(params, &error);
  else
    return json_pack("{s:O,s:s}", "id", id, "unsupported", op);
  return ok == NULL ? json_pack("{s:O,s:{s:s}}", "id", id, "error", "message", error)
                    : json_pack("{s:O,s:o}", "id", id, "ok", ok);
}

int main(void) {
  json_t *frame;
  while ((frame = json_loadf(stdin, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, NULL)) != NULL) {
    json_t *reply = answer(frame);
    json_dumpf(reply, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(reply);
    json_decref(frame);
  }
  return feof(stdin) ? 0 : 1;
}
