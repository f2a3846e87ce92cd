/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/layers/wcow_parse.go ParseWCOWLayers, helpers.go validateRootfsAndLayers,
 * getOptionAsArray. */
#include "hcs/rules.h"

#include "hcsref/path.h"
#include "hcsref/pipeline.h"

#define FEWEST_FOLDERS 2

/* Options of a rootfs mount. Source: helpers.go. */
#define PARENT_FOLDERS HCSREF_LIT("parentLayerPaths=")
#define PARENT_CIMS    HCSREF_LIT("parentCimPaths=")
#define BLOCK_CIM_TYPE HCSREF_LIT("blockCIMType=")
#define MERGED_CIM     HCSREF_LIT("mergedCIMPath=")

typedef struct layer_parser {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  const hcsref_rootfs_mount *mount;
  hcsref_error *err;
} layer_parser;

static bool fail(const layer_parser *p, hcsref_str where, const char *what) {
  return hcsref_fail(p->arena, p->err, "layers-invalid", where, "%s", what);
}

static bool fail_precondition(const layer_parser *p, hcsref_str where, const char *what) {
  return hcsref_fail(p->arena, p->err, "layers-invalid", where, "%s: failed precondition", what);
}

/* Either a rootfs mount or layer folders, and of each as many as it takes. */
static bool check_counts(const layer_parser *p, const hcsref_slice *rootfs, const hcsref_slice *folders) {
  const hcsref_rootfs_mount *mounts = rootfs->items;
  const hcsref_str in_folders = HCSREF_LIT("/windows/layerFolders"), in_rootfs = HCSREF_LIT("/rootfs");
  if (rootfs->len != 0 && folders->len != 0)
    return fail_precondition(p, in_rootfs, "cannot pass both a rootfs mount and Windows.LayerFolders");
  if (rootfs->len == 0 && folders->len == 0)
    return fail_precondition(p, in_folders, "must pass either a rootfs mount or Windows.LayerFolders");
  if (rootfs->len > 1)
    return fail_precondition(p, in_rootfs, "expected a single rootfs mount");
  if (rootfs->len == 1 && mounts[0].target.len != 0)
    return fail_precondition(p, HCSREF_LIT("/rootfs/0/target"), "rootfs mount is missing Target path");
  if (rootfs->len == 0 && folders->len < FEWEST_FOLDERS)
    return fail_precondition(p, in_folders, "must pass at least two Windows.LayerFolders");
  return true;
}

/* A list of texts in JSON, behind the option's name; what `out` held is decoded into, as Go does. `failure` begins the
 * message. */
static bool decode_list(const layer_parser *p, size_t index, hcsref_str option, hcsref_slice *out,
                        const char *failure) {
  const hcsref_str text = hcsref_str_skip(((const hcsref_str *)p->mount->options.items)[index], option.len);
  hcsref_error problem = {0};
  if (hcsref_json_decode_as(p->arena, p->rules, text, &hcsref_type_strings, HCSREF_JSON_WHOLE, out, &problem))
    return true;
  if (hcsref_str_equal(hcsref_cstr(problem.code), HCSREF_LIT("out-of-memory")))
    return hcsref_fail_memory(p->err);
  return hcsref_fail_item(p->arena, p->err, "layers-invalid", "/rootfs/0/options", index, NULL, "%s%v", failure,
                          problem.message);
}

/* The list of the first option that begins so; `out` stays without one. */
static bool find_list(const layer_parser *p, hcsref_str option, const char *failure, hcsref_slice *out) {
  const hcsref_str *options = p->mount->options.items;
  for (size_t i = 0; i < p->mount->options.len; i++)
    if (hcsref_str_has_prefix(options[i], option))
      return decode_list(p, i, option, out, failure);
  return true;
}

static bool parse_folders(const layer_parser *p, hcsref_layers *out) {
  return find_list(p, PARENT_FOLDERS, "failed to unmarshal option `parentLayerPaths=`: ", &out->folders);
}

static bool parse_forked_cims(const layer_parser *p, hcsref_layers *out) {
  bool found =
      parse_folders(p, out) && find_list(p, PARENT_CIMS, "failed to unmarshal option `parentCimPaths=`: ", &out->cims);
  out->kind = HCSREF_LAYERS_FORKED_CIM;
  if (!found || out->folders.len == out->cims.len)
    return found;
  return fail(p, HCSREF_LIT("/rootfs/0/options"),
              "invalid mount, number of parent layer paths & cim paths should be same");
}

/* What the options of a block cim say. */
typedef struct block_options {
  hcsref_slice parents; /* of hcsref_str */
  uint32_t type;        /* 0: none */
  hcsref_str merged;
} block_options;

static const struct {
  const char *name;
  uint32_t type;
} block_types[] = {{"file", 1}, {"device", 2}};

static bool read_block_type(const layer_parser *p, size_t index, hcsref_str name, uint32_t *out) {
  for (size_t i = 0; i < sizeof block_types / sizeof *block_types; i++)
    if (hcsref_str_equal(name, hcsref_cstr(block_types[i].name))) {
      *out = block_types[i].type;
      return true;
    }
  return hcsref_fail_item(p->arena, p->err, "layers-invalid", "/rootfs/0/options", index, NULL,
                          "invalid block CIM type `%v`", name);
}

static bool read_block_option(const layer_parser *p, size_t index, hcsref_str option, block_options *out) {
  if (hcsref_str_has_prefix(option, PARENT_CIMS))
    return decode_list(p, index, PARENT_CIMS, &out->parents, "");
  if (hcsref_str_has_prefix(option, BLOCK_CIM_TYPE))
    return read_block_type(p, index, hcsref_str_skip(option, BLOCK_CIM_TYPE.len), &out->type);
  if (hcsref_str_has_prefix(option, MERGED_CIM))
    out->merged = hcsref_str_skip(option, MERGED_CIM.len);
  return true;
}

static bool check_block_options(const layer_parser *p, const block_options *options) {
  const char *problem = NULL;
  if (options->parents.len == 0)
    problem = "need at least 1 parent layer";
  else if (options->type == 0)
    problem = "BlockCIM type not provided";
  else if (options->merged.len == 0 && options->parents.len > 1)
    problem = "merged CIM path not provided";
  return problem == NULL || fail(p, HCSREF_LIT("/rootfs/0/options"), problem);
}

static bool split_block_path(const layer_parser *p, hcsref_str path, uint32_t type, hcsref_block_cim *out) {
  out->type = type;
  return (hcsref_path_dir_as(p->arena, p->rules, path, &out->block_path) &&
          hcsref_path_base_as(p->arena, p->rules, path, &out->name)) ||
         hcsref_fail_memory(p->err);
}

static bool make_block_cims(const layer_parser *p, const block_options *options, hcsref_layers *out) {
  const hcsref_str *parents = options->parents.items;
  bool merges = options->parents.len > 1; /* one layer is mounted as it is */
  hcsref_block_cim *cims = hcsref_arena_array(p->arena, options->parents.len + 1, sizeof *cims);
  if (cims == NULL)
    return hcsref_fail_memory(p->err);
  for (size_t i = 0; i < options->parents.len; i++)
    if (!split_block_path(p, parents[i], options->type, &cims[i]))
      return false;
  out->block_cims.items = cims;
  out->block_cims.len = out->block_cims.cap = options->parents.len;
  out->merged = merges ? &cims[options->parents.len] : NULL;
  return !merges || split_block_path(p, options->merged, options->type, &cims[options->parents.len]);
}

static bool parse_block_cims(const layer_parser *p, hcsref_layers *out) {
  const hcsref_str *options = p->mount->options.items;
  block_options block = {{NULL, 0, 0}, 0, {NULL, 0}};
  out->kind = HCSREF_LAYERS_BLOCK_CIM;
  for (size_t i = 0; i < p->mount->options.len; i++)
    if (!read_block_option(p, i, options[i], &block))
      return false;
  return check_block_options(p, &block) && make_block_cims(p, &block, out);
}

static const struct {
  const char *type;
  bool (*parse)(const layer_parser *p, hcsref_layers *out);
} mount_types[] = {
    {"windows-layer", parse_folders},
    {"CimFS", parse_forked_cims},
    {"BlockCIM", parse_block_cims},
};

static bool parse_rootfs(const layer_parser *p, hcsref_layers *out) {
  out->scratch = p->mount->source;
  for (size_t i = 0; i < sizeof mount_types / sizeof *mount_types; i++)
    if (hcsref_str_equal(p->mount->type, hcsref_cstr(mount_types[i].type)))
      return mount_types[i].parse(p, out);
  return hcsref_fail(p->arena, p->err, "layers-invalid", HCSREF_LIT("/rootfs/0/type"),
                     "invalid windows mount type: '%v'", p->mount->type);
}

bool hcsref_parse_layers(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_slice *rootfs,
                         const hcsref_slice *folders, hcsref_layers *out, hcsref_error *err) {
  const layer_parser p = {arena, hcsref_rules_or_baseline(rules), rootfs->items, err};
  const hcsref_str *items = folders->items;
  hcsref_layers layers = {0};
  if (!hcsref_has(p.rules, HCSREF_CHANGE_LAYERS_PARSED_FIRST))
    return hcsref_fail_release(arena, "parse layers before the document is made", err);
  if (!check_counts(&p, rootfs, folders))
    return false;
  if (rootfs->len != 0) {
    if (!parse_rootfs(&p, &layers))
      return false;
  } else {
    layers.scratch = items[folders->len - 1];
    layers.folders = *folders;
    layers.folders.len--;
  }
  *out = layers;
  return true;
}
