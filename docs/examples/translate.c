/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The smallest whole use of libhcsref: reads an OCI runtime spec and prints the HCS v2 container document that
 * hcsshim would make of it, on a host that is described in JSON.
 *
 *   hcsref-translate config.json
 */
#include <hcsref/hcsref.h>

#include <stdio.h>

/* The facts about the Windows host that the translation asks for: nothing is read from the machine itself. */
static const char host_json[] = "{\"processor_count\": 4, \"os_build\": 20348,"
                                " \"layer_ids\": {\"base\": \"5e52bb3b-4c4f-5b6c-9a5a-0d8b1b3a7f11\"},"
                                " \"resolve\": {\"D:\\\\site\": \"D:\\\\site\"}}";

enum { MAX_SPEC = 1 << 20 };
static char input[MAX_SPEC];

static bool translate(hcsref_arena *arena, hcsref_str text, hcsref_str *document, hcsref_error *err) {
  hcsref_oci_spec spec = {0};
  hcsref_create_options options = {.id = HCSREF_LIT("demo"), .has_schema = true, .schema = {2, 1}};
  hcsref_documents documents = {0};
  hcsref_script *script = NULL;
  hcsref_host host;

  if (!hcsref_json_decode(arena, text, &hcsref_type_oci_spec, HCSREF_JSON_STREAM, &spec, err) ||
      !hcsref_script_load(arena, hcsref_cstr(host_json), &script, err))
    return false;
  host = hcsref_script_host(script);
  return hcsref_oci_to_hcs(arena, &spec, &options, &host, &documents, err) &&
         hcsref_json_encode(arena, &hcsref_type_v2_container, documents.v2, document, err);
}

int main(int argc, char **argv) {
  hcsref_arena arena;
  hcsref_error err = {0};
  hcsref_str document = {0};
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  size_t size;
  int status = 0;

  if (file == NULL) {
    fprintf(stderr, "usage: hcsref-translate config.json\n");
    return 2;
  }
  size = fread(input, 1, sizeof(input), file);
  fclose(file);

  hcsref_arena_init(&arena, NULL, 0);
  if (translate(&arena, hcsref_str_from(input, size), &document, &err)) {
    fwrite(document.data, 1, document.len, stdout);
    putchar('\n');
  } else {
    /* The error's text lives in the arena: print it before the arena goes. */
    fprintf(stderr, "%s: %.*s [%s] at %.*s\n", argv[1], (int)err.message.len, err.message.data, err.code,
            (int)err.where.len, err.where.data);
    status = 1;
  }
  hcsref_arena_free(&arena);
  return status;
}
