/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: hcsshim internal/jobcontainers/logon.go, which looks for the user of a HostProcess container.
 * Wine says of every name that it is a local group, without a description of one, and gives out a token that is none.
 * Here there are no local groups, and every user is the one that Wine runs as. */
#include "wine/gaps.h"

#define GROUP_NOT_FOUND 2220 /* NERR_GroupNotFound */

typedef DWORD(WINAPI *group_info)(LPCWSTR, LPCWSTR, DWORD, LPBYTE *);
typedef BOOL(WINAPI *logon_user)(LPCWSTR, LPCWSTR, LPCWSTR, DWORD, DWORD, PHANDLE);

static FARPROC wine_group, wine_logon;

static BOOL is_group(LPCWSTR name) {
  BYTE sid[SECURITY_MAX_SID_SIZE];
  wchar_t domain[256];
  DWORD sid_size = sizeof sid, domain_size = 256;
  SID_NAME_USE use;
  return LookupAccountNameW(NULL, name, sid, &sid_size, domain, &domain_size, &use) && use == SidTypeAlias;
}

static DWORD WINAPI get_group_info(LPCWSTR server, LPCWSTR name, DWORD level, LPBYTE *out) {
  const union {
    FARPROC address;
    group_info function;
  } wine = {wine_group};
  return name != NULL && is_group(name) ? wine.function(server, name, level, out) : GROUP_NOT_FOUND;
}

static BOOL is_token(HANDLE token) {
  TOKEN_TYPE type;
  DWORD size;
  return GetTokenInformation(token, TokenType, &type, sizeof type, &size);
}

static BOOL WINAPI log_on(LPCWSTR user, LPCWSTR domain, LPCWSTR password, DWORD type, DWORD provider, PHANDLE out) {
  const union {
    FARPROC address;
    logon_user function;
  } wine = {wine_logon};
  BOOL ok = wine.function(user, domain, password, type, provider, out);
  HANDLE own;
  if (!ok || out == NULL || is_token(*out))
    return ok;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own))
    return FALSE;
  ok = DuplicateTokenEx(own, TOKEN_ALL_ACCESS, NULL, SecurityImpersonation, TokenPrimary, out);
  CloseHandle(own);
  return ok;
}

FARPROC gap_group_info(FARPROC wine) {
  const union {
    group_info function;
    FARPROC address;
  } ours = {get_group_info};
  wine_group = wine;
  return ours.address;
}

FARPROC gap_log_on(FARPROC wine) {
  const union {
    logon_user function;
    FARPROC address;
  } ours = {log_on};
  wine_logon = wine;
  return ours.address;
}
