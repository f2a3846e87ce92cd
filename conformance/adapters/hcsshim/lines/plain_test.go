//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package main

import "github.com/Microsoft/hcsshim/internal/cow"

// taskContainer is the container of a task that is updated.
func taskContainer(c container) cow.Container { return c }
