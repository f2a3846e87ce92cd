/* SPDX-License-Identifier: Apache-2.0 */
/* Paths in documents: how they are spelt, and which directories are mapped where. */
#include "lint/checks.h"

#include "hcsref/path.h"

#include <stdlib.h>
#include <string.h>

#define NAMESPACE HCSREF_LIT("\\\\?\\")
#define DEVICES   HCSREF_LIT("\\\\.\\")

/* ---- comparing ---- */

static bool is_separator(char c) {
  return c == '\\' || c == '/';
}

static char folded(char c) {
  if (c == '/')
    return '\\';
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Without the separators at its end: "C:\" and "C:" are the same drive. */
static hcsref_str trimmed(hcsref_str path) {
  while (path.len > 0 && is_separator(path.data[path.len - 1]))
    path.len--;
  return path;
}

static bool begins_with(hcsref_str path, hcsref_str with) {
  if (path.len < with.len)
    return false;
  for (size_t i = 0; i < with.len; i++)
    if (folded(path.data[i]) != folded(with.data[i]))
      return false;
  return true;
}

bool kit_same_path(hcsref_str a, hcsref_str b) {
  a = trimmed(a);
  b = trimmed(b);
  return a.len == b.len && begins_with(a, b);
}

bool kit_is_drive(hcsref_str path) {
  char c = path.len < 2 ? '\0' : folded(path.data[0]);
  return trimmed(path).len == 2 && c >= 'a' && c <= 'z' && path.data[1] == ':';
}

static bool has_drive(hcsref_str path) {
  return path.len >= 2 && kit_is_drive(hcsref_str_first(path, 2));
}

/* ---- spelling ---- */

static bool is_device_path(hcsref_str path) {
  return hcsref_str_has_prefix(path, NAMESPACE) || hcsref_str_has_prefix(path, DEVICES);
}

/* The letter that a JSON escape of that character has. */
static char escape_letter(char c) {
  static const char controls[] = "\b\f\n\r\t", letters[] = "bfnrt";
  const char *found = c == '\0' ? NULL : strchr(controls, c);
  return found == NULL ? '\0' : letters[found - controls];
}

static bool tell_character(kit_linter *l, const kit_place *at, const char *member, hcsref_str path) {
  for (size_t i = 0; i < path.len; i++) {
    char c = path.data[i], letter = escape_letter(c);
    if (letter != '\0') {
      kit_lint_tell(l, at, member, "path-character",
                    "\"%v\" has a control character, because in JSON a backslash and %v stand for one: write \\\\%v",
                    path, hcsref_str_from(&letter, 1), hcsref_str_from(&letter, 1));
      return true;
    }
    if ((unsigned char)c < 0x20 || (strchr("<>\"|?*", c) != NULL && !is_device_path(path))) {
      kit_lint_tell(l, at, member, "path-character", "\"%v\" has a character that Windows paths cannot have", path);
      return true;
    }
    if (c == ':' && i > 1 && has_drive(path)) {
      kit_lint_tell(l, at, member, "path-character",
                    "\"%v\" has a colon behind its drive, where a stream of a file begins", path);
      return true;
    }
  }
  return false;
}

/* "a." within a path is "a". */
static bool has_loose_name(hcsref_str path) {
  for (size_t i = 2; i < path.len && !is_device_path(path); i++)
    if (is_separator(path.data[i]) && path.data[i - 1] == '.')
      return true;
  return false;
}

static bool has_dots(hcsref_str path) {
  size_t start = 0;
  for (size_t i = 0; i <= path.len; i++) {
    if (i < path.len && !is_separator(path.data[i]))
      continue;
    if ((i - start == 2 && path.data[start] == '.' && path.data[start + 1] == '.') ||
        (i - start == 1 && path.data[start] == '.' && start > 4))
      return true;
    start = i + 1;
  }
  return false;
}

static void tell_slashes(kit_linter *l, const kit_place *at, const char *member, hcsref_str path) {
  hcsref_str mended;
  char *copy;
  if (!hcsref_str_copy(l->arena, path, &mended)) {
    l->out_of_memory = true;
    return;
  }
  copy = (char *)(uintptr_t)mended.data; /* ours */
  for (size_t i = 0; i < mended.len; i++)
    if (copy[i] == '/')
      copy[i] = '\\';
  kit_lint_tell_text(l, at, member, mended, "path-slashes", "\"%v\" has forward slashes; write \"%v\"", path, mended);
}

/* CON, PRN, AUX, NUL, COM1 to COM9, LPT1 to LPT9, whatever follows a dot, a blank or a colon. Source: Microsoft, Naming
 * Files, Paths, and Namespaces; superscript digits count there as digits. */
static bool is_reserved(hcsref_str name) {
  static const char *const names[] = {"con", "prn", "aux", "nul", "com", "lpt"};
  size_t len = 0, digits;
  while (len < name.len && strchr(". :", name.data[len]) == NULL)
    len++;
  for (size_t i = 0; i < sizeof names / sizeof names[0] && len >= 3; i++) {
    hcsref_str rest = hcsref_str_first(hcsref_str_skip(name, 3), len - 3);
    digits = i < 4 ? 0 : rest.len == 1 && rest.data[0] >= '1' && rest.data[0] <= '9' ? 1 : 2;
    if (hcsref_str_equal_ascii_fold(hcsref_str_first(name, 3), hcsref_cstr(names[i])) && rest.len == digits &&
        (digits < 2 || hcsref_str_equal(rest, HCSREF_LIT("\xc2\xb9")) ||
         hcsref_str_equal(rest, HCSREF_LIT("\xc2\xb2")) || hcsref_str_equal(rest, HCSREF_LIT("\xc2\xb3"))))
      return true;
  }
  return false;
}

void kit_lint_reserved(kit_linter *l, const kit_place *at, const char *member, hcsref_str path) {
  size_t start = 0;
  for (size_t i = 0; i <= path.len && !is_device_path(path); i++) {
    hcsref_str name = hcsref_str_first(hcsref_str_skip(path, start), i - start);
    if (i < path.len && !is_separator(path.data[i]))
      continue;
    start = i + 1;
    if (!is_reserved(name))
      continue;
    kit_lint_tell(l, at, member, "path-reserved", "\"%v\" is the name of a device: \"%v\" leads to no file", name,
                  path);
    return;
  }
}

/* Win32 takes these off, unless the path begins with \\?\. */
static bool ends_loosely(hcsref_str path) {
  char last = path.len == 0 ? '\0' : path.data[path.len - 1];
  return (last == '.' || last == ' ') && !is_device_path(path);
}

/* A path that is as it should be otherwise. */
static void check_spelling(kit_linter *l, const kit_place *at, const char *member, hcsref_str path) {
  if (has_dots(path))
    kit_lint_tell(l, at, member, "path-dots", "\"%v\" has . or .. in it: where it leads depends on who resolves it",
                  path);
  else if (ends_loosely(path))
    kit_lint_tell(l, at, member, "path-dots", "\"%v\" ends with a dot or a blank, which Windows takes off", path);
  else if (has_loose_name(path))
    kit_lint_tell(l, at, member, "path-dots", "\"%v\" has a name that ends with a dot, which Windows takes off", path);
  else if (memchr(path.data, '/', path.len) != NULL && (has_drive(path) || is_separator(path.data[0])))
    tell_slashes(l, at, member, path);
}

void kit_lint_absolute(kit_linter *l, const kit_place *at, const kit_json *object, const char *member,
                       const char *rule) {
  hcsref_str path = kit_json_get_string(object, member);
  if (kit_json_get(object, member) == NULL || tell_character(l, at, member, path))
    return;
  if (!hcsref_path_is_abs(path))
    kit_lint_tell(l, at, member, rule, "\"%v\" is not an absolute path", path);
  else {
    check_spelling(l, at, member, path);
    kit_lint_reserved(l, at, member, path);
  }
}

/* ---- mapped directories ---- */

const char *kit_hidden_by(hcsref_str path) {
  static const char *const folders[] = {"C:\\Windows", "C:\\Windows\\System32", "C:\\Users", "C:\\Program Files",
                                        "C:\\ProgramData"};
  bool rooted = path.len > 0 && is_separator(path.data[0]) && !is_device_path(path);
  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
    if (kit_same_path(path, hcsref_cstr(folders[i])) || (rooted && kit_same_path(path, hcsref_cstr(folders[i] + 2))))
      return folders[i];
  return NULL;
}

static bool is_c_drive(hcsref_str path) {
  return kit_is_drive(path) && folded(path.data[0]) == 'c';
}

static void tell_pipe(kit_linter *l, const kit_place *at, const char *member, hcsref_str path) {
  kit_lint_tell(l, at, member, "pipe-directory", "\"%v\" is a named pipe: it belongs in MappedPipes", path);
}

static bool is_pipe(hcsref_str path) {
  return hcsref_is_named_pipe(path) || begins_with(path, HCSREF_LIT("//./pipe/"));
}

void kit_lint_directory(kit_linter *l, const kit_place *at, const kit_json *directory) {
  hcsref_str inside = kit_json_get_string(directory, "ContainerPath");
  hcsref_str outside = kit_json_get_string(directory, "HostPath");
  const char *hidden = kit_hidden_by(inside);
  if (l->for_linux) {
    hidden = NULL;
  } else if (is_pipe(inside)) {
    tell_pipe(l, at, "ContainerPath", inside);
  } else if (is_c_drive(inside)) {
    kit_lint_tell(l, at, "ContainerPath", "mount-root", "\"%v\" is the container's system drive", inside);
  } else if (!kit_is_drive(inside)) {
    kit_lint_absolute(l, at, directory, "ContainerPath", "container-path-relative");
  }
  if (hidden != NULL)
    kit_lint_tell(l, at, "ContainerPath", "mount-over-system",
                  "\"%v\" hides %s of the image, which programs of the container need", inside, hidden);
  if (is_pipe(outside))
    tell_pipe(l, at, "HostPath", outside);
  else
    kit_lint_absolute(l, at, directory, "HostPath", "host-path-relative");
}

/* The directories of one container. */
typedef struct mapped {
  hcsref_str path;
  size_t index;
  bool repeated;
} mapped;

typedef struct mappings {
  mapped *items; /* those that have a path, in their order */
  size_t count;
  bool drives[26]; /* those that are mapped as a whole */
} mappings;

static size_t drive_of(hcsref_str path) {
  return (size_t)(folded(path.data[0]) - 'a');
}

/* By path, and of one path by place. */
static int compare_mapped(const void *left, const void *right) {
  const mapped *const *l = left, *const *r = right;
  hcsref_str a = trimmed((*l)->path), b = trimmed((*r)->path);
  for (size_t i = 0; i < a.len && i < b.len; i++)
    if (folded(a.data[i]) != folded(b.data[i]))
      return folded(a.data[i]) < folded(b.data[i]) ? -1 : 1;
  if (a.len != b.len)
    return a.len < b.len ? -1 : 1;
  return (*l)->index < (*r)->index ? -1 : 1;
}

static bool mark_repeated(hcsref_arena *arena, const mappings *m) {
  mapped **sorted = hcsref_arena_array(arena, m->count, sizeof(*sorted));
  if (sorted == NULL)
    return false;
  for (size_t i = 0; i < m->count; i++)
    sorted[i] = &m->items[i];
  qsort(sorted, m->count, sizeof(*sorted), compare_mapped);
  for (size_t i = 1; i < m->count; i++)
    sorted[i]->repeated = kit_same_path(sorted[i - 1]->path, sorted[i]->path);
  return true;
}

/* False: out of memory. */
static bool note_mappings(hcsref_arena *arena, const kit_json *list, mappings *m) {
  size_t i = 0;
  m->items = hcsref_arena_array(arena, list->count, sizeof(*m->items));
  if (m->items == NULL)
    return false;
  for (const kit_json *item = list->first; item != NULL; item = item->next, i++) {
    hcsref_str path = kit_json_get_string(item, "ContainerPath");
    if (path.len == 0)
      continue;
    m->items[m->count++] = (mapped){path, i, false};
    if (kit_is_drive(path))
      m->drives[drive_of(path)] = true;
  }
  return m->count == 0 || mark_repeated(arena, m);
}

/* On a drive that is mapped as a whole, or on one that nothing maps: containers have C: alone. */
static void check_drive(kit_linter *l, const kit_place *at, hcsref_str path, const bool *drives) {
  hcsref_str drive = hcsref_str_first(path, 2);
  if (!has_drive(path) || kit_is_drive(path))
    return;
  if (drives[drive_of(path)])
    kit_lint_tell(l, at, "ContainerPath", "mount-below-drive",
                  "\"%v\" is below %v, which is mapped as a whole: the container may end as it starts (0xC0370106)",
                  path, drive);
  else if (folded(path.data[0]) != 'c')
    kit_lint_tell(l, at, "ContainerPath", "mount-drive",
                  "\"%v\" is on drive %v, which nothing maps: a container has only C:", path, drive);
}

/* Of a container that is created: what changes one may name less. */
static void check_named(kit_linter *l, const kit_place *at, const kit_json *list) {
  size_t i = 0;
  for (const kit_json *item = list->first; item != NULL; item = item->next, i++) {
    kit_place here = {at, {NULL, 0}, i};
    if (item->kind == KIT_JSON_OBJECT && !kit_is_set(item, "ContainerPath"))
      kit_lint_tell(l, &here, "ContainerPath", "container-path-relative", "no path in the container is given");
    if (item->kind == KIT_JSON_OBJECT && !kit_is_set(item, "HostPath"))
      kit_lint_tell(l, &here, "HostPath", "host-path-relative", "no path of the host is given");
  }
}

void kit_lint_directories(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "MappedDirectories");
  kit_place list_place = {at, HCSREF_LIT("MappedDirectories"), 0};
  mappings m = {NULL, 0, {false}};
  if (list == NULL || list->kind != KIT_JSON_ARRAY || list->count == 0)
    return;
  check_named(l, &list_place, list);
  if (!note_mappings(l->arena, list, &m)) {
    l->out_of_memory = true;
    return;
  }
  for (size_t i = 0; i < m.count; i++) {
    kit_place here = {&list_place, {NULL, 0}, m.items[i].index};
    if (m.items[i].repeated)
      kit_lint_tell(l, &here, "ContainerPath", "container-path-repeated", "\"%v\" is already mapped", m.items[i].path);
    check_drive(l, &here, m.items[i].path, m.drives);
  }
}
