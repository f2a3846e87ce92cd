/* SPDX-License-Identifier: Apache-2.0 */
#include "input/foreign.h"

#define INSPECT "give one container's 'docker inspect' or 'crictl inspect'"

/* The first row that has all of `needs` counts, so the narrower ones come first. `listed`: of the first of a list.
 * Sources: the programs' own documentation; CNI SPEC.md; compose-spec; moby api/types; cri-tools cmd/crictl; OCI
 * image-spec. */
static const struct {
  const char *needs[3];
  bool listed;
  input_foreign is;
} rows[] = {
    {{"cniVersion"},
     false,
     {"a CNI configuration", "a network plugin reads it",
      "give the HCN or HNS document that the plugin makes from it (hnsdiag prints those that exist)"}},
    {{"ociVersion", "status", "bundle"},
     false,
     {"the state of a container, as OCI runtimes tell it", "hooks get it", "give config.json in its bundle"}},
    {{"ociVersionMin"}, false, {"a list of an OCI runtime's features", "engines ask a runtime for it", INSPECT}},
    {{"schemaVersion", "manifests"},
     false,
     {"an image index", "runtimes find the manifest of a platform in it",
      "give the image's config to --image of translate"}},
    {{"schemaVersion", "layers"},
     false,
     {"an image manifest", "runtimes pull an image by it", "give the image's config to --image of translate"}},
    {{"ServerVersion", "Driver"},
     false,
     {"the output of docker info", "it describes a host, not a container", INSPECT}},
    {{"config", "golang", "status"},
     false,
     {"the output of crictl info", "it describes a host, not a container", INSPECT}},
    {{"runtimeHandlers", "status"},
     false,
     {"the output of crictl info", "it describes a host, not a container", INSPECT}},
    {{"Names", "Image", "Status"}, false, {"a line of docker ps", "it lists containers", INSPECT}},
    {{"Names", "Image", "Status"}, true, {"a list of containers of docker's API", "it lists containers", INSPECT}},
    {{"Scope", "IPAM", "Driver"},
     true,
     {"the output of docker network inspect", "it describes a network to docker",
      "give the HNS network (hnsdiag prints it)"}},
    {{"Scope", "Mountpoint", "Driver"},
     true,
     {"the output of docker volume inspect", "it describes a volume to docker", INSPECT}},
    {{"runs-on"},
     false,
     {"a job of GitHub Actions", "a runner reads it", "give what is handed to the container runtime"}},
    {{"jobs", "on"},
     false,
     {"a workflow of GitHub Actions", "a runner reads it", "give what is handed to the container runtime"}},
    {{"auths"},
     false,
     {"docker's client configuration, which may hold credentials", "the docker command reads it",
      "give a bundle's config.json, or " INSPECT}},
    {{"credsStore"},
     false,
     {"docker's client configuration", "the docker command reads it", "give a bundle's config.json, or " INSPECT}},
    {{"NetworkMode", "Isolation"},
     false,
     {"docker's host config alone", "dockerd needs the container's config beside it", INSPECT}},
    {{"data-root"}, false, {"dockerd's daemon.json", "dockerd reads it at its start", INSPECT}},
    {{"exec-opts"}, false, {"dockerd's daemon.json", "dockerd reads it at its start", INSPECT}},
    {{"storage-opts"}, false, {"dockerd's daemon.json", "dockerd reads it at its start", INSPECT}},
    {{"registry-mirrors"}, false, {"dockerd's daemon.json", "dockerd reads it at its start", INSPECT}},
    {{"insecure-registries"}, false, {"dockerd's daemon.json", "dockerd reads it at its start", INSPECT}},
    {{"$schema", "properties"},
     false,
     {"a JSON Schema", "validators read it", "'hcsproof schema' prints those of the documents"}},
    {{"$schema", "$defs"},
     false,
     {"a JSON Schema", "validators read it", "'hcsproof schema' prints those of the documents"}},
    {{"kit", "results", "totals"},
     false,
     {"a report of 'hcsproof run'", "'hcsproof matrix' reads it", "give the document that a failure in it shows"}},
    {{"suite", "files"},
     false,
     {"the manifest of a suite", "'hcsproof golden verify' reads it", "give one of its cases"}},
};

/* Members whose value tells more than the name does: of an object, or of a list of objects. */
static const struct {
  const char *member, *inside[3];
  input_foreign is;
} nested[] = {
    {"services", {"image", "build", "deploy"}, {"a Compose file", "docker compose reads it", INSPECT}},
    {"containers", {"podSandboxId"}, {"the output of crictl ps", "it lists containers", INSPECT}},
    {"items",
     {"runtimeHandler", "state"},
     {"the output of crictl pods", "it lists pods", "give one pod's 'crictl inspectp'"}},
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool is_object(const kit_json *node) {
  return node != NULL && node->kind == KIT_JSON_OBJECT;
}

static bool has_all(const kit_json *object, const char *const *needs) {
  for (size_t i = 0; i < 3 && needs[i] != NULL; i++)
    if (kit_json_get(object, needs[i]) == NULL)
      return false;
  return true;
}

static bool has_one(const kit_json *object, const char *const *members) {
  for (size_t i = 0; i < 3 && members[i] != NULL; i++)
    if (kit_json_get(object, members[i]) != NULL)
      return true;
  return false;
}

static const input_foreign *nested_of(const kit_json *tree) {
  for (size_t i = 0; i < COUNT(nested); i++) {
    const kit_json *value = kit_json_get(tree, nested[i].member);
    if (value != NULL && is_object(value->first) && has_one(value->first, nested[i].inside))
      return &nested[i].is;
  }
  return NULL;
}

const input_foreign *input_foreign_of(const kit_json *tree) {
  bool listed = tree->kind == KIT_JSON_ARRAY;
  const kit_json *object = listed ? tree->first : tree;
  if (!is_object(object))
    return NULL;
  for (size_t i = 0; i < COUNT(rows); i++)
    if (rows[i].listed == listed && has_all(object, rows[i].needs))
      return &rows[i].is;
  return listed ? NULL : nested_of(object);
}

/* ---- text ---------------------------------------------------------------------------------------------------- */

/* So much of a text is looked at. */
#define MOST_LOOKED_AT ((size_t)1 << 16)

static const struct {
  const char *line; /* begins a line */
  input_foreign is;
} lines[] = {
    {"[plugins",
     {"containerd's configuration", "containerd reads it at its start",
      INSPECT " (translate takes its section on a runtime as JSON, with --runtime)"}},
    {"[[plugins",
     {"containerd's configuration", "containerd reads it at its start",
      INSPECT " (translate takes its section on a runtime as JSON, with --runtime)"}},
    {"FROM ", {"a Dockerfile", "docker build reads it", "give the image's config (docker image inspect), or " INSPECT}},
    {"job \"", {"a Nomad job", "Nomad's driver makes a container of it", INSPECT}},
    {"@{",
     {"an object as PowerShell shows it", "it is for people to look at",
      "write it as JSON: ... | ConvertTo-Json -Depth 20"}},
    {"<Configuration>",
     {"a configuration of Windows Sandbox (.wsb)", "Windows Sandbox reads it",
      "give the HCS document that it hands over"}},
    {"[wsl2]", {"a .wslconfig", "WSL reads it", "give the HCS document that WSL hands over"}},
};

const input_foreign *input_foreign_text(hcsref_str text) {
  bool begins = true;
  text = hcsref_str_first(text, MOST_LOOKED_AT);
  for (size_t i = 0; i < text.len; i++) {
    hcsref_str rest = hcsref_str_skip(text, i);
    for (size_t row = 0; begins && row < COUNT(lines); row++)
      if (hcsref_str_has_prefix(rest, hcsref_cstr(lines[row].line)))
        return &lines[row].is;
    begins = text.data[i] == '\n' || (begins && (text.data[i] == ' ' || text.data[i] == '\t'));
  }
  return NULL;
}
