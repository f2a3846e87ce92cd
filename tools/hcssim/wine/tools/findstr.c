/* SPDX-License-Identifier: Apache-2.0 */
/* findstr for Wine prefixes, whose own does not read its standard input, as hcsshim's internal/cmd TestCmdStdin does.
 *
 *   findstr [/I] [/V] [/N] [/C:TEXT]... [WORDS] [FILE]...
 *
 * In an expression, `.` is any character, `*` any number of the one before, `^` and `$` the ends of the line, and `\`
 * takes the next as it is. A line longer than 64 kB is cut.
 *
 * Exit status: 0 a line was found; 1 none was, or the usage is wrong; 2 a file cannot be read. */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WORDS 64
#define MOST_LINE  65536

typedef struct request {
  char *words[MOST_WORDS];
  size_t count;
  BOOL fold, others, numbers;
} request;

static char fold(const request *r, char c) {
  return r->fold && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static BOOL fits_one(const request *r, const char *expression, char c) {
  BOOL plain = *expression == '\\' && expression[1] != 0;
  return (!plain && *expression == '.') || fold(r, expression[plain]) == fold(r, c);
}

/* Does the expression fit what begins at `text`? */
static BOOL fits(const request *r, const char *expression, const char *text, const char *end) {
  while (*expression != 0) {
    const char *one = expression;
    expression += *one == '\\' && one[1] != 0 ? 2 : 1;
    if (*one == '$' && *expression == 0)
      return text == end;
    if (*expression == '*') {
      do
        if (fits(r, expression + 1, text, end))
          return TRUE;
      while (text < end && fits_one(r, one, *text++));
      return FALSE;
    }
    if (text == end || !fits_one(r, one, *text++))
      return FALSE;
  }
  return TRUE;
}

static BOOL is_found(const request *r, const char *line, const char *end) {
  for (size_t i = 0; i < r->count; i++) {
    BOOL at_begin = r->words[i][0] == '^';
    const char *expression = r->words[i] + at_begin;
    for (const char *at = line; at <= end && (at == line || !at_begin); at++)
      if (fits(r, expression, at, end))
        return TRUE;
  }
  return FALSE;
}

static BOOL search(const request *r, FILE *in, char *line) {
  BOOL found = FALSE;
  for (unsigned long number = 1; fgets(line, MOST_LINE, in) != NULL; number++) {
    const char *end = line + strcspn(line, "\r\n");
    if (is_found(r, line, end) == r->others)
      continue;
    found = TRUE;
    if (r->numbers)
      printf("%lu:", number);
    fwrite(line, 1, (size_t)(end - line), stdout);
    putchar('\n');
    fflush(stdout);
  }
  return found;
}

static BOOL add_word(request *r, const wchar_t *text) {
  int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *word = size <= 0 || r->count == MOST_WORDS ? NULL : malloc((size_t)size);
  if (word == NULL)
    return FALSE;
  r->words[r->count++] = word;
  return WideCharToMultiByte(CP_UTF8, 0, text, -1, word, size, NULL, NULL) == size;
}

/* Words that blanks stand between. */
static BOOL add_words(request *r, wchar_t *text) {
  while (*(text += wcsspn(text, L" ")) != 0) {
    wchar_t *end = text + wcscspn(text, L" ");
    BOOL more = *end != 0;
    *end = 0;
    if (!add_word(r, text))
      return FALSE;
    text = end + more;
  }
  return TRUE;
}

static BOOL set_option(request *r, const wchar_t *word) {
  const wchar_t *letters = word + 1;
  if (_wcsnicmp(letters, L"C:", 2) == 0)
    return add_word(r, letters + 2);
  for (; *letters != 0; letters++) {
    BOOL *options[] = {&r->fold, &r->others, &r->numbers};
    const wchar_t names[] = L"IVN", *at = wcschr(names, towupper(*letters));
    if (at == NULL)
      return FALSE;
    *options[at - names] = TRUE;
  }
  return TRUE;
}

static int search_files(const request *r, wchar_t **files, char *line) {
  int status = 1;
  if (*files == NULL)
    return search(r, stdin, line) ? 0 : 1;
  for (; *files != NULL; files++) {
    FILE *in = _wfopen(*files, L"rb");
    if (in == NULL) {
      fwprintf(stderr, L"FINDSTR: Cannot open %ls\n", *files);
      return 2;
    }
    status = search(r, in, line) ? 0 : status;
    fclose(in);
  }
  return status;
}

int wmain(int count, wchar_t **words) {
  static char line[MOST_LINE];
  request r;
  BOOL ok = TRUE;
  memset(&r, 0, sizeof(r));
  (void)count;
  for (words++; ok && *words != NULL && **words == L'/'; words++)
    ok = set_option(&r, *words);
  if (ok && r.count == 0 && *words != NULL)
    ok = add_words(&r, *words++);
  if (!ok || r.count == 0) {
    fputs("Usage: findstr [/I] [/V] [/N] [/C:TEXT]... [WORDS] [FILE]...\n", stderr);
    return 1;
  }
  return search_files(&r, words, line);
}
