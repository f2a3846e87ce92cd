//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// Makes the shim an hcsproof testee; see README.md.
package main

import "github.com/Microsoft/hcsshim/internal/hcsoci"

const testeeName = "hcsshim"

func init() {
	for name, run := range hcsoci.HcsproofOperations() {
		operations[name] = run
	}
}
