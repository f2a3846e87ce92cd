/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2 on a made-up host, and specs and documents that several tests of it need. */
#ifndef HCSREF_TESTS_HCS_STAGE_H
#define HCSREF_TESTS_HCS_STAGE_H

#include "fake_host.h"
#include "hcsref/pipeline.h"

#define VOLUME "\\\\\\\\?\\\\Volume{11111111-2222-3333-4444-555555555555}"

/* A spec with `root`, members of `windows` after the layer folders, and more members of the spec. */
#define SPEC(root, windows, more)                                                                                      \
  "{\"root\":{\"path\":\"" root "\"},\"windows\":{\"layerFolders\":[\"C:\\\\l1\",\"C:\\\\l2\",\"C:\\\\s\"]" windows    \
  "}" more "}"
#define ARGON(windows, more) SPEC(VOLUME "\\\\", windows, more)
#define XENON(windows, more) SPEC("C:\\\\c\\\\1", ",\"hyperv\":{}" windows, more)

#define REGISTRY_BEGIN                                                                                                 \
  "\"RegistryChanges\":{\"AddValues\":[{\"Key\":{\"Hive\":\"System\",\"Name\":\"ControlSet001\\\\Control\"},\"Name\":" \
  "\"WaitToKillServiceTimeout\",\"Type\":\"String\",\"StringValue\":\"2147483647\"}"
#define REGISTRY REGISTRY_BEGIN "]}"

#define MOUNTS                                                                                                         \
  ",\"mounts\":[{\"source\":\"C:\\\\a\",\"destination\":\"C:\\\\x\",\"options\":[\"rw\",\"Ro\",\"rw\"]},"              \
  "{\"source\":\"\\\\\\\\.\\\\pipe\\\\p\",\"destination\":\"\\\\\\\\.\\\\pipe\\\\q\"},"                                \
  "{\"source\":\"C:\\\\disk\",\"destination\":\"C:\\\\y\",\"type\":\"virtual-disk\",\"options\":[\" ro\"]},"           \
  "{\"source\":\"\\\\\\\\.\\\\pipe\\\\\",\"destination\":\"r\"},"                                                      \
  "{\"source\":\"sandbox:///m\",\"destination\":\"C:\\\\z\"}]"

#define V1_BEGIN "{\"SystemType\":\"Container\",\"Name\":\"cid\",\"Owner\":\"own\","
#define V1_ARGON                                                                                                       \
  V1_BEGIN "\"VolumePath\":\"" VOLUME "\",\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":[{\"ID\":\"" FAKE_ID              \
           "\",\"Path\":\"C:\\\\l1\"},{\"ID\":\"" FAKE_ID "\",\"Path\":\"C:\\\\l2\"}],\"HvPartition\":false}"
#define V1_NO_KIND V1_BEGIN "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"HvPartition\":false}"
#define V1_XENON(image)                                                                                                \
  V1_BEGIN                                                                                                             \
  "\"LayerFolderPath\":\"C:\\\\s\",\"Layers\":null,\"HvPartition\":true,\"HvRuntime\":{\"ImagePath\":\"" image "\"}}"
#define V2_ARGON                                                                                                       \
  "{\"Storage\":{\"Layers\":[{\"Id\":\"" FAKE_ID "\",\"Path\":\"C:\\\\l1\"},{\"Id\":\"" FAKE_ID                        \
  "\",\"Path\":\"C:\\\\l2\"}],\"Path\":\"" VOLUME "\\\\\"},\"Processor\":{}," REGISTRY "}"
#define V2_XENON                                                                                                       \
  "{\"Storage\":{\"Layers\":[{\"Id\":\"" FAKE_ID "\",\"Path\":\"V:C:\\\\l1\"},{\"Id\":\"" FAKE_ID                      \
  "\",\"Path\":\"V:C:\\\\l2\"}],\"Path\":\"C:\\\\c\\\\1\"},\"Processor\":{}," REGISTRY "}"
#define V2_NO_KIND "{\"Storage\":{},\"Processor\":{}," REGISTRY "}"

typedef struct stage {
  hcsref_arena arena;
  fake_host fake;
  hcsref_oci_spec spec;
  hcsref_create_options options;
  hcsref_documents documents;
  hcsref_create_request request;
  hcsref_error err;
} stage;

static inline void stage_init_str(stage *s, hcsref_str spec, int32_t major, int32_t minor, bool hosted,
                                  const fake_answer *answers) {
  hcsref_error err;
  memset(s, 0, sizeof *s);
  hcsref_arena_init(&s->arena, NULL, 0);
  fake_host_init(&s->fake, answers);
  if (!hcsref_json_decode(&s->arena, spec, &hcsref_type_oci_spec, HCSREF_JSON_WHOLE, &s->spec, &err))
    fail_msg("%.*s in %.*s", (int)err.message.len, err.message.data, (int)spec.len, spec.data);
  s->options.id = HCSREF_LIT("cid");
  s->options.owner = HCSREF_LIT("own");
  s->options.has_schema = true;
  s->options.schema.major = major;
  s->options.schema.minor = minor;
  if (hosted)
    s->options.hosting_system = &s->fake.vm;
}

static inline void stage_init(stage *s, const char *spec, int32_t major, int32_t minor, bool hosted,
                              const fake_answer *answers) {
  stage_init_str(s, hcsref_cstr(spec), major, minor, hosted, answers);
}

static inline bool build(stage *s) {
  return hcsref_oci_to_hcs(&s->arena, &s->spec, &s->options, &s->fake.host, &s->documents, &s->err);
}

static inline hcsref_str encode(stage *s, const hcsref_type *type, const void *value) {
  hcsref_str text;
  const hcsref_rules *rules = hcsref_profile_rules(s->options.profile, HCSREF_PROGRAM_HCSSHIM);
  assert_true(hcsref_json_encode_as(&s->arena, rules, type, value, &text, NULL));
  return text;
}

static inline hcsref_str v1_text(stage *s) {
  return encode(s, &hcsref_type_v1_container_config, s->documents.v1);
}

static inline hcsref_str v2_text(stage *s) {
  return encode(s, &hcsref_type_v2_container, s->documents.v2);
}

#endif
