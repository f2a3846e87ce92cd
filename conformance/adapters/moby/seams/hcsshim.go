//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package hcsshim

import "github.com/Microsoft/hcsshim/internal/vmcompute"

// HcsproofAnswer answers for HCS: create takes the document of a container.
func HcsproofAnswer(create func(document string)) {
	vmcompute.HcsproofCreate = create
}
