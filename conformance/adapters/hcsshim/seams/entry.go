//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// Package hcsproof lets an adapter answer in the place of a DLL.
package hcsproof

import (
	"reflect"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Entry is an entry point that calls a function of Go, for a variable that holds one of a DLL.
func Entry(name string, function interface{}) *windows.LazyProc {
	proc, lazy := &windows.Proc{Name: name}, &windows.LazyProc{Name: name}
	Set(proc, "addr", windows.NewCallback(function))
	Set(lazy, "proc", proc)
	return lazy
}

// Set writes a member that is not exported.
func Set(structure interface{}, member string, value interface{}) {
	field := reflect.ValueOf(structure).Elem().FieldByName(member)
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(reflect.ValueOf(value))
}
