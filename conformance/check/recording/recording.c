/* SPDX-License-Identifier: Apache-2.0 */
#include "check/recording/recording.h"

#include "check/recording/line.h"

#include <string.h>

static bool check_end(check_line *s, const kit_json *counts, hcsref_error *err) {
  hcsref_str message;
  for (const kit_json *kind = counts->first; kind != NULL; kind = kind->next) {
    uint64_t count = 0;
    if (!kit_json_uint(kind, &count) || count == 0)
      continue;
    if (!hcsref_format(&s->line_arena, &message, "process %u ended with open handles: %u %v", s->process, count,
                       kind->key))
      return hcsref_fail_memory(err);
    line_tell(s, LINE_LEFT_OPEN, hcsref_cstr(NULL), message);
  }
  return true;
}

/* The first line of a process says which program it is. */
static bool learn_client(check_line *s, const kit_json *line) {
  const kit_json *program = kit_json_get(line, "program");
  check_client *client = &s->clients[s->client_count % LINE_RECENT];
  if (program == NULL)
    return true;
  memset(client, 0, sizeof(*client));
  client->process = s->process;
  s->client_count++;
  return client_read(s->names, program, client);
}

static void begin_line(check_line *s, hcsref_str text) {
  const scrub_list none = {&s->line_arena, {NULL, 0, 0}, false};
  s->text = text;
  s->call = s->id = hcsref_cstr(NULL);
  s->document = NULL;
  s->secrets = none;
}

static bool read_line(check_line *s, hcsref_str text, hcsref_error *err) {
  const kit_json *counts;
  kit_json *line;
  hcsref_str message;
  size_t offset = 0;
  begin_line(s, text);
  if (!kit_json_parse_at(&s->line_arena, text, &line, &offset, err)) {
    if (strcmp(err->code, "out-of-memory") == 0)
      return false;
    if (!hcsref_format(&s->line_arena, &message, "column %u: %v", (uint64_t)offset + 1, err->message))
      return hcsref_fail_memory(err);
    line_tell(s, LINE_IS_WRONG, hcsref_cstr(NULL), message);
    return true;
  }
  if (!s->request->keep_secrets)
    scrub_find(&s->secrets, line);
  counts = kit_json_get(line, "exit");
  s->call = kit_json_get_string(line, "call");
  s->process = line_number(line, "process");
  if (!facts_learn(s->facts, line) || !learn_client(s, line))
    return hcsref_fail_memory(err);
  if (s->call.len > 0)
    return line_check_call(s, line, err);
  if (counts != NULL && counts->kind == KIT_JSON_OBJECT)
    return check_end(s, counts, err);
  if (kit_json_get(line, "host") == NULL)
    line_tell(s, LINE_IS_WRONG, hcsref_cstr(NULL), HCSREF_LIT("not a call, a host or the end of a process"));
  return true;
}

static bool check_lines(check_line *s, hcsref_str rest) {
  hcsref_error err;
  while (rest.len > 0) {
    const char *newline = memchr(rest.data, '\n', rest.len);
    hcsref_str line = hcsref_str_first(rest, newline == NULL ? rest.len : (size_t)(newline - rest.data));
    rest = hcsref_str_skip(rest, line.len + 1);
    s->line++;
    hcsref_arena_reset(&s->line_arena);
    if (line.len > 0 && line.data[line.len - 1] == '\r')
      line.len--;
    if (line.len > 0 && !read_line(s, line, &err))
      return false;
  }
  return true;
}

bool check_recording(hcsref_arena *names, const check_request *request, const input_map *map, check_totals *totals) {
  hcsref_arena arena;
  check_line *s;
  bool ok;
  memset(totals, 0, sizeof(*totals));
  hcsref_arena_init(&arena, NULL, 0);
  s = hcsref_arena_alloc(&arena, sizeof(*s));
  if (s == NULL) {
    hcsref_arena_free(&arena);
    return false;
  }
  s->request = request;
  s->totals = totals;
  s->map = map;
  s->names = names;
  hcsref_arena_init(&s->arena, NULL, 0);
  hcsref_arena_init(&s->line_arena, NULL, 0);
  s->facts = hcsref_arena_alloc(&s->arena, sizeof(*s->facts));
  if (s->facts != NULL)
    s->facts->arena = &s->arena;
  ok = s->facts != NULL && check_lines(s, map->text);
  hcsref_arena_free(&s->line_arena);
  hcsref_arena_free(&s->arena);
  hcsref_arena_free(&arena);
  return ok;
}
