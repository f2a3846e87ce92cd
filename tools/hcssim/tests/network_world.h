/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the network service. */
#ifndef HCSSIM_TESTS_NETWORK_WORLD_H
#define HCSSIM_TESTS_NETWORK_WORLD_H

#include "dll/network.h"
#include "engine/network/network.h"
#include "world.h"

#include <stdio.h>

#define V2         "\"SchemaVersion\":{\"Major\":2,\"Minor\":0}"
#define EVERYTHING "{" V2 "}"
#define NETWORK                                                                                                        \
  "{\"Name\":\"n\",\"Type\":\"NAT\",\"Ipams\":[{\"Type\":\"Static\",\"Subnets\":[{\"IpAddressPrefix\":\"10.1.0.0/"     \
  "29\","                                                                                                              \
  "\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"0.0.0.0/0\"}]}]}]," V2 "}"

static const hcsref_win_guid zero = {0, 0, 0, {0}};

/* A number of the tests' own as a GUID. */
static inline hcsref_win_guid guid(uint32_t n) {
  hcsref_win_guid out = {0x6e0c2b3a, 0, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 0}};
  out.data4[7] = (unsigned char)n;
  return out;
}

#define ID(n) "6e0c2b3a-0000-4000-8000-00000000000" #n

static inline hcsref_hcn_handle new_network(world *w, uint32_t id, const char *settings) {
  hcsref_win_guid own = guid(id);
  hcsref_hcn_handle handle = NULL;
  hcsref_wchar *error = NULL;
  uint32_t code = (uint32_t)net_HcnCreateNetwork(&own, wide(w, settings), &handle, &error);
  const char *text = text_of(w, error);
  if (code != 0)
    fail_msg("%s", text);
  return handle;
}

static inline uint32_t try_endpoint(world *w, hcsref_hcn_handle network, uint32_t id, const char *settings,
                                    hcsref_hcn_handle *out, const char **text) {
  hcsref_win_guid own = id == 0 ? zero : guid(id);
  hcsref_wchar *error = NULL;
  uint32_t code = (uint32_t)net_HcnCreateEndpoint(network, &own, wide(w, settings), out, &error);
  const char *copy = text_of(w, error);
  if (text != NULL)
    *text = copy;
  return code;
}

static inline hcsref_hcn_handle new_endpoint(world *w, hcsref_hcn_handle network, uint32_t id, const char *settings) {
  hcsref_hcn_handle handle = NULL;
  const char *text;
  if (try_endpoint(w, network, id, settings, &handle, &text) != 0)
    fail_msg("%s", text);
  return handle;
}

static const char *asked(world *w, hcsref_hcn_handle handle,
                         hcsref_hresult(HCSREF_WINAPI *query)(hcsref_hcn_handle, const hcsref_wchar *, hcsref_wchar **,
                                                              hcsref_wchar **)) {
  hcsref_wchar *properties = NULL, *error = NULL;
  assert_code(query(handle, wide(w, EVERYTHING), &properties, &error), 0);
  assert_null(error);
  return text_of(w, properties);
}

static const char *hns(world *w, const char *method, const char *path, const char *request) {
  hcsref_wchar *response = NULL;
  assert_code(vm_HNSCall(wide(w, method), wide(w, path), wide(w, request), &response), 0);
  return text_of(w, response);
}

static inline void drop_network(hcsref_hcn_handle handle, uint32_t id) {
  hcsref_win_guid own = guid(id);
  assert_code(net_HcnCloseNetwork(handle), 0);
  assert_code(net_HcnDeleteNetwork(&own, NULL), 0);
}

#endif
