/* SPDX-License-Identifier: Apache-2.0 */
/* A copy of a recording that can be shared. */
#include "check/check_run.h"
#include "check/recording/scrub.h"
#include "cli/commands.h"
#include "io/output.h"

#include <errno.h>
#include <string.h>

/* The recording itself keeps what it has: it is the evidence. */
static bool is_recording(const check_run *s, const char *path) {
  platform_identity from, to;
  return !output_is_standard(s->o->output) && strcmp(path, "-") != 0 && platform_identify(path, &from) &&
         platform_identify(s->o->output, &to) && platform_is_same(&from, &to);
}

/* One line after the other, each with its own end. */
static bool write_lines(output_file *out, hcsref_str rest) {
  hcsref_arena arena;
  bool ok = true;
  hcsref_arena_init(&arena, NULL, 0);
  while (ok && rest.len > 0) {
    const char *newline = memchr(rest.data, '\n', rest.len);
    hcsref_str line = hcsref_str_first(rest, newline == NULL ? rest.len : (size_t)(newline - rest.data));
    hcsref_buf text = {.arena = &arena};
    rest = hcsref_str_skip(rest, line.len + (newline != NULL));
    if (line.len > 0 && line.data[line.len - 1] == '\r')
      line.len--;
    ok = line.len == 0 || scrub_line(&arena, line, &text);
    hcsref_buf_append_char(&text, '\n');
    ok = ok && !text.failed;
    if (ok)
      output_write(out, text.data, text.len);
    hcsref_arena_reset(&arena);
  }
  hcsref_arena_free(&arena);
  return ok;
}

int check_share(check_run *s, const char *path) {
  const char *target = output_is_standard(s->o->output) ? "standard output" : s->o->output;
  output_file out;
  hcsref_str text;
  if (is_recording(s, path))
    return check_complain(target, CLI_USAGE, "is the recording itself, which keeps what it has; name another file");
  if (!check_read(s, path, &s->name, &text))
    return CLI_KIT;
  if (!output_open(s->o->output, &out))
    return check_complain(target, CLI_KIT, output_reason(errno));
  if (!write_lines(&out, text)) {
    output_close(&out, false);
    return check_complain(target, CLI_KIT, "out of memory");
  }
  return output_close(&out, true) ? CLI_OK : check_complain(target, CLI_KIT, output_reason(errno));
}
