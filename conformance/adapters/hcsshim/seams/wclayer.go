//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package wclayer

import "github.com/Microsoft/hcsshim/internal/interop"

// Every layer gets the id of zeroes: what is written from here may not arrive, for Go moves stacks.
func init() {
	procNameToGuid = interop.HcsproofEntry("NameToGuid", func(_, _ uintptr) uintptr { return 0 })
}
