/* SPDX-License-Identifier: Apache-2.0 */
#include "run/testee/command.h"

#include <string.h>

#ifdef _WIN32
#define BARE_BACKSLASH_ESCAPES false
#else
#define BARE_BACKSLASH_ESCAPES true
#endif

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Copies the argument at `*at` without its quotes; `*at` is then behind it. False: a quote is open. */
static bool read_argument(hcsref_str text, size_t *at, hcsref_buf *out) {
  char quote = '\0';
  size_t i = *at;
  for (; i < text.len && (quote != '\0' || !is_blank(text.data[i])); i++) {
    char c = text.data[i];
    bool more = i + 1 < text.len;
    if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    } else if (quote != '\0' && c == quote) {
      quote = '\0';
    } else if (c == '\\' && more && quote == '"' && (text.data[i + 1] == '"' || text.data[i + 1] == '\\')) {
      hcsref_buf_append_char(out, text.data[++i]);
    } else if (c == '\\' && more && quote == '\0' && BARE_BACKSLASH_ESCAPES) {
      hcsref_buf_append_char(out, text.data[++i]);
    } else {
      hcsref_buf_append_char(out, c);
    }
  }
  *at = i;
  hcsref_buf_append_char(out, '\0');
  return quote == '\0';
}

bool kit_command_split(hcsref_arena *arena, hcsref_str text, kit_command *out, hcsref_error *err) {
  /* An argument takes at least one character and one blank. */
  char **arguments = hcsref_arena_array(arena, text.len / 2 + 2, sizeof(*arguments));
  size_t at = 0, count = 0;
  if (arguments == NULL)
    return hcsref_fail_memory(err);
  for (;;) {
    hcsref_buf argument = {arena, NULL, 0, 0, false};
    while (at < text.len && is_blank(text.data[at]))
      at++;
    if (at >= text.len)
      break;
    if (!read_argument(text, &at, &argument))
      return hcsref_fail(arena, err, "command", HCSREF_LIT(""), "command %q: a quote is not closed", text);
    if (argument.failed)
      return hcsref_fail_memory(err);
    arguments[count++] = argument.data;
  }
  if (count == 0)
    return hcsref_fail(arena, err, "command", HCSREF_LIT(""), "the command is empty");
  out->arguments = arguments;
  out->count = count;
  return true;
}

static void append_filled(hcsref_buf *out, const char *argument, hcsref_str name, hcsref_str value) {
  const char *at = argument, *open;
  while ((open = strchr(at, '{')) != NULL) {
    const char *close = open + 1 + name.len;
    hcsref_buf_append(out, hcsref_str_from(at, (size_t)(open - at)));
    if (strncmp(open + 1, name.data, name.len) == 0 && *close == '}') {
      hcsref_buf_append(out, value);
      at = close + 1;
    } else {
      hcsref_buf_append_char(out, '{');
      at = open + 1;
    }
  }
  hcsref_buf_append(out, hcsref_cstr(at));
  hcsref_buf_append_char(out, '\0');
}

bool kit_command_fill(hcsref_arena *arena, const kit_command *command, hcsref_str name, hcsref_str value,
                      kit_command *out, hcsref_error *err) {
  char **arguments = hcsref_arena_array(arena, command->count + 1, sizeof(*arguments));
  size_t i;
  if (arguments == NULL)
    return hcsref_fail_memory(err);
  for (i = 0; i < command->count; i++) {
    hcsref_buf argument = {arena, NULL, 0, 0, false};
    append_filled(&argument, command->arguments[i], name, value);
    if (argument.failed)
      return hcsref_fail_memory(err);
    arguments[i] = argument.data;
  }
  out->arguments = arguments;
  out->count = command->count;
  return true;
}

static bool is_plain(hcsref_str s) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,@%+";
  size_t i;
  for (i = 0; i < s.len; i++)
    if (memchr(plain, s.data[i], sizeof(plain) - 1) == NULL)
      return false;
  return s.len > 0;
}

void kit_append_argument(hcsref_buf *buf, hcsref_str argument) {
  size_t i;
  if (is_plain(argument)) {
    hcsref_buf_append(buf, argument);
    return;
  }
  hcsref_buf_append_char(buf, '\'');
  for (i = 0; i < argument.len; i++) {
    if (argument.data[i] == '\'')
      hcsref_buf_append(buf, HCSREF_LIT("'\"'\"'"));
    else
      hcsref_buf_append_char(buf, argument.data[i]);
  }
  hcsref_buf_append_char(buf, '\'');
}

void kit_append_option(hcsref_buf *buf, const char *name, const char *value, const char *fallback) {
  if (value == NULL || (fallback != NULL && strcmp(value, fallback) == 0))
    return;
  hcsref_buf_append(buf, HCSREF_LIT(" --"));
  hcsref_buf_append(buf, hcsref_cstr(name));
  hcsref_buf_append_char(buf, ' ');
  kit_append_argument(buf, hcsref_cstr(value));
}
