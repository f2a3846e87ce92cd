/* SPDX-License-Identifier: Apache-2.0 */
/* Digests, and the GUIDs that are made of them. */
#include "support.h"

#include "base/sha1.h"
#include "hcsref/json.h"

#include <stdio.h>

static void digest_hex(hcsref_str first, hcsref_str second, char hex[41]) {
  unsigned char digest[20];
  hcsref_sha1(first, second, digest);
  for (size_t i = 0; i < sizeof(digest); i++)
    snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static void digests_are_sha_1(void **state) {
  static const struct {
    const char *text, *hex;
  } rows[] = {
      {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
      {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
  };
  char hex[41];
  char *many = malloc(1000000);
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
    digest_hex(hcsref_cstr(rows[i].text), HCSREF_LIT(""), hex);
    assert_string_equal(hex, rows[i].hex);
  }
  digest_hex(HCSREF_LIT("a"), HCSREF_LIT("bc"), hex);
  assert_string_equal(hex, rows[1].hex);
  assert_non_null(many);
  memset(many, 'a', 1000000);
  digest_hex(hcsref_str_from(many, 1000000), HCSREF_LIT(""), hex);
  assert_string_equal(hex, "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
  free(many);
}

/* The example of RFC 9562, appendix A.4: www.example.com in the DNS name space. */
static void guids_are_version_5(void **state) {
  static const hcsref_guid dns = {
      {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};
  hcsref_arena arena;
  hcsref_str text;
  hcsref_guid guid = hcsref_guid_named(&dns, HCSREF_LIT("www.example.com"));
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(hcsref_guid_text(&arena, &guid, &text));
  assert_text(text, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(digests_are_sha_1),
      cmocka_unit_test(guids_are_version_5),
  };
  return cmocka_run_group_tests_name("SHA-1", tests, NULL, NULL);
}
