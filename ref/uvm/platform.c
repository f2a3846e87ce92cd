/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox platform of the runtime options. Source: containerd/platforms platforms.go Parse, Format, normalizeOS,
 * normalizeArch, as hcsshim 0.14 and 0.15 vendor it. The shim itself runs on windows/amd64. */
#include "uvm/call.h"

#define WHERE "/shim/sandbox_platform"
#define PARTS 3

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

static bool is_word(char c, bool dots) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         (dots && c == '.');
}

/* How many letters at the front are a word's. */
static size_t word_length(hcsref_str text, bool dots) {
  size_t length = 0;
  while (length < text.len && is_word(text.data[length], dots))
    length++;
  return length;
}

static bool lower(hcsref_arena *arena, hcsref_str text, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  for (size_t i = 0; i < text.len; i++)
    hcsref_buf_append_char(&buf, text.data[i] >= 'A' && text.data[i] <= 'Z' ? (char)(text.data[i] + 32) : text.data[i]);
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

/* The operating system without its version in parentheses, which must end the text; false when it is neither. */
static bool cut_version(hcsref_str text, hcsref_str *os) {
  size_t length = word_length(text, false);
  hcsref_str rest = hcsref_str_skip(text, length);
  *os = hcsref_str_first(text, length);
  if (length == 0)
    return false;
  if (rest.len == 0)
    return true;
  if (rest.data[0] != '(')
    return false;
  rest = hcsref_str_skip(rest, 1 + word_length(hcsref_str_skip(rest, 1), true));
  return rest.len == 1 && rest.data[0] == ')';
}

static hcsref_str normal_os(hcsref_str os) {
  return hcsref_str_equal(os, HCSREF_LIT("macos")) ? HCSREF_LIT("darwin") : os;
}

/* Names of the same architecture. */
static const struct {
  const char *name, *variant, *arch, *normal_variant;
} architecture_names[] = {
    {"i386", NULL, "386", ""},     {"x86_64", "v1", "amd64", ""},    {"x86-64", "v1", "amd64", ""},
    {"amd64", "v1", "amd64", ""},  {"x86_64", NULL, "amd64", NULL},  {"x86-64", NULL, "amd64", NULL},
    {"aarch64", "8", "arm64", ""}, {"aarch64", "v8", "arm64", ""},   {"arm64", "8", "arm64", ""},
    {"arm64", "v8", "arm64", ""},  {"aarch64", NULL, "arm64", NULL}, {"armhf", NULL, "arm", "v7"},
    {"armel", NULL, "arm", "v6"},  {"arm", "", "arm", "v7"},         {"arm", "7", "arm", "v7"},
    {"arm", "5", "arm", "v5"},     {"arm", "6", "arm", "v6"},        {"arm", "8", "arm", "v8"},
};

static bool normalise_arch(hcsref_arena *arena, platform *p) {
  if (!lower(arena, p->arch, &p->arch) || !lower(arena, p->variant, &p->variant))
    return false;
  for (size_t i = 0; i < COUNT(architecture_names); i++) {
    if (!hcsref_str_equal(p->arch, hcsref_cstr(architecture_names[i].name)) ||
        (architecture_names[i].variant != NULL &&
         !hcsref_str_equal(p->variant, hcsref_cstr(architecture_names[i].variant))))
      continue;
    p->arch = hcsref_cstr(architecture_names[i].arch);
    if (architecture_names[i].normal_variant != NULL)
      p->variant = hcsref_cstr(architecture_names[i].normal_variant);
    break;
  }
  return true;
}

static bool fail_syntax(const hcsref_shim_call *call, const char *format, hcsref_str part, hcsref_str whole) {
  return hcsref_fail(call->arena, call->err, "shim-platform", HCSREF_LIT(WHERE), format, part, whole);
}

static bool check_part(const hcsref_shim_call *call, hcsref_str part, size_t index, hcsref_str whole, platform *p) {
  if (index > 0)
    return (part.len > 0 && word_length(part, true) == part.len) ||
           fail_syntax(call,
                       "invalid runtime sandbox platform: %q is an invalid component of %q: platform specifier "
                       "component must match \"^[A-Za-z0-9_.-]+$\": invalid argument",
                       part, whole);
  return cut_version(part, &p->os) ||
         fail_syntax(call,
                     hcsref_has(call->rules, HCSREF_CHANGE_VM_PLATFORM_FEATURES)
                         ? "invalid runtime sandbox platform: %q is an invalid OS component of %q: OSAndVersion "
                           "specifier component must match "
                           "\"^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%%-]*)((?:\\\\+[A-Za-z0-9_.%%-]+)*)\\\\))?$\": "
                           "invalid argument"
                         : "invalid runtime sandbox platform: %q is an invalid OS component of %q: OSAndVersion "
                           "specifier component must match "
                           "\"^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.-]*)\\\\))?$\": invalid argument",
                     part, whole);
}

/* Splits at slashes; `*count` is PARTS + 1 when there are more. */
static bool split(const hcsref_shim_call *call, hcsref_str whole, hcsref_str *parts, size_t *count, platform *p) {
  hcsref_str rest = whole;
  for (*count = 0; *count <= PARTS; ++*count) {
    size_t length = 0;
    while (*count < PARTS && length < rest.len && rest.data[length] != '/')
      length++;
    if (*count == PARTS)
      length = rest.len;
    if (!check_part(call, hcsref_str_first(rest, length), *count, whole, p))
      return false;
    if (*count < PARTS)
      parts[*count] = hcsref_str_first(rest, length);
    if (length == rest.len) {
      ++*count;
      break;
    }
    rest = hcsref_str_skip(rest, length + 1);
  }
  return true;
}

/* A single word is a system, else an architecture. */
static bool settle_single(const hcsref_shim_call *call, hcsref_str whole, platform *p) {
  if (is_one_of(p->os, systems, COUNT(systems))) {
    p->arch = HCSREF_LIT("amd64");
    return true;
  }
  p->arch = whole;
  if (!normalise_arch(call->arena, p))
    return hcsref_fail_memory(call->err);
  p->os = HCSREF_LIT("windows");
  if (hcsref_str_equal(p->arch, HCSREF_LIT("arm")) && hcsref_str_equal(p->variant, HCSREF_LIT("v7")))
    p->variant = HCSREF_LIT("");
  return is_one_of(p->arch, architectures, COUNT(architectures)) ||
         hcsref_fail(call->arena, call->err, "shim-platform", HCSREF_LIT(WHERE),
                     "invalid runtime sandbox platform: %q: unknown operating system or architecture: invalid argument",
                     whole);
}

static bool settle_pair(const hcsref_shim_call *call, const hcsref_str *parts, size_t count, platform *p) {
  p->arch = parts[1];
  if (count == 3)
    p->variant = parts[2];
  if (!normalise_arch(call->arena, p))
    return hcsref_fail_memory(call->err);
  if (count == 2 && hcsref_str_equal(p->arch, HCSREF_LIT("arm")) && hcsref_str_equal(p->variant, HCSREF_LIT("v7")))
    p->variant = HCSREF_LIT("");
  if (count == 3 && hcsref_str_equal(p->arch, HCSREF_LIT("arm64")) && p->variant.len == 0)
    p->variant = HCSREF_LIT("v8");
  return true;
}

static bool has_wildcard(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] == '*')
      return true;
  return false;
}

static bool parse(const hcsref_shim_call *call, hcsref_str whole, platform *p) {
  hcsref_str parts[PARTS];
  size_t count;
  if (has_wildcard(whole))
    return hcsref_fail(call->arena, call->err, "shim-platform", HCSREF_LIT(WHERE),
                       "invalid runtime sandbox platform: %q: wildcards not yet supported: invalid argument", whole);
  if (!split(call, whole, parts, &count, p))
    return false;
  if (count > PARTS)
    return hcsref_fail(call->arena, call->err, "shim-platform", HCSREF_LIT(WHERE),
                       "invalid runtime sandbox platform: %q: cannot parse platform specifier: invalid argument",
                       whole);
  if (!lower(call->arena, p->os, &p->os))
    return hcsref_fail_memory(call->err);
  p->os = normal_os(p->os);
  return count == 1 ? settle_single(call, parts[0], p) : settle_pair(call, parts, count, p);
}

static bool fail_platform(const hcsref_shim_call *call, const char *what, const platform *p) {
  return hcsref_fail(call->arena, call->err, "shim-platform", HCSREF_LIT(WHERE), "%s: %v/%v%s%v", what, p->os, p->arch,
                     p->variant.len == 0 ? "" : "/", p->variant);
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
