/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/values.h"

#include <stdlib.h>
#include <string.h>

bool cli_list_push(cli_list *list, const char *item) {
  /* Room doubles at each power of two, so the count tells the capacity. */
  if ((list->count & (list->count - 1)) == 0) {
    size_t room = list->count == 0 ? 1 : list->count * 2;
    const char **items = realloc(list->items, room * sizeof(*items));
    if (items == NULL)
      return false;
    list->items = items;
  }
  list->items[list->count++] = item;
  return true;
}

bool cli_is_choice(const char *choices, const char *word) {
  size_t length = strlen(word);
  for (const char *choice = choices; choice != NULL; choice = strchr(choice, '|')) {
    if (*choice == '|')
      choice++;
    if (strcspn(choice, "|") == length && memcmp(choice, word, length) == 0)
      return true;
  }
  return false;
}

/* Digits from `*text` on, up to `most_digits` of them; false on none or when past 64 bits. */
static bool read_digits(const char **text, uint64_t *value) {
  const char *next = *text;
  uint64_t sum = 0;
  if (*next < '0' || *next > '9')
    return false;
  for (; *next >= '0' && *next <= '9'; next++) {
    unsigned digit = (unsigned)(*next - '0');
    if (sum > (UINT64_MAX - digit) / 10)
      return false;
    sum = sum * 10 + digit;
  }
  *text = next;
  *value = sum;
  return true;
}

static bool read_number(const char *text, uint64_t *value) {
  return read_digits(&text, value) && *text == '\0';
}

static bool read_size(const char *text, uint64_t *value) {
  static const char units[] = "kKmMgG";
  const char *unit;
  unsigned shift = 0;
  if (!read_digits(&text, value))
    return false;
  unit = *text == '\0' ? NULL : strchr(units, *text);
  if (unit != NULL) {
    shift = 10u * ((unsigned)(unit - units) / 2u + 1u);
    text++;
  }
  if (*text != '\0' || *value > UINT64_MAX >> shift)
    return false;
  *value <<= shift;
  return true;
}

/* "1.5" as 1500. */
static bool read_seconds(const char *text, uint64_t *value) {
  unsigned scale = 100;
  uint64_t seconds;
  if (!read_digits(&text, &seconds) || seconds > UINT64_MAX / 1000 - 1)
    return false;
  *value = seconds * 1000;
  if (*text == '\0')
    return true;
  if (*text != '.' || text[1] == '\0')
    return false;
  for (text++; *text >= '0' && *text <= '9' && scale > 0; text++, scale /= 10)
    *value += (uint64_t)(*text - '0') * scale;
  return *text == '\0';
}

static bool store_number(const cli_option *option, const char *text, uint64_t *place, char *message, size_t size) {
  static const struct {
    bool (*read)(const char *text, uint64_t *value);
    const char *what;
    uint64_t unit; /* of the bounds, in messages */
  } readers[] = {
      [CLI_NUMBER] = {read_number, "a whole number", 1},
      [CLI_SIZE] = {read_size, "a size such as 512k or 64M", 1},
      [CLI_SECONDS] = {read_seconds, "seconds such as 5 or 0.25", 1000},
  };
  uint64_t value;
  unsigned long long unit = readers[option->kind].unit;
  if (!readers[option->kind].read(text, &value)) {
    snprintf(message, size, "--%s: '%.80s' is not %s", option->name, text, readers[option->kind].what);
    return false;
  }
  if (value < option->least) {
    snprintf(message, size, "--%s: %.80s is less than %.15g", option->name, text, (double)option->least / (double)unit);
    return false;
  }
  if (option->most != 0 && value > option->most) {
    snprintf(message, size, "--%s: %.80s is more than %.15g", option->name, text, (double)option->most / (double)unit);
    return false;
  }
  *place = value;
  return true;
}

static bool store_text(const cli_option *option, const char *text, void *place, char *message, size_t size) {
  if (option->kind == CLI_CHOICE && !cli_is_choice(option->choices, text)) {
    snprintf(message, size, "--%s: '%.80s' is not one of %s", option->name, text, option->choices);
    return false;
  }
  if (!option->repeatable) {
    memcpy(place, &text, sizeof(text));
    return true;
  }
  if (cli_list_push(place, text))
    return true;
  snprintf(message, size, "out of memory");
  return false;
}

bool cli_store(const cli_option *option, const char *text, void *base, char *message, size_t size) {
  void *place = (char *)base + option->offset;
  switch (option->kind) {
  case CLI_FLAG:
    *(bool *)place = true;
    return true;
  case CLI_NUMBER:
  case CLI_SIZE:
  case CLI_SECONDS:
    return store_number(option, text, place, message, size);
  default:
    return store_text(option, text, place, message, size);
  }
}
