/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the dictionary of a target in libFuzzer's and AFL's form: the keys of the tables that describe its inputs, and
 * the words of the field.
 *
 *   fuzz-dictionary TARGET      TARGET without structure: the words alone
 *
 * Exit status: 0; 1 it could not be written; 2 usage. */
#include "mutator/inputs.h"
#include "mutator/words.h"

#include "hcsref/schema.h"

#include <stdio.h>
#include <string.h>

/* Most tables that one input leads to. */
#define MOST_TYPES 512
/* Most keys. */
#define MOST_KEYS 2048

typedef struct collected {
  const hcsref_type *types[MOST_TYPES];
  size_t type_count;
  const char *keys[MOST_KEYS];
  size_t key_count;
} collected;

static void print_entry(const char *text, const char *before, const char *after) {
  printf("\"%s", before);
  for (const char *c = text; *c != '\0'; c++)
    if ((unsigned char)*c < 0x20 || (unsigned char)*c > 0x7E || *c == '"' || *c == '\\')
      printf("\\x%02X", (unsigned)(unsigned char)*c);
    else
      putchar(*c);
  printf("%s\"\n", after);
}

static void add_key(collected *all, const char *key) {
  for (size_t i = 0; i < all->key_count; i++)
    if (strcmp(all->keys[i], key) == 0)
      return;
  if (all->key_count < MOST_KEYS)
    all->keys[all->key_count++] = key;
}

static void add_type(collected *all, const hcsref_type *type) {
  if (type == NULL || all->type_count == MOST_TYPES)
    return;
  for (size_t i = 0; i < all->type_count; i++)
    if (all->types[i] == type)
      return;
  all->types[all->type_count++] = type;
}

/* The list of types grows while it is walked. */
static void collect(collected *all) {
  for (size_t i = 0; i < all->type_count; i++) {
    const hcsref_type *type = all->types[i];
    add_type(all, type->elem);
    for (size_t f = 0; f < type->field_count; f++) {
      const hcsref_field *field = &type->fields[f];
      add_key(all, field->name);
      for (const char *const *alias = field->aliases; alias != NULL && *alias != NULL; alias++)
        add_key(all, *alias);
      add_type(all, field->type);
    }
  }
}

static void add_format(collected *all, const input_format *format) {
  if (format->choose == NULL) {
    add_type(all, format->type);
    return;
  }
  for (unsigned first = 0; first < 256; first++)
    add_type(all, format->choose((uint8_t)first));
}

int main(int argc, char **argv) {
  static collected all;
  const input_format *format;
  if (argc != 2 || argv[1][0] == '-') {
    fprintf(stderr, "usage: %s TARGET\nPrints the dictionary of a fuzz target.\n", argv[0]);
    return 2;
  }
  format = inputs_find(argv[1]);
  if (format != NULL) {
    add_format(&all, format);
    collect(&all);
  }
  printf("# %s: made from the tables\n", argv[1]);
  for (size_t i = 0; i < all.key_count; i++)
    print_entry(all.keys[i], "\\x22", "\\x22:");
  for (int list = 0; list < WORDS_LISTS; list++) {
    size_t count;
    const char *const *words = words_of((word_list)list, &count);
    for (size_t i = 0; i < count; i++)
      if (words[i][0] != '\0')
        print_entry(words[i], "", "");
  }
  return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
