/* SPDX-License-Identifier: Apache-2.0 */
/* Values that the rules of several kinds of documents ask about. */
#include "lint/checks.h"

#include <string.h>

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool kit_is_guid(hcsref_str s) {
  size_t i;
  for (i = 0; i < s.len; i++)
    if (i == 8 || i == 13 || i == 18 || i == 23 ? s.data[i] != '-' : !is_hex(s.data[i]))
      return false;
  return s.len == 36;
}

void kit_lint_guid(kit_linter *l, const kit_place *at, const kit_json *object, const char *member, const char *rule) {
  hcsref_str text = kit_json_get_string(object, member);
  hcsref_str inner = text.len < 2 ? text : hcsref_str_first(hcsref_str_skip(text, 1), text.len - 2);
  if (text.len == 0 || kit_is_guid(text))
    return;
  if (text.data[0] == '{' && text.data[text.len - 1] == '}' && kit_is_guid(inner))
    kit_lint_tell_text(l, at, member, inner, rule, "\"%v\" has braces; here, a GUID is written without them", text);
  else
    kit_lint_tell(l, at, member, rule, "\"%v\" is not a GUID", text);
}

bool kit_is_set(const kit_json *object, const char *member) {
  const kit_json *node = kit_json_get(object, member);
  return node != NULL && node->kind != KIT_JSON_NULL;
}

bool kit_is_one_of(hcsref_str word, const char *const *words) {
  for (; *words != NULL; words++)
    if (hcsref_str_equal(word, hcsref_cstr(*words)))
      return true;
  return false;
}

/* "1000", "1000:1000" */
static bool is_numeric_user(hcsref_str user) {
  size_t digits = 0, colons = 0;
  for (size_t i = 0; i < user.len; i++) {
    digits += user.data[i] >= '0' && user.data[i] <= '9';
    colons += user.data[i] == ':';
  }
  return digits != 0 && colons <= 1 && digits + colons == user.len;
}

void kit_lint_user(kit_linter *l, const kit_place *at, const char *member, hcsref_str user) {
  if (l->for_linux)
    return;
  if (is_numeric_user(user))
    kit_lint_tell(l, at, member, "process-user", "\"%v\" is a number; Windows users have names, such as ContainerUser",
                  user);
  else if (hcsref_str_equal(user, HCSREF_LIT("root")))
    kit_lint_tell(l, at, member, "process-user",
                  "\"root\" is Linux's administrator; that of a Windows container is ContainerAdministrator");
}

void kit_lint_command(kit_linter *l, const kit_place *at, const char *member, hcsref_str command) {
  static const char *const folders[] = {"/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/"};
  const char *blank = command.len == 0 ? NULL : memchr(command.data, ' ', command.len);
  hcsref_str program = blank == NULL ? command : hcsref_str_first(command, (size_t)(blank - command.data));
  bool windows =
      program.len > 4 && hcsref_str_equal_ascii_fold(hcsref_str_skip(program, program.len - 4), HCSREF_LIT(".exe"));
  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
    if (!windows && hcsref_str_has_prefix(program, hcsref_cstr(folders[i])))
      kit_lint_tell(l, at, member, "command-linux", "\"%v\" is a program of Linux images", program);
}
