/* SPDX-License-Identifier: Apache-2.0 */
/* Digests: the examples of FIPS 180-4, and lengths around a block's. */
#include "support.h"

#include "base/sha256.h"

#include <stdio.h>

static void check(hcsref_str data, const char *wanted) {
  unsigned char digest[32];
  char hex[65];
  hcsref_sha256(data, digest);
  for (size_t i = 0; i < sizeof(digest); i++)
    snprintf(hex + 2 * i, 3, "%02x", digest[i]);
  assert_string_equal(hex, wanted);
}

static void digests_are_sha_256(void **state) {
  (void)state;
  check(HCSREF_LIT(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  check(HCSREF_LIT("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  check(HCSREF_LIT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* The length is written into the same block up to 55 bytes, else into one more. */
static void the_length_may_need_a_block_of_its_own(void **state) {
  static const struct {
    size_t length;
    const char *hex;
  } rows[] = {
      {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
      {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
      {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
      {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
      {1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  char *many = malloc(1000000);
  (void)state;
  assert_non_null(many);
  memset(many, 'a', 1000000);
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    check(hcsref_str_from(many, rows[i].length), rows[i].hex);
  free(many);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(digests_are_sha_256),
      cmocka_unit_test(the_length_may_need_a_block_of_its_own),
  };
  return cmocka_run_group_tests_name("SHA-256", tests, NULL, NULL);
}
