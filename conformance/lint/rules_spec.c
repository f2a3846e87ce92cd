/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for what comes before HCS documents: OCI specs, CRI configs, credential specs, chains of layers. What the
 * pipeline itself refuses is not here. */
#include "lint/checks.h"

#include "hcsref/hcsref.h"

#include <string.h>

/* ---- OCI ---- */

/* Destinations are cleaned before Windows sees them: slashes and letters of either case are as good. */
static void check_destination(kit_linter *l, const kit_place *at, const char *member, hcsref_str path) {
  const char *hidden = kit_hidden_by(path);
  if (kit_same_path(path, HCSREF_LIT("C:")))
    kit_lint_tell(l, at, member, "mount-root", "\"%v\" is the container's system drive", path);
  else if (hidden != NULL)
    kit_lint_tell(l, at, member, "mount-over-system",
                  "\"%v\" hides %s of the image, which programs of the container need", path, hidden);
}

#define MOST_MOUNTS 1000

/* Only in paths of Windows: a CRI config does not say which it is for. */
static void check_reserved(kit_linter *l, const kit_place *at, const char *member, hcsref_str path) {
  if (path.len > 1 && (path.data[0] == '\\' || path.data[1] == ':'))
    kit_lint_reserved(l, at, member, path);
}

static void check_mounts(kit_linter *l, const kit_place *at, const kit_json *object, const char *member,
                         const char *name, const char *source) {
  const kit_json *list = kit_json_get(object, member), *item, *other;
  kit_place list_place = {at, hcsref_cstr(member), 0};
  size_t i = 0;
  if (list == NULL || list->kind != KIT_JSON_ARRAY || list->count > MOST_MOUNTS)
    return;
  for (item = list->first; item != NULL; item = item->next, i++) {
    hcsref_str path = kit_json_get_string(item, name);
    kit_place here = {&list_place, {NULL, 0}, i};
    check_destination(l, &here, name, path);
    check_reserved(l, &here, name, path);
    check_reserved(l, &here, source, kit_json_get_string(item, source));
    for (other = list->first; other != item; other = other->next)
      if (path.len != 0 && kit_same_path(path, kit_json_get_string(other, name))) {
        kit_lint_tell(l, &here, name, "container-path-repeated", "\"%v\" is already mapped", path);
        break;
      }
  }
}

/* Since 0.13 hcsshim looks at the type of mounts in a utility VM only; before, at all of them. */
static void check_types(kit_linter *l, const kit_place *at, const kit_json *spec) {
  static const char *const refused[] = {"bind", "windows-layer", "CimFS", "BlockCIM", "tmpfs", "proc", "sysfs", NULL};
  const kit_json *list = kit_json_get(spec, "mounts"), *mount;
  kit_place list_place = {at, HCSREF_LIT("mounts"), 0};
  size_t i = 0;
  for (mount = list == NULL ? NULL : list->first; mount != NULL; mount = mount->next, i++) {
    kit_place here = {&list_place, {NULL, 0}, i};
    hcsref_str type = kit_json_get_string(mount, "type");
    if (kit_is_one_of(type, refused))
      kit_lint_tell(l, &here, "type", "mount-type-refused",
                    "hcsshim refuses a mount of type %v (before 0.13 always, since then in a utility VM)", type);
  }
}

static bool is_windows(const kit_json *spec) {
  return kit_is_set(spec, "windows");
}

/* Source: hcsshim internal/oci/util.go IsLCOW; a spec for Windows with a stray section "linux" is
 * checked all the same. */
bool kit_is_linux_spec(const kit_json *spec) {
  return kit_is_set(spec, "linux") && kit_is_set(spec, "windows") &&
         hcsref_str_has_prefix(kit_json_get_string(kit_json_get(spec, "process"), "cwd"), HCSREF_LIT("/"));
}

static void check_oci(kit_linter *l, const kit_place *at, const kit_json *spec) {
  hcsref_str root = kit_json_get_string(kit_json_get(spec, "root"), "path");
  kit_place here = {at, HCSREF_LIT("root"), 0};
  if (!is_windows(spec)) {
    if (kit_is_set(spec, "linux"))
      kit_lint_tell(l, at, "windows", "spec-platform", "the spec is for Linux: it has no windows section");
    return;
  }
  if (kit_is_linux_spec(spec)) {
    kit_lint_tell(l, at, "linux", "translate-note",
                  "hcsshim takes a spec that has this for a Linux container's (LCOW)");
    return;
  }
  check_mounts(l, at, spec, "mounts", "destination", "source");
  check_types(l, at, spec);
  if (root.len != 0 && at->up == NULL && kit_is_set(kit_json_get(spec, "windows"), "hyperv"))
    kit_lint_tell(l, &here, "path", "hyperv-root",
                  "\"%v\": with Hyper-V isolation there is no root path; it is that of the utility VM", root);
}

static void check_oci_user(kit_linter *l, const kit_place *at, const kit_json *user) {
  kit_lint_user(l, at, "username", kit_json_get_string(user, "username"));
}

static hcsref_str first_text(const kit_json *list) {
  bool is_text =
      list != NULL && list->kind == KIT_JSON_ARRAY && list->first != NULL && list->first->kind == KIT_JSON_STRING;
  return is_text ? list->first->text : HCSREF_LIT("");
}

static void check_oci_process(kit_linter *l, const kit_place *at, const kit_json *process) {
  if (!l->for_linux)
    kit_lint_command(l, at, "args", first_text(kit_json_get(process, "args")));
}

void kit_lint_credential_text(kit_linter *l, const kit_place *at, const char *member, const kit_json *value) {
  hcsref_error err = {0};
  kit_json *tree;
  if (value == NULL || value->kind != KIT_JSON_STRING || value->text.len == 0)
    return;
  if (hcsref_str_has_prefix(value->text, HCSREF_LIT("file://")) ||
      hcsref_str_has_prefix(value->text, HCSREF_LIT("registry://"))) {
    kit_lint_tell(l, at, member, "credential-spec",
                  "\"%v\" is how docker refers to a credential spec; here, the JSON text itself is expected",
                  value->text);
    return;
  }
  if (!kit_json_parse(l->arena, value->text, &tree, &err)) {
    if (strcmp(err.code, "out-of-memory") == 0)
      l->out_of_memory = true;
    else
      kit_lint_tell(l, at, member, "credential-spec", "the string is not the JSON of a credential spec: %v",
                    err.message);
    return;
  }
  if (tree->count != 0 && !kit_is_set(tree, "CmsPlugins") && !kit_is_set(tree, "DomainJoinConfig") &&
      !kit_is_set(tree, "ActiveDirectoryConfig"))
    kit_lint_tell(l, at, member, "credential-spec",
                  "the JSON in the string is not a credential spec, which has CmsPlugins and DomainJoinConfig");
}

static void check_oci_windows(kit_linter *l, const kit_place *at, const kit_json *windows) {
  const kit_json *credentials = kit_json_get(windows, "credentialSpec");
  kit_lint_credential_text(l, at, "credentialSpec", credentials);
  if (credentials != NULL && credentials->kind == KIT_JSON_OBJECT)
    kit_lint_tell(l, at, "credentialSpec", "credential-spec-object",
                  "hcsshim ignores an object here; write the credential spec as a JSON string");
}

/* ---- CRI ---- */

static void check_cri(kit_linter *l, const kit_place *at, const kit_json *config) {
  check_mounts(l, at, config, "mounts", "container_path", "host_path");
  if (kit_is_set(config, "windows"))
    kit_lint_command(l, at, "command", first_text(kit_json_get(config, "command")));
}

static void check_cri_mount(kit_linter *l, const kit_place *at, const kit_json *mount) {
  hcsref_str source = kit_json_get_string(mount, "host_path");
  if (hcsref_str_has_prefix(source, HCSREF_LIT("sandbox:")))
    kit_lint_tell(l, at, "host_path", "mount-source",
                  "containerd makes a folder of \"%v\" and cleans the path, so that hcsshim does not resolve it",
                  source);
}

static void check_cri_security(kit_linter *l, const kit_place *at, const kit_json *context) {
  kit_lint_user(l, at, "run_as_username", kit_json_get_string(context, "run_as_username"));
  kit_lint_credential_text(l, at, "credential_spec", kit_json_get(context, "credential_spec"));
}

/* ---- credential specs ---- */

static bool ends_in_dollar(hcsref_str name) {
  return name.len != 0 && name.data[name.len - 1] == '$';
}

static void tell_dollar(kit_linter *l, const kit_place *at, const char *member, hcsref_str name) {
  if (ends_in_dollar(name))
    kit_lint_tell_text(l, at, member, hcsref_str_first(name, name.len - 1), "credential-spec",
                       "\"%v\" is the account's name in the directory; here it is written without the $", name);
}

static bool lists(const kit_json *list, const char *word) {
  for (const kit_json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
    if (item->kind == KIT_JSON_STRING && hcsref_str_equal(item->text, hcsref_cstr(word)))
      return true;
  return false;
}

static void check_credential_spec(kit_linter *l, const kit_place *at, const kit_json *spec) {
  const kit_json *domain = kit_json_get(spec, "DomainJoinConfig");
  kit_place here = {at, HCSREF_LIT("DomainJoinConfig"), 0};
  static const char *const needed[] = {"Sid", "MachineAccountName", "Guid", "DnsName", "NetBiosName"};
  if (!lists(kit_json_get(spec, "CmsPlugins"), "ActiveDirectory"))
    kit_lint_tell(l, at, "CmsPlugins", "credential-spec", "the plugin ActiveDirectory is missing");
  if (domain == NULL || domain->kind != KIT_JSON_OBJECT) {
    kit_lint_tell(l, at, "DomainJoinConfig", "credential-spec", "no domain is given");
    return;
  }
  for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
    if (kit_json_get_string(domain, needed[i]).len == 0)
      kit_lint_tell(l, &here, needed[i], "credential-spec", "%s of the domain is missing", needed[i]);
  tell_dollar(l, &here, "MachineAccountName", kit_json_get_string(domain, "MachineAccountName"));
  kit_lint_guid(l, &here, domain, "Guid", "credential-spec");
  if (!hcsref_str_has_prefix(kit_json_get_string(domain, "Sid"), HCSREF_LIT("S-1-5-21-")) && kit_is_set(domain, "Sid"))
    kit_lint_tell(l, &here, "Sid", "credential-spec", "\"%v\" is not the SID of a domain, S-1-5-21-…",
                  kit_json_get_string(domain, "Sid"));
}

static void check_directory_config(kit_linter *l, const kit_place *at, const kit_json *config) {
  const kit_json *accounts = kit_json_get(config, "GroupManagedServiceAccounts");
  if (accounts == NULL || accounts->count == 0)
    kit_lint_tell(l, at, "GroupManagedServiceAccounts", "credential-spec", "no account is named");
}

static void check_account(kit_linter *l, const kit_place *at, const kit_json *account) {
  hcsref_str name = kit_json_get_string(account, "Name");
  if (name.len == 0)
    kit_lint_tell(l, at, "Name", "credential-spec", "the account has no name");
  tell_dollar(l, at, "Name", name);
  if (kit_json_get_string(account, "Scope").len == 0)
    kit_lint_tell(l, at, "Scope", "credential-spec", "the account has no domain");
}

/* Of a host that is in no domain: which plugin fetches the password. */
static void check_host_account(kit_linter *l, const kit_place *at, const kit_json *host) {
  hcsref_str id = kit_json_get_string(host, "PluginGUID");
  hcsref_str inner = id.len < 2 ? id : hcsref_str_first(hcsref_str_skip(id, 1), id.len - 2);
  if (!hcsref_str_equal(kit_json_get_string(host, "PortableCcgVersion"), HCSREF_LIT("1")))
    kit_lint_tell(l, at, "PortableCcgVersion", "credential-spec", "the version is \"1\", a string");
  if (!kit_is_guid(id) && !(id.len == 38 && id.data[0] == '{' && kit_is_guid(inner)))
    kit_lint_tell(l, at, "PluginGUID", "credential-spec", "the plugin is named by its GUID");
  if (!kit_is_set(host, "PluginInput"))
    kit_lint_tell(l, at, "PluginInput", "credential-spec", "the input of the plugin is missing");
}

/* ---- layerchain.json ---- */

void kit_lint_layer_chain(kit_linter *l, const kit_place *at, const kit_json *list) {
  size_t i = 0;
  for (const kit_json *item = list->kind == KIT_JSON_ARRAY ? list->first : NULL; item != NULL; item = item->next, i++) {
    kit_place here = {at, {NULL, 0}, i};
    if (item->kind == KIT_JSON_STRING && !hcsref_path_is_abs(item->text))
      kit_lint_tell(l, &here, NULL, "layer-chain", "\"%v\" is not an absolute path", item->text);
  }
}

const kit_check kit_spec_checks[] = {
    {&hcsref_type_oci_spec, check_oci},
    {&hcsref_type_oci_process, check_oci_process},
    {&hcsref_type_oci_user, check_oci_user},
    {&hcsref_type_oci_windows, check_oci_windows},
    {&hcsref_type_cri_container_config, check_cri},
    {&hcsref_type_cri_mount, check_cri_mount},
    {&hcsref_type_cri_windows_container_security_context, check_cri_security},
    {&hcsref_type_cri_windows_sandbox_security_context, check_cri_security},
    {&kit_type_credential_spec, check_credential_spec},
    {&kit_type_credential_directory, check_directory_config},
    {&kit_type_credential_account, check_account},
    {&kit_type_credential_host, check_host_account},
    {NULL, NULL},
};
