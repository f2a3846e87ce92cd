//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package wclayer

import "github.com/Microsoft/hcsshim/internal/hcsproof"

func init() {
	procNameToGuid = hcsproof.Entry("NameToGuid", func(_, guid uintptr) uintptr { return 0 })
}
