//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package osversion

// HcsproofBuild makes this machine's build that of a question.
func HcsproofBuild(build uint16) {
	Get()
	osv.Build = build
}
