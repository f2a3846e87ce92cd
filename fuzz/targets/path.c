/* SPDX-License-Identifier: Apache-2.0 */
/* Windows paths: clean, volume, split, base, dir. The input is the path. */
#include "support.h"

static hcsref_str clean(hcsref_str path) {
  hcsref_str out;
  REQUIRE(hcsref_path_clean(fuzz_arena(FUZZ_USUAL), path, &out), "%q", path);
  return out;
}

static bool is_separator(char c) {
  return c == '\\' || c == '/';
}

/* Separators count as one, as they do to Windows. */
static bool same_volume(hcsref_str a, hcsref_str b) {
  if (a.len != b.len)
    return false;
  for (size_t i = 0; i < a.len; i++)
    if (a.data[i] != b.data[i] && !(is_separator(a.data[i]) && is_separator(b.data[i])))
      return false;
  return true;
}

/* No "." but alone or in front of what would look like a drive, no "..", but at the beginning, no empty element. */
static void check_elements(hcsref_str rest, hcsref_str path) {
  bool rooted = rest.len != 0 && rest.data[0] == '\\';
  bool named = false;
  size_t start = rooted;
  for (size_t i = start; i <= rest.len; i++) {
    hcsref_str element;
    if (i < rest.len && rest.data[i] != '\\')
      continue;
    element = hcsref_str_first(hcsref_str_skip(rest, start), i - start);
    REQUIRE(element.len != 0 || rest.len == rooted, "an empty element in the clean form of %q", path);
    REQUIRE(!hcsref_str_equal(element, HCSREF_LIT(".")) || start == 0, "a \".\" in the clean form of %q", path);
    REQUIRE(!hcsref_str_equal(element, HCSREF_LIT("..")) || (!named && !rooted), "a \"..\" in the clean form of %q",
            path);
    named = named || !hcsref_str_equal(element, HCSREF_LIT(".."));
    start = i + 1;
  }
}

/* Clean is idempotent, but for a ".\\" that Go 1.19 leaves at the beginning when what looked like a drive behind it was
 * removed by "..": a\..\C:\..\x becomes .\x. */
static void check_again(hcsref_str once) {
  hcsref_str twice = clean(once);
  const hcsref_str dot = HCSREF_LIT(".\\");
  if (hcsref_str_has_prefix(once, dot) && !hcsref_str_equal(twice, once))
    once = hcsref_str_skip(once, dot.len);
  REQUIRE_SAME(twice, once, "Clean is idempotent");
}

static void check_clean(hcsref_str path) {
  hcsref_str once, volume = hcsref_path_volume(path);
  hcsref_arena *fresh = fuzz_arena(FUZZ_FRESH);
  REQUIRE(hcsref_path_clean(fresh, path, &once), "%q", path);
  REQUIRE_SAME(clean(path), once, "memory does not show");
  check_again(once);
  REQUIRE(once.len != 0 && fuzz_count(once, '/') == 0, "the clean form of %q is %q", path, once);
  REQUIRE(same_volume(hcsref_path_volume(once), volume), "Clean keeps the volume of %q, not %q", path, once);
  REQUIRE(once.len <= path.len + 2, "the clean form of %q is %q", path, once);
  check_elements(hcsref_str_skip(once, volume.len), path);
}

static void check_parts(hcsref_str path) {
  hcsref_arena *arena = fuzz_arena(FUZZ_FRESH);
  hcsref_str dir, file, base, folder;
  size_t parts;
  hcsref_path_split(path, &dir, &file);
  REQUIRE(dir.len + file.len == path.len && (dir.len == 0 || dir.data == path.data), "Split of %q", path);
  REQUIRE(fuzz_count(file, '/') + fuzz_count(file, '\\') == 0, "Split of %q gives the file %q", path, file);
  REQUIRE(dir.len == 0 || is_separator(dir.data[dir.len - 1]) || dir.len == hcsref_path_volume(path).len,
          "Split of %q gives the folder %q", path, dir);
  REQUIRE(hcsref_path_base(arena, path, &base) && base.len != 0, "Base of %q", path);
  REQUIRE(hcsref_str_equal(base, HCSREF_LIT("\\")) || fuzz_count(base, '/') + fuzz_count(base, '\\') == 0,
          "Base of %q is %q", path, base);
  REQUIRE(hcsref_path_dir(arena, path, &folder) && folder.len != 0, "Dir of %q", path);
  REQUIRE(same_volume(hcsref_path_volume(folder), hcsref_path_volume(path)), "Dir of %q is %q", path, folder);
  REQUIRE(hcsref_path_parts(arena, path, &parts) && parts == fuzz_count(clean(path), '\\'), "parts of %q", path);
}

/* Without memory each says so, or gives what it usually gives. */
static void check_lean(hcsref_str path) {
  hcsref_arena *arena = fuzz_arena(FUZZ_LEAN);
  hcsref_str out;
  size_t parts;
  fuzz_tighten(arena, path);
  if (hcsref_path_clean(arena, path, &out))
    REQUIRE_SAME(out, clean(path), "without memory");
  if (hcsref_path_base(arena, path, &out))
    REQUIRE(out.len != 0, "Base of %q", path);
  if (hcsref_path_dir(arena, path, &out))
    REQUIRE(out.len != 0, "Dir of %q", path);
  if (hcsref_path_parts(arena, path, &parts))
    REQUIRE(parts == fuzz_count(clean(path), '\\'), "parts of %q", path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str path = fuzz_text(data, size);
  check_clean(path);
  check_parts(path);
  if (fuzz_is_lean(path))
    check_lean(path);
  return 0;
}
