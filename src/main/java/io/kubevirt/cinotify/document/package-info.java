/**
 * Reading what people wrote: YAML with line numbers, the problems found in it, and the nearest known word to a misspelt one.
 *
 * <p>Every room reads with this; it knows none of them.
 */
@NullMarked
package io.kubevirt.cinotify.document;

import org.jspecify.annotations.NullMarked;
