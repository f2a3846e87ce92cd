//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package winapi

import "github.com/Microsoft/hcsshim/internal/interop"

// HcsproofProcessors is the number of processors of a question's host.
var HcsproofProcessors int32

func init() {
	procGetActiveProcessorCount = interop.HcsproofEntry("GetActiveProcessorCount", func(uintptr) uintptr {
		return uintptr(HcsproofProcessors)
	})
}
