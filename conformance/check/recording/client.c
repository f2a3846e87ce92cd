/* SPDX-License-Identifier: Apache-2.0 */
/* Go's build information names the release of each module: that of the shim's own, or of the hcsshim that another
 * program is built with. Source: Go debug/buildinfo; golang.org/ref/mod, pseudo-versions. */
#include "check/recording/client.h"

#include <string.h>

#define HCSSHIM        "github.com/Microsoft/hcsshim"
#define DOCKERD        "/cmd/dockerd"
#define COMMIT_LETTERS 9u /* of a commit of the table of releases */
#define PSEUDO_COMMIT  12u
#define PSEUDO_TIME    14u

static bool is_hex(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (strchr("0123456789abcdef", text.data[i]) == NULL || text.data[i] == '\0')
      return false;
  return true;
}

static bool is_decimal(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++)
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
  return true;
}

/* v0.0.0-20231101120000-0af576d29abc, or with -pre.0.20231101120000-… in the middle: the commit; else empty. */
static hcsref_str commit_of(hcsref_str version) {
  const size_t tail = PSEUDO_TIME + 1 + PSEUDO_COMMIT;
  hcsref_str end;
  if (version.len < tail + 1)
    return hcsref_str_from(NULL, 0);
  end = hcsref_str_skip(version, version.len - tail);
  if (!is_decimal(hcsref_str_first(end, PSEUDO_TIME)) || end.data[PSEUDO_TIME] != '-' ||
      !is_hex(hcsref_str_skip(end, PSEUDO_TIME + 1)))
    return hcsref_str_from(NULL, 0);
  return hcsref_str_skip(end, PSEUDO_TIME + 1);
}

/* What stands in front of the first of some characters. */
static hcsref_str before(hcsref_str text, const char *characters) {
  size_t length = 0;
  while (length < text.len && text.data[length] != '\0' && strchr(characters, text.data[length]) == NULL)
    length++;
  return hcsref_str_first(text, length);
}

/* A module's version as profiles have it: "0.12.9", a commit, or empty. */
static hcsref_str release_of(hcsref_str version, hcsref_str revision) {
  hcsref_str plain = before(version, "+"), commit = commit_of(plain);
  if (commit.len == 0 && (plain.len < 2 || plain.data[0] != 'v'))
    commit = revision;
  if (commit.len > 0)
    return hcsref_str_first(commit, commit.len < COMMIT_LETTERS ? commit.len : COMMIT_LETTERS);
  return plain.len < 2 || plain.data[0] != 'v' ? hcsref_str_from(NULL, 0) : hcsref_str_skip(plain, 1);
}

static const kit_json *module_of(const kit_json *go, hcsref_str path) {
  const kit_json *modules = kit_json_get(go, "modules");
  const kit_json *module = modules != NULL && modules->kind == KIT_JSON_ARRAY ? modules->first : NULL;
  while (module != NULL && !hcsref_str_equal(kit_json_get_string(module, "path"), path))
    module = module->next;
  return module;
}

static hcsref_str file_name(hcsref_str path) {
  size_t start = path.len;
  while (start > 0 && path.data[start - 1] != '\\' && path.data[start - 1] != '/')
    start--;
  return hcsref_str_skip(path, start);
}

/* dockerd's own module has no version where it is built without modules: the file's resource has it then, as four
 * numbers. */
static hcsref_str moby_release(const kit_json *program, const kit_json *go) {
  static const char *const modules[] = {"github.com/docker/docker", "github.com/moby/moby/v2", "github.com/moby/moby"};
  hcsref_str version = kit_json_get_string(program, "version"), release;
  size_t dots = 0, length = 0;
  for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
    const kit_json *module = module_of(go, hcsref_cstr(modules[i]));
    release = release_of(kit_json_get_string(module, "version"), hcsref_str_from(NULL, 0));
    if (module != NULL && release.len > 0)
      return release;
  }
  while (length < version.len && (dots += version.data[length] == '.') < 3)
    length++;
  return hcsref_str_first(version, length);
}

static bool read_profile(hcsref_arena *arena, const kit_json *program, check_client *out) {
  const kit_json *go = kit_json_get(program, "go"), *shim = module_of(go, HCSREF_LIT(HCSSHIM));
  hcsref_str own = kit_json_get_string(go, "path"), revision = hcsref_str_from(NULL, 0), release;
  const char *part = "hcsshim";
  out->says = hcsref_str_from(NULL, 0);
  if (hcsref_str_equal_ascii_fold(out->program, HCSREF_LIT("hcsrun.exe"))) {
    out->says = HCSREF_LIT("baseline"); /* this project's own runner */
    return true;
  }
  if (hcsref_str_has_suffix(own, HCSREF_LIT(DOCKERD))) {
    part = "moby";
    release = moby_release(program, go);
  } else {
    if (hcsref_str_has_prefix(own, HCSREF_LIT(HCSSHIM)))
      revision = kit_json_get_string(go, "revision");
    release = shim == NULL ? revision : release_of(kit_json_get_string(shim, "version"), revision);
    release = shim == NULL && revision.len > COMMIT_LETTERS ? hcsref_str_first(revision, COMMIT_LETTERS) : release;
  }
  return release.len == 0 || hcsref_format(arena, &out->says, "%s-%v", part, release);
}

bool client_read(hcsref_arena *arena, const kit_json *program, check_client *out) {
  hcsref_str go = kit_json_get_string(kit_json_get(program, "go"), "version");
  go = hcsref_str_has_prefix(go, HCSREF_LIT("go")) ? before(hcsref_str_skip(go, 2), " -+") : hcsref_str_from(NULL, 0);
  return hcsref_str_copy(arena, file_name(kit_json_get_string(program, "path")), &out->program) &&
         hcsref_str_copy(arena, go, &out->go) && read_profile(arena, program, out);
}

/* False: out of memory. */
static bool find(hcsref_arena *arena, hcsref_str name, const hcsref_profile **out) {
  hcsref_error err = {0};
  *out = hcsref_profile_find(arena, name, &err);
  return *out != NULL || strcmp(err.code, "out-of-memory") != 0;
}

bool client_profile(hcsref_arena *arena, check_client *client, const hcsref_profile **out) {
  hcsref_str name;
  if (!client->looked && client->says.len > 0) {
    if (client->go.len > 0 && !hcsref_str_equal(client->says, HCSREF_LIT("baseline")) &&
        (!hcsref_format(arena, &name, "%v+go-%v", client->says, client->go) || !find(arena, name, &client->profile)))
      return false;
    if (client->profile == NULL && !find(arena, client->says, &client->profile))
      return false;
  }
  client->looked = true;
  *out = client->profile;
  return true;
}
