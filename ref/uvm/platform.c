/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox platform of the runtime options. Source: containerd/platforms platforms.go Parse, parseOSFeatures,
 * decodeOSOption, Format, database.go normalizeOS, normalizeArch, as hcsshim 0.14 and 0.15 vendor it. The shim itself
 * runs on windows/amd64. */
#include "uvm/call.h"

#include "base/letters.h"

#include <string.h>

#define WHERE "/shim/sandbox_platform"
/* Of the texts between slashes: one more than there may be. */
#define PARTS 4

typedef struct platform {
  hcsref_str os, arch, variant;
} platform;

static const char *const systems[] = {"aix",     "android", "darwin",  "dragonfly", "freebsd", "hurd",
                                      "illumos", "ios",     "js",      "linux",     "nacl",    "netbsd",
                                      "openbsd", "plan9",   "solaris", "windows",   "zos"};
static const char *const architectures[] = {"386",     "amd64",    "amd64p32",  "arm",         "armbe",   "arm64",
                                            "arm64be", "ppc64",    "ppc64le",   "loong64",     "mips",    "mipsle",
                                            "mips64",  "mips64le", "mips64p32", "mips64p32le", "ppc",     "riscv",
                                            "riscv64", "s390",     "s390x",     "sparc",       "sparc64", "wasm"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_one_of(hcsref_str text, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (hcsref_str_equal(text, hcsref_cstr(list[i])))
      return true;
  return false;
}

/* Source: specifierRe, osRe. `also`: what may be in it besides letters, digits, '_' and '-'. */
static bool is_word(char c, const char *also) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         (c != '\0' && strchr(also, c) != NULL);
}

/* How many letters at the front are a word's. */
static size_t word_length(hcsref_str text, const char *also) {
  size_t length = 0;
  while (length < text.len && is_word(text.data[length], also))
    length++;
  return length;
}

static size_t length_until(hcsref_str text, char end) {
  size_t length = 0;
  while (length < text.len && text.data[length] != end)
    length++;
  return length;
}

static bool fail_part(const hcsref_shim_call *call, const char *format, hcsref_str first, hcsref_str second,
                      hcsref_str third) {
  return hcsref_fail(call->arena, call->err, "shim-platform", HCSREF_LIT(WHERE), format, first, second, third);
}

/* ---- the operating system, and in parentheses its version and features --------------------------------------- */

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Whether two digits follow each '%'; else `*bad` is the first that they do not follow, and what is there of them.
 * Source: url.PathUnescape. */
static bool is_escaped_well(hcsref_str text, hcsref_str *bad) {
  for (size_t i = 0; i < text.len; i++) {
    *bad = hcsref_str_first(hcsref_str_skip(text, i), 3);
    if (text.data[i] == '%' && (bad->len < 3 || !is_hex(bad->data[1]) || !is_hex(bad->data[2])))
      return false;
  }
  return true;
}

/* `options` is a version, which may be empty, then features, each after a '+'. */
static bool check_escapes(const hcsref_shim_call *call, hcsref_str options, hcsref_str whole) {
  const char *format = "invalid runtime sandbox platform: %q has an invalid OS version %q: invalid URL escape %q";
  hcsref_str item, bad;
  for (; options.len != 0; options = hcsref_str_skip(options, item.len + 1)) {
    item = hcsref_str_first(options, length_until(options, '+'));
    if (!is_escaped_well(item, &bad))
      return fail_part(call, format, whole, item, bad);
    format =
        "invalid runtime sandbox platform: %q has invalid OS features: invalid os feature %q: invalid URL escape %q";
  }
  return true;
}

/* Whether `text` is a pair of parentheses with such options. */
static bool are_options(hcsref_str text, bool features, hcsref_str *options) {
  const char *also = features ? ".%" : ".";
  const hcsref_str inside = hcsref_str_skip(text, 1);
  hcsref_str rest = hcsref_str_skip(inside, word_length(inside, also));
  while (features && rest.len != 0 && rest.data[0] == '+') {
    const size_t feature = word_length(hcsref_str_skip(rest, 1), also);
    if (feature == 0)
      return false;
    rest = hcsref_str_skip(rest, 1 + feature);
  }
  *options = hcsref_str_first(inside, inside.len - rest.len);
  return text.data[0] == '(' && hcsref_str_equal(rest, HCSREF_LIT(")"));
}

static bool read_system(const hcsref_shim_call *call, hcsref_str part, hcsref_str whole, platform *p) {
  const bool features = hcsref_has(call->rules, HCSREF_CHANGE_VM_PLATFORM_FEATURES);
  const size_t length = word_length(part, "");
  hcsref_str options = HCSREF_LIT("");
  if (length == 0 || (length < part.len && !are_options(hcsref_str_skip(part, length), features, &options)))
    return fail_part(call,
                     features
                         ? "invalid runtime sandbox platform: %q is an invalid OS component of %q: OSAndVersion "
                           "specifier component must match "
                           "\"^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%%-]*)((?:\\\\+[A-Za-z0-9_.%%-]+)*)\\\\))?$\": "
                           "invalid argument"
                         : "invalid runtime sandbox platform: %q is an invalid OS component of %q: OSAndVersion "
                           "specifier component must match "
                           "\"^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.-]*)\\\\))?$\": invalid argument",
                     part, whole, HCSREF_LIT(""));
  if (!check_escapes(call, options, whole))
    return false;
  return hcsref_to_lower(call->arena, hcsref_str_first(part, length), &p->os) || hcsref_fail_memory(call->err);
}

/* ---- the architecture -------------------------------------------------------------------------------------------- */

/* Other names, and the variant that they mean; null: the one that is given. */
static const struct {
  const char *name, *arch, *variant;
} other_names[] = {
    {"i386", "386", ""},        {"x86_64", "amd64", NULL}, {"x86-64", "amd64", NULL},
    {"aarch64", "arm64", NULL}, {"armhf", "arm", "v7"},    {"armel", "arm", "v6"},
};

static const struct {
  const char *arch, *variant, *normal;
} variants[] = {
    {"amd64", "v1", ""},  {"arm64", "8", ""},     {"arm64", "v8", ""},     {"arm64", "v8.0", ""},
    {"arm64", "9", "v9"}, {"arm64", "9.0", "v9"}, {"arm64", "v9.0", "v9"}, {"arm", "", "v7"},
    {"arm", "7", "v7"},   {"arm", "5", "v5"},     {"arm", "6", "v6"},      {"arm", "8", "v8"},
};

static bool normalise_arch(hcsref_arena *arena, hcsref_str arch, hcsref_str variant, platform *p) {
  if (!hcsref_to_lower(arena, arch, &p->arch) || !hcsref_to_lower(arena, variant, &p->variant))
    return false;
  for (size_t i = 0; i < COUNT(other_names); i++)
    if (hcsref_str_equal(p->arch, hcsref_cstr(other_names[i].name))) {
      p->arch = hcsref_cstr(other_names[i].arch);
      if (other_names[i].variant != NULL)
        p->variant = hcsref_cstr(other_names[i].variant);
    }
  for (size_t i = 0; i < COUNT(variants); i++)
    if (hcsref_str_equal(p->arch, hcsref_cstr(variants[i].arch)) &&
        hcsref_str_equal(p->variant, hcsref_cstr(variants[i].variant))) {
      p->variant = hcsref_cstr(variants[i].normal);
      break;
    }
  return true;
}

/* ---- the whole ---- */

/* Splits at slashes; `*count` is PARTS when there are too many. */
static bool split(const hcsref_shim_call *call, hcsref_str whole, hcsref_str *parts, size_t *count, platform *p) {
  hcsref_str rest = whole, part;
  for (*count = 0;; rest = hcsref_str_skip(rest, part.len + 1)) {
    part = *count == PARTS - 1 ? rest : hcsref_str_first(rest, length_until(rest, '/'));
    if (*count == 0 && !read_system(call, part, whole, p))
      return false;
    if (*count != 0 && (part.len == 0 || word_length(part, ".") != part.len))
      return fail_part(call,
                       "invalid runtime sandbox platform: %q is an invalid component of %q: platform specifier "
                       "component must match \"^[A-Za-z0-9_.-]+$\": invalid argument",
                       part, whole, HCSREF_LIT(""));
    parts[(*count)++] = part;
    if (part.len == rest.len)
      return true;
  }
}

/* A single word is a system, else an architecture. */
static bool settle_single(const hcsref_shim_call *call, hcsref_str whole, platform *p) {
  if (is_one_of(p->os, systems, COUNT(systems))) {
    p->arch = HCSREF_LIT("amd64");
    return true;
  }
  if (!normalise_arch(call->arena, whole, HCSREF_LIT(""), p))
    return hcsref_fail_memory(call->err);
  p->os = HCSREF_LIT("windows");
  return is_one_of(p->arch, architectures, COUNT(architectures)) ||
         fail_part(call,
                   "invalid runtime sandbox platform: %q: unknown operating system or architecture: invalid argument",
                   whole, HCSREF_LIT(""), HCSREF_LIT(""));
}

static bool settle_pair(const hcsref_shim_call *call, const hcsref_str *parts, size_t count, platform *p) {
  if (!normalise_arch(call->arena, parts[1], count == 3 ? parts[2] : HCSREF_LIT(""), p))
    return hcsref_fail_memory(call->err);
  if (count == 2 && hcsref_str_equal(p->arch, HCSREF_LIT("arm")) && hcsref_str_equal(p->variant, HCSREF_LIT("v7")))
    p->variant = HCSREF_LIT("");
  if (count == 3 && hcsref_str_equal(p->arch, HCSREF_LIT("arm64")) && p->variant.len == 0)
    p->variant = HCSREF_LIT("v8");
  return true;
}

static bool parse(const hcsref_shim_call *call, hcsref_str whole, platform *p) {
  hcsref_str parts[PARTS];
  size_t count;
  if (length_until(whole, '*') != whole.len)
    return fail_part(call, "invalid runtime sandbox platform: %q: wildcards not yet supported: invalid argument", whole,
                     HCSREF_LIT(""), HCSREF_LIT(""));
  if (!split(call, whole, parts, &count, p))
    return false;
  if (count == PARTS)
    return fail_part(call, "invalid runtime sandbox platform: %q: cannot parse platform specifier: invalid argument",
                     whole, HCSREF_LIT(""), HCSREF_LIT(""));
  if (hcsref_str_equal(p->os, HCSREF_LIT("macos")))
    p->os = HCSREF_LIT("darwin");
  return count == 1 ? settle_single(call, parts[0], p) : settle_pair(call, parts, count, p);
}

/* The parts, joined as path.Join does: dots among them go, and two take what is before them along. */
static bool fail_platform(const hcsref_shim_call *call, const char *what, const platform *p) {
  const hcsref_str dots = HCSREF_LIT(".."), all[] = {p->os, p->arch, p->variant};
  hcsref_str kept[COUNT(all)] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
  size_t count = 0;
  for (size_t i = 0; i < COUNT(all); i++)
    if (count != 0 && hcsref_str_equal(all[i], dots)) /* no system has a dot in its name, so no dots are kept before */
      kept[--count] = HCSREF_LIT("");
    else if (all[i].len != 0 && !hcsref_str_equal(all[i], HCSREF_LIT(".")))
      kept[count++] = all[i];
  return hcsref_fail(call->arena, call->err, "shim-platform", HCSREF_LIT(WHERE), "%s: %v%s%v%s%v", what,
                     count == 0 ? HCSREF_LIT(".") : kept[0], count > 1 ? "/" : "", kept[1], count > 2 ? "/" : "",
                     kept[2]);
}

bool hcsref_call_check_platform(hcsref_shim_call *call) {
  const hcsref_shim_options *shim = call->settings->shim;
  platform p = {0};
  if (!hcsref_has(call->rules, HCSREF_CHANGE_VM_SHIM_CHECKED) || shim == NULL || shim->sandbox_platform.len == 0)
    return true;
  if (!parse(call, shim->sandbox_platform, &p))
    return false;
  if (hcsref_str_equal(p.os, HCSREF_LIT("windows")))
    return true; /* Linux specs do not come here */
  if (!hcsref_str_equal(p.os, HCSREF_LIT("linux")))
    return fail_platform(call, "unknown runtime sandbox platform OS", &p);
  return call->spec->windows == NULL ||
         fail_platform(call, "empty Linux config in OCI spec for Linux sandbox platform", &p);
}
