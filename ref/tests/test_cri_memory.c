/* SPDX-License-Identifier: Apache-2.0 */
/* Want of memory while the whole specs of containers and pods are made. */
#include "cri_spec_stage.h"

#define EVERYTHING                                                                                                     \
  "{\"args\":[\"x y\"],\"tty\":true,\"envs\":[{\"key\":\"A\",\"value\":\"2\"}],\"annotations\":{\"io.container.x\":"   \
  "\"1\"},\"mounts\":[{\"host_path\":\"h\",\"container_path\":\"/x/y\"}],\"devices\":[{\"host_path\":\"class/G\"}],"   \
  "\"windows\":{\"resources\":{\"cpu_count\":1,\"affinity_cpus\":[{\"cpu_mask\":1}]},\"security_context\":"            \
  "{\"credential_spec\":\"c\",\"run_as_username\":\"1:2\"}}}"

/* Each piece of memory is refused in turn; what is said then is that alone, and the output is untouched. */
static void refused_memory_changes_nothing(void **state) {
  static const row r = {
      NEWEST,
      EVERYTHING,
      POD,
      "{\"Entrypoint\":[\"e f\"],\"ArgsEscaped\":true,\"Env\":[\"A=1\"],\"Volumes\":{\"v\":{},\"w\":{}}}",
      "{\"process\":{\"cwd\":\"\",\"env\":[\"A=0\"]},\"mounts\":[{\"destination\":\"d\"}]}",
      WINDOWS,
      NULL};
  building b;
  bool done = false;
  prepare(&b, *state, &r);
  for (size_t room = 0; !done; room += 64) {
    hcsref_arena tight;
    hcsref_oci_spec spec = {0};
    hcsref_error err = {0};
    tight_arena(&tight, room);
    b.fake.log_length = 0;
    done = hcsref_cri_container_spec(&tight, &b.container, &b.fake.host, &spec, &err);
    if (!done) {
      assert_string_equal(err.code, "out-of-memory");
      assert_null(spec.process);
    }
    hcsref_arena_free(&tight);
    assert_true(room < 65536);
  }
}

#define IMAGE_OF_A_POD "{\"Entrypoint\":[\"p\"],\"Env\":[\"A=1\"]}"

static void refused_memory_of_a_pod_changes_nothing(void **state) {
  static const row r = {NEWEST, NULL, POD, IMAGE_OF_A_POD, NULL, WINDOWS, NULL};
  hcsref_cri_sandbox sandbox = {0};
  building b;
  bool done = false;
  prepare(&b, *state, &r);
  sandbox.profile = b.container.profile;
  sandbox.config = b.container.sandbox_config;
  sandbox.image_config = b.container.image_config;
  for (size_t room = 0; !done; room += 32) {
    hcsref_arena tight;
    hcsref_oci_spec spec = {0};
    hcsref_error err = {0};
    tight_arena(&tight, room);
    done = hcsref_cri_sandbox_spec(&tight, &sandbox, &spec, &err);
    if (!done) {
      assert_string_equal(err.code, "out-of-memory");
      assert_null(spec.process);
    }
    hcsref_arena_free(&tight);
    assert_true(room < 65536);
  }
}

/* What is made of a row in an arena. */
typedef bool (*making)(hcsref_arena *arena, building *b, hcsref_oci_spec *spec, hcsref_error *err);

static bool make_container(hcsref_arena *arena, building *b, hcsref_oci_spec *spec, hcsref_error *err) {
  hcsref_map labels;
  b->fake.log_length = 0;
  return hcsref_cri_container_spec(arena, &b->container, &b->fake.host, spec, err) &&
         (hcsref_cri_snapshot_labels(arena, &b->container, &labels) || hcsref_fail_memory(err));
}

static bool make_pod(hcsref_arena *arena, building *b, hcsref_oci_spec *spec, hcsref_error *err) {
  hcsref_cri_sandbox sandbox = {0};
  sandbox.profile = b->container.profile;
  sandbox.config = b->container.sandbox_config;
  sandbox.image_config = b->container.image_config;
  sandbox.pod_annotations = b->container.runtime.pod_annotations;
  return hcsref_cri_sandbox_spec(arena, &sandbox, spec, err);
}

/* Nobody passes over one request that is refused when all later ones are granted. `code` is what it ends with
 * otherwise; null: with a spec. */
static void check_one_refusal(hcsref_arena *arena, const row *r, making make, const char *code) {
  size_t calls = 2;
  building b;
  prepare(&b, arena, r);
  for (size_t room = 0; calls > 1; room += ARENA_GRAIN * test_stride()) {
    hcsref_arena once;
    hcsref_oci_spec spec = {0};
    hcsref_error err = {0};
    refuse_once_arena(&once, &calls, room);
    if (make(&once, &b, &spec, &err))
      assert_true(calls == 1 && code == NULL);
    else
      assert_string_equal(err.code, calls > 1 ? "out-of-memory" : code);
    hcsref_arena_free(&once);
    assert_true(room < 65536);
  }
}

static void one_refusal_is_not_passed_over(void **state) {
  static const row container = {
      NEWEST,
      "{\"command\":[\"a\"],\"annotations\":{\"io.container.x\":\"1\"},\"windows\":{\"resources\":"
      "{\"cpu_count\":1,\"rootfs_size_in_bytes\":1000000}}}",
      "{}",
      NULL,
      NULL,
      WINDOWS,
      NULL};
  static const row pod = {NEWEST, NULL, POD, IMAGE_OF_A_POD, NULL, WINDOWS, NULL};
  static const row idle = {
      NEWEST,
      NULL,
      "{}",
      "{\"ExposedPorts\":{\"1\":{},\"2\":{}},\"Volumes\":{\"v\":{},\"w\":{}},\"Labels\":{\"l\":\"1\",\"m\":\"2\"}}",
      NULL,
      MESSAGE,
      NULL};
  check_one_refusal(*state, &container, make_container, NULL);
  check_one_refusal(*state, &pod, make_pod, NULL);
  check_one_refusal(*state, &idle, make_pod, "command-missing");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(refused_memory_changes_nothing),
      arena_test(refused_memory_of_a_pod_changes_nothing),
      arena_test(one_refusal_is_not_passed_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
