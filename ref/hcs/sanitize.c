/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/ospath/path.go Sanitize, DisallowedUVMMountPrefixes. */
#include "base/lower.h"
#include "hcs/annotations.h"
#include "hcs/rules.h"

#include "hcsref/path.h"
#include "hcsref/pipeline.h"

/* Folders of a utility VM that are its own, in lower case. */
static const char *const reserved[] = {"c:\\windows", "c:\\mounts", "c:\\efi", "c:\\sandboxmounts"};

static bool is_reserved(hcsref_str path) {
  hcsref_str rest;
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (hcsref_lower_has_prefix(path, hcsref_cstr(reserved[i]), &rest) && (rest.len == 0 || rest.data[0] == '\\'))
      return true;
  return false;
}

/* A letter, a colon and a separator; a clean path has no other. */
static bool has_drive_root(hcsref_str path) {
  char letter;
  if (path.len < 3)
    return false;
  letter = (char)(path.data[0] | 0x20);
  return letter >= 'a' && letter <= 'z' && path.data[1] == ':' && path.data[2] == '\\';
}

bool hcsref_sanitize_path(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str path, hcsref_str *out,
                          hcsref_error *err) {
  hcsref_str clean;
  if (!hcsref_has(hcsref_rules_or_baseline(rules), HCSREF_CHANGE_HOSTPROCESS_HYPERV))
    return hcsref_fail_release(arena, "sanitize paths", err);
  if (!hcsref_path_clean_as(arena, rules, path, &clean))
    return hcsref_fail_memory(err);
  if (!has_drive_root(clean) || is_reserved(clean))
    return hcsref_fail(arena, err, "unsafe-path", hcsref_annotation_pointer(HCSREF_ANNOTATION_HOSTPROCESS_ROOT),
                       "unsafe path detected");
  *out = clean;
  return true;
}
