/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/session.h"

#include "io/print.h"
#include "report/format.h"

#define RULER "----------------------------------------------------------------"

int explain_emit(explain_session *s, const char *what, const explain_page *page) {
  if (page->failed) {
    kit_print(stderr, "hcsproof explain: out of memory\n");
    return CLI_KIT;
  }
  if (s->json) {
    fputs(s->told == 0 ? "" : ",\n", stdout);
    explain_print_json(stdout, hcsref_cstr(what), page);
  } else {
    if (s->told > 0)
      kit_print(stdout, "\n%.*s\n\n", (int)(s->width < sizeof(RULER) - 1 ? s->width : sizeof(RULER) - 1), RULER);
    explain_print(stdout, page, s->width);
  }
  s->told++;
  return CLI_OK;
}

int explain_unknown(explain_session *s, const char *what, const char *format, ...) {
  va_list args;
  kit_print(stderr, "hcsproof explain: ");
  va_start(args, format);
  kit_print_args(stderr, format, args);
  va_end(args);
  fputc('\n', stderr);
  if (s->json) {
    fputs(s->told++ == 0 ? "" : ",\n", stdout);
    fputs("{\"what\":", stdout);
    kit_print_json(stdout, hcsref_cstr(what));
    fputs(",\"kind\":null}", stdout);
  }
  return CLI_FAILED;
}
