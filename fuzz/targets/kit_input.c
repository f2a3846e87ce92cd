/* SPDX-License-Identifier: Apache-2.0 */
/* What people have in hand, for `translate`. The first byte: the release and what else is given. */
#include "host.h"
#include "input/encoding.h"
#include "input/position.h"
#include "input/several.h"
#include "input/spec/spec.h"
#include "input/yaml.h"

/* What is handed over of a known kind is JSON, and what is said has words. */
static void check_read(hcsref_arena *arena, const input_spec *read) {
  const input_note *notes = read->notes.items;
  kit_json *tree;
  REQUIRE(read->kind == INPUT_UNKNOWN || kit_json_parse(arena, read->text, &tree, NULL), "a spec is JSON");
  REQUIRE(input_kind_name(read->kind) != NULL, "a kind has a name");
  for (size_t i = 0; i < read->notes.len; i++)
    REQUIRE(notes[i].message.len != 0, "a note has words");
}

/* YAML that is accepted becomes JSON, with and without a table. */
static void check_yaml(hcsref_arena *arena, hcsref_str text) {
  const hcsref_type *const types[] = {NULL, &hcsref_type_cri_container_config};
  for (size_t i = 0; i < 2; i++) {
    hcsref_str json;
    hcsref_error err = {0};
    kit_json *tree;
    if (input_yaml_to_json(arena, text, types[i], &json, &err))
      REQUIRE(kit_json_parse(arena, json, &tree, &err), "YAML becomes JSON: %v", err.message);
    else
      fuzz_check_error(&err);
  }
}

/* Each value is somewhere in the text, and so is what keeps it from being read. */
static void check_places(hcsref_arena *arena, hcsref_str text) {
  input_map map;
  input_place place;
  hcsref_error err = {0}, about = {.code = "json-type", .where = HCSREF_LIT("/0/a")};
  if (input_map_read(arena, text, NULL, &map, &err)) {
    (void)input_locate(&map, HCSREF_LIT("/a/0"), true, &place);
    REQUIRE(place.line > 0 && place.column > 0 && place.offset <= map.text.len, "a value has a place");
  } else {
    fuzz_check_error(&err);
    REQUIRE(map.problem.offset <= map.text.len, "a problem is in the text");
  }
  if (input_locate_error(arena, text, &about, &map, &place))
    REQUIRE(place.line > 0 && place.length <= map.text.len - place.offset, "an error has a place");
}

/* Each item is there, and those of a list have places of their own. */
static void check_split(hcsref_arena *arena, hcsref_str text) {
  hcsref_slice items = {0};
  const input_item *item;
  REQUIRE(input_split(arena, text, &items, NULL) && items.len > 0, "an operand has an item");
  item = items.items;
  REQUIRE(items.len == 1 || item->place.len != 0, "an item of a list has a place");
  REQUIRE(item->place.len != 0 || hcsref_str_equal(item->text, text), "what is no list stays as it is");
}

static hcsref_str work(int which, hcsref_str text) {
  static const char *const names[] = {"baseline", "containerd-1.7.34", "containerd-2.3.4", "hcsshim-0.13.0"};
  const hcsref_str completing =
      HCSREF_LIT("{\"hostname\":\"h\",\"Entrypoint\":[\"e\"],\"container_annotations\":[\"*\"],"
                 "\"options\":{\"SandboxIsolation\":1}}");
  hcsref_arena *arena = fuzz_arena(which);
  uint8_t first = fuzz_byte(&text);
  input_setup setup = {.id = HCSREF_LIT("c")};
  input_spec read;
  input_source source;
  hcsref_error err = {0};
  fuzz_host host;
  REQUIRE(fuzz_host_load(arena, HCSREF_LIT("{}"), HCSREF_LIT(""), &host), "an empty host");
  fuzz_host_for_cri(&host);
  setup.profile = fuzz_profile(names[first % 4]);
  if ((first & 4) != 0)
    setup.pod = completing;
  if ((first & 8) != 0)
    setup.image = completing;
  if ((first & 16) != 0)
    setup.runtime = completing;
  if ((first & 32) != 0) {
    check_yaml(arena, text);
    check_places(arena, text);
    check_split(arena, text);
  }
  if (!input_read_spec(arena, &setup, text, &host.host, &read, &source, &err)) {
    fuzz_check_error(&err);
    return err.message;
  }
  check_read(arena, &read);
  return read.text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hcsref_str text = fuzz_text(data, size);
  REQUIRE_SAME(work(FUZZ_FRESH, text), work(FUZZ_USUAL, text), "memory does not show");
  return 0;
}
