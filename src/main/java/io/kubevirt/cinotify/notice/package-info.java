/** Writes what is said and gets it there; one package per channel. */
@NullMarked
package io.kubevirt.cinotify.notice;

import org.jspecify.annotations.NullMarked;
