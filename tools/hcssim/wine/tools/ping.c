/* SPDX-License-Identifier: Apache-2.0 */
/* ping for Wine prefixes, whose own knows no -t. Tests let a container's process wait in it (hcsshim test/internal/oci,
 * PingSelfCmd). Nothing is sent: the machine itself answers, and no other is there.
 *
 *   ping [-t] [-n COUNT] [-w MS] [-l BYTES] [-4] HOST
 *
 * Exit status: 0 it answered; 1 there is no such host, or the usage is wrong. */
#include "wine/tools/say.h"

#include <stdlib.h>
#include <string.h>

#define PAUSE_MS 1000u

typedef struct request {
  const wchar_t *host;
  unsigned long count, bytes;
  BOOL for_ever;
} request;

static BOOL number(const wchar_t *text, unsigned long least, unsigned long most, unsigned long *out) {
  wchar_t *end = NULL;
  *out = text == NULL ? 0 : wcstoul(text, &end, 10);
  return text != NULL && end != text && *end == 0 && text[0] != L'-' && *out >= least && *out <= most;
}

static BOOL read_options(wchar_t **words, request *out) {
  unsigned long ignored;
  for (; *words != NULL; words++) {
    const wchar_t *word = *words, letter = word[0] == L'-' || word[0] == L'/' ? word[1] : 0;
    if (letter != 0 && word[2] != 0)
      return FALSE;
    if (letter == L't')
      out->for_ever = TRUE;
    else if (letter == L'n'   ? !number(*++words, 1, 0xFFFFFFFFu, &out->count)
             : letter == L'l' ? !number(*++words, 0, 65500, &out->bytes)
             : letter == L'w' ? !number(*++words, 0, 0xFFFFFFFFu, &ignored)
             : letter == 0    ? out->host != NULL
                              : letter != L'4')
      return FALSE;
    else if (letter == 0)
      out->host = word;
  }
  return out->host != NULL;
}

static BOOL is_this_machine(const wchar_t *host) {
  wchar_t name[256];
  DWORD size = 256;
  return wcsncmp(host, L"127.", 4) == 0 || _wcsicmp(host, L"localhost") == 0 ||
         (GetComputerNameExW(ComputerNameDnsHostname, name, &size) && _wcsicmp(host, name) == 0);
}

/* Whether anybody reads it does not matter, as with Windows' own: a container's process may have no output. */
static void ask(const request *r) {
  unsigned long sent = 0;
  say_with(L"\r\nPinging %ls with %lu bytes of data:\r\n", r->host, r->bytes);
  for (;;) {
    say_with(L"Reply from 127.0.0.1: bytes=%lu time<1ms TTL=128\r\n", r->bytes);
    sent++;
    if (!r->for_ever && sent >= r->count)
      break;
    Sleep(PAUSE_MS);
  }
  say_with(L"\r\nPing statistics for 127.0.0.1:\r\n"
           L"    Packets: Sent = %lu, Received = %lu, Lost = 0 (0%% loss),\r\n",
           sent, sent);
}

int wmain(int count, wchar_t **words) {
  request r = {NULL, 4, 32, FALSE};
  if (count < 2 || !read_options(words + 1, &r)) {
    say(L"Usage: ping [-t] [-n COUNT] [-w MS] [-l BYTES] [-4] HOST\r\n");
    return 1;
  }
  if (is_this_machine(r.host)) {
    ask(&r);
    return 0;
  }
  say_with(L"Ping request could not find host %ls. Please check the name and try again.\r\n", r.host);
  return 1;
}
