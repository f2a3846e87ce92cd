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

/* ---- numbers ---- */

/* The magnitude that an integer type reaches on each side of zero. */
static const struct {
  hcsref_kind kind;
  uint64_t below, above;
} ranges[] = {
    {HCSREF_INT8, 128, 127},
    {HCSREF_INT16, 32768, 32767},
    {HCSREF_INT32, (uint64_t)1 << 31, ((uint64_t)1 << 31) - 1},
    {HCSREF_INT64, (uint64_t)1 << 63, ((uint64_t)1 << 63) - 1},
    {HCSREF_UINT8, 0, 255},
    {HCSREF_UINT16, 0, 65535},
    {HCSREF_UINT32, 0, UINT32_MAX},
    {HCSREF_UINT64, 0, UINT64_MAX},
};

static bool is_integer_kind(hcsref_kind kind, size_t *row) {
  for (*row = 0; *row < sizeof(ranges) / sizeof(ranges[0]); ++*row)
    if (ranges[*row].kind == kind)
      return true;
  return false;
}

static bool is_integer(const kit_json *number) {
  for (size_t i = 0; i < number->raw.len; i++)
    if (memchr(".eE", number->raw.data[i], 3) != NULL)
      return false;
  return true;
}

bool kit_lint_holds(hcsref_kind kind, const kit_json *number) {
  const bool negative = number->raw.data[0] == '-';
  kit_json digits = *number;
  uint64_t value;
  size_t row;
  digits.raw = hcsref_str_skip(number->raw, negative ? 1 : 0);
  return is_integer_kind(kind, &row) && is_integer(number) && kit_json_uint(&digits, &value) &&
         value <= (negative ? ranges[row].below : ranges[row].above);
}

void kit_lint_number(kit_linter *l, const kit_place *at, hcsref_kind kind, const kit_json *node) {
  size_t row;
  if (!is_integer_kind(kind, &row))
    return;
  if (!is_integer(node))
    kit_lint_tell(l, at, NULL, "integer-form", "%v is not written as an integer", node->raw);
  else if (!kit_lint_holds(kind, node))
    kit_lint_tell(l, at, NULL, "integer-range", "%v is out of range", node->raw);
}
