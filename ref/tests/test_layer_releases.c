/* SPDX-License-Identifier: Apache-2.0 */
/* Layers, as they are parsed and as documents have them, on both sides of each change of hcsshim. */
#include "shim_stage.h"

/* ---- layers -------------------------------------------------------------------------------------------------- */

/* A mount with one option, or with two. */
static hcsref_slice one_mount(hcsref_rootfs_mount *mount, hcsref_str *options, const char *type, const char *first,
                              const char *second) {
  const hcsref_slice list = {mount, 1, 1};
  memset(mount, 0, sizeof *mount);
  mount->type = hcsref_cstr(type);
  mount->source = HCSREF_LIT("C:\\s");
  options[0] = hcsref_cstr(first);
  options[1] = hcsref_cstr(second);
  mount->options.items = options;
  mount->options.len = (size_t)(first != NULL) + (size_t)(second != NULL);
  return list;
}

#define IN_OPTIONS "/rootfs/0/options"

static void rootfs_mounts_that_are_none(void **state) {
  static const struct {
    const char *type, *first, *second, *message, *where;
  } rows[] = {
      {"cimfs", NULL, NULL, "invalid windows mount type: 'cimfs'", "/rootfs/0/type"},
      {"windows-layer", "parentLayerPaths=x", NULL,
       "failed to unmarshal option `parentLayerPaths=`: invalid character 'x' looking for beginning of value",
       IN_OPTIONS "/0"},
      {"CimFS", "parentLayerPaths=[\"a\"]", "parentCimPaths=[1]",
       "failed to unmarshal option `parentCimPaths=`: json: cannot unmarshal number into Go value of type string",
       IN_OPTIONS "/1"},
      {"CimFS", "parentLayerPaths=[\"a\"]", NULL,
       "invalid mount, number of parent layer paths & cim paths should be same", IN_OPTIONS},
      {"BlockCIM", "parentCimPaths=", NULL, "unexpected end of JSON input", IN_OPTIONS "/0"},
      {"BlockCIM", "ro", "blockCIMType=File", "invalid block CIM type `File`", IN_OPTIONS "/1"},
      {"BlockCIM", "blockCIMType=file", NULL, "need at least 1 parent layer", IN_OPTIONS},
      {"BlockCIM", "parentCimPaths=[\"a\"]", NULL, "BlockCIM type not provided", IN_OPTIONS},
      {"BlockCIM", "parentCimPaths=[\"a\",\"b\"]", "blockCIMType=file", "merged CIM path not provided", IN_OPTIONS},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const hcsref_slice none = {NULL, 0, 0};
    hcsref_rootfs_mount mount;
    hcsref_str options[2];
    hcsref_slice rootfs = one_mount(&mount, options, rows[i].type, rows[i].first, rows[i].second);
    hcsref_layers layers;
    hcsref_arena arena;
    hcsref_error err;
    hcsref_arena_init(&arena, NULL, 0);
    assert_false(hcsref_parse_layers(&arena, rules_of(&arena, "0.13.0"), &rootfs, &none, &layers, &err));
    check_error(&err, "layers-invalid", rows[i].message, rows[i].where);
    hcsref_arena_free(&arena);
  }
}

static void layers_come_once(void **state) {
  static const struct {
    size_t mounts, folders;
    const char *target, *message, *where;
  } rows[] = {
      {1, 2, "", "cannot pass both a rootfs mount and Windows.LayerFolders: failed precondition", "/rootfs"},
      {0, 0, "", "must pass either a rootfs mount or Windows.LayerFolders: failed precondition",
       "/windows/layerFolders"},
      {2, 0, "", "expected a single rootfs mount: failed precondition", "/rootfs"},
      {1, 0, "t", "rootfs mount is missing Target path: failed precondition", "/rootfs/0/target"},
      {0, 1, "", "must pass at least two Windows.LayerFolders: failed precondition", "/windows/layerFolders"},
  };
  hcsref_str folders[2] = {HCSREF_LIT("a"), HCSREF_LIT("b")};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_rootfs_mount mounts[2];
    const hcsref_slice rootfs = {mounts, rows[i].mounts, 2}, list = {folders, rows[i].folders, 2};
    hcsref_layers layers;
    hcsref_arena arena;
    hcsref_error err;
    memset(mounts, 0, sizeof mounts);
    mounts[0].target = hcsref_cstr(rows[i].target);
    hcsref_arena_init(&arena, NULL, 0);
    assert_false(hcsref_parse_layers(&arena, rules_of(&arena, "0.13.0-rc.1"), &rootfs, &list, &layers, &err));
    check_error(&err, "layers-invalid", rows[i].message, rows[i].where);
    hcsref_arena_free(&arena);
  }
}

/* A second list of cims is decoded into the first, as Go does. */
static void block_cims_are_split_and_merged(void **state) {
  const hcsref_slice none = {NULL, 0, 0};
  hcsref_str options[4] = {HCSREF_LIT("parentCimPaths=[\"C:\\\\a\\\\1\",\"C:\\\\a\\\\2\"]"),
                           HCSREF_LIT("parentCimPaths=[null,\"D:\\\\3\"]"), HCSREF_LIT("mergedCIMPath=C:\\m\\n"),
                           HCSREF_LIT("blockCIMType=device")};
  hcsref_rootfs_mount mount = {.type = HCSREF_LIT("BlockCIM"), .source = HCSREF_LIT("s"), .options = {options, 4, 4}};
  const hcsref_slice rootfs = {&mount, 1, 1};
  const hcsref_block_cim *cims;
  hcsref_layers layers;
  hcsref_arena arena;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_parse_layers(&arena, rules_of(&arena, "0.13.0"), &rootfs, &none, &layers, NULL));
  assert_int_equal(layers.kind, HCSREF_LAYERS_BLOCK_CIM);
  assert_int_equal(layers.block_cims.len, 2);
  cims = layers.block_cims.items;
  assert_text(cims[0].block_path, "C:\\a");
  assert_text(cims[0].name, "1");
  assert_text(cims[1].block_path, "D:\\");
  assert_text(cims[1].name, "3");
  assert_int_equal(cims[1].type, 2);
  assert_text(layers.merged->block_path, "C:\\m");
  assert_text(layers.merged->name, "n");
  hcsref_arena_free(&arena);
}

/* ---- the document's layers ------------------------------------------------------------------------------------ */

#define FEW_FOLDERS "{\"root\":{\"path\":\"" VOLUME "\\\\\"},\"windows\":{\"layerFolders\":[\"C:\\\\s\"]}}"

static void layers_are_mounted_first(void **state) {
  static const fake_answer no_id[] = {{"id C:\\l2", "!no id"}, {NULL, NULL}};
  static const char exclusive[] = ARGON(",\"resources\":{\"cpu\":{\"shares\":1,\"maximum\":1}}", "");
  static const released rows[] = {
      {"0.12.9", ARGON("", ""), false, "error layer-id: no id", NULL},
      {"0.13.0-rc.1", ARGON("", ""), false, "error layer-id: failed to mount container storage: no id", NULL},
      {"0.12.9", exclusive, false, "error cpu-limits-exclusive", NULL},
      {"0.13.0-rc.1", exclusive, false, "error layer-id: failed to mount", NULL},
  };
  static const released quiet[] = {
      {"0.12.9", ARGON("", ""), false, "LayerFolderPath", NULL},
      {"0.13.0-rc.1", ARGON("", ""), false, "\"Path\":\"C:\\\\l2\"", "LayerFolderPath"},
      {"0.12.9", FEW_FOLDERS, false, "error layer-folders-missing: invalid spec - not enough layer folders supplied",
       NULL},
      {"0.13.0-rc.1", FEW_FOLDERS, false, "\"Layers\":null", "error"},
      {"0.12.9", SPEC(VOLUME, ",\"hyperv\":{}", ""), false, "\"Layers\":[", "error"},
      {"0.13.0-rc.1", SPEC(VOLUME, ",\"hyperv\":{}", ""), false, "error layers-not-mounted", NULL},
      {"0.13.0-rc.1", SPEC("x", ",\"hyperv\":{}", ""), false, "error root-path-not-volume", NULL},
  };
  (void)state;
  check_released(rows, COUNT_OF(rows), no_id);
  check_released(quiet, COUNT_OF(quiet), NULL);
}

#define CIM_VOLUME    "\\\\?\\Volume{7d0d2f1c-0e5b-5c2f-9d5f-0123456789ab}\\"
#define AS_JSON(guid) "\\\\\\\\?\\\\Volume{" guid "}\\\\"

/* The cim of the topmost layer is there, and mounted at `volume`. */
static void cims_of_layer_folders(void **state) {
  static const fake_answer cim[] = {{"stat C:\\cim-layers\\l1.cim", "there"}, {NULL, NULL}};
  static const struct {
    const char *release, *volume;
    bool hosted;
    const char *has;
  } rows[] = {
      {"0.12.0-rc.1", CIM_VOLUME, false, "\"Layers\":[{\"ID\":\"" FAKE_ID "\",\"Path\":\"C:\\\\l1\"},{"},
      {"0.12.0-rc.2", CIM_VOLUME, false,
       "\"Layers\":[{\"ID\":\"" FAKE_ID "\",\"Path\":\"" AS_JSON("7d0d2f1c-0e5b-5c2f-9d5f-0123456789ab") "\"}]"},
      {"0.12.0-rc.2", "", false, "error cim-not-mounted: cim C:\\cim-layers\\l1.cim not mounted"},
      {"0.12.0-rc.2", CIM_VOLUME, true, "\"Path\":\"V:C:\\\\l1\""},
      {"0.13.0-rc.1", CIM_VOLUME, false,
       "\"Layers\":[{\"ID\":\"7d0d2f1c-0e5b-5c2f-9d5f-0123456789ab\",\"Path\":\"" AS_JSON(
           "7d0d2f1c-0e5b-5c2f-9d5f-0123456789ab") "\"}]"},
      {"0.13.0-rc.1", "", false, "\"Path\":\"C:\\\\l1\""},
      {"0.13.0-rc.1", "V:", false,
       "error cim-volume: failed to mount container storage: volume path V: is not in the expected format"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const released row = {rows[i].release, NULL, rows[i].hosted, rows[i].has, NULL};
    stage s;
    stage_init(&s, rows[i].hosted ? XENON("", "") : ARGON("", ""), 2, 1, rows[i].hosted, cim);
    s.fake.cim_volume = hcsref_cstr(rows[i].volume);
    s.options.profile = shim_of(&s.arena, rows[i].release);
    check_text(&row, documents_text(&s, build(&s)));
    hcsref_arena_free(&s.arena);
  }
}

#define NO_FOLDERS(root) "{\"root\":{\"path\":\"" root "\"},\"windows\":{\"layerFolders\":null}}"
#define PARENT           "parentLayerPaths=[\"C:\\\\p\"]"
#define PARENT_CIM       "parentCimPaths=[\"C:\\\\p.cim\"]"

static void rootfs_layers(void **state) {
  static const struct {
    const char *type, *first, *second;
    bool hosted, preset;
    const char *root, *has;
  } rows[] = {
      {"windows-layer", PARENT, NULL, false, false, VOLUME,
       "\"Layers\":[{\"ID\":\"" FAKE_ID "\",\"Path\":\"C:\\\\p\"}]"},
      {"windows-layer", PARENT, NULL, true, false, "C", "\"Path\":\"V:C:\\\\p\""},
      {"windows-layer", PARENT, NULL, true, true, "C", "\"Id\":\"" FAKE_ID "\",\"Path\":\"C:\\\\p\""},
      {"windows-layer", NULL, NULL, false, false, VOLUME, "\"Layers\":null"},
      {"CimFS", PARENT, PARENT_CIM, false, false, VOLUME,
       "\"ID\":\"08a5fad7-7f35-57c7-b72b-5ce112139c20\",\"Path\":\"" AS_JSON("08a5fad7-7f35-57c7-b72b-5ce112139c20")},
      {"CimFS", PARENT, PARENT_CIM, false, true, VOLUME "\\\\",
       "\"ID\":\"11111111-2222-3333-4444-555555555555\",\"Path\":\"" AS_JSON("11111111-2222-3333-4444-555555555555")},
      {"CimFS", PARENT, PARENT_CIM, false, true, VOLUME,
       "error cim-volume: failed to use pre-mounted container storage: volume path "},
      {"CimFS", NULL, NULL, false, false, VOLUME,
       "error layers-invalid: failed to mount container storage: there is no"},
      {"CimFS", PARENT, PARENT_CIM, true, false, VOLUME,
       "error layers-invalid: failed to mount container storage: hyperv isolated containers aren't supported with "
       "forked cim layers"},
      {"BlockCIM", PARENT_CIM, "blockCIMType=file", true, false, VOLUME, "error unsupported"},
      {"BlockCIM", PARENT_CIM, "blockCIMType=file", false, false, VOLUME, "08a5fad7-7f35-57c7-b72b-5ce112139c20"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const released row = {"0.14.1", NULL, false, rows[i].has, NULL};
    hcsref_rootfs_mount mount;
    hcsref_str options[2];
    char spec[512];
    stage s;
    snprintf(spec, sizeof spec, NO_FOLDERS("%s"), rows[i].root);
    stage_init(&s, spec, 2, 1, rows[i].hosted, NULL);
    s.options.rootfs = one_mount(&mount, options, rows[i].type, rows[i].first, rows[i].second);
    s.options.root_preset = rows[i].preset;
    s.options.profile = shim_of(&s.arena, row.release);
    check_text(&row, documents_text(&s, build(&s)));
    hcsref_arena_free(&s.arena);
  }
}

static void preset_roots(void **state) {
  static const fake_answer no_id[] = {{"id C:\\l2", "!no id"}, {NULL, NULL}};
  static const struct {
    const char *release;
    bool hosted;
    const fake_answer *answers;
    const char *has;
  } rows[] = {
      {"0.12.9", true, NULL, "V:C:\\\\l1"},
      {"0.13.0-rc.1", false, NULL, "error layers-not-mounted"},
      {"0.14.0", true, NULL, "error layers-not-mounted"},
      {"0.14.1", false, NULL, "\"Path\":\"C:\\\\l1\""},
      {"0.14.1", true, NULL, "\"Path\":\"C:\\\\l1\""},
      {"0.14.1", true, no_id, "error layer-id: failed to use pre-mounted container storage: no id"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const released row = {rows[i].release, NULL, rows[i].hosted, rows[i].has, NULL};
    stage s;
    stage_init(&s, rows[i].hosted ? XENON("", "") : ARGON("", ""), 2, 1, rows[i].hosted, rows[i].answers);
    s.options.root_preset = true;
    s.options.profile = shim_of(&s.arena, rows[i].release);
    check_text(&row, documents_text(&s, build(&s)));
    hcsref_arena_free(&s.arena);
  }
}

/* The image of a utility VM is looked for in the layers, with the scratch and from 0.13 on without it. */
static void the_image_of_a_vm(void **state) {
  static const struct {
    const char *release, *log;
  } rows[] = {{"0.12.9", "stat C:\\l1\\UtilityVM\nstat C:\\l2\\UtilityVM\nstat C:\\s\\UtilityVM\n"},
              {"0.13.0", "stat C:\\l1\\UtilityVM\nstat C:\\l2\\UtilityVM\n"}};
  static const fake_answer none[] = {
      {"stat C:\\l1\\UtilityVM", "-"}, {"stat C:\\l2\\UtilityVM", "-"}, {"stat C:\\s\\UtilityVM", "-"}, {NULL, NULL}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    stage s;
    stage_init(&s, XENON("", ""), 1, 0, true, none);
    s.options.profile = shim_of(&s.arena, rows[i].release);
    assert_false(build(&s));
    assert_string_equal(s.err.code, "uvm-folder-missing");
    if (strstr(s.fake.log, rows[i].log) == NULL || strstr(s.fake.log, "id ") != NULL)
      fail_msg("%s", s.fake.log);
    hcsref_arena_free(&s.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rootfs_mounts_that_are_none),
      cmocka_unit_test(layers_come_once),
      cmocka_unit_test(block_cims_are_split_and_merged),
      cmocka_unit_test(layers_are_mounted_first),
      cmocka_unit_test(cims_of_layer_folders),
      cmocka_unit_test(rootfs_layers),
      cmocka_unit_test(preset_roots),
      cmocka_unit_test(the_image_of_a_vm),
  };
  return cmocka_run_group_tests_name("the shim by release", tests, NULL, NULL);
}
